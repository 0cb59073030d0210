"""Questions are read aloud by voices of this computer, in words that can be understood."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from starlette.applications import Starlette
from starlette.testclient import TestClient

from rehearse import audio, synthesis, weights
from rehearse.events.activity import FRAME
from rehearse.events.pitch import track_pitch
from rehearse.interview import MEMBERS
from rehearse.language.words import plain
from rehearse.model import Recording, Transcript
from rehearse.pages import question_sound
from rehearse.synthesis import Voice, speak
from rehearse.transcription import Transcriber

ASKED = "Tell me about a decision you took without asking anybody. What did it rest on, and how did it turn out?"
SEMITONES = 12


def heard(sound: bytes, folder: Path) -> Recording:
    path = folder / "question.wav"
    path.write_bytes(sound)
    return audio.load(path)


def spoken_words(transcript: Transcript) -> list[str]:
    return [plain(word.text) for word in transcript.words]


def pitch_of(recording: Recording) -> float:
    everywhere = np.ones(int(recording.duration / FRAME), bool)
    return float(np.nanmedian(track_pitch(recording, everywhere)))


def test_what_each_member_of_the_panel_says_is_understood_and_no_two_sound_alike(
    transcriber: Transcriber, tmp_path: Path
) -> None:
    pitches = []
    for member in MEMBERS:
        recording = heard(speak(ASKED, member.voice), tmp_path)
        assert spoken_words(transcriber(recording)) == [plain(word) for word in ASKED.split()], member.person
        pace = len(ASKED.split()) / recording.duration * 60
        assert 130 <= pace <= 190, member.person
        pitches.append(pitch_of(recording))
    apart = [SEMITONES * np.log2(high / low) for low, high in pairwise(sorted(pitches))]
    assert min(apart) > 1.5


@pytest.mark.parametrize("text", ["", "日本語の質問", "$"])
def test_a_text_without_a_word_to_read_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="nothing to read aloud"):
        speak(text, Voice())


def test_a_text_without_end_is_read_to_a_limit() -> None:
    endless = "And so on. " * 10_000
    assert speak(endless, Voice()) == speak(endless[: synthesis.LONGEST_TEXT], Voice())


def test_the_further_voices_are_pinned_to_the_bytes_that_the_package_names() -> None:
    from hibari.voices import VOICES

    known = {name: (one["file"], one["bytes"], one["sha256"]) for name, one in VOICES.items() if not one["bundled"]}
    pinned = {}
    for name, model in weights.models().items():
        if model.role == "voice":
            [file] = model.files
            pinned[name.removeprefix(synthesis.WEIGHTS)] = file.name.removeprefix("voices/"), file.size, file.sha256
    assert pinned == known
    assert {member.voice.own for member in MEMBERS} == set(known)


def test_a_further_voice_reads_where_it_is_here_and_one_whose_bytes_are_wrong_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hibari

    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path))
    wanted, plain_voice = Voice(pitch=0.8, own="emma"), Voice(pitch=0.8)
    folder = tmp_path / "voice-emma"
    (folder / "voices").mkdir(parents=True)
    shutil.copy(Path(hibari.__file__).parent / "assets" / "hibari.onnx", folder / "voices" / "bf_emma.int8.onnx")
    assert speak(ASKED, wanted) == speak(ASKED, plain_voice)
    synthesis.forget()
    monkeypatch.setattr(weights, "path", lambda name: tmp_path / name)
    other = speak(ASKED, wanted)
    assert other != speak(ASKED, plain_voice)
    assert soundfile.info(io.BytesIO(other)).samplerate == 24_000, "it has a pitch of its own"
    synthesis.forget()


@pytest.fixture
def sounds() -> Iterator[TestClient]:
    """Serve the sounds alone; the guard before them has tests of its own."""
    with TestClient(Starlette(routes=[question_sound.route()])) as client:
        yield client
    question_sound.forget()


def test_only_a_text_that_a_page_has_offered_is_read_and_nothing_of_it_is_kept_by_the_browser(
    sounds: TestClient,
) -> None:
    address = question_sound.offer(ASKED, Voice())
    assert question_sound.offer(ASKED, Voice()) == address
    answer = sounds.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/wav")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content == speak(ASKED, Voice())
    for stranger in ("", "?name=", f"?name={'0' * 64}", "?text=Hello"):
        assert sounds.get(f"{question_sound.PATH}{stranger}").status_code == 404


def test_what_was_offered_long_ago_or_before_an_answer_was_deleted_is_not_read_any_more(sounds: TestClient) -> None:
    oldest = question_sound.offer("The oldest.", Voice())
    for number in range(100):
        newest = question_sound.offer(f"Number {number}.", Voice())
    assert sounds.get(oldest).status_code == 404
    assert sounds.get(newest).status_code == 200
    question_sound.forget()
    assert sounds.get(newest).status_code == 404


def test_without_the_voice_the_browser_learns_why_there_is_no_sound(
    sounds: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "hibari", None)
    synthesis._engine.cache_clear()
    synthesis.forget()
    try:
        answer = sounds.get(question_sound.offer(ASKED, Voice()))
        assert answer.status_code == 503
        assert "pip install --force-reinstall rehearse-aloud" in answer.text
    finally:
        synthesis._engine.cache_clear()
