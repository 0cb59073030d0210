"""The interview that is prepared for: when, where, for what, and with whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from rehearse.preparation.user_text import entries, one_line

Place = Literal["room", "video"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the panel.

    Attributes:
        name: As they are addressed.
        role: What they do there; empty where it is not known.
        concern: What they will want to be sure of; likewise.

    """

    name: str
    role: str = ""
    concern: str = ""


@dataclass(frozen=True, slots=True)
class Interview:
    """A second interview.

    Attributes:
        date: Its day; None while it is not fixed. The days of the plan count from it.
        planned_on: The day its date was entered; a plan gives no step an earlier day.
        company: The employer; empty where not entered. Likewise ``role``.
        role: The job that is applied for.
        place: ``room`` or ``video``; None while it is not known.
        people: Those who will ask.

    """

    date: dt.date | None = None
    planned_on: dt.date | None = None
    company: str = ""
    role: str = ""
    place: Place | None = None
    people: tuple[Person, ...] = ()


def people_from(text: str) -> tuple[Person, ...]:
    """Read the panel, one person a line: name, role: concern.

    >>> people_from("Ann Lee, CFO: cost of agency staff")
    (Person(name='Ann Lee', role='CFO', concern='cost of agency staff'),)
    """
    return tuple(_person(line) for line in entries(text))


def _person(line: str) -> Person:
    who, _, concern = line.partition(":")
    name, _, role = who.partition(",")
    return Person(one_line(name), one_line(role), one_line(concern))


def people_text(people: tuple[Person, ...]) -> str:
    """Write the panel as ``people_from`` reads it."""
    return "\n".join(
        person.name + (f", {person.role}" if person.role else "") + (f": {person.concern}" if person.concern else "")
        for person in people
    )
