"""Stand-in until the real one lands."""

from rehearse.datatypes import Filler, Transcript


def find_discourse_markers(transcript: Transcript) -> tuple[Filler, ...]:
    return ()
