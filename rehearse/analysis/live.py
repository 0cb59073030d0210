"""What is found out about an answer while it is spoken, so that little is left when the speaker stops.

Nothing here decides anything: it is what the analysis of the finished recording computes, with the same functions, and
whatever turns out otherwise in the end is computed again.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rehearse.analysis.assemble import find_transcript
from rehearse.events.activity import detect_speech
from rehearse.events.sound_meter import SoundMeter
from rehearse.language.parser import parse_ahead
from rehearse.model import RecogniserOutput, Recording, Word

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class LiveAnalysis:
    """Measures the sound as it comes, and parses the words as they are recognised.

    Attributes:
        meter: What has been measured.

    """

    def __init__(self, sample_rate: int) -> None:
        """Create it; ``sample_rate`` is in Hz."""
        self.meter = SoundMeter(sample_rate)
        self._rate = sample_rate
        self._parsed: tuple[Word, ...] = ()

    def __call__(self, samples: npt.NDArray[np.float32], output: RecogniserOutput) -> None:
        """Go on with what there is by now.

        Args:
            samples: All samples so far, shape (n,).
            output: The words of those windows that are complete, and the speech probability as far as it has come.

        """
        self.meter.feed(samples, output.speech_probability)
        if output.language == "en" and output.words is not self._parsed:
            self._parsed = output.words
            recording = Recording(samples, self._rate)
            activity = detect_speech(recording, output.speech_probability, self.meter.levels(recording))
            with suppress(ValueError):  # the parser is missing, which the analysis says
                parse_ahead(find_transcript(output, activity)[0])
