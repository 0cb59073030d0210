"""What the person knows better than the recogniser: judge a filler, correct a misheard word, and measure again.

An attempt is measured again from the facts that are stored: words, fillers,
pauses and the stretch of speech. What only the sound can tell does not depend
on the words and is carried over: every metric with ``needs="sound"``, and
whether noise hid the pauses. What was heard first stays readable (``Word.recognised``,
``Filler.status``), so every revision can be taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from rehearse.analysis.assemble import Facts, assemble, measure, with_sound
from rehearse.events.markers import MARKERS, find_discourse_markers
from rehearse.language.words import cut, ends_sentence, filled_pauses, plain, printable, visible
from rehearse.metrics import METRICS
from rehearse.model import Attempt, Filler, Measurement, Recording, Span, Transcript, Verdict, Word
from rehearse.story import find_story
from rehearse.transcription.vad import speech_probability

__all__ = ["carry_over", "correct", "judge", "remeasure", "restore"]

LONGEST_CORRECTION = 80
"""Characters that a correction may have: it is for misheard words, not for rewriting (house default)."""
_SAME_MOMENT = 0.3
"""Seconds between the starts of one filler as two analyses place it (house default)."""


def judge(attempt: Attempt, filler: int, verdict: Verdict | None) -> Attempt:
    """Say of a filler whether it is one, and measure again.

    Args:
        attempt: As history keeps it.
        filler: Its place in ``attempt.fillers``.
        verdict: None takes an earlier one back.

    Raises:
        ValueError: There is no such filler.

    """
    if not 0 <= filler < len(attempt.fillers):
        msg = f"this answer has {len(attempt.fillers)} fillers, none at place {filler}: reload the page"
        raise ValueError(msg)
    judged = replace(attempt.fillers[filler], verdict=verdict)
    return remeasure(replace(attempt, fillers=(*attempt.fillers[:filler], judged, *attempt.fillers[filler + 1 :])))


def correct(attempt: Attempt, first: int, text: str, *, count: int = 1, markers: Collection[str] = MARKERS) -> Attempt:
    """Write what was really said, find everything again and measure again.

    The words share the time of those they replace by their letters. Sentences
    end where they ended, whatever the new words carry. A filled pause that
    becomes a word counts no more; one that is written in counts.

    Args:
        attempt: As history keeps it.
        first: Place of the misheard word in the transcript.
        text: One word or a few.
        count: How many words were heard in their place.
        markers: Discourse markers to look for, as in ``find_discourse_markers``.

    Raises:
        ValueError: There is no such word, or the text is empty or too long.

    """
    words = attempt.transcript.words
    if not (first >= 0 and count > 0 and first + count <= len(words)):
        msg = f"this answer has {len(words)} words, none at place {first}: reload the page"
        raise ValueError(msg)
    low, high = _whole_corrections(words, first, first + count)
    heard = _heard(words[low:high])
    said = _said(text, heard)
    written = _timed(said, words[low:high])
    if " ".join(said) != heard:
        written = [replace(word, recognised="" if place else heard) for place, word in enumerate(written)]
    return _rewritten(attempt, low, high, written, markers)


def restore(attempt: Attempt, word: int, *, markers: Collection[str] = MARKERS) -> Attempt:
    """Take the correction back that a word belongs to.

    Where several words had become one, the border between them is set by
    their letters; every other time is as it was.

    Raises:
        ValueError: There is no such word.

    """
    words = attempt.transcript.words
    low, high = _whole_corrections(words, word, word + 1)
    return correct(attempt, low, _heard(words[low:high]) or "", count=max(1, high - low), markers=markers)


def carry_over(old: Attempt, new: Attempt, *, markers: Collection[str] = MARKERS) -> Attempt:
    """Bring what the person said of an analysis into a newer one of the same recording.

    A correction holds for the stretch of sound it was made for; where the new
    words there read as the person wrote, nothing needs correcting. A verdict
    holds for the filler at the same moment. A confirmed one that the new
    analysis has not is added; a dismissed one needs nothing.

    Args:
        old: With verdicts and corrections.
        new: Of the same sound, by another model or version.
        markers: As in ``find_discourse_markers``.

    """
    words = old.transcript.words
    for low, high in _corrections(words):
        stretch = old.transcript.span(low, high - 1)
        inside = [
            place
            for place, word in enumerate(new.transcript.words)
            if stretch.start <= (word.start + word.end) / 2 <= stretch.end
        ]
        if inside and _bare(new.transcript.span(inside[0], inside[-1]).text) != _bare(stretch.text):
            new = correct(new, inside[0], stretch.text, count=len(inside), markers=markers)
    judged = [filler for filler in old.fillers if filler.verdict is not None]
    return remeasure(replace(new, fillers=_with_verdicts(new.fillers, judged, new.transcript))) if judged else new


def remeasure(attempt: Attempt, recording: Recording | None = None) -> Attempt:
    """Compute every measurement again from what is stored.

    Args:
        attempt: As history keeps it.
        recording: Its sound, mono at 16 kHz. Without it, measurements that need the sound stay as they were, and one
            that was never made stays unmade.

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
    """Whether silence could be told from noise; an analysis that did not note it has no share of silence where it could not."""
    if attempt.pauses_known is not None:
        return attempt.pauses_known
    share = attempt.values.get("silence_share", 0.0)
    return share is not None or speech is None or not attempt.transcript.words


def _requoted(measurement: Measurement, transcript: Transcript) -> Measurement:
    """Quote the words as they are written now; the moments stay."""
    spans = tuple(_requoted_span(span, transcript) for span in measurement.spans)
    return replace(measurement, spans=spans)


def _requoted_span(span: Span, transcript: Transcript) -> Span:
    # Words kept by earlier versions may have no length, so that a quote of one word has none either.
    inside = [word.text for word in transcript.words if span.start <= word.start < span.end or word.start == span.start]
    return replace(span, text=" ".join(inside[: len(span.text.split())]))


def _whole_corrections(words: Sequence[Word], low: int, high: int) -> tuple[int, int]:
    """Widen a range until it cuts no earlier correction in two."""
    while low > 0 and words[low].recognised == "":
        low -= 1
    while high < len(words) and words[high].recognised == "":
        high += 1
    return low, high


def _corrections(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield where each correction begins and where the words behind it do."""
    for place, word in enumerate(words):
        if word.recognised:
            yield _whole_corrections(words, place, place + 1)


def _heard(words: Sequence[Word]) -> str:
    return " ".join(text for word in words if (text := word.text if word.recognised is None else word.recognised))


def _said(text: str, heard: str) -> list[str]:
    """Clean what was typed, and end the sentence just where the heard words ended one."""
    shown = printable(visible(text))
    said = [shown[start:end] for start, end in cut(shown)]
    if not any(map(plain, said)) or len(" ".join(said)) > LONGEST_CORRECTION:
        msg = f"a correction has 1 to {LONGEST_CORRECTION} characters (got {len(text)}): write what was said there"
        raise ValueError(msg)
    last, closed = said[-1], ends_sentence(heard.rsplit(maxsplit=1)[-1])
    if closed and not ends_sentence(last):
        last = last.rstrip(",;:") + heard.rstrip("\"')")[-1]
    elif not closed and ends_sentence(last):
        last = last.rstrip(".?!\N{HORIZONTAL ELLIPSIS}") or last
    return [*said[:-1], last]


def _timed(said: Sequence[str], heard: Sequence[Word]) -> list[Word]:
    """Share the time of the heard words among what was said, by letters; one for one keeps every time."""
    if len(said) == len(heard):
        return [replace(word, text=text, recognised=None) for text, word in zip(said, heard, strict=True)]
    start, end = heard[0].start, max(heard[-1].end, heard[0].start)
    probability = None if heard[0].probability is None else min(word.probability or 0.0 for word in heard)
    letters = sum(map(len, said))
    edges = [start + (end - start) * sum(map(len, said[:place])) / letters for place in range(len(said))] + [end]
    return [Word(text, edges[place], edges[place + 1], probability) for place, text in enumerate(said)]


def _rewritten(attempt: Attempt, low: int, high: int, written: Sequence[Word], markers: Collection[str]) -> Attempt:
    words = attempt.transcript.words
    transcript = replace(attempt.transcript, words=(*words[:low], *written, *words[high:]))
    inside = [one for one in attempt.fillers if one.index is not None and low <= one.index < high]
    outside = [_moved(one, high, len(written) - (high - low)) for one in attempt.fillers if one not in inside]
    filled = [one for one in outside if one.kind == "filled_pause"]
    pauses = filled_pauses([word.text for word in transcript.words])[low : low + len(written)]
    filled += _filled_inside([one for one in inside if one.kind == "filled_pause"], low, written, pauses)
    found = find_discourse_markers(transcript, markers) if transcript.language == "en" else ()
    judged = [one for one in outside if one.kind != "filled_pause" and one.verdict]
    fillers = (*filled, *_with_verdicts(found, judged, transcript))
    story = find_story(transcript, attempt.kind)
    ordered = tuple(sorted(fillers, key=lambda filler: filler.span.start))
    return remeasure(replace(attempt, transcript=transcript, fillers=ordered, story=story))


def _moved(filler: Filler, high: int, by: int) -> Filler:
    return replace(filler, index=filler.index + by) if filler.index is not None and filler.index >= high else filler


def _filled_inside(
    before: Sequence[Filler], low: int, written: Sequence[Word], pauses: Sequence[bool]
) -> Iterator[Filler]:
    """Match the filled pauses of a stretch with its new words, those that were heard before those written in."""
    places = [low + place for place, pause in enumerate(pauses) if pause]
    for filler in sorted(before, key=lambda filler: filler.probability is None):
        if places:
            nearest = min(places, key=lambda place: abs(written[place - low].start - filler.span.start))
            places.remove(nearest)
            back = filler.verdict == "dismissed"
            yield replace(filler, index=nearest, verdict=None if back else filler.verdict)
        elif filler.probability is not None:  # one that only the person had written in leaves no trace
            yield replace(filler, index=low, verdict="dismissed")
    for place in places:
        word = written[place - low]
        span = Span(word.start, max(word.start, word.end))
        yield Filler("filled_pause", plain(word.text), span, index=place, verdict="confirmed")


def _with_verdicts(found: Sequence[Filler], judged: Sequence[Filler], transcript: Transcript) -> tuple[Filler, ...]:
    """Give the fillers found the verdicts made before, and add those that only the person counts."""
    left = list(judged)
    fillers: list[Filler] = []
    for filler in found:
        old = next((one for one in left if _same(one, filler)), None)
        if old is not None:
            left.remove(old)
        fillers.append(replace(filler, verdict=old.verdict) if old else filler)
    fillers += [again for old in left if old.verdict == "confirmed" and (again := _said_again(old, transcript))]
    return tuple(sorted(fillers, key=lambda filler: filler.span.start))


def _same(old: Filler, new: Filler) -> bool:
    if old.kind != new.kind or (old.kind == "discourse_marker" and old.text != new.text):
        return False
    return abs(old.span.start - new.span.start) <= _SAME_MOMENT or old.span.overlaps(new.span)


def _said_again(filler: Filler, transcript: Transcript) -> Filler | None:
    """Find a confirmed filler among words in which it was not found; a sound needs no word, a marker does."""
    phrase = filler.text.split()
    for place in range(len(transcript.words) - len(phrase) + 1):
        span = transcript.span(place, place + len(phrase) - 1)
        if _bare(span.text) == _bare(filler.text) and abs(span.start - filler.span.start) <= _SAME_MOMENT:
            return replace(filler, index=place)
    return replace(filler, index=None) if filler.kind == "filled_pause" else None


def _bare(text: str) -> list[str]:
    return [plain(word) for word in text.split()]
