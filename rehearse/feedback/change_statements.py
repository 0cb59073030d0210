"""What a coach would change, by the code of ``coaching.ADVICE``, in the order in which a coach decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from rehearse.feedback.statement import Statement
from rehearse.language.words import word_set

_NEGATIVE = re.compile(r"\b(?:no|not|never|none|nothing|sorry|\w+n't|dont|cant|blank)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"^(?!which|who).*\b(?:he|he's|she|she's|they|they're|them|his|her|their)\b", re.IGNORECASE | re.DOTALL
)
_REMARK = re.compile(
    r"(?:^|[.:?!]\s+)(?!you said “|(?:please |now )?(?:tell|describe|walk|talk|give|show|say|explain|take)\b)"
    r"[^.:?!]+[.!](?:\s|$)",
    re.IGNORECASE,
)
"""A sentence of a question that asks for nothing: what worries somebody is put so (all 35 labelled worries are)."""
_BLAME = Statement(
    "blame",
    title="Talking about others",
    wordings=(
        "“{quote}” puts the blame on somebody else, and we start to wonder about your part. Say what you did.",
        "At “{quote}” we lose sight of what you did. Say what happened in a few words, then what you did yourself.",
    ),
    quotes=("blame",),
    bare=(
        "We hear more about what others got wrong than about what you did. Start with your own part.",
        "By the end we know who was at fault, but not what you did about it. Begin with one thing you did.",
    ),
    least=0.6,
    contains=_OTHERS,
    starter="“The part I could do something about was …”",
)
_ALL: tuple[Statement, ...] = (
    Statement(
        "off_question",
        title="Answering the question",
        wordings=(
            "“{quote}” doesn't answer what they asked: “{prompt}” Go back to that.",
            "“{quote}” answers a different question. Go back to theirs, and start from there.",
        ),
        quotes=("own_act", "scene", "view", "generality", "self_description", "other_act", "outcome"),
        bare=(
            "You haven't answered their question yet: “{prompt}” Start again with that.",
            "What they put to you was: “{prompt}” You haven't answered that yet.",
        ),
        starter="“To come back to your question: …”",
    ),
    Statement(
        "concern",
        title="Dealing with their worry",
        asked=_REMARK,
        wordings=(
            "They told you what worries them. “{quote}” doesn't deal with it. Name the worry, then say what you'd do.",
            "After “{quote}” their worry is still there. Say it back to them, then say what you've done about it.",
        ),
        quotes=("dodge", "generality", "self_description", "view"),
        bare=("Their worry is still there at the end. Say it back to them, then say what you'd do about it.",),
        starter="“You're right to ask about …. What I'd do is …”",
    ),
    Statement(
        "straight_answer",
        title="A straight answer",
        wordings=(
            "After “{quote}” they're still waiting. Put your answer in the first sentence, then the reasons.",
            "“{quote}” avoids the question. Answer it in one sentence, then give your reasons.",
        ),
        quotes=("dodge", "generality", "view"),
        bare=("They're still waiting for your answer. Put it in the first sentence, then give the reasons.",),
        least=0.6,
        starter="“The short answer is …, because …”",
    ),
    Statement(
        "about_the_job",
        title="Asking about the work",
        kinds=word_set("own_question"),
        wordings=("“{quote}” doesn't tell them you want this job. Ask one thing about the work itself.",),
        quotes=("own_question", "dodge", "admission", "filler_talk"),
        bare=("Ask them one thing about the work that you can't look up. It shows you can see yourself doing it.",),
        starter="“What does a hard week look like for somebody in this job?”",
    ),
    Statement(
        "nearest_example",
        title="Offering the nearest example",
        wordings=(
            "“{quote}” closes the door. Offer the nearest thing you have, even a small one.",
            "Don't stop at “{quote}”. Give them the closest thing you've done.",
        ),
        quotes=("admission", "dodge", "hedge"),
        bare=("If nothing fits exactly, offer the nearest thing you have, even a small one.",),
        contains=_NEGATIVE,
        starter="“I haven't had exactly that, but something like it was when …”",
    ),
    Statement(
        "one_occasion",
        title="One particular time",
        kinds=word_set("behavioral"),
        wordings=(
            "“{quote}” isn't a specific example yet. Pick one time and tell them what happened.",
            "They asked about one particular time, but “{quote}” is too general. Pick one and tell them about it.",
        ),
        quotes=("generality", "self_description", "view", "hypothetical"),
        bare=("They asked about one particular time. Pick one, even if it seems small, and tell them what happened.",),
        starter="“One time that stands out is …, when …”",
    ),
    Statement(
        "one_story",
        title="One story to the end",
        wordings=("At “{quote}” you drop one story for the next. Pick one and tell it to the end.",),
        quotes=("filler_talk", "scene"),
        bare=("You start several stories and don't finish any of them. Pick one and stay with it.",),
        starter="“The one I'd pick is …”",
    ),
    Statement(
        "specific_reason",
        title="Your reasons",
        kinds=word_set("motivation"),
        wordings=(
            "“{quote}” could be said of any employer. What is it about this one?",
            "They'll hear “{quote}” from everybody. Give them one reason that's only yours.",
        ),
        quotes=("generality", "view", "feeling", "goal", "self_description"),
        bare=("This could be said of any employer. Give them one reason that's only yours.",),
        least=0.5,
        starter="“What I see here that I don't see anywhere else is …”",
    ),
    Statement(
        "concrete_steps",
        title="Clear steps",
        kinds=word_set("situational role_depth technical case"),
        wordings=(
            "You say “{quote}”, but what would you actually do? Give the first two steps.",
            "We can't picture “{quote}” yet. What would you do first, and what would you do next?",
        ),
        quotes=("generality", "hypothetical", "view", "self_description"),
        bare=(
            "We can't picture any of this yet. What would you do first, and what would you do next?",
            "This would fit almost any job. Take your first hour at work: where are you, and what do you do?",
        ),
        least=0.6,
        starter="“First I'd …. Then I'd …”",
    ),
    Statement(
        "confidential",
        title="Keeping confidences",
        wordings=(
            "“{quote}” may be giving away something private. Tell the story without saying who it was.",
            "When they hear “{quote}”, they'll wonder what you'd say about them one day. Leave out who it was.",
        ),
        quotes=("other_act", "scene", "blame"),
        bare=("Tell the story without giving away who it was, or they'll wonder what you'd say about them one day.",),
        starter="“Without saying who it was, …”",
    ),
    replace(
        _BLAME,
        by_kind=(
            (
                "motivation",
                replace(
                    _BLAME,
                    wordings=(
                        "“{quote}” runs somebody down. Say what you're looking for instead.",
                        "“{quote}” says what you're leaving. Say what you're looking for.",
                    ),
                    bare=("We hear what was wrong there, but not what you want next. Start with what you want.",),
                    starter="“What I'm looking for now is …”",
                ),
            ),
        ),
    ),
    Statement(
        "hedging",
        title="Saying it straight",
        wordings=(
            "“{quote}” takes back what you've just given them. Leave it out.",
            "You'd made your point, and then you added “{quote}”. Say it straight and stop there.",
        ),
        quotes=("hedge",),
        bare=("You keep taking back what you've just said. Leave out the maybes where you're sure.",),
        starter="“I'm sure of this much: …”",
    ),
    Statement(
        "own_part",
        title="Your own part",
        wordings=(
            "“{quote}”: which part of that was you?",
            "We hear “{quote}”, but not what you did yourself. Which part was yours?",
        ),
        quotes=("shared_act", "other_act"),
        bare=("We can't tell which part of this was yours. Say one thing that you did yourself.",),
        starter="“My part in it was to …”",
    ),
    Statement(
        "result_missing",
        title="How it turned out",
        wordings=(
            "You stop at “{quote}”. How did it turn out?",
            "After “{quote}” they want to know what happened. Tell them how it ended.",
        ),
        quotes=("own_act", "shared_act", "other_act"),
        starter="“In the end …”",
    ),
    Statement(
        "clarify_first",
        title="Asking before answering",
        kinds=word_set("case technical"),
        wordings=(
            "You go straight to “{quote}”. What would you need to know first? Ask that.",
            "You get to “{quote}” before anybody knows what's wrong. Ask one question first.",
        ),
        quotes=("hypothetical", "view"),
        bare=("You go straight to the solution. Ask one question first: what would you need to know?",),
        starter="“Before I start, can I ask …?”",
    ),
    Statement(
        "checkpoint",
        title="How you'd know it works",
        kinds=word_set("role_depth situational panel case technical loose_end motivation"),
        wordings=(
            "“{quote}” is too vague for anybody to hold you to. Say what would be different, and by when.",
            "“{quote}”: how would they know it's working? Name one thing you'd look at, and when.",
        ),
        quotes=("hypothetical", "goal", "view", "generality"),
        bare=(
            "You haven't said how you'd know it's working. Name one thing you'd look at, and when.",
            "You have a plan, but no way to tell if it's working. Say what should be different after a month.",
        ),
        starter="“I'd check …, and if that hadn't changed after …, I'd …”",
    ),
    Statement(
        "lesson",
        title="What you do differently now",
        wordings=(
            "After “{quote}” they want to know what you do differently now. Tell them.",
            "You say what went wrong: “{quote}”. Now say what you've changed since.",
        ),
        quotes=("own_act", "outcome", "outcome_figure"),
        bare=("You say what went wrong, but not what you do differently now. Tell them that.",),
        starter="“Since then, I've …”",
    ),
    Statement(
        "reasons",
        title="Giving reasons",
        kinds=word_set("role_depth situational panel case technical motivation loose_end"),
        wordings=(
            "When you say “{quote}”, they'll want to know why. Give your reason in the same breath.",
            "After “{quote}”, say why you'd choose that, and what the downside would be.",
        ),
        quotes=("hypothetical", "own_act", "view"),
        bare=("You tell them what you'd do, but not why. Give one reason, and say what the downside would be.",),
        starter="“I'd do that because …, even though …”",
    ),
    Statement(
        "why_hard",
        title="What made it hard",
        kinds=word_set("behavioral"),
        wordings=(
            "It sounds easy when you say “{quote}”. Tell them what could have gone wrong.",
            "“{quote}”: what made that hard? Say it in one sentence before you go on.",
        ),
        quotes=("own_act", "shared_act"),
        starter="“What made it difficult was …”",
    ),
    Statement(
        "result_size",
        title="Showing the result",
        wordings=(
            "“{quote}” leaves them guessing. One number, or one thing somebody said, would settle it.",
            "After “{quote}” they still can't tell how well it went. Give them a number, or something somebody said.",
        ),
        quotes=("outcome", "view", "hedge"),
        bare=("They only have your word that it went well. Give them one number, or something somebody said.",),
        starter="“Before that it was …. Afterwards it was …”",
    ),
    Statement(
        "long_scene",
        title="Getting to the point",
        wordings=(
            "We wait a long time for “{quote}”. Get there sooner.",
            "It really starts at “{quote}”. Begin there, and give the background as we need it.",
        ),
        quotes=("own_act", "shared_act"),
        starter="“I'll start with what I did. …”",
    ),
    Statement(
        "weak_ending",
        title="How you end",
        with_best=(
            "“{best}” is the line to finish on. Stop before “{quote}”.",
            "Stop at “{best}”. Going on to “{quote}” only weakens it.",
        ),
        best_only=(
            "“{best}” is the line to finish on. What comes after it only makes it weaker.",
            "Stop at “{best}”. After that it only gets weaker.",
        ),
        wordings=(
            "“{quote}” is the last thing they hear, and it's weaker than what came before. Stop just before it.",
            "You had them, right up until “{quote}”. Stop before that.",
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
            "blame",
            "own_question",
            "scene",
            "other_act",
            "admission",
        ),
        least=0.6,
        starter="“… And I'll leave it there.”",
    ),
    Statement(
        "shorter",
        title="Stopping in time",
        best_only=(
            "Once you've said “{best}”, you've made your point. Stop there.",
            "“{best}” makes your point. Stop there and let them ask for more.",
        ),
        starter="“…, and that's how it turned out.”",
    ),
    Statement(
        "jargon",
        title="Plain words",
        wordings=(
            "“{quote}” will lose some of them. Say it again in everyday words.",
            "Not everybody in the room will follow “{quote}”. Add a sentence that says what it means.",
        ),
        quotes=("view", "own_act", "hypothetical", "scene", "outcome"),
        starter="“In plain words, …”",
    ),
)
CHANGE_STATEMENTS: Mapping[str, Statement] = {statement.code: statement for statement in _ALL}
"""By code, the most important first.

What is said of an answer is decided by its worth (``coaching.worth``). There is none for boasts, which are rare, nor
for closed questions and words learned by heart: none was worth saying.
"""
