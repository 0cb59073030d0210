"""The shipped sample answer, which comes with its analysis so that it opens at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rehearse.app.up_to_date import completed
from rehearse.app.workspace import Workspace
from rehearse.files.paths import shipped
from rehearse.model import Origin
from rehearse.storage.history.json_codec import attempt_in

NAME = "Sample answer"
_SOURCE = "sample"


def sample() -> Path | None:
    """Return the recording of the sample; None if the program was installed without it."""
    folder = shipped("samples")
    found = sorted(folder.glob("*.flac")) if folder.is_dir() else []
    return next((sound for sound in found if sound.with_suffix(".json").is_file()), None)


def open_sample(workspace: Workspace, sound: Path) -> str:
    """Return the id of the sample's take, which is stored with its analysis the first time.

    Args:
        workspace: The person's data.
        sound: The recording; its analysis is beside it.

    Raises:
        OSError: The take cannot be written.

    """
    known = (answer.id for answer in workspace.history.summaries(samples=True) if answer.source == _SOURCE)
    earlier = next(known, None)
    if earlier is not None:
        return earlier
    analysed = attempt_in(sound.with_suffix(".json").read_text(encoding="utf-8"))
    take = workspace.takes.save(
        sound.read_bytes(), suffix=sound.suffix, question=analysed.question, origin=Origin(_SOURCE), name=NAME
    )
    attempt = replace(analysed, id=take.id, spoken_at=take.recorded_at, audio=take.audio.name, origin=take.origin)
    workspace.history.add(completed(attempt))
    return take.id
