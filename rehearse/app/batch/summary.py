"""The summary page of a batch, counted row by row, so that its memory does not grow with the recordings."""

from __future__ import annotations

import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from rehearse.app.batch.sources import Item, Problem
from rehearse.metrics import METRICS
from rehearse.views.batch_summary import BatchSummary, Change, PersonRow, QuestionRow, Values

Asked = tuple[str, str | None]
"""A question as its words and its kind."""


def asked(item: Item) -> Asked:
    """Return what a recording answers."""
    return item.asked, item.question.kind if item.question else None


def group(item: Item) -> tuple[str, str]:
    """Return whose report a recording belongs to: a person's, or its own where nobody is named."""
    return (item.person, "") if item.person else ("", item.file)


@dataclass(slots=True)
class _Counts:
    """What is counted of the answers to a question, or of a person."""

    answers: int = 0
    seconds: float = 0.0
    lengths: array[float] = field(default_factory=lambda: array("d"))
    stories: Counter[str | None] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    asked: set[Asked] = field(default_factory=set)

    def add(self, row: Mapping[str, Any]) -> None:
        self.answers += 1
        self.seconds += row["duration"] or 0.0
        length = row["measurements"]["answer_length"]["value"]
        if length is not None:
            self.lengths.append(length)
        self.stories[row["story"]["type"]] += 1
        change = first_change(row)
        if change is not None:
            self.changes[change["measurement"]] += 1


@dataclass(slots=True)
class _Values:
    """The values of one measurement."""

    values: array[float] = field(default_factory=lambda: array("d"))
    lows: array[float] = field(default_factory=lambda: array("d"))
    highs: array[float] = field(default_factory=lambda: array("d"))
    standings: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Tally:
    """Counts the rows of a batch."""

    whole: _Counts = field(default_factory=_Counts)
    models: dict[str, None] = field(default_factory=dict)
    by_question: dict[Asked, _Counts] = field(default_factory=dict)
    by_group: dict[tuple[str, str], _Counts] = field(default_factory=dict)
    people: dict[str, set[str]] = field(default_factory=dict)
    starters: dict[str, Counter[str]] = field(default_factory=dict)
    values: dict[str, _Values] = field(default_factory=dict)
    kinds: dict[str | None, None] = field(default_factory=dict)

    def add(self, item: Item, row: Mapping[str, Any]) -> None:
        """Count one row."""
        self.models.setdefault(row["model"])
        self.kinds.setdefault(item.question.judged_as if item.question else None)
        own = self.by_group.setdefault(group(item), _Counts())
        own.asked.add(asked(item))
        for counts in (self.whole, self.by_question.setdefault(asked(item), _Counts()), own):
            counts.add(row)
        change = first_change(row)
        if change is not None:
            self.people.setdefault(change["measurement"], set()).add(item.person)
            self.starters.setdefault(change["measurement"], Counter())[change["starter"]] += 1
        for name, standing in row["standing"].items():
            found = self.values.setdefault(name, _Values())
            found.standings[standing] += 1
            value = row["measurements"][name]["value"]
            if value is not None:
                found.values.append(value)
            if name in row["expected"]:
                low, high = row["expected"][name]
                found.lows.append(low)
                found.highs.append(high)

    def summary(self, items: Sequence[Item], problems: Iterable[Problem], reports: Mapping[str, str]) -> BatchSummary:
        """Return what the page shows.

        Args:
            items: All recordings, measured or not.
            problems: What could not be measured.
            reports: Address of the report by person, or by file where nobody is named.

        """
        known = [question for question in dict.fromkeys(map(asked, items)) if question != ("", None)]
        questions = {question: number for number, question in enumerate(known, 1)}
        groups = sorted({group(item) for item in items}, key=_alphabetical)
        is_named = any(item.person for item in items)
        return BatchSummary(
            answers=self.whole.answers,
            models=list(self.models),
            seconds=self.whole.seconds,
            is_named=is_named,
            changes=[self._change(topic, count, is_named) for topic, count in _ranked(self.whole.changes)],
            values=[self._values(name) for name in METRICS if name in self.values],
            questions=[self._question(questions[question], question) for question in known],
            people=[self._person(key, questions, reports) for key in groups],
            problems=[(problem.file, problem.error) for problem in problems],
        )

    def _change(self, topic: str, count: int, is_named: bool = False) -> Change:
        people = len(self.people[topic] - {""}) if is_named else None
        return Change(topic, count, people, _ranked(self.starters[topic])[0][0])

    def _top(self, counts: _Counts) -> Change | None:
        return next((self._change(topic, count) for topic, count in _ranked(counts.changes)), None)

    def _values(self, name: str) -> Values:
        found = self.values[name]
        return Values(METRICS[name], found.values, found.lows, found.highs, found.standings, list(self.kinds))

    def _question(self, number: int, question: Asked) -> QuestionRow:
        counts = self.by_question.get(question, _Counts())
        judged = sum(count for kind, count in counts.stories.items() if kind is not None)
        seconds = median(counts.lengths) if counts.lengths else None
        return QuestionRow(
            number, *question, counts.answers, seconds, counts.stories["story"], judged, self._top(counts)
        )

    def _person(self, key: tuple[str, str], questions: Mapping[Asked, int], reports: Mapping[str, str]) -> PersonRow:
        counts = self.by_group.get(key, _Counts())
        name = key[0] or Path(key[1]).name
        numbers = {questions[question] for question in counts.asked if question in questions}
        return PersonRow(
            name,
            reports.get(key[0] or key[1]),
            counts.answers,
            sorted(numbers),
            sorted(set(questions.values()) - numbers),
            counts.seconds,
            self._top(counts),
        )


def first_change(row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the change that the feedback names first; None if there is none."""
    return next((finding for finding in row["findings"] if finding["kind"] == "change"), None)


def _alphabetical(key: tuple[str, str]) -> tuple[str, tuple[str, str]]:
    """Order people, or recordings, as a list of names does: accents and capitals count last."""
    name = unicodedata.normalize("NFKD", key[0] or key[1]).casefold()
    return "".join(letter for letter in name if not unicodedata.combining(letter)), key


def _ranked(changes: Counter[str]) -> list[tuple[str, int]]:
    """Return changes by how often they are suggested, in alphabetical order where that is equal."""
    return sorted(changes.items(), key=lambda entry: (-entry[1], entry[0]))
