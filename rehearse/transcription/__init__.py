"""Transcription with Whisper, including the filled pauses that stock Whisper leaves out.

Method
------
The recording is cut at quiet points into windows of at most 28 s, in a way that
does not depend on what comes later (see ``chunking`` and ``live``). Each window
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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from rehearse import weights
from rehearse.files import malloc_tuning
from rehearse.model import RecogniserOutput, Recording
from rehearse.transcription.alignment import AlignedToken, judged, timed
from rehearse.transcription.chunking import FRAMES, SAMPLE_RATE, Window, windows
from rehearse.transcription.filled_pause_recovery import PROMPT, TELLING, Piece, Verbatim
from rehearse.transcription.vad import speech_probability

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["HeardWindow", "Listener", "Transcriber", "speech_probability", "whisper"]

Progress = Callable[[float], None]
"""Called with the share of the recording that has been transcribed, from 0 at the start to 1 at the end."""

_AT_ONCE = 4
"""Windows per batch; larger batches save little time and cost memory."""
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
class HeardWindow:
    """What was heard in one window, by itself."""

    window: Window
    tokens: tuple[AlignedToken, ...]


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

    def listener(self) -> Listener:
        """Begin to listen to a recording window by window; nothing depends on how many are heard at once."""


def whisper(name_or_folder: str = weights.DEFAULT, *, threads: int | None = None) -> Transcriber:
    """Start loading Whisper and return a reusable transcriber; its first call waits for the weights.

    Args:
        name_or_folder: A model of the manifest, or a folder of CTranslate2 weights.
        threads: Processor threads; None uses all of the machine's.

    Raises:
        ValueError: The weights are missing or damaged; the message says what to do. A user's own folder is only read by
            the first call, which then raises this.

    """
    folder = weights.resolve(name_or_folder)
    loader = ThreadPoolExecutor(1, "rehearse-weights")
    loading = loader.submit(_load, folder, threads or os.cpu_count() or 1)
    loader.shutdown(wait=False)
    return _Whisper(name_or_folder if name_or_folder in weights.models() else folder.resolve().name, loading)


def _load(folder: Path, threads: int) -> Any:
    from faster_whisper import WhisperModel

    try:
        return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True)
    except Exception as error:  # the tokenizer's reader raises nothing narrower
        msg = f"{folder}: not Whisper weights that can be loaded ({error}); copy or convert them again"
        raise ValueError(msg) from error


class _Whisper:
    """A faster-whisper model, decoded window by window."""

    def __init__(self, name: str, loading: Future[Any]) -> None:
        self.name = name
        self._loading = loading

    @property
    def _model(self) -> Any:
        return self._loading.result()

    def __call__(self, recording: Recording, progress: Progress | None = None) -> RecogniserOutput:
        if recording.sample_rate != SAMPLE_RATE:
            msg = f"Whisper hears sound at {SAMPLE_RATE} Hz (got {recording.sample_rate}); load it with rehearse.load"
            raise ValueError(msg)
        probability = speech_probability(recording.samples)
        chunks = windows(recording.samples, probability)
        listener, heard = self.listener(), list[HeardWindow]()
        self._loading.result()
        at_once = _AT_ONCE if recording.duration < malloc_tuning.LONG else _AT_ONCE // 2
        for first in range(0, len(chunks), at_once):
            # What loading, the detector and earlier windows left is too fragmented for large allocations.
            malloc_tuning.return_free_memory(recording.duration)
            if progress:
                progress(first / len(chunks))
            heard += listener.hear(recording.samples, chunks[first : first + at_once])
        if progress:
            progress(1.0)
        return listener.joined(heard, probability)

    def listener(self) -> Listener:
        return _Listener(self)

    def hear(
        self, samples: npt.NDArray[np.float32], chunks: Sequence[Window], tokenizer: Any
    ) -> tuple[list[list[AlignedToken]], Any]:
        """Transcribe windows of one recording, each by itself; without a tokenizer, the language is chosen."""
        encoded = self._encoded(self._spectra(samples, chunks))
        tokenizer = tokenizer or self._tokenizer(encoded)
        return self._listen(encoded, chunks, tokenizer), tokenizer

    def _spectra(self, samples: npt.NDArray[np.float32], windows: Sequence[Window]) -> list[npt.NDArray[np.float32]]:
        """Log-mel spectrograms, each padded to 30 s. Shape of each: (mels, 3000)."""
        spectra = [self._model.feature_extractor(samples[w.start : w.end])[:, :FRAMES] for w in windows]
        return [np.pad(mel, ((0, 0), (0, FRAMES - mel.shape[1]))) for mel in spectra]

    def _encoded(self, spectra: Sequence[npt.NDArray[np.float32]]) -> Any:
        """Encode each window separately: a third of the memory and no more time. Shape: (windows, 1500, width)."""
        from ctranslate2 import StorageView

        return StorageView.from_array(np.stack([np.asarray(self._model.encode(mel))[0] for mel in spectra]))

    def _tokenizer(self, encoded: Any) -> Any:
        """Choose the language: English, unless multilingual weights are confident of another in the first window."""
        from faster_whisper.tokenizer import Tokenizer

        multilingual = self._model.model.is_multilingual
        token, probability = self._model.model.detect_language(encoded)[0][0] if multilingual else ("<|en|>", 1.0)
        language = token[2:-2] if probability >= _FOREIGN else "en"
        return Tokenizer(self._model.hf_tokenizer, multilingual, task="transcribe", language=language)

    def _listen(self, encoded: Any, chunks: Sequence[Window], tokenizer: Any) -> list[list[AlignedToken]]:
        texts = self._decode(encoded, len(chunks), tokenizer)
        restored = self._verbatim(encoded, texts, tokenizer)
        return [
            list(timed(window, pieces, self._aligned(_part(encoded, [index]), window, pieces, tokenizer)))
            for index, (window, pieces) in enumerate(zip(chunks, restored, strict=True))
        ]

    def _aligned(self, encoded: Any, window: Window, pieces: Sequence[Piece], tokenizer: Any) -> list[dict[str, Any]]:
        """Align the words of one window; aligning several at once would take much memory."""
        tokens = [token for piece in pieces for token in piece.tokens]
        found: list[list[dict[str, Any]]] = self._model.find_alignment(tokenizer, [tokens], encoded, [window.frames])
        return found[0]

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


class _Listener:
    """One recording, heard with a model in the language of its first window."""

    def __init__(self, model: _Whisper) -> None:
        self._model = model
        self._tokenizer: Any = None

    def hear(self, samples: npt.NDArray[np.float32], chunks: Sequence[Window]) -> list[HeardWindow]:
        batch = [window for window in chunks if window.frames >= _FEWEST_FRAMES]
        if not batch:
            return []
        heard, self._tokenizer = self._model.hear(samples, batch, self._tokenizer)
        return [HeardWindow(window, tuple(tokens)) for window, tokens in zip(batch, heard, strict=True)]

    def joined(self, heard: Sequence[HeardWindow], probability: npt.NDArray[np.float32]) -> RecogniserOutput:
        joined: list[AlignedToken] = []
        for one in heard:
            # Where a window reaches back, it knows better what came before its end than the one before.
            joined = [token for token in joined if token.middle < one.window.offset] + list(one.tokens)
        return RecogniserOutput(judged(joined), probability, self._tokenizer.language_code if joined else None)


def _part(encoded: Any, indices: Sequence[int]) -> Any:
    """Select some of the encoded windows."""
    from ctranslate2 import StorageView

    return StorageView.from_array(np.ascontiguousarray(np.asarray(encoded)[indices]))


def _start(tokenizer: Any, prompt: str | None) -> list[int]:
    """Return the tokens before the text: the prompt as preceding text, and the task without timestamps."""
    before = [tokenizer.sot_prev, *tokenizer.encode(" " + prompt)] if prompt else []
    return [*before, *tokenizer.sot_sequence, tokenizer.no_timestamps]


def _logs(found: Any, steps: int, wanted: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Return log probabilities of the wanted tokens in the first steps of a greedy search. Shape: (steps, wanted)."""
    return np.stack([_log_probabilities(np.asarray(step), wanted) for step in found.logits[0][:steps]])


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
