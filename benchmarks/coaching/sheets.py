"""Write sheets on which raters judge what could be said of the labelled answers, and read their letters back.

    python -m benchmarks.coaching.sheets write FOLDER     sheets of 60 answers, and what lies behind them (sheets.jsonl)
    python -m benchmarks.coaching.sheets read FOLDER      the letters in FOLDER/*.out into ``ratings``

Each answer is judged by models that have not seen its author. A rater sees the question, the answer, and numbered
lines: pieces of the answer to keep (U useful, L useless, W wrong), advice (likewise), and lettered questions (U would
be asked, W would not). Another rater chooses among U and L: B for the one to show first and up to two nearly as good.
Each writes a line an answer: its id, then the letters of the lines, of the advice and of the questions, or "-".
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.coaching.labelled import HERE, Labelled, labelled
from benchmarks.coaching.train import FOLDS, Trainer
from rehearse.analysis.assemble import answer_from_text
from rehearse.coaching import Judgement, judge, model_files
from rehearse.feedback.change_statements import CHANGE_STATEMENTS
from rehearse.feedback.coach import considered
from rehearse.feedback.follow_ups import possible_questions
from rehearse.feedback.options import Option, options
from rehearse.feedback.quoting import cleaned
from rehearse.model import NO_LIMITS, Attempt, Question
from rehearse.pipeline import process_text
from tests.factories import SPOKEN_AT

ON_A_SHEET = 60
MOST_ADVICE, MOST_QUESTIONS = 11, 8
Sheet = dict[str, Any]


def sheet_of(item: Labelled, chance: random.Random) -> Sheet | None:
    """Return what could be said of an answer, judged by the models in use; None if it was not assessed."""
    row = item.row
    question = Question(row["id"], row["question"], row["kind"])
    attempt = process_text(row["answer"], kind=row["kind"], take_id="t", spoken_at=SPOKEN_AT, question=question)
    judgement = judge(answer_from_text(row["answer"], row["kind"]).transcript, row["kind"], question)
    if judgement is None:
        return None
    advice = _advice(attempt, judgement)
    asked = [] if row["kind"] == "own_question" else possible_questions(attempt, judgement)
    return {
        "id": row["id"],
        "lines": [[line.span.start, line.span.end] for line in judgement.lines],
        "advice": [_stored(option, judgement) for option in chance.sample(advice, len(advice))],
        "questions": [_stored(option, judgement) for option in chance.sample(asked, min(MOST_QUESTIONS, len(asked)))],
    }


def _advice(attempt: Attempt, judgement: Judgement) -> list[Option]:
    codes = considered(CHANGE_STATEMENTS, judgement, NO_LIMITS)
    return [option for code in codes for option in options(CHANGE_STATEMENTS[code], attempt, judgement)][:MOST_ADVICE]


def _stored(option: Option, judgement: Judgement) -> Sheet:
    words = judgement.evidence.transcript.words
    quote = [words[option.quote[0]].start, words[option.quote[1]].end] if option.quote else None
    return {"code": option.statement.code, "text": option.text, "quote": quote, "names_best": option.names_best}


def written(row: Sheet, sheet: Sheet) -> str:
    """Return what a rater sees of an answer."""
    lines = [cleaned(row["answer"][int(start) : int(end)]) for start, end in sheet["lines"]]
    parts = [
        f"=== {row['id']}\nQuestion ({row['kind']}): {row['question']}\nAnswer: {row['answer']}",
        *(f"{number}. {text}" for number, text in enumerate(lines, 1)),
        *(f"advice {number}. {said['text']}" for number, said in enumerate(sheet["advice"], 1)),
        *(f"{letter}. {said['text']}" for letter, said in zip("abcdefgh", sheet["questions"], strict=False)),
    ]
    return "\n".join(parts) + "\n"


def write(folder: Path) -> None:
    """Write the sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    data = [item for path in sorted((HERE / "answers").glob("*.jsonl")) for item in labelled(path)]
    authors, chance = sorted({item.author for item in data}), random.Random(0)
    sheets: list[tuple[Sheet, Sheet]] = []
    for fold in range(FOLDS):
        names = authors[fold::FOLDS]
        with tempfile.TemporaryDirectory() as models, model_files.models_of(Path(models)):
            for name, model in Trainer([item for item in data if item.author not in names]).fit().items():
                model.write(Path(models), name)
            judge.cache_clear()
            found = [(item.row, sheet_of(item, chance)) for item in data if item.author in names]
            sheets += [(row, sheet) for row, sheet in found if sheet is not None]
    judge.cache_clear()
    (folder / "sheets.jsonl").write_text("".join(f"{json.dumps(sheet)}\n" for _, sheet in sheets), encoding="utf-8")
    for number in range(0, len(sheets), ON_A_SHEET):
        text = "\n".join(written(*pair) for pair in sheets[number : number + ON_A_SHEET])
        (folder / f"{number // ON_A_SHEET + 1:02}.txt").write_text(text, encoding="utf-8")


def read(folder: Path) -> None:
    """Read the letters; an answer with too many or too few is named and left out."""
    sheets = {
        sheet["id"]: sheet
        for sheet in map(json.loads, (folder / "sheets.jsonl").read_text(encoding="utf-8").splitlines())
    }
    letters: dict[str, Sequence[str]] = {}
    for path in sorted(folder.glob("*.out")):
        for line in path.read_text(encoding="utf-8").splitlines():
            answer_id, *given = line.split()
            letters[answer_id] = ["" if part == "-" else part for part in given]
    kinds = ("lines", "advice", "questions")
    fitting = {
        answer_id: dict(zip(kinds, given, strict=True))
        for answer_id, given in letters.items()
        if [len(part) for part in given] == [len(sheets[answer_id][kind]) for kind in kinds]
    }
    print("left out:", *sorted(set(sheets) - set(fitting)))
    for kind in kinds:
        name = "lines" if kind == "lines" else "statements"
        rows = [
            {"id": answer_id, name: _without_text(sheets[answer_id][kind]), "ratings": given[kind]}
            for answer_id, given in fitting.items()
            if given[kind]
        ]
        text = "".join(f"{json.dumps(row)}\n" for row in rows)
        (HERE / "ratings" / f"{kind}.jsonl").write_text(text, encoding="utf-8")


def _without_text(said: list[Any]) -> list[Any]:
    return [{k: v for k, v in one.items() if k != "text"} if isinstance(one, dict) else one for one in said]


if __name__ == "__main__":
    {"write": write, "read": read}[sys.argv[1]](Path(sys.argv[2]))
