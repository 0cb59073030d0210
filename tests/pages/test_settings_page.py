from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rehearse import weights
from rehearse.app.settings import Settings, read_settings, write_settings
from rehearse.events.markers import MARKERS
from rehearse.metrics import DELIVERY
from rehearse.model import Story
from rehearse.pages.shared import routes
from rehearse.storage.history import Documents, History
from tests import factories
from tests.pages.driving import open_page, shown


@pytest.fixture
def history(data: Path) -> History:
    return History(data / "history.db")


@pytest.fixture(autouse=True)
def _two_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "is_present", lambda name: name in ("tiny.en", "base", weights.PARSER))


def kept(history: History) -> Settings:
    return read_settings(history.documents)


def opened() -> AppTest:
    return open_page(routes.SETTINGS)


def test_everything_counts_and_is_judged_until_something_is_chosen() -> None:
    at = opened()
    assert at.multiselect[0].value == list(MARKERS)
    assert [toggle.value for toggle in at.toggle] == [*[True] * len(DELIVERY), False]
    assert at.toggle[len(DELIVERY)].key == "length_cue"
    assert at.radio(key="reader").value == "interviewer"
    assert at.selectbox(key="model").value == "tiny.en"
    assert not [button for button in at.button if button.key == "recount"], "there is no earlier answer yet"


def test_words_are_added_and_taken_away_and_a_wrong_one_is_refused(history: History) -> None:
    at = opened()
    at.multiselect[0].set_value([name for name in MARKERS if name != "so"] + ["Innit?"]).run()
    assert (kept(history).added, kept(history).removed) == (("innit",), ("so",))
    assert at.multiselect[0].value == [*(name for name in MARKERS if name != "so"), "innit"]
    at.multiselect[0].set_value([*at.multiselect[0].value, "um"]).run()
    assert "counted already, among the filled pauses" in at.error[0].value.replace("\\", "")
    assert kept(history).added == ("innit",)
    assert "um" not in at.multiselect[0].value
    assert not at.exception


def test_earlier_answers_are_counted_again_when_asked(history: History) -> None:
    history.add(factories.attempt(text="It was late, innit, and we left."))
    at = opened()
    assert "Your answer is counted with these words." in shown(at)
    at.multiselect[0].set_value([*MARKERS, "innit"]).run()
    before = history.get("take-1")
    assert before is not None
    assert before.fillers == ()
    at.button(key="recount").click().run()
    assert at.success[0].value == "Counted again: 1 of 1 answers changed."
    after = history.get("take-1")
    assert after is not None
    assert [filler.text for filler in after.fillers] == ["innit"]
    assert not offered(at), "nothing is left to count again"
    at.multiselect[0].set_value([*MARKERS]).run()
    assert offered(at)
    assert offered(opened())


def test_words_chosen_before_the_first_answer_leave_nothing_to_count_again(history: History) -> None:
    opened().multiselect[0].set_value([*MARKERS, "innit"]).run()
    history.add(factories.attempt(text="It was late, innit, and we left."))
    assert not offered(opened())


def offered(at: AppTest) -> bool:
    return "recount" in [button.key for button in at.button]


def test_what_is_switched_off_is_no_longer_judged_and_can_be_again(history: History) -> None:
    at = opened()
    at.toggle(key="judge_pace").set_value(False).run()
    at.toggle(key="judge_fillers").set_value(False).run()
    assert kept(history).unjudged == {"pace", "fillers"}
    at.toggle(key="judge_pace").set_value(True).run()
    assert kept(history).unjudged == {"fillers"}
    assert opened().toggle(key="judge_fillers").value is False


def test_a_tab_left_open_takes_nothing_back_that_another_one_chose(history: History) -> None:
    left_open = opened()
    write_settings(history.documents, Settings(("innit",), unjudged=frozenset({"pace"})))
    left_open.toggle(key="judge_voice").set_value(False).run()
    assert kept(history) == Settings(("innit",), unjudged=frozenset({"pace", "voice"}))
    assert left_open.toggle(key="judge_pace").value is False
    assert "innit" in left_open.multiselect[0].value


def test_what_cannot_be_kept_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        message = "the disk is full"
        raise OSError(message)

    at = opened()
    monkeypatch.setattr(Documents, "put", full)
    at.radio(key="reader").set_value("nobody").run()
    assert at.error[0].value == "the disk is full"
    assert at.radio(key="reader").value == "interviewer"
    assert not at.exception


def test_the_voice_can_be_another_or_off_and_another_model_can_listen(history: History) -> None:
    at = opened()
    at.radio(key="reader").set_value("browser").run()
    assert kept(history) == Settings(reader="browser")
    at.radio(key="reader").set_value("nobody").run()
    assert kept(history).speak is False
    assert [option.partition(",")[0] for option in at.selectbox(key="model").options] == ["tiny.en", "base"]
    at.selectbox(key="model").set_value("base").run()
    assert kept(history).model == "base"
    at.selectbox(key="model").set_value("tiny.en").run()
    assert kept(history).model is None


def test_a_chosen_model_that_is_gone_is_named_with_the_way_to_get_it(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.documents.put("settings", "person", {"model": "base"})
    monkeypatch.setattr(weights, "is_present", lambda name: name == "tiny.en")
    at = opened()
    assert "rehearse models fetch base" in at.warning[0].value
    assert at.selectbox(key="model").value == "base"


def test_what_is_switched_off_has_no_band_on_any_page_and_says_why(history: History) -> None:
    history.add(factories.attempt(text="I led the team " * 20, values={"speech_rate": 300.0}, story=Story(None)))
    before = seen(routes.PROGRESS), seen(routes.FEEDBACK)
    assert "Comfortable: 100\N{EN DASH}190 words/min." in before[0]
    assert "not judged, as you chose" not in before[1]
    assert "words a minute" in before[1]
    write_settings(history.documents, Settings(unjudged=frozenset({"pace"})))
    after = seen(routes.PROGRESS), seen(routes.FEEDBACK)
    assert "Comfortable: 100\N{EN DASH}190 words/min." not in after[0]
    assert "not judged, as you chose" in after[1]
    assert "words a minute" not in after[1]


def seen(page: str) -> str:
    at = open_page(page)
    deltas = [str(metric.delta) for metric in at.metric]
    return "\n".join([shown(at), *deltas]).replace("\\", "")
