"""Transcription with Whisper, including the filled pauses that stock Whisper leaves out.

Method
------
The recording is cut at quiet points into windows of at most 28 s. Each window
is encoded and decoded once; word times come from attention. The filled pauses
come from the output of tiny.en's encoder (see ``filler_head``) and are put
between the words; where another model writes the words, tiny.en's encoder
runs beside it.
Everything is deterministic: temperature 0, no sampling.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np

from rehearse import weights
from rehearse.files import malloc_tuning
from rehearse.model import RecogniserOutput, Recording, Word
from rehearse.transcription import filler_head
from rehearse.transcription.alignment import Piece, pieces, timed
from rehearse.transcription.chunking import FRAMES, SAMPLE_RATE, Window, cut, has_speech, spoken
from rehearse.transcription.filled_pauses import with_filled_pauses
from rehearse.transcription.vad import speech_probability

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["CARD", "CPU", "BatchTranscriber", "Computing", "Transcriber", "named", "speech_probability", "whisper"]

Progress = Callable[[float], None]
"""Called with the share of the recording that has been transcribed, from 0 at the start to 1 at the end."""

_FEWEST_FRAMES = 2
"""Fewest mel frames in a window; fewer cannot be aligned."""
_BEAMS = 5
_MOST_TOKENS = 448
_FOREIGN = 0.7
"""Probability from which another language is accepted (house default: meetings and read English reach 0.5 for Welsh and
Latin; German and French of a speech synthesiser 0.99 and 0.90)."""
_REPETITIVE = 2.4
"""Compression ratio above which a text is looping; OpenAI's own threshold."""


@dataclass(frozen=True, slots=True)
class Computing:
    """Where the recogniser is computed, and how.

    Attributes:
        device: ``cpu``, or ``cuda`` for a graphics card.
        precision: Arithmetic, in CTranslate2's terms.
        windows: Windows per batch; on a processor larger batches save little time and cost memory.
        together: Whether a batch is also encoded and aligned at once, rather than window by window.

    """

    device: Literal["cpu", "cuda"] = "cpu"
    precision: str = "int8"
    windows: int = 4
    together: bool = False


CPU = Computing()
CARD = Computing("cuda", "float16", 32, together=True)


class Transcriber(Protocol):
    """Anything that transcribes a recording."""

    @property
    def name(self) -> str:
        """Name of the model, as stored in the history."""

    def __call__(self, recording: Recording, progress: Progress | None = None) -> RecogniserOutput:
        """Transcribe mono sound at 16 kHz."""


class BatchTranscriber(Transcriber, Protocol):
    """A transcriber that can work on the windows of several recordings at once."""

    def together(self, recordings: Sequence[Recording], progress: Progress | None = None) -> list[RecogniserOutput]:
        """Transcribe several recordings; one output for each, in their order."""


def whisper(
    name_or_folder: str = weights.DEFAULT, *, threads: int | None = None, computing: Computing = CPU
) -> BatchTranscriber:
    """Start loading Whisper and return a reusable transcriber; its first call waits for the weights.

    Args:
        name_or_folder: A model of the manifest, or a folder of CTranslate2 weights.
        threads: Processor threads; None uses all of the machine's.
        computing: Where it is computed, and how.

    Raises:
        ValueError: The weights are missing or damaged; the message says what to do. A user's own folder is only read by
            the first call, which then raises this.

    """
    folder = weights.resolve(name_or_folder)
    loader = ThreadPoolExecutor(1, "rehearse-weights")
    threads = threads or os.cpu_count() or 1
    loading = listening = loader.submit(_load, folder, threads, computing)
    if named(name_or_folder) != filler_head.ENCODER:
        listening = loader.submit(_load, weights.resolve(filler_head.ENCODER), threads, computing)
    loader.shutdown(wait=False)
    return _Whisper(named(name_or_folder), loading, listening, computing)


def named(name_or_folder: str) -> str:
    """Return the name under which a model's results are stored."""
    return name_or_folder if name_or_folder in weights.models() else Path(name_or_folder).expanduser().resolve().name


def _load(folder: Path, threads: int, computing: Computing) -> Any:
    # Its GNU OpenMP threads busy-wait for the next step otherwise, which takes processor time from the working threads.
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    from faster_whisper import WhisperModel

    device, precision = computing.device, computing.precision
    try:
        return WhisperModel(
            str(folder), device=device, compute_type=precision, cpu_threads=threads, local_files_only=True
        )
    except Exception as error:  # the tokenizer's reader raises nothing narrower
        msg = f"{folder}: not Whisper weights that can be loaded ({error}); copy or convert them again"
        raise ValueError(msg) from error


class _Whisper:
    """A faster-whisper model, decoded window by window."""

    def __init__(self, name: str, loading: Future[Any], listening: Future[Any], computing: Computing) -> None:
        self.name = name
        self._loading = loading
        self._listening = listening
        self._computing = computing

    @property
    def _model(self) -> Any:
        return self._loading.result()

    def __call__(self, recording: Recording, progress: Progress | None = None) -> RecogniserOutput:
        return self.together([recording], progress)[0]

    def together(self, recordings: Sequence[Recording], progress: Progress | None = None) -> list[RecogniserOutput]:
        for recording in recordings:
            if recording.sample_rate != SAMPLE_RATE:
                msg = f"Whisper hears sound at {SAMPLE_RATE} Hz (got {recording.sample_rate}); use rehearse.load"
                raise ValueError(msg)
        parts = [_Recognition(recording, speech_probability(recording.samples)) for recording in recordings]
        windows: list[_Part] = [(part, window) for part in parts for window in part.windows()]
        self._listening.result()
        longest = max((recording.duration for recording in recordings), default=0.0)
        at_once = self._computing.windows if longest < malloc_tuning.LONG else max(1, self._computing.windows // 2)
        for first in range(0, len(windows), at_once):
            # What loading, the detector and earlier windows left is too fragmented for large allocations.
            malloc_tuning.return_free_memory(longest)
            batch = windows[first : first + at_once]
            spectra = _spectra(self._model, batch)
            if progress:
                progress(first / len(windows))
            self._add(batch, spectra)
        if progress:
            progress(1.0)
        return [part.output() for part in parts]

    def _add(self, batch: Sequence[_Part], spectra: Sequence[npt.NDArray[np.float32]]) -> None:
        """Add the words of some windows to the recordings they belong to."""
        encoded = self._encoded(self._model, spectra)
        for index, (recognition, _) in enumerate(batch):
            if recognition.tokenizer is None:
                recognition.tokenizer = self._tokenizer(encoded if index == 0 else _part(encoded, [index]))
        heard = self._heard(encoded, batch)
        for language in dict.fromkeys(recognition.tokenizer.language_code for recognition, _ in batch):
            chosen = [i for i, (recognition, _) in enumerate(batch) if recognition.tokenizer.language_code == language]
            of_language = encoded if len(chosen) == len(batch) else _part(encoded, chosen)
            windows = [batch[index][1] for index in chosen]
            found = self._words(of_language, windows, batch[chosen[0]][0].tokenizer)
            for index, words in zip(chosen, found, strict=True):
                batch[index][0].words += with_filled_pauses(words, heard[index]) if language == "en" else words

    def _heard(self, encoded: Any, batch: Sequence[_Part]) -> list[list[filler_head.HeardPause]]:
        """Return what may be filled pauses in each window, in seconds of its recording."""
        if self._listening is not self._loading:
            model = self._listening.result()
            encoded = self._encoded(model, _spectra(model, batch))
        head = filler_head.load()
        return [
            [pause.moved(window.offset) for pause in filler_head.pauses(head(frames[: window.frames // 2]))]
            for frames, (_, window) in zip(_array(encoded), batch, strict=True)
        ]

    def _encoded(self, model: Any, spectra: Sequence[npt.NDArray[np.float32]]) -> Any:
        """Encode windows. Shape: (windows, 1500, width).

        On a processor each separately, which takes a third of the memory and no more time. On a card all at once, and
        what comes out stays there.
        """
        from ctranslate2 import StorageView

        if self._computing.together:
            return model.model.encode(StorageView.from_array(np.stack(spectra)), to_cpu=False)
        return StorageView.from_array(np.stack([np.asarray(model.encode(mel))[0] for mel in spectra]))

    def _tokenizer(self, encoded: Any) -> Any:
        """Choose the language: English, unless multilingual weights are confident of another in the first window."""
        from faster_whisper.tokenizer import Tokenizer

        multilingual = self._model.model.is_multilingual
        token, probability = self._model.model.detect_language(encoded)[0][0] if multilingual else ("<|en|>", 1.0)
        language = token[2:-2] if probability >= _FOREIGN else "en"
        return Tokenizer(self._model.hf_tokenizer, multilingual, task="transcribe", language=language)

    def _words(self, encoded: Any, windows: Sequence[Window], tokenizer: Any) -> list[list[Word]]:
        """Return what the decoder writes of each window."""
        texts = [pieces(tokenizer, tokens) for tokens in self._decode(encoded, len(windows), tokenizer)]
        times = self._aligned(encoded, windows, texts, tokenizer)
        return [list(timed(*found)) for found in zip(windows, texts, times, strict=True)]

    def _aligned(
        self, encoded: Any, windows: Sequence[Window], texts: Sequence[Sequence[Piece]], tokenizer: Any
    ) -> list[list[dict[str, Any]]]:
        """Align the words of windows: one by one on a processor, where several at once would take much memory."""
        tokens = [[token for piece in pieces for token in piece.tokens] for pieces in texts]
        frames = [window.frames for window in windows]
        if self._computing.together:
            together: list[list[dict[str, Any]]] = self._model.find_alignment(tokenizer, tokens, encoded, frames)
            return together
        return [
            self._model.find_alignment(tokenizer, [tokens[index]], _part(encoded, [index]), [frames[index]])[0]
            for index in range(len(windows))
        ]

    def _decode(self, encoded: Any, count: int, tokenizer: Any) -> list[list[int]]:
        from faster_whisper.transcribe import get_suppressed_tokens

        found = self._model.model.generate(
            encoded,
            [[*tokenizer.sot_sequence, tokenizer.no_timestamps]] * count,
            beam_size=_BEAMS,
            max_length=_MOST_TOKENS,
            suppress_blank=True,
            suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
        )
        return [_text_tokens(result, tokenizer) for result in found]


@dataclass(slots=True, eq=False)
class _Recognition:
    """One of the recordings that are transcribed together.

    Attributes:
        recording: The sound.
        probability: Shape (m,), the detector's speech probability for each 32 ms.
        words: Those of its windows so far.
        tokenizer: Of its language; None until its first window is encoded.

    """

    recording: Recording
    probability: npt.NDArray[np.float32]
    words: list[Word] = field(default_factory=list)
    tokenizer: Any = None

    def windows(self) -> list[Window]:
        """Return what is transcribed of it."""
        samples = self.recording.samples
        windows = cut(samples, spoken(self.probability, len(samples)))
        return [found for found in windows if found.frames >= _FEWEST_FRAMES and has_speech(self.probability, found)]

    def output(self) -> RecogniserOutput:
        """Return what was recognised."""
        language = self.tokenizer.language_code if self.tokenizer and self.words else None
        return RecogniserOutput(tuple(self.words), self.probability, language)


_Part = tuple[_Recognition, Window]
"""A window of a recording."""


def _part(encoded: Any, indices: Sequence[int]) -> Any:
    """Select some of the encoded windows."""
    from ctranslate2 import StorageView

    return StorageView.from_array(np.ascontiguousarray(_array(encoded)[indices]))


def _array(view: Any) -> npt.NDArray[np.float32]:
    """Return the numbers of a CTranslate2 array, wherever they are."""
    from ctranslate2 import DataType, Device

    if view.device != "cpu":
        view = view.to_device(Device.cpu)
    return np.asarray(view if view.dtype == DataType.float32 else view.to(DataType.float32))


def _spectra(model: Any, batch: Sequence[_Part]) -> list[npt.NDArray[np.float32]]:
    """Log-mel spectrograms, padded to 30 s. Shape of each: (mels, 3000)."""
    sounds = [recognition.recording.samples[window.start : window.end] for recognition, window in batch]
    spectra = [model.feature_extractor(sound)[:, :FRAMES] for sound in sounds]
    return [np.pad(mel, ((0, 0), (0, FRAMES - mel.shape[1]))) for mel in spectra]


def _text_tokens(found: Any, tokenizer: Any) -> list[int]:
    """Return the text tokens of one decoded window; none if the text loops, since it is then invented."""
    tokens = [token for token in found.sequences_ids[0] if token < tokenizer.eot]
    text = tokenizer.decode(tokens).encode()
    looping = len(text) > len(zlib.compress(text)) * _REPETITIVE
    return [] if looping else tokens
