"""Discourse markers: "like", "you know", "well" and others, where they are fillers.

Method
------
Each marker has a rule based on its context: the neighbouring words, and the
commas, silences and filled pauses around it (``marker_rules``,
``marker_like``). A counted marker is removed, which leaves a pause in its
position, and the rest is judged again: so the "so" of "so basically we" is
recognised as set off. A marker that the user adds has no rule: it counts
where it is set off from both neighbours, and is possible elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from rehearse.events import marker_rules as rules
from rehearse.events.hedges import HEDGES
from rehearse.events.marker_like import like
from rehearse.language.tokens import Gap, Phrase, Token, tokens, without
from rehearse.language.words import is_filled_pause, plain, straight
from rehearse.model import Filler, FillerStatus, Transcript

MARKERS = ("like", "you know", "i mean", "so", "well", "right", "actually", "basically", "literally", "okay")
"""The markers searched for by default; the list in the public JSON schema."""

Rule = Callable[[Phrase], rules.Verdict]

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
"""Most certain first: each is judged after those before it in this mapping have been removed."""
LONGEST_MARKER = 6
"""Most words in a marker that the user adds, such as "at the end of the day" (house default)."""
_LONGEST_WORD = 30
_MOST_PASSES = 10
"""Passes over an answer, in each of which words beside removed markers may become markers (house default): answers
settle within four; a marker repeated a thousand times would take as many."""
_SPELLINGS = {"ok": "okay", "okey": "okay", "y'know": "you know", "yknow": "you know", "ya know": "you know"}


def marker(text: str) -> str:
    """Normalise a marker that the user names to the form searched for.

    Raises:
        ValueError: It is not a short phrase, or is already measured as something else.

    >>> marker(" Innit? "), marker("OK")
    ('innit', 'okay')

    """
    words = [plain(word) for word in straight(text).split()]
    written = " ".join(word for word in words if word)
    shown = text.strip()[:_LONGEST_WORD]
    too_long = len(words) > LONGEST_MARKER or any(len(word) > _LONGEST_WORD for word in words)
    if too_long or not any(map(str.isalpha, written)):
        advice = f"name one to {LONGEST_MARKER} words, such as innit or to be honest"
        msg = f"{shown!r} is not a word or short phrase: {advice}"
        raise ValueError(msg)
    if any(map(is_filled_pause, words)):
        msg = f"{shown!r} is counted already, among the filled pauses"
        raise ValueError(msg)
    if written in HEDGES:
        msg = f"{shown!r} is counted already, among the hedges"
        raise ValueError(msg)
    return _SPELLINGS.get(written, written)


def chosen_markers(added: Iterable[str] = (), removed: Iterable[str] = ()) -> tuple[str, ...]:
    """Return ``MARKERS`` with the user's additions and without the removed ones.

    Raises:
        ValueError: As in ``marker``; or a removed marker is not in ``MARKERS``, or none would remain.

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
    """Find the markers that could be dropped without changing the meaning.

    Args:
        transcript: Recognised or written; it may contain filled pauses.
        markers: Words or phrases to look for, lower case. One that is not in
            ``MARKERS`` counts where it is set off from both neighbours.

    Returns:
        The markers in order; ``possible`` where the words alone cannot tell.
        Probabilities are None, since the rules estimate none.

    """
    # Longest first: "you know what" is not a "you know".
    added = sorted(set(markers) - set(MARKERS), key=lambda name: (-len(name.split()), name))
    found, _ = _judged(transcript, {**dict.fromkeys(added, _added), **_RULES})
    return _apart([filler for filler in found if filler.text in markers])


def without_markers(transcript: Transcript) -> tuple[Token, ...]:
    """Return the tokens without filled pauses and counted markers."""
    return _judged(transcript, _RULES)[1]


def _added(phrase: Phrase) -> rules.Verdict:
    """Distinguish "late, innit?" from "was it late innit" and "Innit?", which may be a whole answer."""
    apart = phrase.gap_before is not Gap.NONE and phrase.gap_after is not Gap.NONE
    return "counted" if apart and not (phrase.opens_sentence and phrase.ends_sentence) else "possible"


def _apart(found: Sequence[Filler]) -> tuple[Filler, ...]:
    """Select one filler where two share a word: the counted one, else the longer one."""
    taken: set[int] = set()
    selected: list[Filler] = []
    for filler in sorted(found, key=lambda filler: (not filler.counts, -len(filler.text.split()))):
        if taken.isdisjoint(filler.word_indices):
            taken.update(filler.word_indices)
            selected.append(filler)
    return tuple(sorted(selected, key=lambda filler: filler.index or 0))


def _judged(transcript: Transcript, rules_by_name: Mapping[str, Rule]) -> tuple[list[Filler], tuple[Token, ...]]:
    """Remove counted markers until no more are found; return those with the possible ones, and the remaining tokens."""
    left, last = tokens(transcript), None
    counted: list[Filler] = []
    possible: list[tuple[str, Phrase]] = []
    for _ in range(_MOST_PASSES):
        if left == last:
            break
        last, possible = left, []
        positions = _positions(left)
        for name, rule in rules_by_name.items():
            dropped: set[int] = set()
            for phrase in _occurrences(left, name, positions):
                verdict = rule(phrase)
                if verdict == "counted":
                    dropped |= set(range(phrase.first, phrase.last + 1))
                    counted.append(_filler(transcript, name, phrase, verdict))
                elif verdict == "possible":
                    possible.append((name, phrase))
            if dropped:
                left = without(left, dropped)
                positions = _positions(left)
    found = [*counted, *(_filler(transcript, name, phrase, "possible") for name, phrase in possible)]
    return sorted(found, key=lambda filler: filler.index or 0), left


def _positions(sequence: Sequence[Token]) -> Mapping[str, Sequence[int]]:
    """Map each word to its positions, so that looking for one marker need not read the whole answer."""
    found: dict[str, list[int]] = {}
    for position, token in enumerate(sequence):
        found.setdefault(token.text, []).append(position)
    return found


def _filler(transcript: Transcript, name: str, phrase: Phrase, verdict: FillerStatus) -> Filler:
    first, last = phrase.tokens[phrase.first].index, phrase.tokens[phrase.last].index
    return Filler("discourse_marker", name, transcript.span(first, last), status=verdict, index=first)


def _occurrences(sequence: Sequence[Token], name: str, positions: Mapping[str, Sequence[int]]) -> Iterator[Phrase]:
    """Yield each occurrence of a marker, in any of its spellings."""
    spellings = {name} | {spelling for spelling, meant in _SPELLINGS.items() if meant == name}
    for spelling in sorted(spellings, key=lambda text: (len(text.split()), text)):
        parts = spelling.split()
        for first in positions.get(parts[0], ()):
            candidate = sequence[first : first + len(parts)]
            unbroken = candidate[-1].index - candidate[0].index == len(parts) - 1
            if unbroken and [token.text for token in candidate] == parts:
                yield Phrase(sequence, first, first + len(parts) - 1)
