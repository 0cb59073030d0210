"""The library: finding an answer, writing about it, having it heard again, and letting it go."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rehearse import pipeline
from rehearse.model import Attempt, Origin, Recording
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from rehearse.storage.history import About, Entry, History
from rehearse.storage.retention import keep_sound
from rehearse.storage.takes import TakeStore
from tests import factories
from tests.pages.driving import HOSTILE, open_page, shown, taken, wav
from tests.waiting import until

OTHER = replace(factories.QUESTION, id="new-market", prompt="How would you enter a market?", kind="case")


def listed(at: AppTest) -> set[str]:
    return {str(button.key).removeprefix("open_") for button in at.button if str(button.key).startswith("open_")}


def press(at: AppTest, key: str, *, dialog: str) -> AppTest:
    """Press a button inside a dialog; AppTest reruns the whole page, so the dialog's own button is pressed with it."""
    at.button(key=key).click()
    at.button(key=dialog).click().run()
    assert not at.exception
    return at


def test_a_search_shows_the_answers_with_these_words() -> None:
    ward, other = taken(services()), taken(services(), text="Something else entirely.")
    at = open_page(routes.LIBRARY)
    assert listed(at) == {ward, other}
    at.text_input(key="search").input("waiting list").run()
    assert listed(at) == {ward}
    assert "to the new ward and the waiting list fell by a third" in shown(at)
    at.text_input(key="search").input("xylophone").run()
    assert "No answer matches" in shown(at)


def test_filters_narrow_the_list_and_can_be_cleared() -> None:
    shared = services()
    plain, case = taken(shared), taken(shared, question=OTHER)
    shared.history.describe(plain, tags=("ward",))
    at = open_page(routes.LIBRARY)
    at.selectbox(key="filter_kind").select("case").run()
    assert listed(at) == {case}
    at.selectbox(key="filter_kind").set_value(None).run()
    at.selectbox(key="filter_tag").select("ward").run()
    assert listed(at) == {plain}
    at.date_input(key="filter_since").set_value(factories.SPOKEN_AT.date() + timedelta(days=2)).run()
    assert listed(at) == set()
    next(button for button in at.button if button.label == "Clear filters").click().run()
    assert listed(at) == {plain, case}


@pytest.mark.parametrize(
    ("kind", "competency", "said"),
    [
        ("behavioral", "ownership", "Behavioural · ownership"),
        ("motivation", "motivation", "Motivation"),
        ("own_question", "setting priorities", "Own question"),
    ],
)
def test_a_competency_is_named_where_it_says_more_than_the_kind(kind: str, competency: str, said: str) -> None:
    question = replace(factories.QUESTION, kind=kind, competency=competency)
    services().history.add(factories.attempt("take-1", question=question))
    assert f" · {said} · without its recording" in shown(open_page(routes.LIBRARY)).replace("\\", "")


def test_dates_are_days_of_this_computer() -> None:
    taken(services())
    at = open_page(routes.LIBRARY)
    day: date = factories.SPOKEN_AT.astimezone().date()
    at.date_input(key="filter_since").set_value(day).run()
    at.date_input(key="filter_until").set_value(day).run()
    assert len(listed(at)) == 1


def test_what_is_written_about_an_answer_is_shown_as_text() -> None:
    take_id = taken(services())
    at = open_page(routes.LIBRARY)
    at.button(key=f"edit_{take_id}").click().run()
    at.text_input(key="about_title").input(HOSTILE)
    at.text_area(key="about_note").input("Shorter.")
    at.checkbox(key="about_told").check()
    press(at, "about_save", dialog=f"edit_{take_id}")
    assert services().history.about(take_id) == About(HOSTILE, "Shorter.", told_before=True)
    services().history.describe(take_id, tags=(HOSTILE[:40],), rating=4)
    at.run()
    assert "you rated it 4 of 5" in shown(at)
    assert "<img" not in shown(at).replace("\\<", "")


def test_an_answer_is_heard_again_and_the_numbers_before_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    def process(recording: Recording, *, take_id: str, transcriber: str, **_: Any) -> Attempt:
        return factories.attempt(take_id, duration=recording.duration, model=transcriber)

    monkeypatch.setattr(pipeline, "process", process)
    monkeypatch.setattr("rehearse.transcription.whisper", lambda model: model)
    monkeypatch.setattr("rehearse.weights.resolve", lambda _: Path())
    take_id = taken(services())
    at = open_page(routes.LIBRARY)
    at.button(key=f"edit_{take_id}").click().run()
    at.selectbox(key="again_model").select("base.en")
    press(at, "again", dialog=f"edit_{take_id}")
    until(lambda: not services().worker.pending())
    assert services().history.get(take_id) == replace(factories.attempt(take_id, duration=1.0), model="base.en")
    at.button(key=f"edit_{take_id}").click().run()
    assert "Transcribed by **base\\.en**" in shown(at)
    assert at.dataframe[0].value["Model"].tolist() == ["tiny.en"]


def test_a_model_that_is_not_here_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "none"))
    take_id = taken(services())
    at = open_page(routes.LIBRARY)
    at.button(key=f"edit_{take_id}").click().run()
    press(at, "again", dialog=f"edit_{take_id}")
    assert "rehearse models fetch" in at.error[0].value.replace("\\", "")
    assert services().worker.pending() == ()


def test_the_sound_alone_can_go() -> None:
    take_id = taken(services())
    at = open_page(routes.LIBRARY)
    at.button(key=f"delete_{take_id}").click().run()
    at.button(key="delete_sound").click().run()
    assert services().store.ids() == ()
    assert services().history.get(take_id) is not None
    assert "without its recording" in shown(at)
    at.button(key=f"edit_{take_id}").click().run()
    assert "cannot be analysed again" in shown(at)


def test_the_rule_for_old_sound_says_what_went_when_the_program_starts(data: Path) -> None:
    store, history = TakeStore(data / "takes"), History(data / "history.db")
    take = store.save(wav(), suffix=".wav", question=factories.QUESTION, origin=Origin("browser"))
    history.add(factories.attempt(take.id))
    keep_sound(history.documents, 30)
    at = open_page(routes.LIBRARY)
    assert "Rehearse deleted 1 recording" in at.info[0].value
    assert (store.ids(), history.ids()) == ((), {take.id})


def test_the_library_of_two_thousand_answers_shows_quickly() -> None:
    shared, kept = services(), factories.attempt()
    entries = (Entry(replace(kept, id=f"20250314T092653000Z-{number:08x}")) for number in range(2000))
    with shared.history.restoring(entries, []):
        pass
    at = open_page(routes.LIBRARY)
    started = time.process_time()
    at.text_input(key="search").input("waiting").run()
    assert time.process_time() - started < 2
    assert "2000 answers with feedback" in shown(at)
    assert len(listed(at)) == 20


@pytest.mark.parametrize("text", [HOSTILE * 200, "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe " * 500, "x" * 10_000])
def test_a_question_without_end_is_shown_in_short_and_as_text(text: str) -> None:
    endless = replace(factories.QUESTION, prompt=text)
    taken(services(), question=endless)
    services().store.save(wav(), suffix=".wav", question=endless, origin=Origin("browser"), name=text)
    at = open_page(routes.LIBRARY)
    assert max(len(element.value.replace("\\", "")) for element in at.markdown) < 400
    assert "<img" not in shown(at).replace("\\<", "")
