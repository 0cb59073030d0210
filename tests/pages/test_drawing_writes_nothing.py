"""To look at a page changes nothing on the disk, whatever stands in its address."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rehearse import interview
from rehearse.model import Origin
from rehearse.pages.shared import routes
from rehearse.pages.shared import services as shared_parts
from rehearse.pages.shared.services import services
from rehearse.pages.shared.text import plain
from rehearse.preparation.debrief import Asked, Conversation, Debrief
from rehearse.preparation.interview import Interview, Person
from rehearse.preparation.preparation import Job, Resume
from rehearse.preparation.research import Notes
from rehearse.preparation.stories import competencies
from rehearse.questions import shipped_questions
from rehearse.storage.takes import Take
from rehearse.story import load
from tests import factories
from tests.documents import RESUME
from tests.pages.driving import HOSTILE, open_app, open_home, shown, spoken, taken, wav
from tests.pages.interviewing import QUICK, analysed, kept
from tests.pages.preparing import keep, open_part
from tests.playing import case

PARTS = ("Plan", "Research", "CV", "Job", "Stories", "Set-up", "After")
PAGES = tuple(value for name, value in vars(routes).items() if name.isupper() and name[0] != "_")
LONG = "9" * 5000


def snapshot(data: Path) -> dict[str, tuple[int, str]]:
    """Give time and content of each file, the history's too: it keeps a journal only while it is written."""
    files = [path for path in data.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(data)): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in files
    }


def recorded(one: interview.Round, place: int = 0) -> Take:
    step = one.steps[place]
    origin = Origin("upload", parent=step.parent, round=one.id)
    return services().store.save(wav(), suffix=".wav", question=step.question, origin=origin)


def follow_up_round(*, left: bool = False) -> interview.Round:
    """Begin a round of two follow-up questions of which one is answered; with ``left``, the second is not yet known."""
    shared = services()
    parent = shared.history.get(taken(shared))
    assert parent is not None
    one = replace(interview.plan_follow_up(parent, 1), probes=1)
    take = recorded(one)
    asked = replace(one.steps[0].question, probes=("What came of it?",))
    answer = replace(factories.attempt(take.id, question=asked), origin=take.origin)
    shared.history.add(answer)
    one = interview.adopt(one, [take])
    kept().save(one if left else interview.finish(one))
    return one


def populate(data: Path) -> dict[str, str]:
    """Fill the folder with some of everything, a round that was cut short and recordings without feedback included."""
    load()
    shared = services()
    (data / "question_sets").mkdir()
    (data / "question_sets" / "mine.toml").write_text('[[questions]]\nprompt = "Mine?"\n')
    (data / "question_sets" / "from-my-research.toml").write_text('[[questions]]\nprompt = "My own file?"\n')
    (data / "question_sets" / "broken.toml").write_text("oh no")
    keep(
        Interview(factories.SPOKEN_AT.date(), company="Northside", people=(Person("Ann Lee", "CFO", "cost"),)),
        Notes("Patients first", "Opened a second ward"),
        Resume(RESUME, "resume.pdf"),
        Job("You plan the rota.\nYou keep the budget."),
        Debrief((Asked("Why us?", went_badly=True),)),
        Conversation("night cover"),
    )
    take = spoken().id
    spoken(SAID_AGAIN)
    shared.store.save(wav(), suffix=".wav", question=factories.QUESTION, origin=Origin("browser"))
    orphaned = interview.plan_panel(shipped_questions(), 3)
    kept().save(orphaned)
    recorded(orphaned)
    over = interview.plan_panel(shipped_questions(), 3)
    unheard = recorded(over)
    kept().save(interview.finish(interview.adopt(over, [unheard])))
    kept().save(interview.plan_case(case(), 2))
    return {"take": take, "orphaned": orphaned.id, "over": over.id, "deeper": follow_up_round(left=True).id}


SAID_AGAIN = "Last spring I led the move to the new ward, and the waiting list fell by half."


def draw(at: AppTest, page: str, /, **query: str) -> AppTest:
    at.query_params.clear()
    for key, value in query.items():
        at.query_params[key] = value
    at.switch_page(page).run()
    assert not at.exception
    return at.run()


@pytest.mark.usefixtures("analysis")
def test_every_page_can_be_looked_at_as_often_as_one_likes_and_no_file_changes(data: Path) -> None:
    ids = populate(data)
    open_app()
    before = snapshot(data)
    assert len(before) > 10
    at = open_app()
    for _ in range(2):
        for page in PAGES:
            draw(at, page)
        for part in PARTS:
            draw(open_app(), routes.PREPARE, part=part)
        for name in ("orphaned", "over", "deeper"):
            draw(at, routes.INTERVIEW, round=ids[name])
        draw(at, routes.FEEDBACK, take=ids["take"])
        draw(at, routes.COMPARE, take=ids["take"])
        draw(at, routes.PRACTICE, again=ids["take"])
        assert services().worker.pending() == ()
        assert snapshot(data) == before


@pytest.mark.usefixtures("analysis")
def test_what_a_killed_program_left_of_its_rounds_is_put_in_order_when_it_starts_again(data: Path) -> None:
    ids = populate(data)
    shared_parts._services.clear()
    analysed(open_app())
    orphaned, over, deeper = (kept().get(ids[name]) for name in ("orphaned", "over", "deeper"))
    assert orphaned is not None
    assert over is not None
    assert deeper is not None
    assert {*orphaned.takes, *over.takes} <= services().history.ids()
    assert len(orphaned.takes) == len(over.takes) == 1
    assert deeper.position == 1


def test_a_follow_up_round_asks_on_by_itself_and_keeps_that_with_the_next_move() -> None:
    one = follow_up_round(left=True)
    at = draw(open_app(), routes.INTERVIEW, round=one.id, **QUICK)
    assert "question 2 of 2 comes next" in shown(at).replace("\\", "").lower()
    assert kept().get(one.id) == one
    at.button(key="resume").click().run()
    assert at.title[0].value == plain("What came of it?")
    at.button(key="leave").click().run()
    found = kept().get(one.id)
    assert found is not None
    assert found.position == 1
    assert "question 2 of 2 comes next" in shown(at).replace("\\", "").lower()


STALE = [
    (page, {name: value})
    for page, names in {
        routes.PRACTICE: ("question", "after", "again", "parent"),
        routes.FEEDBACK: ("take",),
        routes.COMPARE: ("take",),
        routes.INTERVIEW: ("round", "mode", "follow", "think", "answer"),
        routes.PREPARE: ("part",),
        routes.LIBRARY: ("take", "page"),
        routes.PROGRESS: ("take",),
        routes.SETTINGS: ("take",),
        routes.YOUR_DATA: ("take",),
    }.items()
    for name in names
    for value in ("", "deleted-question~probe-1", "~", "../../etc/passwd", HOSTILE, "\0", LONG, "-1", "²", "٣")
]


@pytest.mark.parametrize("page", sorted({page for page, _ in STALE}), ids=lambda page: Path(page).stem)
def test_a_stale_or_hostile_address_gives_a_sentence_or_the_page_and_never_a_traceback(page: str) -> None:
    load()
    spoken()
    spoken(SAID_AGAIN)
    for _, query in (one for one in STALE if one[0] == page):
        at = draw(open_home(), page, **query)
        assert at.title or at.error, query
        assert "<img" not in shown(at).replace("\\<", ""), query


@pytest.mark.parametrize("probe", ["", "-1", "7", "²", "٣", LONG, "0x0", HOSTILE])
def test_a_follow_up_question_that_is_not_there_leads_to_the_questions_of_the_sets(probe: str) -> None:
    attempt = spoken()
    at = draw(open_app(), routes.PRACTICE, parent=attempt.id, probe=probe)
    assert not at.error
    assert at.selectbox[0].label == "Question set"


@pytest.mark.parametrize("key", ["question", "after"])
def test_a_question_that_was_deleted_from_a_set_is_said_and_the_next_look_shows_another(data: Path, key: str) -> None:
    (data / "question_sets").mkdir()
    path = data / "question_sets" / "mine.toml"
    path.write_text('[[questions]]\nid = "mine"\nprompt = "Mine?"\n')
    at = open_app()
    at.query_params[key] = "mine"
    at.switch_page(routes.PRACTICE).run()
    assert not at.error
    path.unlink()
    at.run()
    assert not at.exception
    assert at.title[0].value != "Mine?"
    at.query_params[key] = "mine"
    at.run()
    assert "there is no question 'mine'" in shown(at).replace("\\", "")
    assert at.run().title


def test_a_competency_whose_only_question_was_deleted_is_asked_for_no_more(data: Path) -> None:
    (data / "question_sets").mkdir()
    path = data / "question_sets" / "mine.toml"
    path.write_text('[[questions]]\nprompt = "Mine?"\ncompetency = "juggling"\n')
    spoken()
    assert "Juggling" in [link.proto.label for link in open_part("Stories").get("page_link")]
    path.unlink()
    left = [link.proto.label.lower() for link in open_part("Stories").get("page_link")]
    assert "juggling" not in left
    assert set(competencies(shipped_questions())) & set(left)


def test_a_plan_without_any_question_of_a_kind_still_leads_to_practice(monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_part("Plan")
    shared = services()
    library = shared.questions.read()
    fewer = replace(library, sets=tuple(one for one in library.sets if one.id != "technical"))
    monkeypatch.setattr(type(shared.questions), "read", lambda _: fewer)
    at.button(key="open_technical").click().run()
    assert not at.exception
    assert at.title
