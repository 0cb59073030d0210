"""Follow-up questions: at most two, for the most informative gaps, each quoting the speaker.

Gaps and wording follow the probes of structured interviews (OPM guide, 2008);
their order is a house default: parts missing from the story, and elements
missing for the kind of question, come before what is only unexplained. No
question suggests its answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rehearse.language.words import quotation, quoting
from rehearse.model import WANT_A_STORY, Span, Story, Transcript
from rehearse.story.cues import ElementName
from rehearse.story.expectations import find_expected
from rehearse.story.quotable import is_choice, telling_deed

Gap = Literal[
    "episode", "result", "own_part", "choice", "task", "evidence", "situation", "limits", "alternative", "objection",
    "recommendation", "clarification", "numbers", "next_step", "employer", "measure", "people", "priorities", "steps",
    "failure",
]  # fmt: skip

MOST = 2
"""Maximum follow-ups per answer; more would turn practice into an examination (house default)."""

_SHORTEST_SCENE = 6
"""Minimum words of a scene worth asking about (house default)."""

_SHORTEST_QUOTE = 4
"""Minimum words of a quote; fewer do not show what is meant (house default)."""

_NO_PROBE = frozenset({"own_question"})
_REASON = re.compile(
    r"\b(?:because|'?cause|cos|so that|in order to|the reason|since|that way|which is why)\b", re.IGNORECASE
)
_JUDGEMENT = re.compile(
    r"\b(?:improv\w+|better|best|it worked|well|success\w*|happ(?:y|ier)|satisf\w+|pleased|faster|quicker|smooth\w*"
    r"|good|great"
    r"|easier|stronger|effective|reduc\w+|less|fewer)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\bI(?: was|'m| am) (?:\w+ ){0,2}(?:a|an|the|in charge|on duty)\b|\b(?:my|nobody's) (?:job|desk|task|turn)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\bi\b", re.IGNORECASE)
_SHARED = re.compile(r"\bwe\b", re.IGNORECASE)

_QUESTIONS: dict[Gap, str] = {
    "episode": "Can you take one occasion when that happened?",
    "result": "What happened in the end, and how did you know?",
    "own_part": "Which part of that did you do yourself?",
    "choice": "How did you come to do that?",
    "task": "What were you responsible for there?",
    "evidence": "How did you know?",
    "situation": "What was happening at the time, and when was it?",
    "limits": "What would break first?",
    "alternative": "Which other way did you weigh against it?",
    "objection": "What would somebody who sees it differently say?",
    "recommendation": "What would you recommend?",
    "clarification": "What would you want to know before you go on?",
    "numbers": "Roughly how much is that, in figures?",
    "next_step": "What could go wrong with it?",
    "employer": "What would you find here and not elsewhere?",
    "measure": "How would anybody see that it works?",
    "people": "Whom would you ask first?",
    "priorities": "What comes first, and what can wait?",
    "steps": "What would you do first?",
    "failure": "What would you do if that did not work?",
}
_GAP_OF_ELEMENT: Mapping[ElementName, Gap] = {
    "trade_off": "alternative", "limits": "limits", "recommendation": "recommendation", "numbers": "numbers",
    "clarification": "clarification", "next_step": "next_step", "employer": "employer", "measure": "measure",
    "people": "people", "priorities": "priorities", "steps": "steps", "reasons": "choice",
}  # fmt: skip
"""Gap left by a missing element; other elements have no follow-up question."""
_PROBED = frozenset({"technical", "case", "motivation", "role_depth", "situational"})
"""Kinds of question whose missing elements are asked for."""
_OF_NO_DEED = "What did you do yourself?"
_OF_A_VIEW = "What have you seen that made you think so?"
_OF_A_TRAIT = "What would I have seen on one particular day if I had been there?"
_OF_A_DECISION = "Why that way and not another?"
_OF_A_MOTIVE = "Can you take one day that shows it?"
_OF_A_CASE = "Which number would change your mind?"
_OF_A_TRADE = "When would you choose the other way?"
_OF_A_PLAN = "Can you take one occasion when you were in something like that, and say what you did?"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up question.

    Attributes:
        question: Text of the question, quoting the speaker unless that would be too short to show what is meant.
        span: The quoted part of the answer.
        gap: The gap in the answer that it asks about.

    """

    question: str
    span: Span
    gap: Gap


def follow_ups(story: Story, transcript: Transcript, kind: str | None = None) -> tuple[FollowUp, ...]:
    """Choose the follow-up questions to an answer.

    Args:
        story: The result of ``find_story`` for the answer.
        transcript: The same answer.
        kind: The question's kind.

    Returns:
        At most ``MOST``, the most informative first; empty if the answer was
        not assessed, or if it was the candidate's turn to ask.

    """
    if story.type is None or kind in _NO_PROBE:
        return ()
    gaps = _of_a_story(story, transcript) if story.type == "story" else _of_other(story, transcript, kind)
    chosen: list[FollowUp] = []
    for follow_up in gaps:
        if not any(follow_up.span == other.span or follow_up.gap == other.gap for other in chosen):
            chosen.append(follow_up)
    return tuple(chosen[:MOST])


def _of_a_story(story: Story, transcript: Transcript) -> Iterator[FollowUp]:
    narrated = story.action or story.situation or ((story.evidence,) if story.evidence else ())
    shared = [span for span in story.action if _SHARED.search(span.text) and not _OWN.search(span.text)]
    if narrated and not story.result:
        yield _ask("result", narrated[-1])
    if shared and story.ownership != "own":
        yield _ask("own_part", telling_deed(shared))
    elif narrated and not story.action:
        yield _ask("own_part", narrated[0], _OF_NO_DEED)
    if story.action and not _REASON.search(transcript.text):
        deed = telling_deed(story.action)
        yield _ask("choice", deed, _OF_A_DECISION if is_choice(deed) else "")
    first = min((span.start for span in story.action), default=0.0)
    scene = [s for s in story.situation if s.start < first and len(s.text.split()) >= _SHORTEST_SCENE]
    if scene and not story.task and not _ROLE.search(transcript.text):
        yield _ask("task", scene[0])
    judged = [span for span in story.result if _JUDGEMENT.search(span.text)]
    if judged and not story.quantified:
        yield _ask("evidence", judged[-1])
    if story.action and not story.situation:
        yield _ask("situation", story.action[0])


def _of_other(story: Story, transcript: Transcript, kind: str | None) -> Iterator[FollowUp]:
    """Ask first for missing elements that this kind of question requires, then for what goes beyond them."""
    quote = story.evidence
    if quote is None:
        return
    if kind in (None, *WANT_A_STORY):
        yield _ask("episode", quote, _for_an_occasion(story))
        return
    elements = find_expected(transcript, kind) if kind in _PROBED else ()
    for element in elements:
        gap = _GAP_OF_ELEMENT.get(element.name)
        if element.anchor and gap:
            yield _ask(gap, element.anchor, _OF_A_DECISION if gap == "choice" else "")
    shown: dict[str, Span] = {element.name: element.shown[0] for element in elements if element.shown}
    further = kind in _PROBED - {"motivation"} and story.type != "self_description"
    yield from _beyond(story, quote, shown, kind) if further else _of_a_view(story, quote, kind)


def _beyond(story: Story, quote: Span, shown: Mapping[str, Span], kind: str | None) -> Iterator[FollowUp]:
    """Ask a question that goes one step beyond the answer."""
    if kind == "technical" and "trade_off" in shown:
        yield _ask("alternative", shown["trade_off"], _OF_A_TRADE)
    elif kind == "technical":
        yield _ask("limits", quote)
    elif kind == "case":
        yield _ask("numbers", shown.get("recommendation", quote), _OF_A_CASE)
    elif kind == "role_depth":
        yield _ask("measure", shown.get("priorities", quote))
    elif story.type == "hypothetical" and "reasons" in shown:
        yield _ask("failure", quote)
    else:
        yield _ask("choice", quote, _OF_A_DECISION)


def _of_a_view(story: Story, quote: Span, kind: str | None) -> Iterator[FollowUp]:
    if kind == "panel":
        yield _ask("objection", quote)
    elif story.type == "self_description":
        yield _ask("episode", quote, _OF_A_TRAIT)
    elif story.type == "opinion":
        yield _ask("evidence", quote, _OF_A_VIEW)
    else:
        yield _ask("episode", quote, _OF_A_MOTIVE)


def _for_an_occasion(story: Story) -> str:
    wordings = {"self_description": _OF_A_TRAIT, "hypothetical": _OF_A_PLAN, "opinion": _OF_A_VIEW}
    return wordings.get(story.type or "", _QUESTIONS["episode"])


def _ask(gap: Gap, span: Span, question: str = "") -> FollowUp:
    asked = question or _QUESTIONS[gap]
    is_telling = len(quotation(span.text).split()) >= _SHORTEST_QUOTE
    return FollowUp(quoting(span.text, asked) if is_telling else asked, span, gap)
