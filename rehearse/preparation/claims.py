"""Extracts the claims of a resume and turns each into a question an interviewer could ask.

A claim keeps the resume's own words. Its kind is decided by rules over the
line and its section; a line that matches no rule is not a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rehearse.language.stems import telling_words
from rehearse.language.words import ends_sentence
from rehearse.model import Question
from rehearse.preparation.deeds import is_deed
from rehearse.preparation.periods import DATE, PERIOD, is_date
from rehearse.preparation.readable import readable
from rehearse.preparation.resume_entries import Entry, entries_of
from rehearse.preparation.user_text import each_once, letters, quoted, stable_id

ClaimKind = Literal["figure", "achievement", "role", "skill"]

CLAIM_KINDS: dict[ClaimKind, str] = {
    "figure": "Figures",
    "achievement": "Achievements",
    "role": "Jobs and training",
    "skill": "Skills",
}
"""Headings, the kind most likely to be asked about first (house default)."""

MOST_CLAIMS = 80
"""More than a two-page resume contains (house default)."""

SPEAK_SECONDS = (40, 75)
"""Shortest and longest answer: about a minute (house default)."""

_SHORTEST = 3
"""Fewest words of a claim; a skill may be a single word (house default)."""
_LONGEST_CERTIFICATE = 12
"""In words; a longer line describes a certificate (house default)."""
_LONGEST_SKILL = 6
"""In words; a longer entry of a skills section is a sentence (house default)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that a resume makes.

    Attributes:
        kind: One of ``CLAIM_KINDS``.
        text: In the resume's words, on one line.

    """

    kind: ClaimKind
    text: str


_CONTACT = re.compile(
    r"[^\s@]{1,64}@[^\s@]{1,200}\.\w|https?://|www\.|\blinkedin(?:\.com|\s*:|$)|\bgithub(?:\.com|\s*:|$)"
    r"|(?:\+?\d[\s().-]?){9,}",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?:\d|\b(?:half|halved|doubled?|tripled|twice|dozens?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty"
    r"|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|percent|quarter|third)\b|%)",
    re.IGNORECASE,
)
_NO_FIGURE = re.compile(
    r"\b(?:19|20)\d\d\b|\b[A-Za-z]+-?\d+\b|\b\d(?:\.\d+)+\b|\b(?:iso|level|grade|band|windows|office)\s?\d+\b",
    re.IGNORECASE,
)
"""Years, names and versions: digits that are not figures."""
_FIRST_PERSON = re.compile(r"I (?:have |also |then |successfully |personally )*", re.IGNORECASE)
_ON_REQUEST = re.compile(r"\breferences?\b.*\b(?:request|available)\b", re.IGNORECASE)
_LISTS_SKILLS = re.compile(r"(?:technologies|tools|tech(?:nical)? stack|skills|languages|software)\s*:", re.IGNORECASE)
_SEPARATORS = re.compile(
    r"(?:;|[|\u2022\u00b7\u2219\u25cf\u25aa\u25e6\u3001\uff0c\uff1b\u2192\u27a2\u2713\u2714]"
    r"|(?<!\d),|,(?!\d)|/\s+|\s/|\t)(?![^()]{0,200}\))"
)
"""Separators between skills, outside brackets; "C/C++" and "1,000" stay whole."""
_JOINING = re.compile(r"^(?:and|&)\s+")
_LABEL = re.compile(r"^[\w &/-]{2,30}:\s*(?=\S)")


def find_claims(text: str) -> tuple[Claim, ...]:
    r"""Return the claims of a resume in their order, without duplicates.

    >>> text = "- Cut waiting times by 30%\nWard manager, 2019 - 2022\nSkills\nSQL, Python"
    >>> [claim.kind for claim in find_claims(text)]
    ['figure', 'role', 'skill', 'skill']
    """
    found = (claim for entry in entries_of(readable(text)) for claim in _claims(entry))
    return each_once(found, key=lambda claim: letters(claim.text))[:MOST_CLAIMS]


def question_about(claim: Claim) -> Question:
    """Return a question about a claim; its id is derived from the claim's words."""
    prompt, listen_for, kind, competency = _ASKED[claim.kind]
    return Question(
        stable_id("resume", claim.text),
        prompt.format(claim=quoted(claim.text)),
        kind,
        SPEAK_SECONDS,
        think_seconds=10,
        competency=competency,
        listen_for=listen_for,
        probes=("What would somebody who worked with you then say about it?",),
    )


def is_spoken_to(claim: Claim, answer: str) -> bool:
    """Whether an answer contains a content word of a claim, in any form; True for a claim without content words.

    >>> french = Claim("skill", "French (fluent)")
    >>> is_spoken_to(french, "I speak French with my mother."), is_spoken_to(french, "I ran the night shift.")
    (True, False)
    """
    wanted = set(telling_words(claim.text.split()).values())
    return not wanted or not wanted.isdisjoint(telling_words(answer.split()).values())


_ASKED: dict[ClaimKind, tuple[str, tuple[str, ...], str, str]] = {
    "figure": (
        "Your CV says {claim}. Talk me through it: where does that figure come from?",
        ("what it was before", "what you did yourself", "how it was measured, and who by"),
        "behavioral",
        "ownership",
    ),
    "achievement": (
        "Your CV says {claim}. Tell me the story behind that.",
        ("what it was like before", "what you did yourself", "how it turned out"),
        "behavioral",
        "ownership",
    ),
    "role": (
        "Your CV says {claim}. What was your job there, and what was different when you left?",
        ("what the job was for", "one thing that would not have happened without you", "why you moved on"),
        "behavioral",
        "ownership",
    ),
    "skill": (
        "Your CV lists {claim}. When did you last need it, and what for?",
        ("one example", "what was hard about it", "what you still cannot do with it"),
        "technical",
        "technical depth",
    ),
}


def _claims(entry: Entry) -> Iterator[Claim]:
    if entry.section == "passed" or _is_contact(entry) or _ON_REQUEST.search(entry.text):
        return
    if entry.section == "skills" or _LISTS_SKILLS.match(entry.text):
        yield from _skills(entry.text)
        return
    for text in _statements(entry.text):
        if kind := _kind(replace(entry, text=text)):
            yield Claim(kind, text)


def _is_contact(entry: Entry) -> bool:
    """Whether a line is contact details, and not a post or an action that mentions an address."""
    if not _CONTACT.search(PERIOD.sub(" ", entry.text)):
        return False
    return not (PERIOD.search(entry.text) or is_deed(_FIRST_PERSON.sub("", entry.text).split() or [""]))


def _statements(text: str) -> list[str]:
    """Split an entry before each sentence that states a new action; explanatory sentences stay with their action."""
    statements: list[list[str]] = [[]]
    words = text.split()
    for index, word in enumerate(words):
        rest = _FIRST_PERSON.sub("", " ".join(words[index : index + 6])).split()
        if index and ends_sentence(words[index - 1]) and word[0].isupper() and is_deed(rest):
            statements.append([])
        statements[-1].append(word)
    return [" ".join(statement) for statement in statements]


def _skills(text: str) -> Iterator[Claim]:
    parts = _SEPARATORS.split(_LABEL.sub("", text))
    for part in parts:
        skill = _JOINING.sub("", part.strip(" ."))
        if any(mark.isalpha() for mark in skill) and len(skill.split()) <= _LONGEST_SKILL:
            yield Claim("skill", skill)


def _kind(entry: Entry) -> ClaimKind | None:
    words = _FIRST_PERSON.sub("", entry.text).split()
    claims = bool(words) and is_deed(words)
    dated = PERIOD.search(entry.text) is not None
    if dated and not (entry.bullet and claims):
        return None if is_date(entry.text) else "role"
    if entry.section == "certificates" and not claims:
        return _certificate(entry.text)
    if len(words) < _SHORTEST:
        return None
    claims = claims or entry.section == "honours"
    if (claims or entry.bullet) and _FIGURE.search(_NO_FIGURE.sub(" ", PERIOD.sub(" ", entry.text))):
        return "figure"
    if claims:
        return "achievement"
    return "role" if DATE.search(entry.text) and (not entry.bullet or entry.section == "training") else None


def _certificate(text: str) -> ClaimKind | None:
    if DATE.search(text):
        return None if is_date(text) else "role"
    return "skill" if any(mark.isalpha() for mark in text) and len(text.split()) <= _LONGEST_CERTIFICATE else None
