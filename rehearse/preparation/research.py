"""The person's own notes about the company, turned into questions to ask and to answer.

Each question quotes one note. The wording depends on the note's heading and on
the sort of statement it makes: a plan, trouble, a figure, a change, or none of
these. Notes are never paraphrased, since that could distort them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rehearse.model import Question
from rehearse.preparation.interview import Interview, Person
from rehearse.preparation.user_text import cut, each_once, entries, quoted, stable_id
from rehearse.questions import TARGETS

HEADINGS: dict[str, str] = {
    "values": "What they say they stand for",
    "news": "What has happened there lately",
    "people": "The people and the team",
    "product": "What they make, and who for",
}
"""Fields of ``Notes`` and their labels on the page."""

Sort = Literal["trouble", "planned", "figure", "changed", "plain"]

_MOST_NOTES = 40
"""Notes per heading that become questions (house default)."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Research under headings, as typed: one note per line.

    Attributes:
        values: Stated values and culture.
        news: Recent developments.
        people: Panel members, team, leadership.
        product: Products, services, customers.

    """

    values: str = ""
    news: str = ""
    people: str = ""
    product: str = ""

    def under(self, heading: str) -> tuple[str, ...]:
        """Return the notes under one of ``HEADINGS``."""
        text: str = getattr(self, heading)
        return entries(text)[:_MOST_NOTES]


_SORTS: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    (
        "trouble",
        re.compile(
            r"\b(?:lay-?offs?|laid off|redundanc\w+|clos(?:ed|es|ing|ure)|fin(?:e|ed)\b|lawsuit|sued|recall\w*|strikes?"
            r"|breach|loss(?:es)?|lost|fell|drop(?:ped)?|delay\w*|complain\w*|criticis\w+|criticiz\w+|scandal|shortage|turnover)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "planned",
        re.compile(
            r"\b(?:will|plans?|planned|planning|going to|aims?|by 20\d\d"
            r"|next (?:year|month|quarter|spring|summer|autumn|fall|winter)"
            r"|upcoming|soon|intends?|wants? to|target\w*|roadmap)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "changed",
        re.compile(
            r"\b(?:new|opened|launched|merged?|merger|acquir\w+|bought|took over|moved|appointed|hired|joined|started"
            r"|introduced|switched|replaced|announced|won|expanded|raised|since)\b",
            re.IGNORECASE,
        ),
    ),
    ("figure", re.compile(r"\d|\b(?:half|third|quarter|dozen|hundred|thousand|million|billion)\b", re.IGNORECASE)),
)
"""The first match decides: trouble takes precedence over a plan, a plan over a change, a change over a figure."""

_ASK: dict[tuple[str, Sort], str] = {
    ("values", "plain"): "Ask for an example: when did {note} last decide something here, and what did it cost?",
    ("values", "changed"): "Ask one open question: what made {note} necessary, and where isn't it lived up to yet?",
    ("values", "planned"): "Ask what has to change in daily work before {note} is true, and who is holding it up.",
    ("values", "figure"): "Ask how {note} is measured, and what happens in a month when you miss it.",
    ("values", "trouble"): "Ask, without blame, what {note} has taught them about how they work.",
    ("news", "plain"): "Ask what {note} means for the work of this role in its first half year.",
    ("news", "changed"): "Ask what {note} has made harder, and what the team has stopped doing since.",
    ("news", "planned"): "Ask what has to go well first for {note}, and which part of it this role would carry.",
    ("news", "figure"): "Ask what is behind {note}, and which part of it this team can change.",
    ("news", "trouble"): "Ask openly and politely about {note}: what has changed since, and what is still unsolved?",
    ("people", "plain"): "Ask the person it is about: {note}. What did you learn there that the team uses today?",
    ("people", "changed"): "Ask what {note} has changed in how the team decides.",
    ("people", "planned"): "Ask how this role would work with them: {note}.",
    ("people", "figure"): "Ask how work is shared out among them: {note}.",
    ("people", "trouble"): "Ask what the team needs most at the moment, with {note} in mind, without blaming anybody.",
    ("product", "plain"): "Ask who is least happy with it today, and why: {note}.",
    ("product", "changed"): "Ask what the first users of it said: {note}.",
    ("product", "planned"): "Ask which customer problem it is meant to solve, and how they know: {note}.",
    ("product", "figure"): "Ask what that figure would be if this role were done really well: {note}.",
    ("product", "trouble"): "Ask what customers notice of it, and what has been tried: {note}.",
}
_ANSWER: dict[str, str] = {
    "values": (
        "Your note on {company} says {note}. When have you lived up to that when it would have been easier not to?"
    ),
    "news": "Your note on {company} says {note}. What have you done that would help them with this?",
    "people": (
        "Your note says {note}. What would you want to learn from working with them, and what would they get from you?"
    ),
    "product": (
        "Your note on {company} says {note}. "
        "Why would you want to spend your working days on that rather than on something else?"
    ),
}
_LISTEN = {
    "own_question": (
        "one question, open, and short",
        "what you read, named in a few words",
        "why the answer matters to you",
    ),
    "motivation": (
        "your own note, named",
        "an example of your own that bears it out",
        "a reason that would not fit just any employer",
    ),
    "panel": ("their concern, named early", "an example of what you did", "how you knew that it worked"),
}


def sort_of(note: str) -> Sort:
    """Classify the statement that a note makes.

    >>> sort_of("Opened a second site in Leeds"), sort_of("Plans to open in 2027"), sort_of("Patients first")
    ('changed', 'planned', 'plain')
    """
    return next((sort for sort, pattern in _SORTS if pattern.search(note)), "plain")


def questions_to_ask(notes: Notes) -> tuple[Question, ...]:
    """Turn each note into a question for the person to ask the company, practised aloud."""
    return tuple(
        _question("ask", heading, note, "own_question", _ASK[heading, sort_of(note)].format(note=quoted(note)))
        for heading in HEADINGS
        for note in notes.under(heading)
    )


def questions_to_answer(notes: Notes, interview: Interview) -> tuple[Question, ...]:
    """Turn each note into a question about motivation, and each concern on the panel into a question."""
    questions = (*_motivation(notes, interview.company or "the company"), *_panel(interview.people))
    return each_once(questions, key=lambda question: question.id)


def _motivation(notes: Notes, company: str) -> Iterator[Question]:
    for heading, wording in _ANSWER.items():
        for note in notes.under(heading):
            yield _question("why", heading, note, "motivation", wording.format(company=cut(company), note=quoted(note)))


def _panel(people: tuple[Person, ...]) -> Iterator[Question]:
    for person in people:
        if person.concern:
            who = f"{cut(person.name)} ({cut(person.role)})" if person.role else cut(person.name)
            prompt = f"{who} may be wondering about {quoted(person.concern)}. What would you tell them?"
            yield _question("panel", person.name, person.concern, "panel", prompt)


def _question(prefix: str, about: str, note: str, kind: str, prompt: str) -> Question:
    seconds, think = TARGETS[kind]
    return Question(
        stable_id(prefix, about, note), prompt, kind, seconds, think, competency=_COMPETENCY[kind],
        listen_for=_LISTEN[kind],
    )  # fmt: skip


_COMPETENCY = {"own_question": "communication", "motivation": "motivation", "panel": "communication"}
