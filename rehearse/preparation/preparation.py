"""All that is prepared, kept part by part among the history's documents."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
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

# A page may run in two threads for a moment, and both may write.
_writing = threading.RLock()

KIND = "prepare"
"""Of the documents."""

SPOKEN_WITHIN = dt.timedelta(days=60)
"""Takes older than this before the interview belong to another one (house default)."""

ROUND_ANSWERS = 3
"""Answers from which a round counts as gone through: the shortest has so many (house default)."""


@dataclass(frozen=True, slots=True)
class Resume:
    """The person's resume.

    Attributes:
        text: As it was pasted or read; empty where there is none.
        name: Of the file it was read from: untrusted text, never a path.

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
    """What was ticked by hand.

    Attributes:
        ids: Of steps and of things on the checklist.

    """

    ids: tuple[str, ...] = ()

    def switched(self, name: str, on: bool) -> Ticks:
        """Set one tick or take it back."""
        kept = tuple(other for other in self.ids if other != name)
        return Ticks((*kept, name) if on else kept)


@dataclass(frozen=True, slots=True)
class Preparation:
    """All parts."""

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


def load(documents: Documents) -> Preparation:
    """Read what is prepared; a part that was never saved is empty."""
    kept = documents.all(KIND)
    return Preparation(**{name: _rebuilt(part, kept.get(name, {})) for part, name in _NAMES.items()})


def save(documents: Documents, part: Part) -> None:
    """Keep one part.

    Raises:
        OSError: It cannot be written.

    """
    with _writing:
        documents.put(KIND, _NAMES[type(part)], _plain(asdict(part)))


def update(documents: Documents, name: str, change: Callable[[Any], Part]) -> None:
    """Change the part called ``name`` from what is kept now, and keep it; else as ``save``.

    Two changes at once, from two tabs or from one that is quick, are made one after the other.
    """
    with _writing:
        save(documents, change(getattr(load(documents), name)))


def start_over(documents: Documents) -> None:
    """Forget all but the resume, for another interview."""
    with _writing:
        for part, name in _NAMES.items():
            if part is not Resume:
                documents.delete(KIND, name)


def facts(prepared: Preparation, spoken: Sequence[AttemptSummary], bank: StoryBank, read: Read) -> Facts:
    """Count what has been done, from what was saved and from real takes; ``read`` is as in ``spoken_claims``."""
    answered = {one.question_id: one.kind for one in spoken if one.question_id and _recent(one, prepared.interview)}
    ticked = set(prepared.ticks.ids)
    return Facts(
        headings=sum(bool(prepared.notes.under(heading)) for heading in HEADINGS),
        job=bool(prepared.job.text.strip()),
        claims=len(spoken_claims(prepared, spoken, read)) if prepared.resume.text.strip() else None,
        stories=len(bank.stories),
        kinds=Counter(kind for kind in answered.values() if kind),
        rounds=_whole_rounds(one for one in spoken if _recent(one, prepared.interview)),
        checklist=all(item.id in ticked for item in checklist(prepared.interview)),
        sound="sound-checked" in ticked,
        letter="letter-sent" in ticked,
        asked=len(prepared.debrief.asked),
        people=len(prepared.interview.people),
    )


def _whole_rounds(spoken: Iterable[AttemptSummary]) -> int:
    answers = Counter(one.round for one in spoken if one.round)
    return sum(count >= ROUND_ANSWERS for count in answers.values())


def spoken_claims(prepared: Preparation, spoken: Sequence[AttemptSummary], read: Read) -> frozenset[str]:
    """List the ids of the questions about claims to which some answer speaks.

    Args:
        prepared: With the resume.
        spoken: The person's answers.
        read: Gives the whole of one by its id, as ``History.get``; asked only for answers to these questions.

    """
    asked = {question_about(claim).id: claim for claim in find_claims(prepared.resume.text)}
    done: set[str] = set()
    for one in spoken:
        name = one.question_id or ""
        attempt = read(one.id) if name in asked.keys() - done else None
        if attempt is not None and is_spoken_to(asked[name], attempt.transcript.text):
            done.add(name)
    return frozenset(done)


def _recent(one: AttemptSummary, interview: Interview) -> bool:
    return interview.date is None or one.spoken_at.date() >= interview.date - SPOKEN_WITHIN


def _plain(value: Any) -> Any:
    """Turn dates into text, which is all that JSON lacks."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _rebuilt(part: type, data: dict[str, Any]) -> Any:
    """Build a part from its document; fields of a newer version are passed over."""
    hints = get_type_hints(part)
    return part(**{key: _value(hints[key], value) for key, value in data.items() if key in hints})


def _value(hint: Any, value: Any) -> Any:
    if get_origin(hint) is UnionType:
        return None if value is None else _value(get_args(hint)[0], value)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], inner) for inner in value)
    if isinstance(hint, type) and is_dataclass(hint):
        return _rebuilt(hint, value)
    return dt.date.fromisoformat(value) if hint is dt.date else value
