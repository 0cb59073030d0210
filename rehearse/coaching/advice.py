"""What a coach would praise and would change in an answer: the codes, and how probable each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from rehearse.coaching import features, model_files
from rehearse.coaching.evidence import Evidence
from rehearse.coaching.quotable_units import FEWEST_WORDS
from rehearse.coaching.roles import ROLES

Praise = Literal[
    "deed", "noticed", "honest", "changed_since", "reasoned", "real_reason", "clear_steps", "concern_met",
    "good_question",
]  # fmt: skip
Advice = Literal[
    "off_question", "concern", "straight_answer", "about_the_job", "nearest_example", "one_occasion", "one_story",
    "specific_reason", "concrete_steps", "confidential", "blame", "boast", "hedging", "own_part", "result_missing",
    "clarify_first", "reasons", "checkpoint", "why_hard", "lesson", "result_size", "open_question", "long_scene",
    "weak_ending", "own_words", "jargon", "shorter",
]  # fmt: skip

PRAISE: tuple[Praise, ...] = get_args(Praise)
ADVICE: tuple[Advice, ...] = get_args(Advice)
NOTHING = "none"


def code_probabilities(model: str, evidence: Evidence, roles: npt.NDArray[np.float32]) -> Mapping[str, float]:
    """Return the probability of each code for an answer, and of ``NOTHING``."""
    linear = model_files.load(model)
    found = linear.probabilities([features.of_answer(evidence, roles, ROLES)])[0]
    return dict(zip(linear.classes, map(float, found), strict=True))


def rows_to_quote(rows: Sequence[dict[str, float]], sizes: Sequence[int], code: str) -> list[dict[str, float]]:
    """Add to the features of each unit what they mean together with the code of praise or advice."""
    found = []
    for row, size in zip(rows, sizes, strict=True):
        extended = dict(row)
        extended |= {f"{code} {name}": value for name, value in row.items() if name.startswith("role+0 ")}
        extended |= {f"{code} {name}": value / 2 for name, value in row.items() if name.startswith("word ")}
        extended["size"] = min(2.0, size / 8)
        extended["short"] = float(size < FEWEST_WORDS)
        found.append(extended)
    return found
