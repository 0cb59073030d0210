"""Discourse markers: "like", "you know", "well" and others, where they are fillers.

Method
------
Each marker has a rule about its place among the words: neighbours, commas,
silences and filled pauses around it (``marker_rules``). The surest markers
are judged first and then taken out, which leaves a pause in their place: so
the "so" of "so basically we" is seen as one that stands apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from rehearse.datatypes import Filler, Transcript
from rehearse.events import marker_rules as rules
from rehearse.events.marker_like import like
from rehearse.events.tokens import Place, Token, tokens, without

MARKERS = ("like", "you know", "i mean", "so", "well", "right", "actually", "basically", "literally", "okay")
"""What is looked for unless the person chose otherwise; the list of the public JSON schema."""

Rule = Callable[[Place], rules.Verdict]

_STAGES: Sequence[Mapping[str, Rule]] = (
    {"you know": rules.you_know, "i mean": rules.i_mean},
    {"basically": rules.basically, "literally": rules.literally, "actually": rules.actually},
    {"okay": rules.okay, "right": rules.right, "well": rules.well},
    {"so": rules.so},
    {"like": like},
)
_SPELLINGS = {"ok": "okay", "okey": "okay", "y'know": "you know", "ya know": "you know"}


def find_discourse_markers(transcript: Transcript, markers: Collection[str] = MARKERS) -> tuple[Filler, ...]:
    """Find the markers that could be dropped without changing what is said.

    Args:
        transcript: Heard or written; filled pauses among the words do no harm.
        markers: Words or phrases to look for, lower case. One that is not in
            ``MARKERS`` counts wherever it is said.

    Returns:
        In order; ``possible`` where words alone cannot tell. Probabilities
        are None: the rules estimate none.

    """
    left = tokens(transcript)
    found: list[Filler] = []
    for stage in (*_STAGES, dict.fromkeys(set(markers) - set(MARKERS), _always)):
        dropped: set[int] = set()
        for name, rule, place in _places(left, stage):
            verdict = rule(place)
            if verdict == "counted":
                dropped |= set(range(place.first, place.last + 1))
            if verdict and name in markers:
                span = transcript.span(left[place.first].index, left[place.last].index)
                found.append(Filler("discourse_marker", name, span, status=verdict, index=left[place.first].index))
        left = without(left, dropped)
    return tuple(sorted(found, key=lambda filler: filler.index or 0))


def _always(_place: Place) -> rules.Verdict:
    return "counted"


def _places(sequence: Sequence[Token], stage: Mapping[str, Rule]) -> Iterator[tuple[str, Rule, Place]]:
    """Yield each occurrence of a stage's markers with its rule."""
    longest = max((len(name.split()) for name in stage), default=0)
    for first in range(len(sequence)):
        for last in range(first, min(first + longest, len(sequence))):
            said = " ".join(token.text for token in sequence[first : last + 1])
            name = _SPELLINGS.get(said, said)
            if name in stage:
                yield name, stage[name], Place(sequence, first, last)
