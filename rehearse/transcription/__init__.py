"""Transcription with Whisper, including the filled pauses that stock Whisper leaves out.

Method
------
The recording is cut at quiet points into windows of at most 28 s, in a way that
does not depend on what comes later (see ``chunking`` and ``live``). Each window
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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np

from rehearse import weights
from rehearse.files import malloc_tuning
from rehearse.model import RecogniserOutput, Recording, Word
from rehearse.transcription import filler_head
from rehearse.transcription.alignment import Piece, pieces, timed
from rehearse.transcription.chunking import FRAMES, SAMPLE_RATE, Window, windows
from rehearse.transcription.filled_pauses import with_filled_pauses
from rehearse.transcription.vad import speech_probability

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = [
    "CARD",
    "CPU",
    "BatchTranscriber",
    "Computing",
    "HeardWindow",
    "Listener",
    "Transcriber",
    "WindowTranscriber",
    "named",
    "speech_probability",
    "whisper",
]

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


@dataclass(frozen=True, slots=True)
class HeardWindow:
    """What was heard in one window, by itself."""

    window: Window
    words: tuple[Word, ...]


class Listener(Protocol):
    """Takes one recording window by window, the first one first, and joins at the end what was heard."""

    def hear(self, samples: npt.NDArray[np.float32], chunks: Sequence[Window]) -> list[HeardWindow]:
        """Transcribe windows of the recording, of which ``samples`` are all so far: mono at 16 kHz, shape (n,)."""

    def joined(self, heard: Sequence[HeardWindow], probability: npt.NDArray[np.float32]) -> RecogniserOutput:
        """Join windows in order; ``probability`` is the speech detector's for the whole recording."""


class Transcriber(Protocol):
    """Anything that transcribes a recording."""

    @property
    def name(self) -> str:
        """Name of the model, as stored in the history."""

    def __call__(self, recording: Recording, progress: Progress | None = None) -> RecogniserOutput:
        """Transcribe mono sound at 16 kHz."""


class WindowTranscriber(Transcriber, Protocol):
    """A transcriber that can take a recording window by window, while it is made."""

    def listener(self) -> Listener:
        """Begin to listen to a recording; nothing depends on how many windows are heard at once."""


class BatchTranscriber(WindowTranscriber, Protocol):
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
    # Read when CTranslate2 is imported. Its GNU OpenMP threads wait awake for the next step otherwise: while a browser
    # or another process needs a core too, a window of half a minute costs eight times the work. Not at all, on a quiet
    # machine, makes an answer of a minute a fifth slower (2.6 s instead of 2.1; 300 and 1000 turns are as quick).
    os.environ.setdefault("GOMP_SPINCOUNT", "300")
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
        probabilities = [speech_probability(recording.samples) for recording in recordings]
        listeners = [_Listener(self) for _ in recordings]
        chunks = [
            _Chunk(listener, recording.samples, window)
            for listener, recording, probability in zip(listeners, recordings, probabilities, strict=True)
            for window in windows(recording.samples, probability)
            if window.frames >= _FEWEST_FRAMES
        ]
        self._listening.result()
        heard: dict[_Listener, list[HeardWindow]] = {listener: [] for listener in listeners}
        longest = max((recording.duration for recording in recordings), default=0.0)
        at_once = self._computing.windows if longest < malloc_tuning.LONG else max(1, self._computing.windows // 2)
        for first in range(0, len(chunks), at_once):
            # What loading, the detector and earlier windows left is too fragmented for large allocations.
            malloc_tuning.return_free_memory(longest)
            if progress:
                progress(first / len(chunks))
            batch = chunks[first : first + at_once]
            for chunk, found in zip(batch, self.hear(batch), strict=True):
                heard[chunk.listener].append(found)
        if progress:
            progress(1.0)
        return [own.joined(heard[own], probability) for own, probability in zip(listeners, probabilities, strict=True)]

    def listener(self) -> Listener:
        return _Listener(self)

    def hear(self, batch: Sequence[_Chunk]) -> list[HeardWindow]:
        """Transcribe windows, each by itself and in the language of its recording's first one."""
        encoded = self._encoded(self._model, _spectra(self._model, batch))
        for index, chunk in enumerate(batch):
            if chunk.listener.tokenizer is None:
                chunk.listener.tokenizer = self._tokenizer(encoded if index == 0 else _part(encoded, [index]))
        languages = [chunk.listener.tokenizer.language_code for chunk in batch]
        pauses = self._heard(encoded, batch)
        words: dict[int, Sequence[Word]] = {}
        for language in dict.fromkeys(languages):
            chosen = [index for index, own in enumerate(languages) if own == language]
            of_language = encoded if len(chosen) == len(batch) else _part(encoded, chosen)
            texts = self._words(of_language, [batch[i].window for i in chosen], batch[chosen[0]].listener.tokenizer)
            for index, text in zip(chosen, texts, strict=True):
                words[index] = with_filled_pauses(text, pauses[index]) if language == "en" else text
        return [HeardWindow(chunk.window, tuple(words[index])) for index, chunk in enumerate(batch)]

    def _heard(self, encoded: Any, batch: Sequence[_Chunk]) -> list[list[filler_head.HeardPause]]:
        """Return what may be filled pauses in each window, in seconds of its recording."""
        if self._listening is not self._loading:
            model = self._listening.result()
            encoded = self._encoded(model, _spectra(model, batch))
        head = filler_head.load()
        return [
            [pause.moved(chunk.window.offset) for pause in filler_head.pauses(head(frames[: chunk.window.frames // 2]))]
            for frames, chunk in zip(_array(encoded), batch, strict=True)
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


class _Listener:
    """One recording, heard with a model in the language of its first window."""

    def __init__(self, model: _Whisper) -> None:
        self._model = model
        self.tokenizer: Any = None

    def hear(self, samples: npt.NDArray[np.float32], chunks: Sequence[Window]) -> list[HeardWindow]:
        batch = [_Chunk(self, samples, window) for window in chunks if window.frames >= _FEWEST_FRAMES]
        return self._model.hear(batch) if batch else []

    def joined(self, heard: Sequence[HeardWindow], probability: npt.NDArray[np.float32]) -> RecogniserOutput:
        joined: list[Word] = []
        for own in heard:
            # Where a window reaches back, it knows better what came before its end than the one before.
            joined = [word for word in joined if (word.start + word.end) / 2 < own.window.offset] + list(own.words)
        return RecogniserOutput(tuple(joined), probability, self.tokenizer.language_code if joined else None)


@dataclass(frozen=True, slots=True, eq=False)
class _Chunk:
    """A window of a recording, of which ``samples`` are all so far."""

    listener: _Listener
    samples: npt.NDArray[np.float32]
    window: Window


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


def _spectra(model: Any, batch: Sequence[_Chunk]) -> list[npt.NDArray[np.float32]]:
    """Log-mel spectrograms, padded to 30 s. Shape of each: (mels, 3000)."""
    sounds = [chunk.samples[chunk.window.start : chunk.window.end] for chunk in batch]
    spectra = [model.feature_extractor(sound)[:, :FRAMES] for sound in sounds]
    return [np.pad(mel, ((0, 0), (0, FRAMES - mel.shape[1]))) for mel in spectra]


def _text_tokens(found: Any, tokenizer: Any) -> list[int]:
    """Return the text tokens of one decoded window; none if the text loops, since it is then invented."""
    tokens = [token for token in found.sequences_ids[0] if token < tokenizer.eot]
    text = tokenizer.decode(tokens).encode()
    looping = len(text) > len(zlib.compress(text)) * _REPETITIVE
    return [] if looping else tokens
