"""A remark to somebody who is still speaking: made once, near the end of their time, and never in a pause."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from rehearse.model import RecogniserOutput

if TYPE_CHECKING:
    from rehearse.pages.practice.live_recording import LiveListening

_ASK_EVERY = 4.0
"""Seconds after which what has been said is looked at again (house default)."""
_STALE = 4.0
"""Seconds after which a remark that has not been made is one about what was said before (house default)."""
_IN_A_PAUSE = 0.5
"""Seconds without speech in which no remark is made (house default)."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What may be said, once, to somebody who is still speaking.

    Attributes:
        earliest: Seconds after which it may be said.
        words: Called, on any thread, with what has been said and the seconds so far; returns the remark, or None.

    """

    earliest: float
    words: Callable[[RecogniserOutput, float], str | None]


class Remarks:
    """Decides when to make a remark during one recording."""

    def __init__(self, remark: Remark | None, listening: LiveListening) -> None:
        """Create it; without a remark nothing is ever said."""
        self._remark = remark
        self._listening = listening
        self._look_at = remark.earliest if remark else inf
        self._decided: tuple[str, float] | None = None

    def look(self, seconds: float) -> None:
        """Have what has been said by now looked at, from time to time, once the remark may be made."""
        live = self._listening.transcriber
        if seconds >= self._look_at and live is not None:
            self._look_at = seconds + _ASK_EVERY
            live.ask(self._decide)

    def due(self, seconds: float) -> str | None:
        """Return the remark to make now, once; None while there is none, and in every pause."""
        live = self._listening.transcriber
        if self._decided is None or live is None:
            return None
        text, decided = self._decided
        if seconds - decided > _STALE:
            self._decided = None
        elif seconds - live.spoken_seconds <= _IN_A_PAUSE:
            self._decided, self._look_at = None, inf
            return text
        return None

    def _decide(self, output: RecogniserOutput, seconds: float) -> None:
        with suppress(ValueError):  # the parser is missing, which the analysis says
            text = self._remark.words(output, seconds) if self._remark else None
            self._decided = (text, seconds) if text else None
