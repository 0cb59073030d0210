"""Choose the labelled answers by which the tests hold each statement: three that must get it, three that must not.

    python -m benchmarks.coaching.examples > tests/data/coaching_examples.json

To be run again whenever the models or the statements change. An answer that a coach would give a statement, and that
does not get it, is no example; how many of them there are is measured by ``benchmarks.coaching.train measure``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Any

from benchmarks.coaching.labelled import CODES, HERE
from rehearse.feedback import CHANGE_STATEMENTS, give_feedback
from rehearse.feedback.praise_statements import PRAISE_STATEMENTS, STANDS_OUT
from rehearse.model import Question
from rehearse.pipeline import process_text

EACH = 3
"""Examples of each sort."""
Row = dict[str, Any]


@cache
def shown(row: str) -> dict[str, str]:
    """Return the code of the first strength and of the first change that an answer is shown."""
    asked = json.loads(row)
    question = Question(asked["id"], asked["question"], asked["kind"])
    spoken_at = datetime(2025, 3, 14, tzinfo=UTC)
    attempt = process_text(asked["answer"], kind=asked["kind"], take_id="t", spoken_at=spoken_at, question=question)
    found: dict[str, str] = {}
    for finding in give_feedback(attempt):
        found.setdefault(finding.kind, finding.code)
    return found


def code_of(row: Row, of: str) -> str | None:
    """Return the code that the labeller gave."""
    code = str(row[of]["code"]) if row[of] else None
    return CODES.get(code, code) if code else None


def examples(rows: Sequence[Row], of: str, code: str, gets: Callable[[Row], bool]) -> dict[str, list[str]]:
    """Choose the examples of one statement."""
    labelled = [row for row in rows if code_of(row, of) == code]
    kinds = {row["kind"] for row in labelled}
    other = [row for row in rows if code_of(row, of) != code and row["kind"] in kinds]
    other = [row for row in other if of == "strength" or code not in row["change_also"]]
    spread = other[:: max(1, len(other) // (3 * EACH))]
    return {
        "yes": [row["id"] for row in _first(row for row in labelled if gets(row))],
        "no": [row["id"] for row in _first(row for row in spread if shown(json.dumps(row)).get(of) != code)],
    }


def _first(rows: Iterator[Row]) -> Iterator[Row]:
    return islice(rows, EACH)


def main() -> None:
    """Print the examples."""
    paths = sorted((HERE / "answers").glob("*.jsonl"))
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    accepted = {code: {code} for code in CHANGE_STATEMENTS} | {
        code: {code, STANDS_OUT.code} for code in PRAISE_STATEMENTS
    }
    found = {
        of: {
            code: examples(rows, of, code, lambda row, o=of, c=code: shown(json.dumps(row)).get(o) in accepted[c])
            for code in codes
        }
        for of, codes in (("change", CHANGE_STATEMENTS), ("strength", PRAISE_STATEMENTS))
    }
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
