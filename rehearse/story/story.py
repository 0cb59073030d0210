"""Decide whether an answer tells one concrete example, with the words that show it.

The answer is split into clauses; signs of a single past occasion and of habit
are counted over all of them, regardless of order (``episode_score``). An answer
without an occasion takes the type of most of its clauses (``answer_type``);
the clauses of a story are assigned to its parts (``star``). A figure is neither
necessary nor sufficient.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rehearse.language.clauses import Clause, find_clauses
from rehearse.language.lexicon import IMAGINED
from rehearse.language.parser import Parsed, parse, spoken
from rehearse.model import Ownership, Span, Story, Transcript
from rehearse.story.answer_type import strongest, weigh
from rehearse.story.episode_score import count_signs, find_deeds, find_events, score, tells_lesson, tenses_of_events
from rehearse.story.star import Parts, find_parts

FEWEST_CONTENT_WORDS = 6
"""Content words below which an answer is not assessed (house default)."""

LEAST_FUNCTION_WORDS = 0.2
"""Share of English function words below which a text is not judged; about a half is usual (house default)."""

ONE_OCCASION = 1.75
"""Score from which an answer tells a single occasion (house default)."""

_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM"})


@lru_cache(maxsize=8)
def find_story(transcript: Transcript, kind: str | None = None) -> Story:
    """Assess an answer: its type, and the parts of the occasion that it tells; the last few results are cached.

    Args:
        transcript: An English answer, timed or not.
        kind: The question's kind; in answer to a situational one "I take her aside" is a plan.

    Returns:
        The story; its type is None for no speech, a few words or another language.

    Raises:
        ValueError: If the parser has not been downloaded.

    """
    if not transcript.words or transcript.language not in {"en", None}:
        return Story(None)
    parsed = parse(transcript)
    clauses = find_clauses(parsed)
    if not clauses or not _is_judgeable(parsed):
        return Story(None)
    imagined = kind == "situational" or IMAGINED.search(parsed.text) is not None
    remaining, text = _without_reflection(parsed, clauses)
    if _tells_one_occasion(remaining, text, imagined=imagined):
        return _story(transcript, parsed, clauses)
    leans = weigh(clauses, imagined=imagined)
    found = strongest(leans)
    return Story(found, _sentence(transcript, parsed, clauses, [lean.get(found, 0.0) for lean in leans]))


def _is_judgeable(parsed: Parsed) -> bool:
    words = [token for token in parsed.doc if token.is_alpha]
    content = sum(token.pos_ in _CONTENT for token in words)
    known = sum(token.is_stop for token in words)
    return content >= FEWEST_CONTENT_WORDS and known >= LEAST_FUNCTION_WORDS * len(words)


def _without_reflection(parsed: Parsed, clauses: Sequence[Clause]) -> tuple[Sequence[Clause], str]:
    """Drop the lessons: "next time I would ask" is no sign against the occasion on which it was learned."""
    learned = [clause.verb for clause in clauses if tells_lesson(clause)]
    apart = {token.i for verb in learned for token in verb.subtree}
    remaining = [clause for clause in clauses if clause.verb.i not in apart]
    return remaining, spoken(token for token in parsed.doc if token.i not in apart)


def _tells_one_occasion(clauses: Sequence[Clause], text: str, *, imagined: bool) -> bool:
    tenses = tenses_of_events(clauses)
    if imagined and "present" in tenses:
        return False
    deeds = find_deeds(clauses, find_events(clauses, tenses))
    return bool(deeds) and score(count_signs(clauses, text)) >= ONE_OCCASION


def _story(transcript: Transcript, parsed: Parsed, clauses: Sequence[Clause]) -> Story:
    parts = find_parts(clauses)

    def quote(positions: Iterable[int]) -> tuple[Span, ...]:
        word_ranges = [(clauses[i].first, clauses[i].last) for i in positions]
        return tuple(transcript.span(*word_range) for word_range in _outermost(word_ranges))

    return Story(
        type="story",
        evidence=_sentence(
            transcript, parsed, clauses, [score(count_signs([clause], clause.text)) for clause in clauses]
        ),
        situation=quote(parts.situation),
        task=quote(parts.task),
        action=quote(_without_outcome(clauses, parts)),
        result=quote(parts.result),
        quantified=quote(parts.quantified),
        ownership=_ownership([clauses[i] for i in parts.action]),
        reflection=quote(parts.reflection),
    )


def _without_outcome(clauses: Sequence[Clause], parts: Parts) -> list[int]:
    """Drop a single word that leads into an outcome: "check it went", misrecognised for "check-ins went"."""
    ends = {clauses[i].first for i in parts.result}
    remaining = [i for i in parts.action if clauses[i].first + 1 not in ends or clauses[i].last == clauses[i].first]
    return remaining or list(parts.action)


def _outermost(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop the ranges that lie inside another one, sort the rest."""
    return sorted(
        {
            inner
            for inner in ranges
            if not any(outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1] for outer in ranges)
        }
    )


def _ownership(actions: Sequence[Clause]) -> Ownership:
    own = sum(clause.person == "i" for clause in actions)
    shared = len(actions) - own
    if not actions:
        return "unclear"
    return "own" if own >= shared else "shared"


def _sentence(transcript: Transcript, parsed: Parsed, clauses: Sequence[Clause], weights: Sequence[float]) -> Span:
    """Return the sentence with the highest total weight; the first one wins a tie."""
    totals: dict[int, float] = {}
    for clause, weight in zip(clauses, weights, strict=True):
        start = clause.verb.sent.start
        totals[start] = totals.get(start, 0.0) + weight
    start = max(totals, key=lambda start: totals[start])
    sentence = parsed.doc[start].sent
    return transcript.span(parsed.word[sentence.start], parsed.word[sentence.end - 1])
