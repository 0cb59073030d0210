"""The recordings of ``tests/data/recordings`` with what is known of them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rehearse.language.words import is_filled_pause, plain
from rehearse.model import Span

RECORDINGS = Path(__file__).parents[2] / "tests" / "data" / "recordings"
Group = Literal["synthetic", "monologue", "clip", "meeting", "read"]
SPEAKS: tuple[Group, ...] = ("monologue", "clip", "meeting")
"""Groups of the human recordings that are no read speech."""
_SYMBOLS = re.compile(r"[^a-z0-9']")
_NO_WORDS = re.compile(r"<[^>]*>|\[[^\]]*\]")
_LONG_ENOUGH = 0.5
"""Seconds from which a made pause is asked for."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of one recording; None or empty where it is not.

    Attributes:
        path: The recording.
        group: What kind of speech it is.
        source: Whose voice, so that all of one speaker can be left out together.
        duration: Seconds.
        filled_pauses: How many there are.
        filled_spans: Where they are, in order; None where only their number is known.
        sentences: Where each sentence lies, and how many filled pauses it holds.
        words: Content words, plain; None where the words are not scored.
        speech: First spoken sound to last.
        made_pauses: Silences of at least 0.5 s that were put in.
        pauses: All silent pauses, labelled by eye; None where nobody labelled them.
        doubtful: Spans that may or may not be pauses.
        known_only_by_eye: Whether ``filled_spans`` were labelled by eye, and the source tells only their number.
        text: The transcript with its filled pauses; None where the words are not scored.

    """

    path: Path
    group: Group
    source: str
    duration: float
    filled_pauses: int
    filled_spans: tuple[Span, ...] | None = None
    sentences: tuple[tuple[Span, int], ...] = ()
    words: tuple[str, ...] | None = None
    speech: Span | None = None
    made_pauses: tuple[Span, ...] = ()
    pauses: tuple[Span, ...] | None = None
    doubtful: tuple[Span, ...] = ()
    known_only_by_eye: bool = False
    text: str | None = None

    @property
    def speech_rate(self) -> float | None:
        """Content words a minute; None where words or the edges of speech are not known."""
        return 60 * len(self.words) / self.speech.duration if self.words and self.speech else None


def load() -> list[Truth]:
    """Read every recording's truth, synthetic ones first."""
    return [_read(folder, item) for folder in ("synthetic", "human") for item in _json(folder, "truth.json")]


def content_words(text: str) -> tuple[str, ...]:
    """Take the words of a text for counting word errors: plain, without filled pauses and notes such as <laugh>."""
    bare = (_SYMBOLS.sub("", word.lower()) for word in _NO_WORDS.sub(" ", text).split())
    # 'er is short for her, and no filled pause.
    return tuple(word for word in bare if word and (word.startswith("'") or not is_filled_pause(word)))


def _json(folder: str, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((RECORDINGS / folder / name).read_text(encoding="utf-8"))
    return found


def _read(folder: str, item: dict[str, Any]) -> Truth:
    group = _group(item["kind"])
    by_eye = _by_eye().get(item["file"], {})
    timed = item["filled_pauses"] and isinstance(item["filled_pauses"][0], dict)
    spans = [Span(f["start"], f["end"]) for f in item["filled_pauses"]] if timed else by_eye.get("filled_spans")
    scored = item.get("transcript") and group not in ("meeting", "read")
    return Truth(
        path=RECORDINGS / folder / item["file"],
        group=group,
        source=_source(item["file"], group),
        duration=item["duration"],
        filled_pauses=len(item["filled_pauses"]),
        filled_spans=tuple(spans) if spans is not None else () if group in ("meeting", "read") else None,
        sentences=tuple(_sentence(sentence) for sentence in item.get("sentences", ())),
        words=content_words(item["transcript"]) if scored else None,
        speech=Span(item["speech_start"], item["speech_end"]) if "speech_start" in item else by_eye.get("speech"),
        made_pauses=tuple(
            _made(pause) for pause in item.get("inserted_pauses", ()) if pause["duration"] >= _LONG_ENOUGH
        ),
        pauses=by_eye.get("pauses"),
        doubtful=by_eye.get("doubtful", ()),
        known_only_by_eye=not timed and spans is not None,
        text=_NO_WORDS.sub(" ", item["transcript"]) if scored else None,
    )


def _group(kind: str) -> Group:
    for beginning, group in _KINDS.items():
        if beginning in kind:
            return group
    msg = f"truth.json: no group for a recording of the kind {kind}"
    raise ValueError(msg)


_KINDS: dict[str, Group] = {
    "synthetic": "synthetic",
    "monologue": "monologue",
    "meeting": "meeting",
    "read speech": "read",
    "clip": "clip",
}


def _source(file: str, group: Group) -> str:
    """Name the voices: one synthetic voice, one man, and each meeting and reader by themselves."""
    if group == "synthetic":
        return "the synthetic voice"
    return (
        "the man of the MFA corpus" if file.startswith("mfa") else file.split("-", maxsplit=1)[0].removesuffix(".flac")
    )


def _sentence(item: dict[str, Any]) -> tuple[Span, int]:
    return Span(item["start"], item["end"]), sum(is_filled_pause(plain(word)) for word in item["text"].split())


def _made(item: dict[str, float]) -> Span:
    return Span(item["start"], item["start"] + item["duration"])


def _by_eye() -> dict[str, dict[str, Any]]:
    labels = json.loads((RECORDINGS / "human" / "labels.json").read_text(encoding="utf-8"))
    return {
        item["file"]: {
            "speech": Span(*item["speech"]),
            "pauses": _spans(item["pauses"]),
            "doubtful": _spans(item["doubtful"]),
            "filled_spans": _spans([edges for _, *edges in item["filled_pauses"]]),
        }
        for item in labels["recordings"]
    }


def _spans(pairs: Sequence[Sequence[float]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
