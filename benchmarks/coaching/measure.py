"""What the coaching models reach on authors that were left out of their training in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from benchmarks.coaching.train import FOLDS, Labelled, Matrix, Trained, train
from rehearse.coaching import features
from rehearse.coaching.advice import ADVICE, NOTHING, PRAISE, rows_to_quote
from rehearse.coaching.roles import ROLES
from rehearse.feedback.agreement import SURE, is_done, shown_by

CHANGES = (NOTHING, *ADVICE)
PRAISES = (NOTHING, *PRAISE)


class Found:
    """What the models say of an answer whose author they have not seen."""

    def __init__(self, trained: Trained, item: Labelled) -> None:
        first = trained.by_words.probabilities(item.rows, ROLES)
        rows = features.with_roles(item.rows, first, ROLES)
        self.item = item
        self.roles: Matrix = trained.in_context.probabilities(rows, ROLES)
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


def left_out(data: Sequence[Labelled]) -> list[Found]:
    """Judge each answer by models that have seen nobody of its group of authors."""
    authors = sorted({item.author for item in data})
    found = []
    for fold in range(min(FOLDS, len(authors))):
        names = authors[fold::FOLDS]
        trained = train([item for item in data if item.author not in names])
        found += [Found(trained, item) for item in data if item.author in names]
    return found


def measure(data: Sequence[Labelled]) -> None:
    """Print the figures."""
    found = left_out(data)
    print(f"{len(found)} answers of {len({item.author for item in data})} authors, each left out with its group")
    _roles(found)
    _changes(found)
    _praise(found)
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
