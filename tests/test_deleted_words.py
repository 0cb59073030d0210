"""What a deleted answer said is gone everywhere at once, where follow-up questions quoted it too."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.cli import main
from rehearse.feedback.follow_up_statements import QUESTIONS
from rehearse.interview import Rounds, plan_mock
from rehearse.interview.transitions import follow_up_step, probes_of
from rehearse.language.words import unquoted
from rehearse.model import Attempt, Origin, Question
from rehearse.questions import shipped_questions
from rehearse.storage.history import History
from rehearse.storage.retention import delete_answer
from rehearse.storage.takes import Take, TakeStore
from tests import factories

WORD = "xylophones"
SITUATIONAL = Question("two-at-once", "What would you do if two patients needed you at the same moment?", "situational")


def told(
    take: Take, question: Question | None = factories.QUESTION, *, text: str, parent: str | None = None
) -> Attempt:
    """Analyse a take as if it had said a text."""
    return replace(factories.attempt(take.id, text=text, question=question), origin=Origin("browser", parent=parent))


def followed_up(store: TakeStore, history: History) -> tuple[str, Take]:
    """Keep an answer, and in a round a follow-up question that quotes it, answered twice and analysed again."""
    first = store.save(b"sound", suffix=".wav", question=SITUATIONAL, origin=Origin("browser"))
    vague = f"I always plan the {WORD} carefully, and in general I communicate well and I stay calm."
    history.add(told(first, SITUATIONAL, text=vague))
    answer = history.get(first.id)
    assert answer is not None
    [prompt] = probes_of(answer)
    assert WORD in prompt
    step = follow_up_step(answer, prompt, 20, 120)
    again = store.save(b"more", suffix=".wav", question=step.question, origin=Origin("browser", parent=first.id))
    for model in ("tiny.en", "base.en"):
        attempt = told(again, step.question, text="Because it was quick.", parent=first.id)
        history.add(replace(attempt, model=model), keep_replaced=True)
    history.describe(again.id, title="Why so quick")
    one = plan_mock(shipped_questions(), 5)
    Rounds(history.documents).save(replace(one, steps=(replace(step, takes=(again.id,)), *one.steps)))
    return first.id, again


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_deleted_answers_words_go_out_of_the_follow_up_question_in_every_file(
    tmp_path: Path, store: TakeStore, history: History
) -> None:
    first, again = followed_up(store, history)
    delete_answer(store, history, first)
    assert WORD.encode() not in files(tmp_path)
    kept, notes = history.get(again.id), store.get(again.id)
    assert kept is not None
    assert kept.question is not None
    assert notes is not None
    assert kept.question.prompt.endswith("?")
    assert notes.question == kept.question
    assert kept.transcript.text == "Because it was quick."
    assert len(history.earlier(again.id)) == 1
    assert history.about(again.id).title == "Why so quick"
    assert not history.summaries(text=WORD)
    assert len(history.summaries(text="quick")) == 1


def test_no_follow_up_question_keeps_its_quote_when_the_answer_goes() -> None:
    quote = f"he called the {WORD} “loud”. I agreed"
    for statement in QUESTIONS.values():
        for wording in (*statement.wordings, *statement.bare):
            left = unquoted(wording.format(quote=quote, prompt="Why us?"))
            assert not {"“", "”"} & set(left), wording
            assert left[0].isupper(), wording
            assert left.endswith("?"), wording


@pytest.mark.parametrize(
    "opening", ["When you say “{quote}”, ", "Say you do that: “{quote}”. ", "“{quote}”: "], ids=["when", "say", "colon"]
)
def test_a_question_as_it_was_worded_in_an_older_history_loses_its_quote_too(opening: str) -> None:
    quote = f"he called the {WORD} “loud”. I agreed"
    assert unquoted(f"{opening.format(quote=quote)}what would that cost?") == "What would that cost?"


def test_the_command_deletes_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))
    first, _ = followed_up(TakeStore(tmp_path / "takes"), History(tmp_path / "history.db"))
    assert main(["history", "delete", first, "--yes"]) == 0
    assert WORD.encode() not in files(tmp_path)


def test_an_analysis_that_ends_after_its_first_answer_was_deleted_brings_no_word_of_it_back(
    store: TakeStore, history: History
) -> None:
    first, again = followed_up(store, history)
    running = history.get(again.id)
    assert running is not None
    delete_answer(store, history, first)
    history.add(running)
    with closing(sqlite3.connect(history.path)) as connection:
        assert WORD not in "\n".join(connection.iterdump())


def test_a_follow_up_question_of_the_persons_own_words_stays_as_it_is(store: TakeStore, history: History) -> None:
    first = store.save(b"sound", suffix=".wav", origin=Origin("browser"))
    history.add(told(first, text="I led the move."))
    asked = Question("a~probe-1", "What would you do differently?", "behavioral", parent_id="a", is_probe=True)
    again = store.save(b"more", suffix=".wav", question=asked, origin=Origin("browser", parent=first.id))
    history.add(told(again, asked, text="Nothing.", parent=first.id))
    delete_answer(store, history, first.id)
    kept = history.get(again.id)
    assert kept is not None
    assert kept.question == asked
