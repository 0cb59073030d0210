"""Validates question files and builds question sets from them."""

from __future__ import annotations

import hashlib
import re
import reprlib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import fields
from itertools import chain, islice
from pathlib import Path
from typing import Any

from rehearse.model import QUESTION_KINDS, Question, QuestionSet
from rehearse.questions.files import Source, read

# Target length of an answer in seconds (shortest, longest), and thinking time in seconds. The lengths for
# behavioral questions and, as "any question", for situational, panel and role_depth ones are what career sites
# advise: a guideline, not a study. The other lengths and all thinking times are house defaults.
TARGETS: dict[str, tuple[tuple[int, int], int]] = {
    "behavioral": ((60, 120), 20),
    "situational": ((60, 120), 20),
    "technical": ((60, 150), 30),
    "case": ((60, 120), 60),
    "panel": ((60, 120), 15),
    "motivation": ((45, 90), 15),
    "role_depth": ((60, 120), 20),
    "loose_end": ((45, 90), 10),
    "own_question": ((20, 60), 15),
}
QUESTION_KEYS = tuple(field.name for field in fields(Question) if field.name not in {"parent_id", "is_probe"})
_DEFAULT_KEYS = tuple(key for key in QUESTION_KEYS if key not in {"id", "prompt"})
_SET_KEYS = ("title", "description", *_DEFAULT_KEYS, "questions")

# The limits below are house defaults: any real question fits, and no file can overload a page.
_MOST_QUESTIONS = 1000
_MOST_PROBLEMS = 100
_MOST_LISTED, _LONGEST_LISTED = 10, 400
_LONGEST_SECONDS = 1800
_SLUG_CHARACTERS = 60
_ID = re.compile(r"[a-z0-9-]{1,80}")
_SPACE = re.compile(r"[ \t\r\n]+")
# Control characters, line separators, and marks that change the direction of text.
_HIDDEN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def load_question_set(path: Path | str) -> QuestionSet:
    """Read a set from a TOML, CSV or text file; its id is derived from the file's name.

    Raises:
        ValueError: The first problem, as ``FILE:LINE: what to do``.
        OSError: The file cannot be read.

    """
    source = read(Path(path))
    for problem in _problems(source):
        raise ValueError(problem)
    return _build(source)


def check_question_set(path: Path | str) -> tuple[str, ...]:
    """Return the problems of a file, a hundred at most, as ``FILE:LINE: what to do``; empty if it is valid."""
    try:
        return tuple(islice(_problems(read(Path(path))), _MOST_PROBLEMS))
    except OSError as error:
        return (f"{path}:1: the file cannot be read ({error.strerror}); name one that exists and that you may open",)
    except ValueError as error:
        return (str(error),)


def _plain(value: str) -> str:
    """Put the text on one line, since prompts are spoken."""
    return _SPACE.sub(" ", value).strip()


def _is_text(value: object, shortest: int, longest: int) -> bool:
    if not isinstance(value, str) or not shortest <= len(_plain(value)) <= longest:
        return False
    return not _HIDDEN.search(_plain(value))


def _is_whole(value: object, low: int, high: int) -> bool:
    # type() rather than isinstance(), since bool is a subclass of int.
    return type(value) is int and low <= value <= high


def _is_range(value: object) -> bool:
    match value:
        case [int(shortest), int(longest)]:
            return _is_whole(longest, 1, _LONGEST_SECONDS) and _is_whole(shortest, 1, longest)
        case _:
            return False


def _is_list(value: object) -> bool:
    if not isinstance(value, list) or len(value) > _MOST_LISTED:
        return False
    return all(_is_text(item, 1, _LONGEST_LISTED) for item in value)


def _text_rule(shortest: int, longest: int) -> tuple[Callable[[object], bool], str]:
    rule = f"text of {shortest} to {longest} characters without control characters"
    return lambda value: _is_text(value, shortest, longest), rule


_LIST_RULE = (
    _is_list,
    f'a list of at most {_MOST_LISTED} texts of at most {_LONGEST_LISTED} characters, such as ["first", "second"]',
)
_RULES: dict[str, tuple[Callable[[object], bool], str]] = {
    "title": _text_rule(1, 120),
    "description": _text_rule(0, 600),
    "id": (lambda value: isinstance(value, str) and bool(_ID.fullmatch(value)), "1 to 80 of a-z, 0-9 and -"),
    "prompt": _text_rule(1, 1000),
    "kind": (lambda value: value in QUESTION_KINDS, f"one of {', '.join(QUESTION_KINDS)}"),
    "seconds": (_is_range, f"[shortest, longest] from 1 to {_LONGEST_SECONDS}, such as [60, 120]"),
    "think_seconds": (
        lambda value: _is_whole(value, 0, _LONGEST_SECONDS),
        f"a whole number from 0 to {_LONGEST_SECONDS}",
    ),
    "competency": _text_rule(0, 60),
    "difficulty": (lambda value: _is_whole(value, 1, 3), "1, 2 or 3"),
    "listen_for": _LIST_RULE,
    "probes": _LIST_RULE,
    "field": _text_rule(0, 60),
}


def _problems(source: Source) -> Iterator[str]:
    for index, key, complaint in chain(_file_complaints(source.data), _question_complaints(source), _repeats(source)):
        yield f"{source.path}:{source.line(index, key)}: {complaint}"


_Complaint = tuple[int | None, str, str]
"""Index of the question (None for top-level keys), key, sentence."""


def _questions(source: Source) -> list[object]:
    questions = source.data.get("questions")
    return questions if isinstance(questions, list) else []


def _file_complaints(data: dict[str, Any]) -> Iterator[_Complaint]:
    for key, complaint in _broken_rules(data, _SET_KEYS):
        yield None, key, complaint
    questions = data.get("questions")
    if not isinstance(questions, list) or not 1 <= len(questions) <= _MOST_QUESTIONS:
        yield None, "questions", f"a set holds 1 to {_MOST_QUESTIONS} questions; start each with the line [[questions]]"


def _question_complaints(source: Source) -> Iterator[_Complaint]:
    for index, table in enumerate(_questions(source)):
        if not isinstance(table, dict) or "prompt" not in table:
            yield index, "", 'this question has no prompt; write prompt = "..." below its line [[questions]]'
        if isinstance(table, dict):
            for key, complaint in _broken_rules(table, QUESTION_KEYS):
                yield index, key, complaint


def _broken_rules(table: dict[str, Any], known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if key not in known:
            yield key, f"the key {key!r:.60} is not known; use {', '.join(known)}"
        elif key in _RULES and not _RULES[key][0](value):
            yield key, f"{key} must be {_RULES[key][1]} (this is {reprlib.repr(value)})"


def _repeats(source: Source) -> Iterator[_Complaint]:
    first: dict[str, int] = {}
    for index, table in enumerate(_questions(source)):
        name = _question_id(table) if isinstance(table, dict) else None
        if name is not None and first.setdefault(name, index) != index:
            line = source.line(first[name], "id")
            yield index, "id", f"the question {name!r:.90} is already on line {line}; give one another id or delete it"


def _question_id(table: dict[str, Any]) -> str | None:
    """Return the id, or one made from the prompt; None if neither is text."""
    name, prompt = table.get("id"), table.get("prompt")
    if isinstance(name, str):
        return name
    return slug(prompt) if isinstance(prompt, str) else None


def slug(text: str) -> str:
    """Make a deterministic id from a text.

    >>> slug("Why us, now that you have met the team?")
    'why-us-now-that-you-have-met-the-team'
    """
    plain = unicodedata.normalize("NFKD", _plain(text)).encode("ascii", "ignore").decode().lower()
    words = re.sub("[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    # Text without Latin letters leaves too little, and long text is truncated: a hash makes the id unique.
    if len(words) > 1 and len(words) <= _SLUG_CHARACTERS:
        return words
    start = words[:_SLUG_CHARACTERS].rpartition("-")[0] or "question"
    return f"{start}-{hashlib.sha256(_plain(text).encode()).hexdigest()[:8]}"


def _build(source: Source) -> QuestionSet:
    data = source.data
    defaults = {key: data[key] for key in _DEFAULT_KEYS if key in data}
    name = _HIDDEN.sub("", re.sub("[_-]+", " ", source.path.stem)).capitalize()
    return QuestionSet(
        id=slug(source.path.stem),
        title=_plain(data.get("title", name)),
        description=_plain(data.get("description", "")),
        questions=tuple(_question(defaults | table) for table in data["questions"]),
    )


def _question(table: dict[str, Any]) -> Question:
    kind = table.get("kind", "behavioral")
    shortest, longest = table.get("seconds", TARGETS[kind][0])
    return Question(
        id=table.get("id", slug(table["prompt"])),
        prompt=_plain(table["prompt"]),
        kind=kind,
        seconds=(shortest, longest),
        think_seconds=table.get("think_seconds", TARGETS[kind][1]),
        competency=_plain(table.get("competency", "")),
        difficulty=table.get("difficulty", 2),
        listen_for=tuple(map(_plain, table.get("listen_for", ()))),
        probes=tuple(map(_plain, table.get("probes", ()))),
        field=_plain(table.get("field", "")),
    )
