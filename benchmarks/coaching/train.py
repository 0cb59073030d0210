"""Train the models of ``rehearse.coaching`` on the labelled answers beside this file, or measure them.

    python -m benchmarks.coaching.train whole       write the model of where quotes begin and end
    python -m benchmarks.coaching.train             write all others, which depend on it
    python -m benchmarks.coaching.train measure     print what they reach on authors that were left out in turn

Whoever judged the lines, the advice and the questions in ``ratings`` did not know where they had come from.

Needs scikit-learn (``pip install --group train``); the program itself does not.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.coaching.labelled import HERE, Labelled, RatedStatement, Row, labelled, ratings
from rehearse.analysis.assemble import answer_from_text
from rehearse.coaching import features, question_fit
from rehearse.coaching.advice import ADVICE, NOTHING, PRAISE, rows_to_quote
from rehearse.coaching.lines import Line
from rehearse.coaching.model_files import packed
from rehearse.coaching.roles import ROLES
from rehearse.coaching.wholeness import Ends
from rehearse.coaching.worth import Beliefs, Worth, row_of_statement, rows_of_lines, worths

MODELS = HERE.parent.parent / "rehearse" / "coaching"
FOLDS = 5
RARE = 4
"""Features of fewer units or answers are left out."""
WORTH_STRENGTH = 0.03
"""Inverse regularisation of the models of worth (chosen on authors left out)."""
WHOLE_STRENGTH = 0.1
"""The same of where quotes begin and end (chosen likewise)."""
OTHERS = 3
"""Questions of others with which an answer is paired, of its own kind and of another."""
NEGLIGIBLE = {"roles_by_words": 12, "roles_in_context": 12, "praise": 9, "change": 9, "whole": 3}
"""Steps of 127 up to which a weight is left out, where most weights are small (roles of authors left out are found as
well without them); else 2."""
OWN_WEIGHT, DODGE_WEIGHT = 4.0, 6.0
"""Weight of an answer with its own question, as against one of the pairs."""
Matrix = npt.NDArray[np.float64]


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
            named = [name for name in self.classes if name in classes]
            positions = [self.classes.index(name) for name in named]
            odds = self.regression.predict_proba(self.vectorizer.transform(rows))
            found[:, [classes.index(name) for name in named]] = odds[:, positions]
        return found

    def write(self, folder: Path, name: str) -> None:
        """Write it into a folder."""
        weights, bias = self.regression.coef_, self.regression.intercept_
        if len(weights) == 1:  # of two classes, only the second has weights of its own
            weights, bias = np.vstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
        data = packed(
            self.classes, list(self.vectorizer.get_feature_names_out()), weights.T, bias, NEGLIGIBLE.get(name, 2)
        )
        (folder / f"{name}.npz").write_bytes(data)
        print(f"{name}: {len(self.vectorizer.get_feature_names_out())} features, {len(data) / 1000:.0f} kB")


class Trainer:
    """Fits all models on the same answers; each later one learns from what earlier ones say of authors not seen."""

    def __init__(self, data: Sequence[Labelled]) -> None:
        self.data = data
        authors = sorted({item.author for item in data})
        self.held = [authors[fold::FOLDS] for fold in range(min(FOLDS, len(authors)))]

    def fit(self) -> dict[str, Model]:
        """Return the models by name."""
        data = self.data
        by_words, contexts, first_other = self._by_words()
        in_context, roles, other = self._in_context(contexts, first_other)
        answers = {id(item): features.of_answer(item.evidence, roles[id(item)], ROLES) for item in data}
        praise, praised = self._codes(answers, 0.3, (NOTHING, *PRAISE), [item.praise for item in data])
        change, changed = self._codes(answers, 0.5, (NOTHING, *ADVICE), [item.change for item in data])
        beliefs = {
            id(item): Beliefs(
                item.evidence,
                features.with_roles(item.rows, roles[id(item)], ROLES),
                roles[id(item)],
                praised[id(item)],
                changed[id(item)],
            )
            for item in data
        }
        line, lines = self._lines(beliefs)
        pairs = [pair for item in data for pair in paired(item, roles[id(item)], other[id(item)], data)]
        return {
            "roles_by_words": by_words,
            "roles_in_context": in_context,
            "praise": praise,
            "change": change,
            "line_worth": line,
            "fault": _fit_quote([(item, item.change, item.faulty) for item in data], roles),
            "advice_worth": _fit_worth([(item, item.advice) for item in data], beliefs, lines),
            "question_worth": _fit_worth([(item, item.questions) for item in data], beliefs, lines),
            "elsewhere": Model(0.1).fit(
                [row for row, _, _ in pairs], [label for _, label, _ in pairs], [weight for _, _, weight in pairs]
            ),
        }

    def _by_words(self) -> tuple[Model, dict[int, list[Row]], dict[int, Matrix]]:
        """Fit the roles by words; return also the features with the roles as left-out models see them."""
        first: dict[int, Matrix] = {}
        other: dict[int, Matrix] = {}
        for names in self.held:
            model = _fit_roles([item.rows for item in self.data if item.author not in names], self.data, names)
            for item in (item for item in self.data if item.author in names):
                first[id(item)] = model.probabilities(item.rows, ROLES)
                other[id(item)] = model.probabilities(item.other[1], ROLES)
        contexts = {id(item): features.with_roles(item.rows, first[id(item)], ROLES) for item in self.data}
        return _fit_roles([item.rows for item in self.data], self.data, ()), contexts, other

    def _in_context(
        self, contexts: dict[int, list[Row]], first_other: dict[int, Matrix]
    ) -> tuple[Model, dict[int, Matrix], dict[int, Matrix]]:
        roles: dict[int, Matrix] = {}
        other: dict[int, Matrix] = {}
        for names in self.held:
            model = _fit_roles([contexts[id(it)] for it in self.data if it.author not in names], self.data, names)
            for item in (item for item in self.data if item.author in names):
                roles[id(item)] = model.probabilities(contexts[id(item)], ROLES)
                beside = features.with_roles(item.other[1], first_other[id(item)], ROLES)
                other[id(item)] = model.probabilities(beside, ROLES)
        return _fit_roles([contexts[id(item)] for item in self.data], self.data, ()), roles, other

    def _codes(
        self, answers: dict[int, Row], strength: float, classes: Sequence[str], labels: Sequence[str]
    ) -> tuple[Model, dict[int, dict[str, float]]]:
        believed: dict[int, dict[str, float]] = {}
        for names in self.held:
            seen = [(it, label) for it, label in zip(self.data, labels, strict=True) if it.author not in names]
            model = Model(strength).fit([answers[id(item)] for item, _ in seen], [label for _, label in seen])
            for item in (item for item in self.data if item.author in names):
                found = model.probabilities([answers[id(item)]], classes)[0]
                believed[id(item)] = dict(zip(classes, map(float, found), strict=True))
        return Model(strength).fit([answers[id(item)] for item in self.data], labels), believed

    def _lines(self, beliefs: dict[int, Beliefs]) -> tuple[Model, dict[int, dict[Line, Worth]]]:
        rows = {id(item): rows_of_lines(tuple(item.lines), beliefs[id(item)]) for item in self.data}
        by_item: dict[int, dict[Line, Worth]] = {}

        def fitted(items: Sequence[Labelled]) -> Model:
            labels = [rating for item in items for rating in item.lines.values()]
            return Model(WORTH_STRENGTH).fit([row for item in items for row in rows[id(item)]], labels)

        for names in self.held:
            model = fitted([item for item in self.data if item.author not in names])
            for item in (item for item in self.data if item.author in names):
                found = worths(model.classes, model.probabilities(rows[id(item)], model.classes))
                by_item[id(item)] = dict(zip(item.lines, found, strict=True))
        return fitted(self.data), by_item


def _fit_worth(
    rated: Sequence[tuple[Labelled, list[RatedStatement]]],
    beliefs: dict[int, Beliefs],
    lines: dict[int, dict[Line, Worth]],
) -> Model:
    rows, labels = [], []
    for item, statements in rated:
        for code, quote, names_best, rating in statements:
            rows.append(row_of_statement(code, quote, beliefs[id(item)], lines[id(item)], names_best=names_best))
            labels.append(rating)
    return Model(WORTH_STRENGTH).fit(rows, labels)


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


def fit_whole() -> Model:
    """Fit where a quote may begin and end; what is quoted, and so what all others learn from, depends on it."""
    rows, labels = [], []
    answers = {
        row["id"]: row
        for path in sorted((HERE / "answers").glob("*.jsonl"))
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    }
    for rated in ratings("whole").values():
        row = answers[rated["id"]]
        ends = Ends(answer_from_text(row["answer"], row["kind"]).transcript)
        rows += [ends.row(*words) for words in rated["lines"]]
        labels += rated["ratings"]
    return Model(WHOLE_STRENGTH).fit(rows, labels)


def main() -> None:
    """Write the models, or measure them."""
    if sys.argv[1:] == ["whole"]:
        fit_whole().write(MODELS, "whole")
        return
    data = [item for path in sorted((HERE / "answers").glob("*.jsonl")) for item in labelled(path)]
    if sys.argv[1:] == ["measure"]:
        from benchmarks.coaching.measure import measure

        measure(data)
        return
    for name, model in Trainer(data).fit().items():
        model.write(MODELS, name)


if __name__ == "__main__":
    main()
