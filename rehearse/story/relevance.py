"""Whether an answer surely was to another question.

SearchableText only where three signs agree: the answer is long enough to judge; no word
of the question, of what to listen for, or of its follow-ups occurs in it in
any form; and its form does not fit the kind of question either, such as an
explanation without anybody in it where an occasion was asked for. A short
question whose words an answer need not repeat is left alone. Words and
thresholds are house defaults, chosen on ``tests/data/asked.jsonl`` so that
hardly any answer is wrongly told off; many that miss their question pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rehearse.language.stems import telling_words
from rehearse.language.words import content_words, straight
from rehearse.model import Question, Span, Story, Transcript

FEWEST_WORDS = 35
"""A shorter answer is not judged (house default)."""

_NAMED = 3
"""Words of the question that are named (house default)."""
_QUESTIONS = 2
"""Questions from which an answer asks rather than tells (house default)."""

_I = re.compile(r"\b(?:i|i'?(?:m|ve|d|ll)|my|me|we|we'?(?:re|ve|ll)|our|us)\b")
_PLAN = re.compile(
    r"\b(?:would|will|i'?d|i'll|we'd|we'll|you'd|going to|should|could|can|if|might|maybe|imagine|suppose|let's)\b"
)
_YOU = re.compile(r"\b(?:you|your|you're|you've|here|this company|they)\b")
_ASKS_FOR_AN_OCCASION = re.compile(
    r"\b(?:a time|an? (?:\w+ )?(?:occasion|situation|example)|one occasion|(?:tell (?:me|us)|describe) (?:\w+ )?(?:a|an|one|the))\b"
)
_ASKS_FOR_A_REASON = re.compile(r"\b(?:why|reason|holds?|keeps?|draws?|attracts?|want)\b")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """That an answer surely was to another question.

    Attributes:
        quote: The sentence that shows best what it tells instead.
        missing: Words of the question of which none was heard, the longest first.

    """

    quote: Span
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """How an answer is told."""

    text: str
    type: str
    prompt: str

    def times(self, pattern: re.Pattern[str]) -> int:
        return len(pattern.findall(self.text))

    @property
    def nobody(self) -> bool:
        """Whether hardly anybody speaks of themselves in it."""
        return self.times(_I) <= 1

    @property
    def asks(self) -> bool:
        """Whether it is a list of questions."""
        return self.text.count("?") >= _QUESTIONS


def _no_occasion(form: _Form) -> bool:
    return asks_for_an_occasion(form.prompt) and (form.nobody or form.asks)


def _no_method(form: _Form) -> bool:
    return form.type in {"story", "self_description"} or form.asks


def _no_plan(form: _Form) -> bool:
    return form.times(_PLAN) == 0


def _no_decision(form: _Form) -> bool:
    return form.times(_PLAN) <= (form.type == "story")


def _no_motive(form: _Form) -> bool:
    elsewhere = form.times(_YOU) == 0 and (form.type == "story" or form.nobody)
    return _ASKS_FOR_A_REASON.search(form.prompt) is not None and elsewhere


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
"""By kind of question, whether the form of an answer does not fit; that a candidate asks nothing is found by ``expectations``."""


def asks_for_an_occasion(prompt: str) -> bool:
    """Whether a question asks for one thing that happened, rather than for a habit, a trait or a view.

    >>> asks_for_an_occasion("Tell me about a time you failed."), asks_for_an_occasion("How are you under pressure?")
    (True, False)
    """
    return _ASKS_FOR_AN_OCCASION.search(prompt.lower()) is not None


def find_elsewhere(transcript: Transcript, story: Story, question: Question | None) -> Elsewhere | None:
    """Tell where an answer surely was to another question; None where that is not sure.

    Args:
        transcript: What was said, in English; timed or not.
        story: As ``find_story`` judged the answer.
        question: What was asked; None where it is not known.

    """
    if question is None or story.type is None or story.evidence is None:
        return None
    words = [word.text for word in content_words(transcript.words)]
    misfit = _MISFITS.get(question.kind)
    if misfit is None or len(words) < FEWEST_WORDS:
        return None
    text = straight(" ".join(words).lower())
    asked = telling_words(question.prompt.split())
    hints = [question.competency, *question.listen_for, *question.probes]
    wanted = {*asked.values(), *telling_words(" ".join(hints).split()).values()}
    if (
        not asked
        or wanted & set(telling_words(words).values())
        or not misfit(_Form(text, story.type, question.prompt.lower()))
    ):
        return None
    return Elsewhere(story.evidence, tuple(sorted(asked, key=len, reverse=True)[:_NAMED]))
