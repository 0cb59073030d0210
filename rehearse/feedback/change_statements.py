"""What a coach would change, by the code of ``coaching.ADVICE``, in the order in which a coach decides."""

from __future__ import annotations

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
        likely=0.35,
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
        bare=("Their worry is still there at the end. Say it back to them, then say what you'd do about it.",),
        likely=0.25,
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
        bare=("They're still waiting for your answer. Put it in the first sentence, then give the reasons.",),
        likely=0.22,
        starter="“My answer is …, because …”",
    ),
    Statement(
        "about_the_job",
        "Asking about the work",
        ("“{quote}” doesn't tell them you want this job. Ask one thing about the work itself.",),
        quotes=("own_question", "dodge", "admission", "filler_talk"),
        bare=("Ask them one thing about the work that you can't look up. It shows you can see yourself doing it.",),
        likely=0.25,
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
        bare=("If nothing fits exactly, offer the nearest thing you have, even a small one.",),
        likely=0.3,
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
        bare=("They asked for one particular time. Pick one, even a small one, and tell it.",),
        starter="“One time that stands out is …, when …”",
        likely=0.1,
    ),
    Statement(
        "one_story",
        "One story to the end",
        ("At “{quote}” you drop one story for the next. Pick one and tell it to the end.",),
        quotes=("filler_talk", "scene"),
        bare=("You start several stories and none of them gets to its end. Pick one and stay with it.",),
        likely=0.2,
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
        bare=("This could be said of any employer. Give them one reason that's only yours.",),
        likely=0.3,
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
        bare=("We can't picture any of this yet. What would you do first, and then?",),
        likely=0.4,
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
        likely=0.25,
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
        bare=("We hear more about what others got wrong than about what you did. Start with your own part.",),
        likely=0.3,
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
        likely=0.3,
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
        bare=("You did it, and then you talk it down. Leave out the maybes where you're sure.",),
        likely=0.2,
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
        bare=("We can't tell which part of this was yours. Say one thing that you did yourself.",),
        likely=0.25,
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
        likely=0.15,
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
        bare=("You start on the cure straight away. Ask one question first: what would you need to know?",),
        likely=0.15,
        starter="“Before I start, can I ask …?”",
    ),
    Statement(
        "lesson",
        "What you do differently now",
        (
            "After “{quote}” they want to know what you do differently now. Tell them.",
            "You say what went wrong: “{quote}”. Now say what you've changed since.",
        ),
        quotes=("own_act", "outcome", "outcome_figure"),
        bare=("You say what went wrong, but not what you do differently now. Tell them that.",),
        likely=0.25,
        starter="“Since then I …”",
    ),
    Statement(
        "long_scene",
        "Getting to the point",
        (
            "We wait a long time for “{quote}”. Get there sooner.",
            "It really starts at “{quote}”. Begin there, and give the background as we need it.",
        ),
        quotes=("own_act", "shared_act"),
        likely=0.3,
        starter="“I'll start with what I did. …”",
    ),
    Statement(
        "own_words",
        "Your own words",
        (
            "“{quote}” sounds written. Say it the way you'd tell a friend.",
            "They'll have read “{quote}” in a leaflet. Put it in your own words.",
        ),
        quotes=("generality", "self_description", "view"),
        likely=0.3,
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
        likely=0.3,
        starter="“In plain words, …”",
    ),
)
CHANGE_STATEMENTS: Mapping[str, Statement] = {statement.code: statement for statement in _ALL}
"""By code, the most important first.

There is none for codes of which raters found less than half of what was said useful, on training authors that were left
out: endings, checkpoints, reasons, sizes of results, closed questions, stakes and length. The rest is silence.
"""
