"""Turn recogniser output into an answer, and an answer into measurements."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import TYPE_CHECKING

from rehearse.events.activity import FRAME, Activity, detect_speech, meeting
from rehearse.events.fillers import find_filled_pauses, written_filled_pauses
from rehearse.events.hedges import find_hedges
from rehearse.events.markers import MARKERS, find_discourse_markers
from rehearse.events.pauses import find_pauses, snapped
from rehearse.events.quality import judge_quality
from rehearse.events.repetitions import find_repetitions
from rehearse.events.sound_meter import SoundMeter
from rehearse.language.spoken import spoken_words
from rehearse.language.words import content_words, cut, filled_pauses, visible
from rehearse.metrics import METRICS
from rehearse.model import (
    Answer,
    Filler,
    Measurement,
    Pause,
    Question,
    RecogniserOutput,
    Recording,
    Span,
    Transcript,
    Voice,
    Word,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_FAR_FROM_SPEECH = 0.5
"""Seconds; a word farther from any spoken sound is a recogniser hallucination (house default)."""
_SHORTEST_WORD = 0.25
"""Seconds of spoken sound below which any words are guesses (house default)."""
_ENOUGH_TO_TELL = 8.0
"""Seconds of spoken sound from which the recogniser's understanding is checked (house default)."""
_UNDERSTOOD = 1.2
"""Least sum of the squared probabilities of the spoken words, per second of spoken sound. English development
recordings reach 1.4 (a meeting), most at least 2; of 51 synthesised answers in 14 other languages, 45 stay below it."""
_MEANT = 0.56
"""Mean word probability below which the recogniser is guessing. The other six, Afrikaans and fast German, reach 0.55;
English development recordings at least 0.62 (a meeting). English below it, in noise, has lost seven words in ten. The
share of English function words is no help: such guesses are full of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """The facts of one answer, before anything is derived from its words.

    Attributes:
        transcript: The words.
        fillers: Filled pauses and discourse markers, in any order.
        kind: The question's kind; None if unknown.
        pauses: As in ``Answer``.
        seconds: The question's own target length, if it has one.
        speech: First spoken sound to last.
        duration: Seconds of the whole recording.
        recording: The sound.
        voice: Pitch and level over time.
        quality: One sentence for each thing that is not judged.
        pauses_known: Whether silence could be distinguished from noise.

    """

    transcript: Transcript
    fillers: Sequence[Filler]
    kind: str | None = None
    pauses: tuple[Pause, ...] = ()
    seconds: tuple[int, int] | None = None
    speech: Span | None = None
    duration: float | None = None
    recording: Recording | None = None
    voice: Voice | None = None
    quality: tuple[str, ...] = ()
    pauses_known: bool = True


def assemble(facts: Facts) -> Answer:
    """Assemble an answer; used for sound, for text and after corrections."""
    english = facts.transcript.language == "en"
    return Answer(
        transcript=facts.transcript,
        fillers=tuple(sorted(facts.fillers, key=lambda filler: filler.span.start)),
        pauses=facts.pauses,
        hedges=find_hedges(facts.transcript) if english else (),
        repetitions=find_repetitions(facts.transcript) if english else (),
        speech=facts.speech,
        duration=facts.duration,
        kind=facts.kind,
        seconds=facts.seconds,
        recording=facts.recording,
        voice=facts.voice,
        quality=facts.quality,
        pauses_known=facts.pauses_known,
    )


def with_sound(facts: Facts, recording: Recording, speech_probability: npt.NDArray[np.float32]) -> Facts:
    """Add what needs the recording to facts whose words, pauses and times are already known.

    Args:
        facts: Facts of an earlier analysis.
        recording: Its sound, mono at 16 kHz.
        speech_probability: Shape (m,), the detector's speech probability for each 32 ms.

    """
    meter = SoundMeter(recording.sample_rate)
    activity = detect_speech(recording, speech_probability, meter.levels(recording))
    trusted = judge_quality(recording, activity, facts.transcript).voice
    return replace(facts, recording=recording, voice=_voice(recording, activity, meter) if trusted else None)


def answer_from_sound(
    recording: Recording,
    output: RecogniserOutput,
    question: Question | None = None,
    *,
    markers: Collection[str] = MARKERS,
    meter: SoundMeter | None = None,
) -> Answer:
    """Combine recogniser output and sound into an answer.

    Filled pauses that are not likely enough are removed from the transcript.
    A recogniser that only knows English writes English for any language and
    for noise: output that it did not understand is left out.
    ``markers`` are the discourse markers to search for; ``meter`` has measured the
    sound while it was recorded, and is ignored if it was another one.
    """
    if meter is None or not meter.fits(recording):
        meter = SoundMeter(recording.sample_rate)
    activity = detect_speech(recording, output.speech_probability, meter.levels(recording))
    transcript, filled = find_transcript(output, activity)
    words = transcript.words
    quality = judge_quality(recording, activity, transcript)
    return assemble(
        Facts(
            transcript=transcript,
            fillers=(*filled, *find_discourse_markers(transcript, markers)) if transcript.language == "en" else (),
            pauses=find_pauses(activity, words),
            speech=activity.speech,
            duration=recording.duration,
            kind=question.kind if question else None,
            seconds=question.seconds if question else None,
            recording=recording,
            voice=_voice(recording, activity, meter) if quality.voice else None,
            quality=quality.reasons,
            pauses_known=quality.pauses,
        )
    )


def find_transcript(output: RecogniserOutput, activity: Activity) -> tuple[Transcript, tuple[Filler, ...]]:
    """Return the words that were said, and the filled pauses among them."""
    stretches = activity.stretches
    likely = tuple(part for word in output.words if _near_speech(word, stretches) for part in _parts(word))
    if output.language == "en" and not _understood(likely, stretches):
        likely = ()
    words, filled = _with_filled_pauses(likely, activity)
    words = snapped(words, stretches)
    transcript = Transcript(words, output.language if words else None)
    return transcript, tuple(_placed(own, words) for own in filled)


def answer_from_text(text: str, kind: str | None = None, *, markers: Collection[str] = MARKERS) -> Answer:
    """Build an answer from text; starts and ends are character offsets."""
    words = tuple(Word(visible(text[start:end]), start, end) for start, end in cut(text))
    transcript = Transcript(words, "en" if words else None, timed=False)
    fillers = (*written_filled_pauses(words), *find_discourse_markers(transcript, markers))
    return assemble(Facts(transcript, fillers, kind))


def measure(answer: Answer) -> tuple[Measurement, ...]:
    """Compute every metric, with the spans that show it."""
    return tuple(
        Measurement(
            name,
            value := metric.compute(answer),
            metric.locate(answer) if metric.locate and value is not None else (),
            metric.version,
        )
        for name, metric in METRICS.items()
    )


def _voice(recording: Recording, activity: Activity, meter: SoundMeter) -> Voice:
    return Voice(FRAME, meter.pitch(recording, activity.spoken), activity.levels, activity.spoken)


def _placed(filler: Filler, words: Sequence[Word]) -> Filler:
    """Give a filled pause the times of its word."""
    own = next(iter(filler.word_indices), None)
    return filler if own is None else replace(filler, span=Span(words[own].start, words[own].end))


def _parts(word: Word) -> tuple[Word, ...]:
    """Split words joined by a dash, dividing the time in proportion to the letters."""
    edges = list(cut(word.text))
    if len(edges) == 1:
        return (replace(word, text=visible(word.text)),)
    letter = (word.end - word.start) / max(1, len(word.text))
    return tuple(
        replace(
            word,
            text=visible(word.text[first:last]),
            start=round(word.start + first * letter, 3),
            end=round(word.start + last * letter, 3),
        )
        for first, last in edges
    )


def _near_speech(word: Word, stretches: Sequence[Span]) -> bool:
    low, high = word.start - _FAR_FROM_SPEECH, word.end + _FAR_FROM_SPEECH
    return bool(meeting(stretches, low, high))


def _understood(words: Sequence[Word], stretches: Sequence[Span]) -> bool:
    spoken = sum(stretch.duration for stretch in stretches)
    if spoken < _ENOUGH_TO_TELL:
        return spoken >= _SHORTEST_WORD
    content = content_words(words)
    sure = [word.probability or 0.0 for word in content]
    read = sum(chance**2 * len(spoken_words(word.text)) for chance, word in zip(sure, content, strict=True))
    return read >= _UNDERSTOOD * spoken and fmean(sure) >= _MEANT


def _with_filled_pauses(words: Sequence[Word], activity: Activity) -> tuple[tuple[Word, ...], tuple[Filler, ...]]:
    """Keep only the filled pauses that count or may, and reindex them."""
    found = {filler.index: filler for filler in find_filled_pauses(words, activity)}
    remaining: list[Word] = []
    fillers: list[Filler] = []
    pauses = filled_pauses([word.text for word in words])
    for index, (word, pause) in enumerate(zip(words, pauses, strict=True)):
        filler = found.get(index)
        if filler:
            fillers.append(replace(filler, index=len(remaining)))
            remaining.append(word)
        elif not pause:
            remaining.append(word)
    return tuple(remaining), tuple(fillers)
