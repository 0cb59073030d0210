"""The interview being prepared for: when, where, for which role and with whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from rehearse.preparation.user_text import entries, one_line

Venue = Literal["room", "video"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the panel.

    Attributes:
        name: How they are addressed.
        role: Their role; empty if unknown.
        concern: What they will want to be sure of; empty if unknown.

    """

    name: str
    role: str = ""
    concern: str = ""


@dataclass(frozen=True, slots=True)
class Interview:
    """A second interview.

    Attributes:
        date: Day of the interview, from which the plan is counted; None until it is fixed.
        planned_on: Day on which the date was entered; no step is due before it.
        company: The employer; empty if not entered.
        role: The job applied for; empty if not entered.
        venue: ``room`` or ``video``; None if unknown.
        people: Members of the panel.

    """

    date: dt.date | None = None
    planned_on: dt.date | None = None
    company: str = ""
    role: str = ""
    venue: Venue | None = None
    people: tuple[Person, ...] = ()


def people_from(text: str) -> tuple[Person, ...]:
    """Parse the panel, one person per line: name, role: concern.

    >>> people_from("Ann Lee, CFO: cost of agency staff")
    (Person(name='Ann Lee', role='CFO', concern='cost of agency staff'),)
    """
    return tuple(_person(line) for line in entries(text))


def _person(line: str) -> Person:
    who, _, concern = line.partition(":")
    name, _, role = who.partition(",")
    return Person(one_line(name), one_line(role), one_line(concern))


def people_text(people: tuple[Person, ...]) -> str:
    """Format the panel as ``people_from`` parses it."""
    return "\n".join(
        person.name + (f", {person.role}" if person.role else "") + (f": {person.concern}" if person.concern else "")
        for person in people
    )
