"""What the coaching models reach on authors that were left out of their training in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from benchmarks.coaching.train import FOLDS, OTHERS, Labelled, Matrix, Row, Trained, paired, train
from rehearse.coaching import features
from rehearse.coaching.advice import ADVICE, NOTHING, PRAISE, rows_to_quote
from rehearse.coaching.roles import ROLES
from rehearse.feedback.agreement import SURE, is_done, shown_by

CHANGES = (NOTHING, *ADVICE)
PRAISES = (NOTHING, *PRAISE)
FOUND, ABSENT = 0.8, 0.1
"""Bounds of ``feedback.listening_points``."""


class Found:
    """What the models say of an answer whose author they have not seen."""

    def __init__(self, trained: Trained, item: Labelled, data: Sequence[Labelled]) -> None:
        self.item = item
        self.roles = _roles_of(trained, item.rows)
        pairs = paired(item, self.roles, _roles_of(trained, item.other[1]), data)
        surely = trained.elsewhere.probabilities([row for row, _, _ in pairs], ("elsewhere", "here"))[:, 0]
        self.elsewhere = [float(p) if row["unshared"] else 0.0 for p, (row, _, _) in zip(surely, pairs, strict=True)]
        answer = [features.of_answer(item.evidence, self.roles, ROLES)]
        self.change = trained.change.probabilities(answer, CHANGES)[0]
        self.praise = trained.praise.probabilities(answer, PRAISES)[0]
        code = PRAISES[1 + int(self.praise[1:].argmax())]
        extended = rows_to_quote(features.with_roles(item.rows, self.roles, ROLES), self.sizes, code)
        self.quote = trained.quote.probabilities(extended, ("other", "quote"))[:, 1]

    @property
    def sizes(self) -> list[int]:
        """Words of each unit."""
        return [unit.size for unit in self.item.evidence.units]


def _roles_of(trained: Trained, rows: list[Row]) -> Matrix:
    first = trained.by_words.probabilities(rows, ROLES)
    return trained.in_context.probabilities(features.with_roles(rows, first, ROLES), ROLES)


def left_out(data: Sequence[Labelled]) -> list[Found]:
    """Judge each answer by models that have seen nobody of its group of authors."""
    authors = sorted({item.author for item in data})
    found = []
    for fold in range(min(FOLDS, len(authors))):
        names = authors[fold::FOLDS]
        trained = train([item for item in data if item.author not in names])
        found += [Found(trained, item, data) for item in data if item.author in names]
    return found


def measure(data: Sequence[Labelled]) -> None:
    """Print the figures."""
    found = left_out(data)
    print(f"{len(found)} answers of {len({item.author for item in data})} authors, each left out with its group")
    _roles(found)
    _changes(found)
    _praise(found)
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


def _changes(found: Sequence[Found]) -> None:
    for limit in (0.3, 0.4, 0.5, 0.6):
        given = np.array([one.change[0] < limit for one in found])
        truth = [one.item.change for one in found]
        wanted = np.array([code != NOTHING for code in truth])
        said = [CHANGES[1 + int(one.change[1:].argmax())] for one in found]
        accepted = [{code, *one.item.row["change_also"]} for code, one in zip(truth, found, strict=True)]
        same = np.array([code in codes for code, codes in zip(said, accepted, strict=True)])
        print(
            f"change where P(none) < {limit}: wanted and given {given[wanted].mean():.2f}, the same"
            f" {(same & given)[wanted].mean():.2f}, not wanted and none given {(~given)[~wanted].mean():.2f},"
            f" of those given acceptable {same[given].mean():.2f}"
        )


def _praise(found: Sequence[Found]) -> None:
    for limit in (0.2, 0.3, 0.4, 0.5):
        given = [one for one in found if one.praise[0] < limit]
        vain = np.mean([one.item.praise == NOTHING for one in given])
        codes = np.mean([PRAISES[1 + int(one.praise[1:].argmax())] == one.item.praise for one in given])
        top = [int(one.quote.argmax()) for one in given]
        hit = np.mean([one.item.praised[index] for one, index in zip(given, top, strict=True)])
        roles = Counter(one.item.roles[index] for one, index in zip(given, top, strict=True))
        print(f"praise where P(none) < {limit}: {len(given)} answers, where the coach had none {vain:.2f},")
        print(f"  same code {codes:.2f}, same place {hit:.2f}; true roles {roles.most_common(7)}")


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
