"""Discourse markers: "like", "you know", "well" and others, where they are fillers.

Method
------
Each marker has a rule about its place among the words: neighbours, commas,
silences and filled pauses around it (``marker_rules``, ``marker_like``).
What counts is taken out, which leaves a pause in its place, and the rest is
judged again: so the "so" of "so basically we" is seen as one set apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from rehearse.datatypes import Filler, FillerStatus, Transcript
from rehearse.events import marker_rules as rules
from rehearse.events.marker_like import like
from rehearse.events.tokens import Place, Token, tokens, without

MARKERS = ("like", "you know", "i mean", "so", "well", "right", "actually", "basically", "literally", "okay")
"""What is looked for unless the person chose otherwise; the list of the public JSON schema."""

Rule = Callable[[Place], rules.Verdict]

_RULES: Mapping[str, Rule] = {
    "you know": rules.you_know,
    "i mean": rules.i_mean,
    "basically": rules.basically,
    "literally": rules.literally,
    "actually": rules.actually,
    "okay": rules.okay,
    "right": rules.right,
    "well": rules.well,
    "so": rules.so,
    "like": like,
}
"""Surest first: each is judged with those before it in this list already taken out."""
_SPELLINGS = {"ok": "okay", "okey": "okay", "y'know": "you know", "yknow": "you know", "ya know": "you know"}


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
    own = dict.fromkeys(set(markers) - set(MARKERS), _always)
    found, _ = _judged(transcript, {**own, **_RULES})
    return tuple(filler for filler in found if filler.text in markers)


def without_markers(transcript: Transcript) -> tuple[Token, ...]:
    """Leave out the filled pauses and the markers that count: what was said, once more."""
    return _judged(transcript, _RULES)[1]


def _always(_place: Place) -> rules.Verdict:
    return "counted"


def _judged(transcript: Transcript, rules_by_name: Mapping[str, Rule]) -> tuple[list[Filler], tuple[Token, ...]]:
    """Take out what counts until nothing more does; then the possible ones are left to see."""
    left, last = tokens(transcript), None
    counted: list[Filler] = []
    possible: list[Filler] = []
    while left != last:
        last, possible = left, []
        for name, rule in rules_by_name.items():
            dropped: set[int] = set()
            for place in _places(left, name):
                verdict = rule(place)
                if verdict == "counted":
                    dropped |= set(range(place.first, place.last + 1))
                    counted.append(_filler(transcript, name, place, verdict))
                elif verdict == "possible":
                    possible.append(_filler(transcript, name, place, verdict))
            left = without(left, dropped)
    return sorted(counted + possible, key=lambda filler: filler.index or 0), left


def _filler(transcript: Transcript, name: str, place: Place, verdict: FillerStatus) -> Filler:
    first, last = place.tokens[place.first].index, place.tokens[place.last].index
    return Filler("discourse_marker", name, transcript.span(first, last), status=verdict, index=first)


def _places(sequence: Sequence[Token], name: str) -> Iterator[Place]:
    """Yield each occurrence of a marker, however it is spelled."""
    spellings = {name} | {spelling for spelling, meant in _SPELLINGS.items() if meant == name}
    for length in {len(spelling.split()) for spelling in spellings}:
        for first in range(len(sequence) - length + 1):
            phrase = sequence[first : first + length]
            unbroken = phrase[-1].index - phrase[0].index == length - 1
            if unbroken and " ".join(token.text for token in phrase) in spellings:
                yield Place(sequence, first, first + length - 1)
