"""Repetitions and restarts: "I, I led the, the", "we had, we had to", "str- structure".

Up to five words at a time are compared with the words that follow them, after
filled pauses and discourse markers have been removed. Words that English
repeats on purpose are left out: "very very", "no no", "had had", "on and on".
A recogniser may write a full stop after a false start: "It was. It was a
Sunday." Such a stop is ignored where the words before it are not a sentence;
"It rained. It rained all week." is not a restart. The lists are house defaults.
"""

from __future__ import annotations

from collections.abc import Sequence

from rehearse.events.markers import without_markers
from rehearse.language.tokens import Gap, Token
from rehearse.language.word_classes import (
    ARTICLES,
    BE,
    CONTRACTED,
    DETERMINERS,
    DO,
    HAVE,
    JOINERS,
    MODALS,
    NEGATIONS,
    OWNERS,
    PREPOSITIONS,
    is_number,
    is_past,
    opens_clause,
    words,
)
from rehearse.model import Span, Transcript

LONGEST = 5
"""Most words that may be repeated together."""

_EMPHASIS = words(
    "very really so much many too far more again long no yes yeah yep okay right well ha bye hey now there never ever"
    " big huge old good bad small little tiny tight high hard close early late deep loud fast slow hot cold blah thank"
)
_GRAMMAR = words("had that is do her you in on what who")
"""Doubled in correct sentences: "he had had", "that that", "what it is is", "I do do", "gave her her", "log in in"."""
_CANNOT_END = ARTICLES | OWNERS | words("i we they he she and but because to of with my")
"""A full stop after any of these is the recogniser's, not the speaker's."""
_WANTS_MORE = (
    BE
    | HAVE
    | MODALS
    | words(
        "make makes made put puts give gives gave bring brings brought find finds found keep keeps kept let lets set"
        " sets seem seems seemed become becomes became build built use uses used tell told send sent buy bought hold"
        " held spend spent think thought mean means meant like liked love loved enjoy enjoyed expect expected suggest"
        " suggested going gonna trying able used supposed"
    )
) - NEGATIONS
"""After a subject they are not yet a sentence, except in short replies such as "Yes, it was"."""
_ENOUGH = words(
    "won win lost lose left leave tried try failed fail worked work went go came come waited wait stayed stay helped"
    " help changed change stopped stop started start listened listen learned learn passed pass quit resigned moved"
    " move grew ran run asked ask knew know agreed agree called apologised apologized survived finished arrived"
    " happened did do laughed cried slept rained understood understand cared care promised forgot remember remembered"
    " practised practiced"
)
"""With a subject they make a sentence, whatever follows the repetition."""
_OBJECTS = DETERMINERS | words("him them me us everyone everybody everything something someone both")


def find_repetitions(transcript: Transcript) -> tuple[Span, ...]:
    """Return every repetition and restart in order, each from its first attempt to its last."""
    sequence = without_markers(transcript)
    ends = [_run_ends(sequence, length) for length in range(1, LONGEST + 1)]
    found: list[Span] = []
    start = 0
    while start < len(sequence):
        end = max(_cut_off(transcript, sequence, start), _repeated(sequence, start, ends))
        if end > start:
            found.append(transcript.span(sequence[start].index, sequence[end - 1].index))
        start = max(start + 1, end)
    return tuple(found)


def _run_ends(sequence: Sequence[Token], length: int) -> list[int]:
    """Return for each position where the run of repetitions of its next ``length`` words ends; unrepeated, they end it.

    From the last position to the first, so that the time grows with the words and not with their square.
    """
    ends = [start + length for start in range(len(sequence))]
    for start in reversed(range(len(sequence) - length)):
        if _same(sequence, start, length):
            ends[start] = ends[start + length]
    return ends


def _repeated(sequence: Sequence[Token], start: int, ends: Sequence[Sequence[int]]) -> int:
    """Return the end of the repetition that begins at ``start``; ``start`` itself if there is none."""
    for length in range(LONGEST, 0, -1):
        end = ends[length - 1][start]
        if (
            end > start + length
            and not _meant(sequence[start : min(end, start + 2 * LONGEST)], length)
            and not _over_and_over(sequence, start)
        ):
            return end
    return start


def _same(sequence: Sequence[Token], start: int, length: int) -> bool:
    """Whether ``length`` words are repeated immediately, within the sentence."""
    first, again = sequence[start : start + length], sequence[start + length : start + 2 * length]
    if [token.text for token in first] != [token.text for token in again]:
        return False
    if any(token.gap is Gap.SENTENCE for token in [*first[1:], *again[1:]]):
        return False
    return again[0].gap is not Gap.SENTENCE or _is_broken(sequence, start, length)


def _is_broken(sequence: Sequence[Token], start: int, length: int) -> bool:
    """Whether a full stop after these repeated words is the recogniser's error."""
    last, behind = sequence[start + length - 1].text, start + 2 * length
    if last in _CANNOT_END or CONTRACTED.fullmatch(last):
        return True
    begins = start
    while begins and sequence[begins].gap is not Gap.SENTENCE:
        begins -= 1
    alone = all(token.text in JOINERS | words("so") for token in sequence[begins:start])
    answers = begins > 0 and sequence[begins - 1].asks
    if length == 1 or not alone or answers:
        return False
    if behind >= len(sequence) or sequence[behind].gap is Gap.SENTENCE:
        return True
    return _is_no_sentence([token.text for token in sequence[start : start + length]], sequence[behind].text)


def _is_no_sentence(texts: Sequence[str], follows: str) -> bool:
    """Whether a subject still lacks its verb, or a verb what follows in the repetition."""
    verbs = any(text in BE | HAVE | DO | MODALS or is_past(text) for text in texts)
    if texts[0] in ARTICLES | OWNERS | PREPOSITIONS and not verbs:
        return True
    if not any(opens_clause(text) for text in texts[:-1]):
        return False
    return texts[-1] in _WANTS_MORE or (texts[-1] not in _ENOUGH and (follows in _OBJECTS or is_number(follows)))


def _meant(repeated: Sequence[Token], length: int) -> bool:
    """Whether English repeats these words on purpose; a comma between them makes that less likely."""
    texts = [token.text for token in repeated[:length]]
    if texts == ["thank", "you"]:
        return True
    if all(is_number(text) or text in _EMPHASIS or (len(text) == 1 and text not in "ia") for text in texts):
        return True
    return length == 1 and texts[0] in _GRAMMAR and not repeated[2:] and repeated[1].gap is Gap.NONE


def _over_and_over(sequence: Sequence[Token], start: int) -> bool:
    """Whether a phrase such as "on and on" begins at ``start`` or the word before it."""
    texts = [token.text for token in sequence[max(0, start - 1) : start + 3]]
    triples = zip(texts, texts[1:], texts[2:], strict=False)
    return any(a == b and joint in ("and", "by") and a not in _CANNOT_END for a, joint, b in triples)


def _cut_off(transcript: Transcript, sequence: Sequence[Token], start: int) -> int:
    """Return the end of a cut-off word ("str-") or of its completion, if any; ``start`` if it is not cut off."""
    word = transcript.words[sequence[start].index].text
    if not word.endswith("-") or word.endswith("--"):
        return start
    behind = sequence[start + 1] if start + 1 < len(sequence) else None
    if behind and behind.text in JOINERS | PREPOSITIONS | words("to"):
        return start
    whole = behind is not None and behind.text.startswith(sequence[start].text)
    return start + 2 if whole else start + 1
