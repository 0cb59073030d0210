"""Discourse markers: "like", "you know", "well" and others, where they are fillers.

Method
------
Each marker has a rule about its place among the words: neighbours, commas,
silences and filled pauses around it (``marker_rules``, ``marker_like``).
What counts is taken out, which leaves a pause in its place, and the rest is
judged again: so the "so" of "so basically we" is seen as one set apart.
A word of the person's own has no rule of its own: it counts where it stands
apart from both neighbours, and is possible elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from rehearse.datatypes import Filler, FillerStatus, Transcript
from rehearse.events import marker_rules as rules
from rehearse.events.hedges import HEDGES
from rehearse.events.marker_like import like
from rehearse.events.tokens import Gap, Place, Token, tokens, without
from rehearse.words import is_filled_pause, plain, straight

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
LONGEST_MARKER = 6
"""Words of a marker of the person's own, as in "at the end of the day"; more is a sentence (house default)."""
_LONGEST_WORD = 30
_MOST_PASSES = 10
"""Over an answer, in each of which markers beside those taken out become ones (house default): answers settle within 4, and a
marker said a thousand times on end would take as many."""
_SPELLINGS = {"ok": "okay", "okey": "okay", "y'know": "you know", "yknow": "you know", "ya know": "you know"}


def marker(text: str) -> str:
    """Write a marker that the person names as it is looked for.

    Raises:
        ValueError: It is no short phrase, or it is measured already as something else.

    >>> marker(" Innit? "), marker("OK")
    ('innit', 'okay')

    """
    words = [plain(word) for word in straight(text).split()]
    written = " ".join(word for word in words if word)
    shown = text.strip()[:_LONGEST_WORD]
    if not 1 <= len(words) <= LONGEST_MARKER or max(map(len, words)) > _LONGEST_WORD or not _is_said(written):
        msg = f"{shown!r} is no word or short phrase: name one to {LONGEST_MARKER} words, such as innit or to be honest"
        raise ValueError(msg)
    if any(map(is_filled_pause, words)):
        msg = f"{shown!r} is counted already, among the filled pauses"
        raise ValueError(msg)
    if written in HEDGES:
        msg = f"{shown!r} is counted already, among the hedges"
        raise ValueError(msg)
    return _SPELLINGS.get(written, written)


def _is_said(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def chosen_markers(added: Iterable[str] = (), removed: Iterable[str] = ()) -> tuple[str, ...]:
    """Give ``MARKERS`` with the person's own and without those they do not want counted.

    Raises:
        ValueError: As ``marker``, one to leave out is not in ``MARKERS``, or none would be left.

    """
    out = {marker(text) for text in removed}
    unknown = sorted(out - set(MARKERS))
    if unknown:
        msg = f"{unknown[0]!r} is not looked for anyway; what can be left out is {', '.join(MARKERS)}"
        raise ValueError(msg)
    left = tuple(name for name in dict.fromkeys([*MARKERS, *map(marker, added)]) if name not in out)
    if not left:
        msg = "no filler word would be left to look for: keep one, or leave the fillers unjudged"
        raise ValueError(msg)
    return left


def find_discourse_markers(transcript: Transcript, markers: Collection[str] = MARKERS) -> tuple[Filler, ...]:
    """Find the markers that could be dropped without changing what is said.

    Args:
        transcript: Heard or written; filled pauses among the words do no harm.
        markers: Words or phrases to look for, lower case. One that is not in
            ``MARKERS`` counts where it is set off from both neighbours.

    Returns:
        In order; ``possible`` where words alone cannot tell. Probabilities
        are None: the rules estimate none.

    """
    # The longest first: "you know what" is no "you know".
    own = sorted(set(markers) - set(MARKERS), key=lambda name: (-len(name.split()), name))
    found, _ = _judged(transcript, {**dict.fromkeys(own, _own), **_RULES})
    return _apart([filler for filler in found if filler.text in markers])


def without_markers(transcript: Transcript) -> tuple[Token, ...]:
    """Leave out the filled pauses and the markers that count: what was said, once more."""
    return _judged(transcript, _RULES)[1]


def _own(place: Place) -> rules.Verdict:
    """Judge "late, innit?" against "was it late innit" and "Innit?", which may be a whole answer."""
    apart = place.gap_before is not Gap.NONE and place.gap_after is not Gap.NONE
    return "counted" if apart and not (place.opens_sentence and place.ends_sentence) else "possible"


def _apart(found: Sequence[Filler]) -> tuple[Filler, ...]:
    """Keep one filler where two share a word: the one that counts, else the longer one."""
    taken: set[int] = set()
    kept: list[Filler] = []
    for filler in sorted(found, key=lambda it: (not it.counts, -len(it.text.split()))):
        if taken.isdisjoint(filler.places):
            taken.update(filler.places)
            kept.append(filler)
    return tuple(sorted(kept, key=lambda it: it.index or 0))


def _judged(transcript: Transcript, rules_by_name: Mapping[str, Rule]) -> tuple[list[Filler], tuple[Token, ...]]:
    """Take out what counts until nothing more does; then the possible ones are left to see."""
    left, last = tokens(transcript), None
    counted: list[Filler] = []
    possible: list[tuple[str, Place]] = []
    for _ in range(_MOST_PASSES):
        if left == last:
            break
        last, possible = left, []
        begins = _begins(left)
        for name, rule in rules_by_name.items():
            dropped: set[int] = set()
            for place in _places(left, name, begins):
                verdict = rule(place)
                if verdict == "counted":
                    dropped |= set(range(place.first, place.last + 1))
                    counted.append(_filler(transcript, name, place, verdict))
                elif verdict == "possible":
                    possible.append((name, place))
            if dropped:
                left = without(left, dropped)
                begins = _begins(left)
    found = [*counted, *(_filler(transcript, name, place, "possible") for name, place in possible)]
    return sorted(found, key=lambda filler: filler.index or 0), left


def _begins(sequence: Sequence[Token]) -> Mapping[str, Sequence[int]]:
    """Tell where each word stands, so that looking for one marker need not read the whole answer."""
    found: dict[str, list[int]] = {}
    for position, token in enumerate(sequence):
        found.setdefault(token.text, []).append(position)
    return found


def _filler(transcript: Transcript, name: str, place: Place, verdict: FillerStatus) -> Filler:
    first, last = place.tokens[place.first].index, place.tokens[place.last].index
    return Filler("discourse_marker", name, transcript.span(first, last), status=verdict, index=first)


def _places(sequence: Sequence[Token], name: str, begins: Mapping[str, Sequence[int]]) -> Iterator[Place]:
    """Yield each occurrence of a marker, however it is spelled."""
    spellings = {name} | {spelling for spelling, meant in _SPELLINGS.items() if meant == name}
    for spelling in sorted(spellings, key=lambda text: (len(text.split()), text)):
        words = spelling.split()
        for first in begins.get(words[0], ()):
            phrase = sequence[first : first + len(words)]
            unbroken = phrase[-1].index - phrase[0].index == len(words) - 1
            if unbroken and [token.text for token in phrase] == words:
                yield Place(sequence, first, first + len(words) - 1)
