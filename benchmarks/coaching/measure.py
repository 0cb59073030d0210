"""What the coaching models reach on authors that were left out of their training in turn.

The models of each group are written into a folder, and the group's answers are judged by the program's own code.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.coaching.labelled import Labelled, Row
from benchmarks.coaching.train import FOLDS, OTHERS, Matrix, Trainer, paired
from rehearse.coaching import features, judge, model_files
from rehearse.coaching.advice import ADVICE, NOTHING
from rehearse.coaching.roles import ROLES
from rehearse.feedback import give_feedback
from rehearse.feedback.agreement import SURE, is_done, shown_by
from rehearse.model import Finding, Question
from rehearse.pipeline import process_text

CHANGES = (NOTHING, *ADVICE)
FOUND, ABSENT = 0.8, 0.1
"""Bounds of ``feedback.listening_points``."""


class Found:
    """What the models in use say of an answer, and what the program shows."""

    def __init__(self, item: Labelled, data: Sequence[Labelled]) -> None:
        self.item = item
        row = item.row
        question = Question(row["id"], row["question"], row["kind"])
        attempt = process_text(
            row["answer"], kind=row["kind"], take_id="t", spoken_at=datetime(2025, 3, 14, tzinfo=UTC), question=question
        )
        shown: dict[str, Finding] = {}
        for finding in give_feedback(attempt):
            shown.setdefault(finding.kind, finding)
        self.strength, self.advice = shown.get("strength"), shown.get("change")
        judgement = judge(item.evidence.transcript, row["kind"], question)
        self.roles: Matrix = _roles_of(item.rows)
        self.change = np.array([judgement.change.get(code, 0.0) if judgement else 0.0 for code in CHANGES])
        pairs = paired(item, self.roles, _roles_of(item.other[1]), data)
        model = model_files.load("elsewhere")
        surely = model.probabilities([pair for pair, _, _ in pairs])[:, model.classes.index("elsewhere")]
        self.elsewhere = [float(p) if pair["unshared"] else 0.0 for p, (pair, _, _) in zip(surely, pairs, strict=True)]

    @property
    def sizes(self) -> list[int]:
        """Words of each unit."""
        return [unit.size for unit in self.item.evidence.units]


def _roles_of(rows: list[Row]) -> Matrix:
    first = _ordered("roles_by_words", rows)
    return _ordered("roles_in_context", features.with_roles(rows, first, ROLES))


def _ordered(name: str, rows: list[Row]) -> Matrix:
    model = model_files.load(name)
    return model.probabilities(rows)[:, [model.classes.index(role) for role in ROLES]].astype(float)


def left_out(data: Sequence[Labelled]) -> list[Found]:
    """Judge each answer by models that have seen nobody of its group of authors."""
    authors = sorted({item.author for item in data})
    found = []
    for fold in range(min(FOLDS, len(authors))):
        names = authors[fold::FOLDS]
        with tempfile.TemporaryDirectory() as folder, model_files.models_of(Path(folder)):
            for name, model in Trainer([item for item in data if item.author not in names]).fit().items():
                model.write(Path(folder), name)
            judge.cache_clear()
            found += [Found(item, data) for item in data if item.author in names]
    judge.cache_clear()
    return found


def measure(data: Sequence[Labelled]) -> None:
    """Print the figures."""
    found = left_out(data)
    print(f"{len(found)} answers of {len({item.author for item in data})} authors, each left out with its group")
    _roles(found)
    _codes(found)
    _shown(found)
    _certain(found)
    _elsewhere(found)
    _agreed(found)


def _roles(found: Sequence[Found]) -> None:
    truth = np.array([role for one in found for role in one.item.roles])
    odds = np.vstack([one.roles for one in found])
    words = np.array([size for one in found for size in one.sizes])
    best = np.array(ROLES)[odds.argmax(axis=1)]
    print(f"roles right, by words: {words[best == truth].sum() / words.sum():.3f}")
    for role in ROLES:
        hit = words[(best == role) & (truth == role)].sum()
        precision, recall = hit / max(1, words[best == role].sum()), hit / max(1, words[truth == role].sum())
        print(f"  {role:17} precision {precision:.2f} recall {recall:.2f}")


def _codes(found: Sequence[Found]) -> None:
    """Print how often the models know that a change is wanted, and which."""
    for limit in (0.3, 0.5):
        given = np.array([one.change[0] < limit for one in found])
        truth = [one.item.change for one in found]
        wanted = np.array([code != NOTHING for code in truth])
        said = [CHANGES[1 + int(one.change[1:].argmax())] for one in found]
        accepted = [{code, *one.item.row["change_also"]} for code, one in zip(truth, found, strict=True)]
        same = np.array([code in codes for code, codes in zip(said, accepted, strict=True)])
        print(
            f"change where P(none) < {limit}: wanted and known {given[wanted].mean():.2f}, the same"
            f" {(same & given)[wanted].mean():.2f}, not wanted and none known {(~given)[~wanted].mean():.2f}"
        )


def _shown(found: Sequence[Found]) -> None:
    """Print what raters thought of what is shown, and how often it is what the labeller asked for."""
    praised = [(one, one.strength) for one in found if one.strength is not None]
    ratings = Counter(_rating_of_praise(one, strength) for one, strength in praised)
    print(f"praise shown to {len(praised)}: {_shares(ratings)}")
    advised = [(one, one.advice) for one in found if one.advice is not None]
    ratings = Counter(_rating_of_advice(one, advice) for one, advice in advised)
    print(f"change shown to {len(advised)}: {_shares(ratings)}")
    wanted = [one for one in found if one.item.change != NOTHING]
    given = [one for one in wanted if one.advice is not None]
    same = [one for one in given if one.advice and one.advice.code in {one.item.change, *one.item.row["change_also"]}]
    vain = sum(one.advice is not None for one in found if one.item.change == NOTHING)
    print(
        f"wanted and given {len(given) / len(wanted):.2f}, the same {len(same) / len(wanted):.2f}, none wanted and none"
        f" given {1 - vain / (len(found) - len(wanted)):.2f}"
    )


def _shares(ratings: Counter[str]) -> str:
    rated = sum(ratings[rating] for rating in "BULW")
    shares = ", ".join(f"{name} {ratings[rating] / max(1, rated):.2f}" for name, rating in _NAMES.items())
    return f"{shares} of {rated} rated"


_NAMES = {"best": "B", "useful": "U", "useless": "L", "wrong": "W"}


def _rating_of_praise(one: Found, strength: Finding) -> str:
    ends = {(line.span.start, line.span.end): rating for line, rating in one.item.lines.items()}
    return ends.get((strength.spans[0].start, strength.spans[0].end), "")


def _rating_of_advice(one: Found, advice: Finding) -> str:
    words = one.item.evidence.transcript.words
    for code, quote, names_best, rating in one.item.advice:
        is_same = code == advice.code and names_best == ("{best}" in advice.message or len(advice.spans) > 1)
        if is_same and quote and words[quote[0]].start == advice.spans[-1].start:
            return rating
        if is_same and not quote and "“" not in advice.message:
            return rating
    return ""


def _agreed(found: Sequence[Found]) -> None:
    """Print how often a change is called done: falsely, where the coach still wants it, and where none is wanted."""
    wanted = [(one, one.item.change) for one in found if shown_by(one.item.change)]
    by_kind: dict[str, list[str]] = {}
    for one, code in wanted:
        by_kind.setdefault(one.item.row["kind"], []).append(code)
    content = [
        (one, code) for one in found if one.item.change == NOTHING for code in by_kind.get(one.item.row["kind"], ())
    ]
    falsely, rightly = (float(np.mean([_called_done(*pair) for pair in pairs])) for pairs in (wanted, content))
    print(f"called done where the coach wants it {falsely:.3f} of {len(wanted)}, where none is wanted {rightly:.2f}")


def _called_done(one: Found, code: str) -> bool:
    sure = one.roles[:, [ROLES.index(role) for role in shown_by(code)]].sum(axis=1)
    return is_done(dict(zip(CHANGES, one.change, strict=True)), code) and bool((sure >= SURE).any())


def _certain(found: Sequence[Found]) -> None:
    """Print how often the surest unit of a role has it, and how often there is none where none is probable."""
    for roles in (("own_act",), ("outcome", "outcome_figure"), ("lesson",), ("other_act",), ("hypothetical",)):
        sure = [one.roles[:, [ROLES.index(role) for role in roles]].sum(axis=1) for one in found]
        best = [
            (one.item.roles[int(p.argmax())] in roles) for one, p in zip(found, sure, strict=True) if p.max() >= FOUND
        ]
        gone = [not set(one.item.roles) & set(roles) for one, p in zip(found, sure, strict=True) if p.max() <= ABSENT]
        named = " or ".join(roles)
        print(f"{named}: found {len(best)}, right {np.mean(best):.2f}; absent {len(gone)}, right {np.mean(gone):.2f}")


def _elsewhere(found: Sequence[Found]) -> None:
    """Print how often an answer is taken for one to another question: with its own, and with those of others."""
    judged = [one for one in found if one.item.row["kind"] != "panel"]
    fitting = [one for one in judged if one.item.row["on_question"] != "no"]
    own = np.array([one.elsewhere[0] for one in fitting])
    same = np.array([p for one in fitting for p in one.elsewhere[1 : 1 + OTHERS]])
    other = np.array([p for one in fitting for p in one.elsewhere[1 + OTHERS :]])
    for limit in (0.8, 0.9, 0.95):
        shares = [float((p >= limit).mean()) for p in (own, same, other)]
        print(
            f"elsewhere >= {limit}: own question {shares[0]:.3f}, same kind {shares[1]:.2f}, other kind {shares[2]:.2f}"
        )
