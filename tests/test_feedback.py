"""What is said of an answer, and that it would not fit another one."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.coaching import ADVICE, PRAISE, judge
from rehearse.feedback import CHANGE_STATEMENTS, ORDER, give_feedback
from rehearse.feedback.follow_up_statements import QUESTIONS
from rehearse.feedback.praise_statements import PRAISE_STATEMENTS, STANDS_OUT
from rehearse.feedback.quoting import cleaned
from rehearse.feedback.statement import Statement
from rehearse.metrics import METRICS
from rehearse.model import Finding, Measurement, Question, Span
from rehearse.pipeline import process_text
from tests.factories import analysed, say

DATA = Path(__file__).parent / "data"
ANSWERS = [json.loads(line) for line in (DATA / "answers.jsonl").read_text(encoding="utf-8").splitlines()]
EXAMPLES = json.loads((DATA / "coaching_examples.json").read_text(encoding="utf-8"))
LABELLED = {
    row["id"]: row
    for path in sorted((Path(__file__).parent.parent / "benchmarks/coaching/answers").glob("*.jsonl"))
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
}
IN_THEIR_PLACE = tuple(own for statement in CHANGE_STATEMENTS.values() for _, own in statement.by_kind)
STATEMENTS = (*CHANGE_STATEMENTS.values(), *IN_THEIR_PLACE, *PRAISE_STATEMENTS.values(), STANDS_OUT)


def wordings_of(statement: Statement) -> tuple[str, ...]:
    return (*statement.wordings, *statement.with_best, *statement.best_only, *statement.bare)


def findings(answer: str, kind: str | None = "behavioral", prompt: str = "") -> tuple[Finding, ...]:
    question = Question("q", prompt, kind or "behavioral") if prompt else None
    spoken_at = datetime(2025, 3, 14, tzinfo=UTC)
    return give_feedback(process_text(answer, kind=kind, take_id="take", spoken_at=spoken_at, question=question))


def first(answer: str, of: str, kind: str | None = "behavioral", prompt: str = "") -> Finding | None:
    return next((finding for finding in findings(answer, kind, prompt) if finding.kind == of), None)


def code_of(row: dict[str, str], of: str) -> str | None:
    found = first(row["answer"], of, row["kind"], row["question"])
    return found.code if found else None


def examples(of: str, sort: str) -> list[tuple[str, str]]:
    return [(code, answer_id) for code, named in EXAMPLES[of].items() for answer_id in named[sort]]


@pytest.mark.parametrize(("code", "answer_id"), examples("change", "yes"))
def test_an_answer_with_this_fault_gets_this_change(code: str, answer_id: str) -> None:
    assert code_of(LABELLED[answer_id], "change") == code


@pytest.mark.parametrize(("code", "answer_id"), examples("change", "no"))
def test_an_answer_without_this_fault_does_not_get_this_change(code: str, answer_id: str) -> None:
    assert code_of(LABELLED[answer_id], "change") != code


@pytest.mark.parametrize(("code", "answer_id"), examples("strength", "yes"))
def test_an_answer_with_this_strength_is_praised_for_it(code: str, answer_id: str) -> None:
    assert code_of(LABELLED[answer_id], "strength") in {code, STANDS_OUT.code}


@pytest.mark.parametrize(("code", "answer_id"), examples("strength", "no"))
def test_an_answer_without_this_strength_is_not_praised_for_it(code: str, answer_id: str) -> None:
    assert code_of(LABELLED[answer_id], "strength") != code


def test_every_code_has_its_statement_and_content_comes_before_delivery() -> None:
    never_worth_saying = {"boast", "open_question", "own_words"}
    assert set(CHANGE_STATEMENTS) == set(ADVICE) - never_worth_saying
    assert set(PRAISE_STATEMENTS) == set(PRAISE)
    assert ORDER[: len(CHANGE_STATEMENTS)] == tuple(CHANGE_STATEMENTS)
    assert {"story", "length", "fillers", "pace"} <= set(ORDER[len(CHANGE_STATEMENTS) :])


def test_every_change_can_be_worded_and_has_a_starter_and_praise_has_none() -> None:
    for statement in STATEMENTS:
        assert wordings_of(statement)
        quoting = (*statement.wordings, *statement.with_best, *statement.best_only)
        assert all(re.findall(r"{(\w+)}", wording) for wording in quoting), statement.code
        assert not any("{" in wording for wording in statement.bare if "{prompt}" not in wording)
    assert all(statement.starter == "" for statement in PRAISE_STATEMENTS.values())
    assert all(statement.starter for statement in (*CHANGE_STATEMENTS.values(), *IN_THEIR_PLACE))
    for statement in CHANGE_STATEMENTS.values():
        assert {own.code for _, own in statement.by_kind} <= {statement.code}


@pytest.mark.parametrize("answer_id", ["a15-36", "a16-34"])
def test_who_blames_the_present_employer_is_asked_what_they_look_for_and_not_for_their_part(answer_id: str) -> None:
    row = LABELLED[answer_id]
    change = first(row["answer"], "change", row["kind"], row["question"])
    assert change is not None
    assert change.code == "blame"
    assert "looking for" in change.message
    assert "looking for" in change.starter


NEVER_AGAIN = (
    "occasion", "it stays open", "nothing was found", "nothing was heard", "was heard", "says what you did",
    "shows what came of it", "puts a figure on", "the speaker", "the answer ends", "leads to", "whom", "you should",
    "anew", "great job", "well done", "score",
)  # fmt: skip


def test_phrases_that_nobody_says_do_not_come_back() -> None:
    texts = [text for it in (*STATEMENTS, *QUESTIONS.values()) for text in (*wordings_of(it), it.starter)]
    assert [(phrase, text) for text in texts for phrase in NEVER_AGAIN if phrase in text.lower()] == []


@pytest.mark.parametrize("answer", ["", "Um.", "I don't know.", "..."])
def test_nothing_is_said_of_an_answer_that_cannot_be_judged(answer: str) -> None:
    assert findings(answer) == ()


def test_every_statement_plays_a_moment_and_quotes_whole_thoughts_of_its_own_answer() -> None:
    for row in ANSWERS[::2]:
        for finding in findings(row["answer"], row["kind"], row.get("question", "")):
            assert finding.spans
            quotes = {cleaned(span.text) for span in finding.spans}
            found = set(re.findall("“(.+?)”", finding.message)) - {row.get("question")}
            assert found <= quotes
            assert all(len(quote.split()) >= 4 for quote in found)


def test_harm_blame_and_empty_results_are_not_praised() -> None:
    for answer in (
        "In March I shouted at him in front of the whole ward because he was late and he went home crying.",
        "They were clueless in that office and typical management had no idea, so it was their fault that it failed.",
        "We did the whole project and it went really well and everybody was happy and it all worked out in the end.",
    ):
        praise = first(answer, "strength", prompt="Tell me about a time you dealt with a conflict.")
        assert praise is None, praise


def test_a_quote_has_no_stutter_filler_or_dangling_comma() -> None:
    assert cleaned("I, I withdrew it, um, on the Friday,") == "I withdrew it on the Friday"
    assert cleaned("it was very, very late") == "it was very, very late"
    assert cleaned("to, um, talk to them") == "to talk to them"


def test_content_comes_before_delivery() -> None:
    answer = say("I'm a very calm person and I always stay positive and communication is key. " * 4, seconds=20.0)
    measured = (
        Measurement("speech_rate", 320.0, (Span(0, 5, "I'm a very calm"),)),
        Measurement("answer_length", 20.0, (Span(15, 20, "communication is key."),)),
    )
    question = Question("q", "Tell me about a time you stayed calm.", "behavioral")
    attempt = process_text(
        answer.transcript.text, kind="behavioral", take_id="t", spoken_at=datetime(2025, 3, 14, tzinfo=UTC)
    )
    found = give_feedback(analysed(answer, *measured, story=attempt.story, question=question))
    changes = [one.topic for one in found if one.kind == "change"]
    assert changes[0] in ADVICE
    assert [topic for topic in changes if topic in METRICS] == ["answer_length", "speech_rate"]


def test_two_hundred_words_are_judged_in_little_time() -> None:
    text = " ".join(row["answer"] for row in ANSWERS[:6]).split()
    warm = process_text(
        " ".join(text[:150]), kind="behavioral", take_id="t", spoken_at=datetime(2025, 3, 14, tzinfo=UTC)
    )
    judge(warm.transcript, "behavioral", None)
    told = process_text(
        " ".join(text[:200]), kind="behavioral", take_id="t", spoken_at=datetime(2025, 3, 14, tzinfo=UTC)
    )
    begun = time.process_time()
    assert judge(told.transcript, "behavioral", None) is not None
    assert time.process_time() - begun < 0.15


def test_the_models_fit_into_a_megabyte() -> None:
    folder = Path(judge.__wrapped__.__code__.co_filename).parent
    assert sum(path.stat().st_size for path in folder.glob("*.npz")) <= 1_000_000


def test_the_end_of_a_short_answer_is_quoted_from_where_a_clause_begins_and_without_its_ums() -> None:
    answer = say("I led it. The crew were tired, and we rang the, um, ward and said thank you all.", seconds=9.0)
    length = METRICS["answer_length"]
    spans = length.locate(answer) if length.locate else ()
    found = give_feedback(analysed(answer, Measurement("answer_length", 9.0, spans), kind="behavioral"))
    (short,) = (one for one in found if one.topic == "answer_length")
    assert "You stopped at “we rang the ward and said thank you all”" in short.message
