"""After the interview: the questions that were asked, and a thank-you note made only of what was entered."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rehearse.model import Question
from rehearse.preparation.interview import Interview, Person
from rehearse.preparation.research import Notes
from rehearse.preparation.topics import as_object
from rehearse.preparation.user_text import cut, each_once, entries, letters, listed, one_line, stable_id
from rehearse.questions import TARGETS

_LONGEST_PROMPT = 900
"""Characters of a question that are used; a question set allows 1000 (``questions.schema``)."""
_MOST_TOPICS = 8
"""Topics offered to pick from (house default)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked in the real interview.

    Attributes:
        question: The question as the person remembers it.
        went_badly: Whether the answer went badly, in the person's own view.
        missing: What they wish they had said; empty if not entered.

    """

    question: str
    went_badly: bool = False
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Debrief:
    """What was asked in the real interview.

    Attributes:
        asked: The questions in the order in which they were entered.

    """

    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A thank-you note.

    Attributes:
        name: To which of several people it is; empty if to all of them, or if there is only one.
        text: The note.

    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """Material for a thank-you note, in the person's own words.

    Attributes:
        topics: What was talked about, one topic per line.
        learnt: What they learnt from the panel, one item per line.
        reason: Why they still want the role; empty if not entered.
        sender: Their name.
        letter: The note to all of the panel as last edited; None if it has not been edited.
        letters: Notes to one person each that have been edited.

    """

    topics: str = ""
    learnt: str = ""
    reason: str = ""
    sender: str = ""
    letter: str | None = None
    letters: tuple[Letter, ...] = ()

    def edited(self, name: str) -> str | None:
        """Return the note to somebody as last edited, with an empty name that to all; None if it has not been."""
        own = (letter.text for letter in self.letters if letter.name == name)
        return next(own, None) if name else self.letter

    def with_letter(self, name: str, text: str | None) -> Conversation:
        """Replace the note to somebody, with an empty name that to all; None goes back to the draft."""
        if not name:
            return replace(self, letter=text)
        others = tuple(letter for letter in self.letters if letter.name != name)
        return replace(self, letters=others if text is None else (*others, Letter(name, text)))


def with_questions(debrief: Debrief, text: str) -> Debrief:
    """Replace the questions with those of a text, one per line; remarks on questions that remain are preserved."""
    known = {letters(asked.question): asked for asked in debrief.asked}
    return Debrief(tuple(known.get(letters(question), Asked(question)) for question in entries(text)))


def said_of(debrief: Debrief, question: str, **changes: Any) -> Debrief:
    """Update the remarks on one question."""
    return Debrief(tuple(replace(asked, **changes) if asked.question == question else asked for asked in debrief.asked))


def drill(debrief: Debrief) -> tuple[Question, ...]:
    """Return the questions that were asked as practice questions, those that went badly first."""
    ordered = sorted(debrief.asked, key=lambda asked: not asked.went_badly)
    return tuple(question_of(asked) for asked in ordered)


def question_of(asked: Asked) -> Question:
    """Turn a question that was asked into a practice question; its id is derived from its words."""
    prompt = one_line(asked.question)[:_LONGEST_PROMPT]
    kind = kind_of(prompt)
    seconds, think = TARGETS[kind]
    missing = (f"what was missing last time: {cut(asked.missing)}",) if one_line(asked.missing) else ()
    return Question(stable_id("asked", prompt), prompt, kind, seconds, think, difficulty=2, listen_for=missing)


_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "own_question",
        re.compile(
            r"\b(?:any|what|which) questions (?:do you have )?(?:for|to) us\b|\bwant to ask us\b",
            re.IGNORECASE,
        ),
    ),
    (
        "behavioral",
        re.compile(
            r"\btell (?:me|us) about (?:a|the|one|your)\b.*"
            r"\b(?:time|when|occasion|mistake|conflict|project|achievement)"
            r"|\bgive (?:me|us) an example|\bdescribe a (?:time|situation)"
            r"|\bwhen (?:did|have|were) you\b|\bhave you ever\b",
            re.IGNORECASE,
        ),
    ),
    (
        "situational",
        re.compile(
            r"\bwhat would you do\b|\bhow would you\b|\bimagine\b|\bsuppose\b|\bwhat if\b",
            re.IGNORECASE,
        ),
    ),
    ("role_depth", re.compile(r"\bfirst (?:\w+ )?(?:days|weeks|months)\b", re.IGNORECASE)),
    (
        "motivation",
        re.compile(
            r"\bwhy (?:do you want|us|this|are you|should|did you apply|here|our|leave)|\bwhat attracts?\b"
            r"|\bwhere do you see\b|\bwhat (?:motivates|drives) you\b",
            re.IGNORECASE,
        ),
    ),
    (
        "technical",
        re.compile(
            r"^(?:what is|what are|explain|how does|how do|which)\b|\bdifference between\b",
            re.IGNORECASE,
        ),
    ),
)
"""The first match decides; a question that matches none counts as ``behavioral``, whose length suits most."""


def kind_of(prompt: str) -> str:
    """Guess a question's kind from its wording.

    >>> kind_of("Tell me about a time you were wrong."), kind_of("Why do you want to work here?")
    ('behavioral', 'motivation')
    """
    return next((kind for kind, pattern in _KINDS if pattern.search(prompt)), "behavioral")


def draft_letters(interview: Interview, talk: Conversation) -> tuple[Letter, ...]:
    """Draft one thank-you note for each of the panel, as ``draft_letter`` does.

    What one of them wanted to be sure of stands only in the note to that person.

    Returns:
        The notes; a single one has an empty name, and there is none if no topic was entered.

    """
    people = _named(interview)
    if len(people) <= 1:
        drafted = draft_letter(interview, talk)
        return () if drafted is None else (Letter("", drafted),)
    drafts = ((person, _letter((_name(person),), interview, talk, _others(person, interview))) for person in people)
    return tuple(Letter(_name(person), text) for person, text in drafts if text is not None)


def draft_letter(interview: Interview, talk: Conversation) -> str | None:
    """Draft a thank-you note to all of the panel: only what was entered, without praise or padding.

    Returns:
        The note; None if no topic was entered.

    """
    return _letter(tuple(map(_name, _named(interview))), interview, talk)


def _named(interview: Interview) -> tuple[Person, ...]:
    return each_once(filter(_name, interview.people), key=_name)


def _name(person: Person) -> str:
    return one_line(person.name)


def _others(person: Person, interview: Interview) -> frozenset[str]:
    """Return what only others of the panel wanted to be sure of."""
    return frozenset(letters(other.concern) for other in interview.people) - {letters(person.concern)}


def _letter(
    names: tuple[str, ...], interview: Interview, talk: Conversation, left_out: Collection[str] = ()
) -> str | None:
    entered = entries(talk.topics)
    if not entered:
        return None
    parts = [f"Dear {listed(names)}," if names else "Hello,", _thanks(interview)]
    parts += _spoken_about([topic for topic in entered if letters(topic) not in left_out])
    parts += _learnt_and_reason(talk)
    parts.append("\n".join(filter(None, ("Kind regards", one_line(talk.sender)))))
    return "\n\n".join(parts)


def _spoken_about(topics: Sequence[str]) -> Iterator[str]:
    """Name phrases in a sentence; whatever would break its grammar gets a line of its own, as entered."""
    phrases = {topic: as_object(topic) for topic in topics}
    within = tuple(phrase for phrase in phrases.values() if phrase is not None)
    if within:
        yield f"We spoke about {listed(within)}."
    lines = [f"- {topic.rstrip('.;,')}" for topic, phrase in phrases.items() if phrase is None]
    if lines:
        yield "\n".join(("We also spoke about this:" if within else "This is what we spoke about:", *lines))


def _thanks(interview: Interview) -> str:
    day = f" on {interview.date:%A}, {interview.date.day} {interview.date:%B}" if interview.date else ""
    role, company = one_line(interview.role), one_line(interview.company)
    about = f" about the role of {role}" if role else ""
    where = f" at {company}" if company else ""
    return f"Thank you for talking with me{day}{about}{where}."


def _learnt_and_reason(talk: Conversation) -> Iterator[str]:
    learnt = tuple(line.rstrip(".;,") for line in entries(talk.learnt))
    if learnt:
        yield f"What stayed with me: {'; '.join(learnt)}."
    if reason := one_line(talk.reason):
        yield f"I am still very interested in the role: {reason.rstrip('.')}."


def likely_topics(interview: Interview, notes: Notes, talk: Conversation) -> tuple[str, ...]:
    """Suggest topics that may have come up, from the panel's concerns and the research, except those entered."""
    concerns = (one_line(person.concern) for person in interview.people if one_line(person.concern))
    noted = (note for heading in ("news", "product", "values") for note in notes.under(heading))
    entered = {topic.lower() for topic in entries(talk.topics)}
    found = (topic for topic in dict.fromkeys((*concerns, *noted)) if topic.lower() not in entered)
    return tuple(found)[:_MOST_TOPICS]


def missing_facts(interview: Interview, talk: Conversation) -> tuple[str, ...]:
    """Return what could be added to the note, one sentence per item."""
    checks = (
        (entries(talk.topics), "Add at least one thing you spoke about: the note is built on that."),
        (interview.people, "Add the interviewers' names to the Plan so the note can greet them."),
        (interview.company or interview.role, "Add the company and the role to the Plan so the note can name them."),
        (entries(talk.learnt), "Add something they told you, to show that you listened."),
        (
            talk.reason.strip(),
            "Say in your own words why you still want the role, so the note can say it too.",
        ),
        (talk.sender.strip(), "Add your name to sign off with."),
    )
    return tuple(sentence for present, sentence in checks if not present)
