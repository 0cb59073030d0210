"""One concrete example or not, with the words that show it.

How it decides: the answer is cut into clauses; signs of one past occasion and
of habit are counted over all of them, so that their order plays no part
(``signs``). An answer that tells no occasion is what most of its clauses are
(``kinds``); the clauses of a story are sorted into its parts (``parts``).
A figure is never needed and never enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rehearse.language.clauses import Clause, find_clauses
from rehearse.language.lexicon import IMAGINED
from rehearse.language.parser import Parsed, parse, spoken
from rehearse.model import Ownership, Span, Story, Transcript
from rehearse.story.answer_type import strongest, weigh
from rehearse.story.episode_score import count_signs, find_deeds, find_events, score, tells_lesson, tenses_of_events
from rehearse.story.star import Parts, find_parts

FEWEST_CONTENT_WORDS = 6
"""With fewer nothing is judged (house default)."""

LEAST_FUNCTION_WORDS = 0.2
"""Share of English function words below which a text is not taken for English; near a half is usual (house default)."""

ONE_OCCASION = 1.75
"""Score from which an answer tells one occasion (house default)."""

_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM"})


def find_story(transcript: Transcript, kind: str | None = None) -> Story:
    """Judge an answer: its type, and the parts of the occasion that it tells.

    Args:
        transcript: What was said, in English; timed or not.
        kind: The question's kind; to a situational one "I take her aside" is a plan.

    Returns:
        Type None for no speech, a few words or another language.

    Raises:
        ValueError: The parser has not been fetched.

    """
    if not transcript.words or transcript.language not in {"en", None}:
        return Story(None)
    parsed = parse(transcript)
    clauses = find_clauses(parsed)
    if not clauses or not _is_judgeable(parsed):
        return Story(None)
    imagined = kind == "situational" or IMAGINED.search(parsed.text) is not None
    told, text = _without_reflection(parsed, clauses)
    if _tells_one_occasion(told, text, imagined=imagined):
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
    """Leave out what was learned: "next time I would ask" is no sign against the occasion it was learned on."""
    learned = [clause.verb for clause in clauses if tells_lesson(clause)]
    apart = {token.i for verb in learned for token in verb.subtree}
    told = [clause for clause in clauses if clause.verb.i not in apart]
    return told, spoken(token for token in parsed.doc if token.i not in apart)


def _tells_one_occasion(clauses: Sequence[Clause], text: str, *, imagined: bool) -> bool:
    tenses = tenses_of_events(clauses)
    if imagined and "present" in tenses:
        return False
    deeds = find_deeds(clauses, find_events(clauses, tenses))
    return bool(deeds) and score(count_signs(clauses, text)) >= ONE_OCCASION


def _story(transcript: Transcript, parsed: Parsed, clauses: Sequence[Clause]) -> Story:
    parts = find_parts(clauses)

    def quote(positions: Iterable[int]) -> tuple[Span, ...]:
        places = [(clauses[i].first, clauses[i].last) for i in positions]
        return tuple(transcript.span(*place) for place in _outermost(places))

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
    """Leave out a single word that leads into an outcome: "check it went", where "check-ins went" was said."""
    ends = {clauses[i].first for i in parts.result}
    kept = [i for i in parts.action if clauses[i].first + 1 not in ends or clauses[i].last == clauses[i].first]
    return kept or list(parts.action)


def _outermost(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without those that lie inside another one."""
    return sorted(
        {
            place
            for place in places
            if not any(other != place and other[0] <= place[0] and place[1] <= other[1] for other in places)
        }
    )


def _ownership(actions: Sequence[Clause]) -> Ownership:
    own = sum(clause.person == "i" for clause in actions)
    shared = len(actions) - own
    if not actions:
        return "unclear"
    return "own" if own >= shared else "shared"


def _sentence(transcript: Transcript, parsed: Parsed, clauses: Sequence[Clause], weights: Sequence[float]) -> Span:
    """The sentence with the most weight; the earliest of equals."""
    totals: dict[int, float] = {}
    for clause, weight in zip(clauses, weights, strict=True):
        start = clause.verb.sent.start
        totals[start] = totals.get(start, 0.0) + weight
    start = max(totals, key=lambda start: totals[start])
    sentence = parsed.doc[start].sent
    return transcript.span(parsed.word[sentence.start], parsed.word[sentence.end - 1])
