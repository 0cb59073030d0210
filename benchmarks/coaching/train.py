"""Train the models of ``rehearse.coaching`` on the labelled answers beside this file, or measure them.

    python -m benchmarks.coaching.train             write the models
    python -m benchmarks.coaching.train measure     print what they reach on authors that were left out in turn

Needs scikit-learn (``pip install --group train``); the program itself does not.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rehearse.analysis.assemble import answer_from_text
from rehearse.coaching import features, question_fit
from rehearse.coaching.advice import NOTHING, rows_to_quote
from rehearse.coaching.evidence import Evidence, gather
from rehearse.coaching.model_files import packed
from rehearse.coaching.quotable_units import thought
from rehearse.coaching.roles import ROLES
from rehearse.model import QUESTION_KINDS, Question
from rehearse.story import find_story

HERE = Path(__file__).parent
MODELS = HERE.parent.parent / "rehearse" / "coaching"
FOLDS = 5
RARE = 4
"""Features of fewer units or answers are left out."""
OTHERS = 3
"""Questions of others with which an answer is paired, of its own kind and of another."""
OWN_WEIGHT, DODGE_WEIGHT = 4.0, 6.0
"""Weight of an answer with its own question, as against one of the pairs."""
CODES = {
    "own_deed": "deed", "result": "deed", "fair": "deed", "telling_detail": "deed", "direct_answer": "reasoned",
}  # fmt: skip
"""Codes of praise with too few examples of their own, and where they count."""

Row = dict[str, float]
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A labelled answer, ready to learn from.

    Attributes:
        row: As it is stored.
        evidence: On the answer to its own question.
        rows: Features of its units.
        other: Its evidence and features as an answer to a question of another kind.
        roles: True role of each unit.
        praised: Whether the coach quoted the unit in praise.
        faulty: Whether the coach quoted the unit with the change.

    """

    row: dict[str, Any]
    evidence: Evidence
    rows: list[Row]
    other: tuple[Evidence, list[Row]]
    roles: list[str]
    praised: list[bool]
    faulty: list[bool]

    @property
    def author(self) -> str:
        """Who wrote it."""
        return str(self.row["author"])

    @property
    def praise(self) -> str:
        """Code of the praise, or ``NOTHING``."""
        code = self.row["strength"]["code"] if self.row["strength"] else NOTHING
        return CODES.get(code, code)

    @property
    def change(self) -> str:
        """Code of the change, or ``NOTHING``."""
        return str(self.row["change"]["code"]) if self.row["change"] else NOTHING


class Model:
    """Logistic regression over named features."""

    def __init__(self, strength: float) -> None:
        self.strength = strength

    def fit(self, rows: Sequence[Row], labels: Sequence[str], weights: npt.ArrayLike | None = None) -> Model:
        """Fit; features that occur too rarely are left out."""
        counts = Counter(name for row in rows for name in row)
        self.vectorizer = DictVectorizer(dtype=np.float32)
        matrix = self.vectorizer.fit_transform([{n: v for n, v in row.items() if counts[n] >= RARE} for row in rows])
        self.regression = LogisticRegression(C=self.strength, max_iter=150, tol=1e-3)
        self.regression.fit(matrix, labels, sample_weight=weights)
        self.classes = [str(name) for name in self.regression.classes_]
        return self

    def probabilities(self, rows: Sequence[Row], classes: Sequence[str]) -> Matrix:
        """Return probabilities in the order of ``classes``. Shape: (rows, classes)."""
        found = np.zeros((len(rows), len(classes)))
        if rows:
            positions = [classes.index(name) for name in self.classes]
            found[:, positions] = self.regression.predict_proba(self.vectorizer.transform(rows))
        return found

    def write(self, name: str) -> None:
        """Write it into the package."""
        weights, bias = self.regression.coef_, self.regression.intercept_
        if len(weights) == 1:  # of two classes, only the second has weights of its own
            weights, bias = np.vstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
        data = packed(self.classes, list(self.vectorizer.get_feature_names_out()), weights.T, bias)
        (MODELS / f"{name}.npz").write_bytes(data)
        print(f"{name}: {len(self.vectorizer.get_feature_names_out())} features, {len(data) / 1000:.0f} kB")


def labelled(path: Path) -> list[Labelled]:
    """Read the labelled answers of one author."""
    return [_labelled(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def _labelled(line: str) -> Labelled:
    row = json.loads(line)
    transcript = answer_from_text(row["answer"], row["kind"]).transcript
    question = Question(row["id"], row["question"], row["kind"])
    evidence = gather(transcript, find_story(transcript, row["kind"]), row["kind"], question)
    kind = random.Random(row["id"]).choice([kind for kind in QUESTION_KINDS if kind != row["kind"]])
    other = gather(transcript, find_story(transcript, kind), kind, None)
    bounds = [(transcript.words[u.first].start, transcript.words[u.last].end) for u in evidence.units]
    roles = [max(row["spans"], key=lambda span: _overlap(span["start"], span["end"], *b))["job"] for b in bounds]
    praised = _quoted(row, "strength", evidence, bounds)
    faulty = _quoted(row, "change", evidence, bounds)
    beside = (other, features.of_units(other))
    return Labelled(row, evidence, features.of_units(evidence), beside, roles, praised, faulty)


def _quoted(row: dict[str, Any], which: str, evidence: Evidence, bounds: Sequence[tuple[float, float]]) -> list[bool]:
    """Return for each unit whether the coach quoted most of what would be quoted for it."""
    quote = row[which]["quote"] if row[which] else None
    if not quote:
        return [False] * len(bounds)
    start = row["answer"].find(quote)
    found = []
    for index, bound in enumerate(bounds):
        span = thought(evidence.transcript, evidence.units, index)
        low, high = (span.start, span.end) if span else bound
        found.append(_overlap(low, high, start, start + len(quote)) > (high - low) / 2)
    return found


def _overlap(start: float, end: float, low: float, high: float) -> float:
    return min(end, high) - max(start, low)


@dataclass(slots=True)
class Trained:
    """All models, fitted on the same answers."""

    by_words: Model
    in_context: Model
    praise: Model
    change: Model
    quote: Model
    fault: Model
    elsewhere: Model


def train(data: Sequence[Labelled]) -> Trained:
    """Fit all models; each later one learns from what the earlier ones say of authors that they have not seen."""
    authors = sorted({item.author for item in data})
    held = [authors[fold::FOLDS] for fold in range(min(FOLDS, len(authors)))]
    first: dict[int, Matrix] = {}
    other: dict[int, Matrix] = {}
    for names in held:
        model = _fit_roles([item.rows for item in data if item.author not in names], data, names)
        first |= {id(item): model.probabilities(item.rows, ROLES) for item in data if item.author in names}
        other |= {id(item): model.probabilities(item.other[1], ROLES) for item in data if item.author in names}
    contexts = {id(item): features.with_roles(item.rows, first[id(item)], ROLES) for item in data}
    second: dict[int, Matrix] = {}
    for names in held:
        model = _fit_roles([contexts[id(item)] for item in data if item.author not in names], data, names)
        for item in (item for item in data if item.author in names):
            second[id(item)] = model.probabilities(contexts[id(item)], ROLES)
            beside = features.with_roles(item.other[1], other[id(item)], ROLES)
            other[id(item)] = model.probabilities(beside, ROLES)
    answers = [features.of_answer(item.evidence, second[id(item)], ROLES) for item in data]
    pairs = [pair for item in data for pair in paired(item, second[id(item)], other[id(item)], data)]
    return Trained(
        by_words=_fit_roles([item.rows for item in data], data, ()),
        in_context=_fit_roles([contexts[id(item)] for item in data], data, ()),
        praise=Model(0.3).fit(answers, [item.praise for item in data]),
        change=Model(0.5).fit(answers, [item.change for item in data]),
        quote=_fit_quote([(item, item.praise, item.praised) for item in data], second),
        fault=_fit_quote([(item, item.change, item.faulty) for item in data], second),
        elsewhere=Model(0.1).fit(
            [row for row, _, _ in pairs], [label for _, label, _ in pairs], [weight for _, _, weight in pairs]
        ),
    )


def paired(
    item: Labelled, roles: Matrix, other_roles: Matrix, data: Sequence[Labelled]
) -> list[tuple[Row, str, float]]:
    """Pair an answer with its own question, and one that answers it with others' questions as well.

    Args:
        item: The answer.
        roles: Its roles as an answer to its own kind of question.
        other_roles: Its roles as an answer to the other kind.
        data: The answers whose questions serve, of the same kind and of the other.

    Returns:
        Features, ``here`` or ``elsewhere``, and the weight of each pair.

    """
    fits = item.row["on_question"] != "no"
    own = question_fit.of_answer_and_question(item.evidence, roles, ROLES)
    pairs = [(own, "here" if fits else "elsewhere", OWN_WEIGHT if fits else DODGE_WEIGHT)]
    draw = random.Random(item.row["id"])
    for evidence, found in ((item.evidence, roles), (item.other[0], other_roles)) if fits else ():
        asked = [
            one.row["question"] for one in data if one.author != item.author and one.evidence.kind == evidence.kind
        ]
        for prompt in draw.sample(asked, min(OTHERS, len(asked))):
            beside = replace(evidence, prompt=prompt.lower())
            pairs.append((question_fit.of_answer_and_question(beside, found, ROLES), "elsewhere", 1.0))
    return pairs


def _fit_roles(rows: Sequence[Sequence[Row]], data: Sequence[Labelled], without: Sequence[str]) -> Model:
    items = [item for item in data if item.author not in without]
    weights = [np.sqrt(unit.size) for item in items for unit in item.evidence.units]
    return Model(0.3).fit([row for found in rows for row in found], [r for item in items for r in item.roles], weights)


def _fit_quote(data: Sequence[tuple[Labelled, str, list[bool]]], roles: dict[int, Matrix]) -> Model:
    """Fit which unit a coach quotes, from the answers in which one was quoted."""
    rows, labels = [], []
    for item, code, quoted in data:
        if any(quoted):
            extended = features.with_roles(item.rows, roles[id(item)], ROLES)
            rows += rows_to_quote(extended, [unit.size for unit in item.evidence.units], code)
            labels += ["quote" if found else "other" for found in quoted]
    return Model(0.1).fit(rows, labels)


def main() -> None:
    """Write the models, or measure them."""
    data = [item for path in sorted((HERE / "answers").glob("*.jsonl")) for item in labelled(path)]
    if sys.argv[1:] == ["measure"]:
        from benchmarks.coaching.measure import measure

        measure(data)
        return
    trained = train(data)
    trained.by_words.write("roles_by_words")
    trained.in_context.write("roles_in_context")
    trained.praise.write("praise")
    trained.change.write("change")
    trained.quote.write("quote")
    trained.fault.write("fault")
    trained.elsewhere.write("elsewhere")


if __name__ == "__main__":
    main()
