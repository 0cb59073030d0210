"""What a coach would change, by the code of ``coaching.ADVICE``, in the order in which a coach decides."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rehearse.feedback.statement import Statement

_ALL: tuple[Statement, ...] = (
    Statement(
        "off_question",
        "Answering the question",
        (
            "“{quote}” doesn't answer what they asked: “{prompt}” Go back to that.",
            "They asked: “{prompt}” With “{quote}” you're somewhere else. Answer their question first.",
        ),
        quotes=("own_act", "scene", "view", "generality", "self_description", "other_act", "outcome"),
        starter="“You asked about …. The short answer is …”",
    ),
    Statement(
        "concern",
        "Meeting a worry",
        (
            "They told you what worries them, and “{quote}” doesn't meet it. Name the worry, then say what you'd do.",
            "After “{quote}” their worry is still there. Say it back to them, then say what you've done about it.",
        ),
        quotes=("dodge", "generality", "self_description", "view"),
        least=0.3,
        bare=("Their worry is still there at the end. Say it back to them, then say what you'd do about it.",),
        starter="“You're right to ask about …. What I'd do is …”",
    ),
    Statement(
        "straight_answer",
        "A straight answer",
        (
            "After “{quote}” they're still waiting. Put your answer in the first sentence, then the reasons.",
            "“{quote}” goes round the question. Say what you'd do first, then why.",
        ),
        quotes=("dodge", "generality", "view"),
        least=0.3,
        bare=("They're still waiting for your answer. Put it in the first sentence, then give the reasons.",),
        starter="“My answer is …, because …”",
    ),
    Statement(
        "about_the_job",
        "Asking about the work",
        ("“{quote}” doesn't tell them you want this job. Ask one thing about the work itself.",),
        quotes=("own_question", "dodge", "admission", "filler_talk"),
        least=0.3,
        bare=("Ask them one thing about the work that you can't look up. It shows you can see yourself doing it.",),
        starter="“What does a hard week look like for somebody in this job?”",
    ),
    Statement(
        "nearest_example",
        "Offering the nearest example",
        (
            "“{quote}” closes the door. Offer the nearest thing you have, even a small one.",
            "Don't stop at “{quote}”. Give them the closest thing you've done.",
        ),
        quotes=("admission", "dodge", "hedge"),
        least=0.3,
        bare=("If nothing fits exactly, offer the nearest thing you have, even a small one.",),
        starter="“Not quite that, but the closest I've come was when …”",
    ),
    Statement(
        "one_occasion",
        "One particular time",
        (
            "“{quote}” is how it usually goes. They asked for one time: which one comes to mind?",
            "They asked for one particular time, and “{quote}” could be any day. Pick one and tell it.",
        ),
        quotes=("generality", "self_description", "view", "hypothetical"),
        least=0.3,
        starter="“One time that stands out is …, when …”",
    ),
    Statement(
        "one_story",
        "One story to the end",
        ("At “{quote}” you drop one story for the next. Pick one and tell it to the end.",),
        quotes=("filler_talk", "scene"),
        where="last",
        least=0.3,
        bare=("You start several stories and none of them gets to its end. Pick one and stay with it.",),
        starter="“The one I'd pick is …”",
    ),
    Statement(
        "specific_reason",
        "Your reasons",
        (
            "“{quote}” could be said of any employer. What is it about this one?",
            "They'll hear “{quote}” from everybody. Give them one reason that's only yours.",
        ),
        quotes=("generality", "view", "feeling", "goal", "self_description"),
        least=0.3,
        starter="“What I find here and not elsewhere is …”",
    ),
    Statement(
        "concrete_steps",
        "Clear steps",
        (
            "“{quote}”: what would we see you do? Give the first two steps.",
            "We can't picture “{quote}” yet. What would you do first, and then?",
        ),
        quotes=("generality", "hypothetical", "view", "self_description"),
        least=0.3,
        starter="“First I'd …. Then I'd …”",
    ),
    Statement(
        "confidential",
        "Keeping confidences",
        (
            "“{quote}” tells us something that wasn't meant for us. Tell it so that nobody could be recognised.",
            "They'll wonder what you'd say about them: “{quote}”. Leave out who it was.",
        ),
        quotes=("other_act", "scene", "blame"),
        least=0.5,
        starter="“Without saying who it was, …”",
    ),
    Statement(
        "blame",
        "Talking about others",
        (
            "“{quote}” puts it on somebody else, and they start to wonder about your part. Say what you did.",
            "At “{quote}” they stop listening to what you did. Give the fact in a few words, then your own part.",
        ),
        quotes=("blame",),
        least=0.25,
        bare=("We hear more about what others got wrong than about what you did. Start with your own part.",),
        starter="“What I could do about it was …”",
    ),
    Statement(
        "boast",
        "Claims and facts",
        (
            "“{quote}” claims more than you show. Let what you did speak for itself.",
            "“{quote}” makes them doubt the rest. Give the facts, and credit whoever helped.",
        ),
        quotes=("view", "self_description", "own_act", "outcome"),
        starter="“My part in it was …”",
    ),
    Statement(
        "hedging",
        "Saying it straight",
        (
            "You did it, and then you talk it down: “{quote}”. Say it straight.",
            "“{quote}” takes back something good. Leave it out and let what you did stand.",
        ),
        quotes=("hedge",),
        least=0.2,
        bare=("You did it, and then you talk it down. Leave out the maybes where you're sure.",),
        starter="“I …, and it worked.”",
    ),
    Statement(
        "own_part",
        "Your own part",
        (
            "“{quote}”: which part of that was you?",
            "We hear “{quote}”, but not what you did yourself. Which part was yours?",
        ),
        quotes=("shared_act", "other_act"),
        least=0.3,
        bare=("We can't tell which part of this was yours. Say one thing that you did yourself.",),
        starter="“My part in it was to …”",
    ),
    Statement(
        "result_missing",
        "How it turned out",
        (
            "You stop at “{quote}”. How did it turn out?",
            "After “{quote}” they want to know what happened. Tell them how it ended.",
        ),
        quotes=("own_act", "shared_act", "other_act"),
        where="last",
        starter="“In the end …”",
    ),
    Statement(
        "clarify_first",
        "Asking before answering",
        (
            "You go straight to “{quote}”. What would you need to know first? Ask that.",
            "“{quote}” is a cure before anybody knows what's wrong. Ask one question first.",
        ),
        quotes=("hypothetical", "view"),
        where="first",
        bare=("You start on the cure straight away. Ask one question first: what would you need to know?",),
        starter="“Before I start, can I ask …?”",
    ),
    Statement(
        "reasons",
        "Giving reasons",
        (
            "“{quote}”: why that? Give your reason, and what it would cost.",
            "They'll want to know why. After “{quote}”, say what made you choose it.",
        ),
        quotes=("hypothetical", "own_act", "view"),
        starter="“I'd do that because …, even though …”",
    ),
    Statement(
        "checkpoint",
        "How you'd know it works",
        (
            "“{quote}”: how would anybody know it's working? Put a date or a number on it.",
            "Nobody could hold you to “{quote}” yet. Say what would be different, and by when.",
        ),
        quotes=("hypothetical", "goal"),
        where="last",
        bare=("How would anybody know your plan is working? Put a date or a number on it.",),
        starter="“By the end of …, you'd see …”",
    ),
    Statement(
        "why_hard",
        "What made it hard",
        (
            "“{quote}”: what made that hard? Tell them what was at stake.",
            "It sounds easy when you say “{quote}”. What could have gone wrong?",
        ),
        quotes=("own_act", "shared_act"),
        where="first",
        bare=("They can't tell what made this hard. Say in one sentence what was at stake.",),
        starter="“What made it difficult was …”",
    ),
    Statement(
        "lesson",
        "What you do differently now",
        (
            "After “{quote}” they want to know what you do differently now. Tell them.",
            "You say what went wrong: “{quote}”. Now say what you've changed since.",
        ),
        quotes=("own_act", "outcome", "outcome_figure"),
        where="last",
        bare=("You say what went wrong, but not what you do differently now. Tell them that.",),
        starter="“Since then I …”",
    ),
    Statement(
        "result_size",
        "Showing the result",
        (
            "“{quote}”: how could you tell? Give a number, or something somebody said.",
            "How much better is “{quote}”? Give them a number, or what somebody said.",
        ),
        quotes=("outcome", "view"),
        where="last",
        starter="“Before that it was …. Afterwards it was …”",
    ),
    Statement(
        "open_question",
        "Asking about the work",
        (
            "They can answer “{quote}” in a word. Start it with how or what.",
            "“{quote}” won't tell you much. Ask how they do it, or when it last happened.",
        ),
        quotes=("own_question",),
        contains=re.compile(r"^(?!.*\b(?:how|what|why|which|who|when|where)\b)", re.IGNORECASE),
        starter="“How do you … here?”",
    ),
    Statement(
        "long_scene",
        "Getting to the point",
        (
            "We wait a long time for “{quote}”. Get there sooner.",
            "It really starts at “{quote}”. Begin there, and give the background as we need it.",
        ),
        quotes=("own_act", "shared_act"),
        where="first",
        least=0.5,
        starter="“I'll start with what I did. …”",
    ),
    Statement(
        "weak_ending",
        "How you end",
        (
            "You finish on “{quote}”. End on “{best}” instead: it's stronger.",
            "“{best}” is your strongest line. Stop there, not at “{quote}”.",
        ),
        quotes=(
            "generality",
            "hedge",
            "view",
            "self_description",
            "dodge",
            "feeling",
            "filler_talk",
            "hypothetical",
            "scene",
            "blame",
            "admission",
            "other_act",
            "goal",
            "outcome",
            "own_question",
        ),
        where="last",
        least=0.2,
        bare=("Your last sentence is weaker than what you'd already said. Stop one sentence earlier.",),
    ),
    Statement(
        "own_words",
        "Your own words",
        (
            "“{quote}” sounds written. Say it the way you'd tell a friend.",
            "They'll have read “{quote}” in a leaflet. Put it in your own words.",
        ),
        quotes=("generality", "self_description", "view"),
        starter="“What that means for me is …”",
    ),
    Statement(
        "jargon",
        "Plain words",
        (
            "“{quote}” will lose some of them. Say it once in everyday words.",
            "Not everybody in the room will follow “{quote}”. Add a plain sentence after it.",
        ),
        quotes=("view", "own_act", "hypothetical", "scene", "outcome"),
        starter="“In plain words, …”",
    ),
    Statement(
        "shorter",
        "Stopping in time",
        (
            "You've made your point at “{best}”. Stop there.",
            "“{best}” says it. The rest says it again, so stop there.",
        ),
    ),
)
CHANGE_STATEMENTS: Mapping[str, Statement] = {statement.code: statement for statement in _ALL}
"""By code, the most important first."""
