"""Detect an answer that certainly belongs to another question.

Certain only if three signs agree: the answer is long enough to judge; no word
of the question, of its listening points, or of its follow-ups occurs in it in
any form; and its form does not fit the kind of question either, such as an
explanation without people in it where an occasion was asked for. A question
without listening points, whose words an answer need not repeat, is skipped. Words and thresholds
are house defaults, chosen on ``tests/data/asked.jsonl`` so that hardly any
answer is wrongly criticised; many that miss their question pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rehearse.language.stems import telling_words
from rehearse.language.words import content_words, straight
from rehearse.model import Question, Story, Transcript

FEWEST_WORDS = 35
"""Words below which an answer is not judged (house default)."""

_QUESTIONS = 2
"""Question marks from which an answer is a list of questions (house default)."""

_I = re.compile(r"\b(?:i|i'?(?:m|ve|d|ll)|my|me|we|we'?(?:re|ve|ll)|our|us)\b")
_PLAN = re.compile(
    r"\b(?:would|will|i'?d|i'll|we'd|we'll|you'd|going to|should|could|can|if|might|maybe|imagine|suppose|let's)\b"
)
_YOU = re.compile(r"\b(?:you|your|you're|you've|here|this company|they)\b")
ASKS_FOR = {
    "a time": re.compile(
        r"\b(?:a time|an? (?:\w+ )?(?:occasion|situation|example)|one occasion"
        r"|(?:tell (?:me|us)|describe) (?:\w+ )?(?:a|an|one|the))\b"
    ),
    "a deed": re.compile(
        r"\b(?:you've|you have|have you|did you|you (?:had|solved|built|made|fixed|found|ran|designed|led|worked|used"
        r"|did)|last time|a time"
        r"|an? (?:\w+ ){0,2}(?:challenge|problem|project|fault|bug|incident|example|mistake|system|job))\b"
    ),
    "a reason": re.compile(r"\b(?:why|reason|holds?|keeps?|draws?|attracts?|want)\b"),
    "a plan": re.compile(r"\b(?:would you|you'd)\b"),
}
"""What a question asks for, by its wording in lower case."""


@dataclass(frozen=True, slots=True)
class _Form:
    """Form of an answer: its text and type, beside the prompt, all in lower case."""

    text: str
    type: str
    prompt: str

    def times(self, pattern: re.Pattern[str]) -> int:
        return len(pattern.findall(self.text))

    @property
    def nobody(self) -> bool:
        """Whether there is hardly any first person in it."""
        return self.times(_I) <= 1

    @property
    def asks(self) -> bool:
        """Whether it is a list of questions."""
        return self.text.count("?") >= _QUESTIONS


def _no_occasion(form: _Form) -> bool:
    return asks_for_an_occasion(form.prompt) and (form.nobody or form.asks)


def _no_method(form: _Form) -> bool:
    of_other_form = form.type in {"story", "self_description"} and not ASKS_FOR["a deed"].search(form.prompt)
    return of_other_form or form.asks


def _no_plan(form: _Form) -> bool:
    return form.times(_PLAN) == 0


def _no_decision(form: _Form) -> bool:
    return form.times(_PLAN) <= (form.type == "story")


def _no_motive(form: _Form) -> bool:
    elsewhere = form.times(_YOU) == 0 and (form.type == "story" or form.nobody)
    return ASKS_FOR["a reason"].search(form.prompt) is not None and elsewhere


def _no_view(form: _Form) -> bool:
    return form.type == "self_description" or form.asks


_MISFITS: Mapping[str, Callable[[_Form], bool]] = {
    "behavioral": _no_occasion,
    "loose_end": _no_occasion,
    "technical": _no_method,
    "case": _no_method,
    "situational": _no_decision,
    "role_depth": _no_plan,
    "motivation": _no_motive,
    "panel": _no_view,
}
"""Test for a form that does not fit, by kind of question; ``expectations`` detects a candidate who asks nothing."""


def asks_for_an_occasion(prompt: str) -> bool:
    """Whether a question asks for a single event, rather than for a habit, a trait or a view.

    >>> asks_for_an_occasion("Tell me about a time you failed."), asks_for_an_occasion("How are you under pressure?")
    (True, False)
    """
    return ASKS_FOR["a time"].search(prompt.lower()) is not None


def is_elsewhere(transcript: Transcript, story: Story, question: Question | None) -> bool:
    """Whether an answer certainly belongs to another question.

    Args:
        transcript: An English answer, timed or not.
        story: The result of ``find_story`` for the answer.
        question: The question; without listening points it is skipped, as its own words alone decide too little.

    """
    if question is None or not question.listen_for or story.type is None:
        return False
    words = [word.text for word in content_words(transcript.words)]
    misfit = _MISFITS.get(question.kind)
    if misfit is None or len(words) < FEWEST_WORDS:
        return False
    text = straight(" ".join(words).lower())
    asked = telling_words(question.prompt.split())
    hints = [question.competency, *question.listen_for, *question.probes]
    wanted = {*asked.values(), *telling_words(" ".join(hints).split()).values()}
    is_silent = bool(asked) and wanted.isdisjoint(telling_words(words).values())
    return is_silent and misfit(_Form(text, story.type, question.prompt.lower()))
