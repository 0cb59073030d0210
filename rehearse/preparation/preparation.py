"""All parts of the preparation, each stored as one of the history's documents."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from rehearse.model import Attempt
from rehearse.preparation.checklist import checklist
from rehearse.preparation.claims import find_claims, is_spoken_to, question_about
from rehearse.preparation.debrief import Conversation, Debrief
from rehearse.preparation.interview import Interview
from rehearse.preparation.plan import Facts
from rehearse.preparation.research import HEADINGS, Notes
from rehearse.preparation.stories import StoryBank
from rehearse.storage.history import AttemptSummary, Documents

# A page may briefly run in two threads, both of which may write.
_writing = threading.RLock()

KIND = "prepare"
"""Kind of the documents."""

SPOKEN_WITHIN = dt.timedelta(days=60)
"""Takes recorded longer than this before the interview belong to another one (house default)."""

ROUND_ANSWERS = 3
"""Fewest answers of a completed round, which is the length of the shortest (house default)."""


@dataclass(frozen=True, slots=True)
class Resume:
    """The person's resume.

    Attributes:
        text: Text as pasted or read; empty if there is none.
        name: Name of the file it was read from: untrusted text, never a path.

    """

    text: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """The job description; ``text`` and ``name`` as in ``Resume``."""

    text: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Ticks:
    """Items ticked by hand.

    Attributes:
        ids: Ids of steps of the plan and items of the checklist.

    """

    ids: tuple[str, ...] = ()

    def switched(self, name: str, on: bool) -> Ticks:
        """Set or remove a tick."""
        remaining = tuple(other for other in self.ids if other != name)
        return Ticks((*remaining, name) if on else remaining)


@dataclass(frozen=True, slots=True)
class Preparation:
    """All parts of the preparation."""

    interview: Interview = field(default_factory=Interview)
    notes: Notes = field(default_factory=Notes)
    resume: Resume = field(default_factory=Resume)
    job: Job = field(default_factory=Job)
    ticks: Ticks = field(default_factory=Ticks)
    debrief: Debrief = field(default_factory=Debrief)
    talk: Conversation = field(default_factory=Conversation)


Read = Callable[[str], Attempt | None]
Part = Interview | Notes | Resume | Job | Ticks | Debrief | Conversation

_NAMES: dict[type, str] = {part: name for name, part in get_type_hints(Preparation).items()}
_FORMER_FIELDS: dict[type, dict[str, str]] = {Interview: {"place": "venue"}}
"""Fields that earlier versions stored under another name, with their current names."""


def load(documents: Documents) -> Preparation:
    """Read the preparation; a part that was never saved is empty."""
    stored = documents.all(KIND)
    return Preparation(**{name: _rebuilt(part, stored.get(name, {})) for part, name in _NAMES.items()})


def save(documents: Documents, part: Part) -> None:
    """Save a part.

    Raises:
        OSError: The part cannot be written.

    """
    with _writing:
        documents.put(KIND, _NAMES[type(part)], _plain(asdict(part)))


def update(documents: Documents, name: str, change: Callable[[Any], Part]) -> None:
    """Apply a change to the stored part called ``name``, and save it as ``save`` does.

    Simultaneous changes, from two tabs or from rapid input in one, are applied one after the other.
    """
    with _writing:
        save(documents, change(getattr(load(documents), name)))


def start_over(documents: Documents) -> None:
    """Delete every part except the resume, to prepare for another interview."""
    with _writing:
        for part, name in _NAMES.items():
            if part is not Resume:
                documents.delete(KIND, name)


def facts(prepared: Preparation, spoken: Sequence[AttemptSummary], bank: StoryBank, read: Read) -> Facts:
    """Count what has been done, from the stored parts and from takes; ``read`` is as in ``spoken_claims``."""
    recent = [attempt for attempt in spoken if _recent(attempt, prepared.interview)]
    answered = {attempt.question_id: attempt.kind for attempt in recent if attempt.question_id}
    ticked = set(prepared.ticks.ids)
    return Facts(
        headings=sum(bool(prepared.notes.under(heading)) for heading in HEADINGS),
        job=bool(prepared.job.text.strip()),
        claims=len(spoken_claims(prepared, spoken, read)) if prepared.resume.text.strip() else None,
        stories=len(bank.stories),
        kinds=Counter(kind for kind in answered.values() if kind),
        rounds=_whole_rounds(recent),
        checklist=all(item.id in ticked for item in checklist(prepared.interview)),
        sound="sound-checked" in ticked,
        letter="letter-sent" in ticked,
        asked=len(prepared.debrief.asked),
        people=len(prepared.interview.people),
    )


def _whole_rounds(spoken: Iterable[AttemptSummary]) -> int:
    answers = Counter(attempt.round for attempt in spoken if attempt.round)
    return sum(count >= ROUND_ANSWERS for count in answers.values())


def spoken_claims(prepared: Preparation, spoken: Sequence[AttemptSummary], read: Read) -> frozenset[str]:
    """Return the ids of the questions about claims that an answer has addressed.

    Args:
        prepared: Preparation with the resume.
        spoken: Summaries of the person's answers.
        read: Returns an answer by its id, as ``History.get`` does; called only for answers to these questions.

    """
    asked = {question_about(claim).id: claim for claim in find_claims(prepared.resume.text)}
    done: set[str] = set()
    for summary in spoken:
        name = summary.question_id or ""
        attempt = read(summary.id) if name in asked.keys() - done else None
        if attempt is not None and is_spoken_to(asked[name], attempt.transcript.text):
            done.add(name)
    return frozenset(done)


def _recent(attempt: AttemptSummary, interview: Interview) -> bool:
    return interview.date is None or attempt.spoken_at.date() >= interview.date - SPOKEN_WITHIN


def _plain(value: Any) -> Any:
    """Convert dates to text, the only values that JSON does not support."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _rebuilt(part: type, data: dict[str, Any]) -> Any:
    """Build a part from its document; fields of a newer version are ignored."""
    hints = get_type_hints(part)
    known = {key: value for key, value in with_current_names(part, data).items() if key in hints}
    return part(**{key: _value(hints[key], value) for key, value in known.items()})


def with_current_names(part: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the stored fields of a part under their current names; where both names occur, the current one counts.

    >>> with_current_names(Interview, {"company": "Northside", "place": "video"})
    {'venue': 'video', 'company': 'Northside'}
    """
    former = _FORMER_FIELDS.get(part, {})
    renamed = {former[key]: value for key, value in data.items() if key in former}
    return renamed | {key: value for key, value in data.items() if key not in former}


def _value(hint: Any, value: Any) -> Any:
    if get_origin(hint) is UnionType:
        return None if value is None else _value(get_args(hint)[0], value)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], inner) for inner in value)
    if isinstance(hint, type) and is_dataclass(hint):
        return _rebuilt(hint, value)
    return dt.date.fromisoformat(value) if hint is dt.date else value
