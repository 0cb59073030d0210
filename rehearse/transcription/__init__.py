"""Transcription with Whisper, including the filled pauses that stock Whisper leaves out.

Method
------
The recording is cut at quiet points into windows of at most 28 s. Each window
is encoded once and decoded twice or, where the speech is hard to recognise,
several times: without a prompt for the content, and with a prompt of fillers
for the filled pauses, which are merged into the unprompted text (see
``filled_pause_recovery``). Word times come from attention.
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
from rehearse.model import RecogniserOutput, Recording
from rehearse.transcription.alignment import AlignedToken, judged, timed
from rehearse.transcription.chunking import FRAMES, SAMPLE_RATE, Window, cut, has_speech, spoken
from rehearse.transcription.filled_pause_recovery import PROMPT, TELLING, Piece, Verbatim
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
    loading = loader.submit(_load, folder, threads or os.cpu_count() or 1, computing)
    loader.shutdown(wait=False)
    return _Whisper(named(name_or_folder), loading, computing)


def named(name_or_folder: str) -> str:
    """Return the name under which a model's results are stored."""
    return name_or_folder if name_or_folder in weights.models() else Path(name_or_folder).expanduser().resolve().name


def _load(folder: Path, threads: int, computing: Computing) -> Any:
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

    def __init__(self, name: str, loading: Future[Any], computing: Computing) -> None:
        self.name = name
        self._loading = loading
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
        windows = [(part, window) for part in parts for window in part.windows()]
        self._loading.result()
        longest = max((recording.duration for recording in recordings), default=0.0)
        at_once = self._computing.windows if longest < malloc_tuning.LONG else max(1, self._computing.windows // 2)
        for first in range(0, len(windows), at_once):
            # What loading, the detector and earlier windows left is too fragmented for large allocations.
            malloc_tuning.return_free_memory(longest)
            batch = windows[first : first + at_once]
            spectra = [self._spectrum(part.recording.samples, window) for part, window in batch]
            if progress:
                progress(first / len(windows))
            self._add(batch, spectra)
        if progress:
            progress(1.0)
        return [part.output() for part in parts]

    def _add(self, batch: Sequence[tuple[_Recognition, Window]], spectra: Sequence[npt.NDArray[np.float32]]) -> None:
        """Add the words of some windows to the recordings they belong to."""
        encoded = self._encoded(spectra)
        for index, (part, _) in enumerate(batch):
            if part.tokenizer is None:
                part.tokenizer = self._tokenizer(encoded if index == 0 else _part(encoded, [index]))
        for language in dict.fromkeys(part.tokenizer.language_code for part, _ in batch):
            chosen = [index for index, (part, _) in enumerate(batch) if part.tokenizer.language_code == language]
            of_language = encoded if len(chosen) == len(batch) else _part(encoded, chosen)
            windows = [batch[index][1] for index in chosen]
            found = self._listen(of_language, windows, batch[chosen[0]][0].tokenizer)
            for index, words in zip(chosen, found, strict=True):
                batch[index][0].aligned += words

    def _spectrum(self, samples: npt.NDArray[np.float32], window: Window) -> npt.NDArray[np.float32]:
        """Log-mel spectrogram, padded to 30 s. Shape: (mels, 3000)."""
        mel: npt.NDArray[np.float32] = self._model.feature_extractor(samples[window.start : window.end])[:, :FRAMES]
        return np.pad(mel, ((0, 0), (0, FRAMES - mel.shape[1])))

    def _encoded(self, spectra: Sequence[npt.NDArray[np.float32]]) -> Any:
        """Encode windows. Shape: (windows, 1500, width).

        On a processor each separately, which takes a third of the memory and no more time. On a card all at once, and
        what comes out stays there.
        """
        from ctranslate2 import StorageView

        if self._computing.together:
            return self._model.model.encode(StorageView.from_array(np.stack(spectra)), to_cpu=False)
        return StorageView.from_array(np.stack([np.asarray(self._model.encode(mel))[0] for mel in spectra]))

    def _tokenizer(self, encoded: Any) -> Any:
        """Choose the language: English, unless multilingual weights are confident of another in the first window."""
        from faster_whisper.tokenizer import Tokenizer

        multilingual = self._model.model.is_multilingual
        token, probability = self._model.model.detect_language(encoded)[0][0] if multilingual else ("<|en|>", 1.0)
        language = token[2:-2] if probability >= _FOREIGN else "en"
        return Tokenizer(self._model.hf_tokenizer, multilingual, task="transcribe", language=language)

    def _listen(self, encoded: Any, windows: Sequence[Window], tokenizer: Any) -> list[list[AlignedToken]]:
        """Return the words of each window."""
        texts = self._decode(encoded, len(windows), tokenizer)
        restored = self._verbatim(encoded, texts, tokenizer)
        times = self._aligned(encoded, windows, restored, tokenizer)
        return [list(timed(*found)) for found in zip(windows, restored, times, strict=True)]

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

    def _verbatim(self, encoded: Any, texts: Sequence[list[int]], tokenizer: Any) -> list[list[Piece]]:
        """Insert the filled pauses into each text, with the slow search only where the quick pass does not suffice."""
        verbatim = Verbatim(tokenizer)
        if tokenizer.language_code != "en":
            return [verbatim.pieces(text) for text in texts]
        quick = self._quick(encoded, len(texts), tokenizer, verbatim.tokens)
        followed = [verbatim.follow(text, *prompted) for text, prompted in zip(texts, quick, strict=True)]
        hard = [index for index, pieces in enumerate(followed) if pieces is None]
        closely = iter(self._closely(encoded, [texts[index] for index in hard], hard, tokenizer) if hard else ())
        return [next(closely) if pieces is None else pieces for pieces in followed]

    def _closely(
        self, encoded: Any, texts: Sequence[list[int]], hard: Sequence[int], tokenizer: Any
    ) -> list[list[Piece]]:
        part = _part(encoded, hard)
        verbatim = Verbatim(tokenizer)
        prompted = self._decode(part, len(texts), tokenizer, TELLING)
        return verbatim.restore(texts, prompted, lambda tokens: self._read(part, tokens, tokenizer, verbatim.tokens))

    def _quick(
        self, encoded: Any, count: int, tokenizer: Any, wanted: npt.NDArray[np.int64]
    ) -> list[tuple[list[int], npt.NDArray[np.float32]]]:
        """Decode greedily with the filler prompt; return tokens and log probabilities of shape (tokens + 1, wanted)."""
        from faster_whisper.transcribe import get_suppressed_tokens

        found = self._model.model.generate(
            encoded,
            [_start(tokenizer, PROMPT)] * count,
            beam_size=1,
            max_length=_MOST_TOKENS,
            suppress_blank=True,
            suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
            return_logits_vocab=True,
        )
        texts = [_text_tokens(result, tokenizer) for result in found]
        return [(text, _logs(result, len(text) + 1, wanted)) for text, result in zip(texts, found, strict=True)]

    def _decode(self, encoded: Any, count: int, tokenizer: Any, prompt: str | None = None) -> list[list[int]]:
        from faster_whisper.transcribe import get_suppressed_tokens

        found = self._model.model.generate(
            encoded,
            [_start(tokenizer, prompt)] * count,
            beam_size=_BEAMS,
            max_length=_MOST_TOKENS,
            suppress_blank=True,
            suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
        )
        return [_text_tokens(result, tokenizer) for result in found]

    def _read(
        self, encoded: Any, texts: Sequence[Sequence[int]], tokenizer: Any, wanted: npt.NDArray[np.int64]
    ) -> list[npt.NDArray[np.float32]]:
        """Return log probabilities along given texts with the filler prompt. Shape of each: (tokens + 1, wanted)."""
        start = _start(tokenizer, PROMPT)
        steps = max(len(text) for text in texts) + 2
        # The text is a forced prefix of a greedy search, which returns the logits of each step. The search takes
        # at most half of max_length steps, and no more than max_length minus the prompt.
        found = self._model.model.generate(
            encoded,
            [[*start, *text] for text in texts],
            beam_size=1,
            max_length=max(2 * steps, len(start) + steps),
            suppress_blank=False,
            suppress_tokens=None,
            return_logits_vocab=True,
        )
        return [_logs(result, len(text) + 1, wanted) for result, text in zip(found, texts, strict=True)]


@dataclass(slots=True, eq=False)
class _Recognition:
    """One of the recordings that are transcribed together.

    Attributes:
        recording: The sound.
        probability: Shape (m,), the detector's speech probability for each 32 ms.
        aligned: Its words so far.
        tokenizer: Of its language; None until its first window is encoded.

    """

    recording: Recording
    probability: npt.NDArray[np.float32]
    aligned: list[AlignedToken] = field(default_factory=list)
    tokenizer: Any = None

    def windows(self) -> list[Window]:
        """Return what is transcribed of it."""
        samples = self.recording.samples
        windows = cut(samples, spoken(self.probability, len(samples)))
        return [found for found in windows if found.frames >= _FEWEST_FRAMES and has_speech(self.probability, found)]

    def output(self) -> RecogniserOutput:
        """Return what was recognised."""
        language = self.tokenizer.language_code if self.tokenizer and self.aligned else None
        return RecogniserOutput(judged(self.aligned), self.probability, language)


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


def _start(tokenizer: Any, prompt: str | None) -> list[int]:
    """Return the tokens before the text: the prompt as preceding text, and the task without timestamps."""
    before = [tokenizer.sot_prev, *tokenizer.encode(" " + prompt)] if prompt else []
    return [*before, *tokenizer.sot_sequence, tokenizer.no_timestamps]


def _logs(found: Any, steps: int, wanted: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Return log probabilities of the wanted tokens in the first steps of a greedy search. Shape: (steps, wanted)."""
    return np.stack([_log_probabilities(_array(step), wanted) for step in found.logits[0][:steps]])


def _log_probabilities(logits: npt.NDArray[np.float32], wanted: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Normalise one step over the vocabulary and select the wanted tokens, to bound memory. Shape: (wanted,)."""
    top = logits.max()
    selected: npt.NDArray[np.float32] = logits[wanted] - top - np.log(np.exp(logits - top).sum())
    return selected


def _text_tokens(found: Any, tokenizer: Any) -> list[int]:
    """Return the text tokens of one decoded window; none if the text loops, since it is then invented."""
    tokens = [token for token in found.sequences_ids[0] if token < tokenizer.eot]
    text = tokenizer.decode(tokens).encode()
    looping = len(text) > len(zlib.compress(text)) * _REPETITIVE
    return [] if looping else tokens
