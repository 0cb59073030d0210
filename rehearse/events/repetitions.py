"""Repetitions and restarts: "I, I led the, the", "we had, we had to", "str- structure".

What was said is compared with what follows at once, up to three words at a
time, with filled pauses and discourse markers taken out. Words that English
repeats on purpose are left out: "very very", "no no", "had had", "on and on".
The lists are house defaults.
"""

from __future__ import annotations

from collections.abc import Sequence

from rehearse.datatypes import Span, Transcript
from rehearse.events.markers import without_markers
from rehearse.events.tokens import Gap, Token
from rehearse.events.word_classes import ARTICLES, JOINERS, OWNERS, PREPOSITIONS, is_number, words

LONGEST = 3
"""Words that may be repeated together."""

_EMPHASIS = words(
    "very really so much many too far more again long no yes yeah yep okay right well ha bye hey now there never ever"
    " big huge old good bad small little tiny tight high hard close early late deep loud fast slow hot cold blah thank"
)
_GRAMMAR = words("had that is do her you in on what who")
"""Doubled in sound sentences: "he had had", "that that", "what it is is", "I do do", "gave her her", "log in in"."""
_CANNOT_END = ARTICLES | OWNERS | words("i we they he she and but because to of with my")
"""A full stop behind one of them is the recogniser's, not the speaker's."""


def find_repetitions(transcript: Transcript) -> tuple[Span, ...]:
    """Quote every repetition and restart, in order, from its first try to its last."""
    sequence = without_markers(transcript)
    ends = [_run_ends(sequence, length) for length in range(1, LONGEST + 1)]
    found: list[Span] = []
    at = 0
    while at < len(sequence):
        end = max(_cut_off(transcript, sequence, at), _repeated(sequence, at, ends))
        if end > at:
            found.append(transcript.span(sequence[at].index, sequence[end - 1].index))
        at = max(at + 1, end)
    return tuple(found)


def _run_ends(sequence: Sequence[Token], length: int) -> list[int]:
    """Tell of each place where the run of the words from there, repeated so many at a time, ends; alone they are one.

    From the last to the first, so that the time grows with the words and not with their square.
    """
    ends = [at + length for at in range(len(sequence))]
    for at in reversed(range(len(sequence) - length)):
        if _same(sequence, at, length):
            ends[at] = ends[at + length]
    return ends


def _repeated(sequence: Sequence[Token], at: int, ends: Sequence[Sequence[int]]) -> int:
    """Find where the repeated words that start at ``at`` end; ``at`` itself where nothing is repeated."""
    for length in range(LONGEST, 0, -1):
        end = ends[length - 1][at]
        if (
            end > at + length
            and not _meant(sequence[at : min(end, at + 2 * LONGEST)], length)
            and not _over_and_over(sequence, at)
        ):
            return end
    return at


def _same(sequence: Sequence[Token], at: int, length: int) -> bool:
    """Whether ``length`` words are said again right behind, within the sentence."""
    first, again = sequence[at : at + length], sequence[at + length : at + 2 * length]
    if [token.text for token in first] != [token.text for token in again]:
        return False
    inner = [*first[1:], *again]
    return all(token.gap is not Gap.SENTENCE for token in inner) or (length == 1 and first[0].text in _CANNOT_END)


def _meant(repeated: Sequence[Token], length: int) -> bool:
    """Whether English repeats these words on purpose; a comma between them makes that less likely."""
    texts = [token.text for token in repeated[:length]]
    if all(is_number(text) or text in _EMPHASIS or (len(text) == 1 and text not in "ia") for text in texts):
        return True
    return length == 1 and texts[0] in _GRAMMAR and not repeated[2:] and repeated[1].gap is Gap.NONE


def _over_and_over(sequence: Sequence[Token], at: int) -> bool:
    """Whether "on and on" is among the words, from ``at`` or the word before it."""
    texts = [token.text for token in sequence[max(0, at - 1) : at + 3]]
    triples = zip(texts, texts[1:], texts[2:], strict=False)
    return any(a == b and joint in ("and", "by") and a not in _CANNOT_END for a, joint, b in triples)


def _cut_off(transcript: Transcript, sequence: Sequence[Token], at: int) -> int:
    """Find the end of a word broken off ("str-") and of the whole word behind it, where there is one."""
    word = transcript.words[sequence[at].index].text
    if not word.endswith("-") or word.endswith("--"):
        return at
    behind = sequence[at + 1] if at + 1 < len(sequence) else None
    if behind and behind.text in JOINERS | PREPOSITIONS | words("to"):
        return at
    whole = behind is not None and behind.text.startswith(sequence[at].text)
    return at + 2 if whole else at + 1
