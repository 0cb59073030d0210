"""Recordings: from a file or a microphone to mono sound at Whisper's sample rate."""

from rehearse.audio.formats import SUFFIXES
from rehearse.audio.loading import MAX_SECONDS, SAMPLE_RATE, left_out, length, load, recordings, sha256

__all__ = ["MAX_SECONDS", "SAMPLE_RATE", "SUFFIXES", "left_out", "length", "load", "recordings", "sha256"]
