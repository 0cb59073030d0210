"""Corrections by the user: judge a filler, correct a misrecognised word, and remeasure.

An attempt is remeasured from the stored facts: words, fillers, pauses and the
span of speech. Measurements that need the sound do not depend on the words
and are carried over: every metric with ``needs="sound"``, and whether noise
masked the pauses. The original output is kept (``Word.recognised``,
``Filler.status``), so every correction can be undone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from rehearse.analysis.assemble import Facts, assemble, measure, with_sound
from rehearse.coaching import find_confirmed_story
from rehearse.events.markers import MARKERS, find_discourse_markers
from rehearse.language.words import cut, ends_sentence, filled_pauses, plain, printable, visible
from rehearse.metrics import METRICS
from rehearse.model import Attempt, Filler, Measurement, Recording, Span, Transcript, Verdict, Word
from rehearse.transcription.vad import speech_probability

__all__ = ["carry_over", "correct", "judge", "remeasure", "restore"]

LONGEST_CORRECTION = 80
"""Most characters in a correction: it is for misrecognised words, not for rewriting (house default)."""
_SAME_MOMENT = 0.3
"""Most seconds between the starts of the same filler in two analyses (house default)."""


def judge(attempt: Attempt, filler: int, verdict: Verdict | None) -> Attempt:
    """Confirm or dismiss a filler, and remeasure.

    Args:
        attempt: As stored in the history.
        filler: Its index in ``attempt.fillers``.
        verdict: None withdraws an earlier one.

    Raises:
        ValueError: There is no such filler.

    """
    if not 0 <= filler < len(attempt.fillers):
        msg = f"this answer has {len(attempt.fillers)} fillers, none at place {filler}: reload the page"
        raise ValueError(msg)
    judged = replace(attempt.fillers[filler], verdict=verdict)
    return remeasure(replace(attempt, fillers=(*attempt.fillers[:filler], judged, *attempt.fillers[filler + 1 :])))


def correct(attempt: Attempt, first: int, text: str, *, count: int = 1, markers: Collection[str] = MARKERS) -> Attempt:
    """Replace misrecognised words, redo the analysis of the text, and remeasure.

    The new words share the time of those they replace in proportion to their
    letters. Sentences end where they ended, whatever the new punctuation. A
    filled pause that becomes a word no longer counts; one that is added counts.

    Args:
        attempt: As stored in the history.
        first: Index of the first misrecognised word in the transcript.
        text: One word or a few.
        count: How many words of the transcript it replaces.
        markers: Discourse markers to search for, as in ``find_discourse_markers``.

    Raises:
        ValueError: There is no such word, or the text is empty or too long.

    """
    words = attempt.transcript.words
    if not (first >= 0 and count > 0 and first + count <= len(words)):
        msg = f"this answer has {len(words)} words, none at place {first}: reload the page"
        raise ValueError(msg)
    low, high = _whole_corrections(words, first, first + count)
    recognised_text = _recognised(words[low:high])
    spoken = _spoken(text, recognised_text)
    written = _timed(spoken, words[low:high])
    if " ".join(spoken) != recognised_text:
        written = [replace(word, recognised="" if index else recognised_text) for index, word in enumerate(written)]
    return _rewritten(attempt, low, high, written, markers)


def restore(attempt: Attempt, word: int, *, markers: Collection[str] = MARKERS) -> Attempt:
    """Undo the correction that a word belongs to.

    Where several words had been merged into one, their times are divided in
    proportion to their letters; all other times are as before.

    Raises:
        ValueError: There is no such word.

    """
    words = attempt.transcript.words
    low, high = _whole_corrections(words, word, word + 1)
    return correct(attempt, low, _recognised(words[low:high]) or "", count=max(1, high - low), markers=markers)


def carry_over(old: Attempt, new: Attempt, *, markers: Collection[str] = MARKERS) -> Attempt:
    """Carry corrections and verdicts over to a newer analysis of the same recording.

    A correction applies to the stretch of sound it was made for; where the new
    words already match it, nothing is changed. A verdict applies to the filler
    at the same time. A confirmed filler missing from the new analysis is added.

    Args:
        old: The analysis with verdicts and corrections.
        new: The analysis of the same sound by another model or version.
        markers: As in ``find_discourse_markers``.

    """
    words = old.transcript.words
    for low, high in _corrections(words):
        stretch = old.transcript.span(low, high - 1)
        inside = [
            index
            for index, word in enumerate(new.transcript.words)
            if stretch.start <= (word.start + word.end) / 2 <= stretch.end
        ]
        if inside and _bare(new.transcript.span(inside[0], inside[-1]).text) != _bare(stretch.text):
            new = correct(new, inside[0], stretch.text, count=len(inside), markers=markers)
    judged = [filler for filler in old.fillers if filler.verdict is not None]
    return remeasure(replace(new, fillers=_with_verdicts(new.fillers, judged, new.transcript))) if judged else new


def remeasure(attempt: Attempt, recording: Recording | None = None) -> Attempt:
    """Recompute every measurement from the stored facts.

    Args:
        attempt: As stored in the history.
        recording: Its sound, mono at 16 kHz. Without it, measurements that need the sound stay as they were, and
            missing ones stay missing.

    """
    facts = _facts(attempt)
    if recording is not None:
        facts = with_sound(facts, recording, speech_probability(recording.samples))
    stored = {measurement.metric: measurement for measurement in attempt.measurements}
    measurements: list[Measurement] = []
    for measured in measure(assemble(facts)):
        if METRICS[measured.metric].needs != "sound" or recording is not None:
            measurements.append(measured)
        elif measured.metric in stored:
            measurements.append(_requoted(stored[measured.metric], attempt.transcript))
    return replace(attempt, measurements=tuple(measurements))


def _facts(attempt: Attempt) -> Facts:
    speech = attempt.spoken_span
    return Facts(
        transcript=attempt.transcript,
        fillers=attempt.fillers,
        pauses=attempt.pauses,
        speech=speech,
        duration=attempt.duration,
        kind=attempt.kind,
        seconds=attempt.question.seconds if attempt.question else None,
        quality=attempt.quality,
        pauses_known=_pauses_known(attempt, speech),
    )


def _pauses_known(attempt: Attempt, speech: Span | None) -> bool:
    """Whether silence could be distinguished from noise; older analyses lack a share of silence if it could not."""
    if attempt.pauses_known is not None:
        return attempt.pauses_known
    share = attempt.values.get("silence_share", 0.0)
    return share is not None or speech is None or not attempt.transcript.words


def _requoted(measurement: Measurement, transcript: Transcript) -> Measurement:
    """Update the quotes to the current words; the times stay."""
    spans = tuple(_requoted_span(span, transcript) for span in measurement.spans)
    return replace(measurement, spans=spans)


def _requoted_span(span: Span, transcript: Transcript) -> Span:
    # Words stored by earlier versions may have no length, so that a quote of a single word has none either.
    inside = [word.text for word in transcript.words if span.start <= word.start < span.end or word.start == span.start]
    return replace(span, text=" ".join(inside[: len(span.text.split())]))


def _whole_corrections(words: Sequence[Word], low: int, high: int) -> tuple[int, int]:
    """Widen a range of indices until it splits no earlier correction."""
    while low > 0 and words[low].recognised == "":
        low -= 1
    while high < len(words) and words[high].recognised == "":
        high += 1
    return low, high


def _corrections(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the first and one past the last index of each correction."""
    for index, word in enumerate(words):
        if word.recognised:
            yield _whole_corrections(words, index, index + 1)


def _recognised(words: Sequence[Word]) -> str:
    return " ".join(text for word in words if (text := word.text if word.recognised is None else word.recognised))


def _spoken(text: str, recognised: str) -> list[str]:
    """Clean the typed words, and end a sentence only where the recognised words ended one."""
    shown = printable(visible(text))
    spoken = [shown[start:end] for start, end in cut(shown)]
    if not any(map(plain, spoken)) or len(" ".join(spoken)) > LONGEST_CORRECTION:
        msg = f"a correction has 1 to {LONGEST_CORRECTION} characters (got {len(text)}): write what was said there"
        raise ValueError(msg)
    last, closed = spoken[-1], ends_sentence(recognised.rsplit(maxsplit=1)[-1])
    if closed and not ends_sentence(last):
        last = last.rstrip(",;:") + recognised.rstrip("\"')")[-1]
    elif not closed and ends_sentence(last):
        last = last.rstrip(".?!\N{HORIZONTAL ELLIPSIS}") or last
    return [*spoken[:-1], last]


def _timed(texts: Sequence[str], replaced: Sequence[Word]) -> list[Word]:
    """Divide the time of the replaced words by letters; the same number of words keeps its times."""
    if len(texts) == len(replaced):
        return [replace(word, text=text, recognised=None) for text, word in zip(texts, replaced, strict=True)]
    start, end = replaced[0].start, max(replaced[-1].end, replaced[0].start)
    probability = None if replaced[0].probability is None else min(word.probability or 0.0 for word in replaced)
    letters = sum(map(len, texts))
    edges = [start + (end - start) * sum(map(len, texts[:index])) / letters for index in range(len(texts))] + [end]
    return [Word(text, edges[index], edges[index + 1], probability) for index, text in enumerate(texts)]


def _rewritten(attempt: Attempt, low: int, high: int, written: Sequence[Word], markers: Collection[str]) -> Attempt:
    words = attempt.transcript.words
    transcript = replace(attempt.transcript, words=(*words[:low], *written, *words[high:]))
    inside = [filler for filler in attempt.fillers if filler.index is not None and low <= filler.index < high]
    outside = [_moved(filler, high, len(written) - (high - low)) for filler in attempt.fillers if filler not in inside]
    filled = [filler for filler in outside if filler.kind == "filled_pause"]
    pauses = filled_pauses([word.text for word in transcript.words])[low : low + len(written)]
    filled += _filled_inside([filler for filler in inside if filler.kind == "filled_pause"], low, written, pauses)
    found = find_discourse_markers(transcript, markers) if transcript.language == "en" else ()
    judged = [filler for filler in outside if filler.kind != "filled_pause" and filler.verdict]
    fillers = (*filled, *_with_verdicts(found, judged, transcript))
    story = find_confirmed_story(transcript, attempt.kind)
    ordered = tuple(sorted(fillers, key=lambda filler: filler.span.start))
    return remeasure(replace(attempt, transcript=transcript, fillers=ordered, story=story))


def _moved(filler: Filler, high: int, by: int) -> Filler:
    return replace(filler, index=filler.index + by) if filler.index is not None and filler.index >= high else filler


def _filled_inside(
    before: Sequence[Filler], low: int, written: Sequence[Word], pauses: Sequence[bool]
) -> Iterator[Filler]:
    """Match the filled pauses of a stretch with its new words, recognised ones before those added by the user."""
    free = [low + index for index, pause in enumerate(pauses) if pause]
    for filler in sorted(before, key=lambda filler: filler.probability is None):
        if free:
            nearest = min(free, key=lambda index: abs(written[index - low].start - filler.span.start))
            free.remove(nearest)
            back = filler.verdict == "dismissed"
            yield replace(filler, index=nearest, verdict=None if back else filler.verdict)
        elif filler.probability is not None:  # one that only the user had added leaves no trace
            yield replace(filler, index=low, verdict="dismissed")
    for index in free:
        word = written[index - low]
        span = Span(word.start, max(word.start, word.end))
        yield Filler("filled_pause", plain(word.text), span, index=index, verdict="confirmed")


def _with_verdicts(found: Sequence[Filler], judged: Sequence[Filler], transcript: Transcript) -> tuple[Filler, ...]:
    """Apply earlier verdicts to the fillers found, and add those that only the user confirmed."""
    left = list(judged)
    fillers: list[Filler] = []
    for filler in found:
        old = next((candidate for candidate in left if _same(candidate, filler)), None)
        if old is not None:
            left.remove(old)
        fillers.append(replace(filler, verdict=old.verdict) if old else filler)
    fillers += [again for old in left if old.verdict == "confirmed" and (again := _found_again(old, transcript))]
    return tuple(sorted(fillers, key=lambda filler: filler.span.start))


def _same(old: Filler, new: Filler) -> bool:
    if old.kind != new.kind or (old.kind == "discourse_marker" and old.text != new.text):
        return False
    return abs(old.span.start - new.span.start) <= _SAME_MOMENT or old.span.overlaps(new.span)


def _found_again(filler: Filler, transcript: Transcript) -> Filler | None:
    """Return a confirmed filler with its index in new words; a marker needs its words, a filled pause does not."""
    phrase = filler.text.split()
    for start in range(len(transcript.words) - len(phrase) + 1):
        span = transcript.span(start, start + len(phrase) - 1)
        if _bare(span.text) == _bare(filler.text) and abs(span.start - filler.span.start) <= _SAME_MOMENT:
            return replace(filler, index=start)
    return replace(filler, index=None) if filler.kind == "filled_pause" else None


def _bare(text: str) -> list[str]:
    return [plain(word) for word in text.split()]
