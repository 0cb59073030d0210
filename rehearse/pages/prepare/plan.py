"""The plan: time left until the interview, steps that are due, and details of the interview."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from rehearse.pages.prepare.desk import PART, Desk, field, renew, widget
from rehearse.pages.shared import confirm, routes
from rehearse.pages.shared.text import DAY_FIELD, plain
from rehearse.preparation.interview import Interview, people_from, people_text
from rehearse.preparation.plan import Step, countdown, is_over, plan
from rehearse.preparation.preparation import Preparation, facts, start_over

_VENUES = {"room": "In a room", "video": "By video"}


def show(desk: Desk) -> None:
    """Show the part."""
    prepared, today = desk.prepared, dt.datetime.now().astimezone().date()
    st.header(countdown(prepared.interview, today), anchor=False)
    with st.expander("The interview", expanded=prepared.interview.date is None, key="interview_facts"):
        _interview(desk, today)
    counted = facts(prepared, desk.spoken, desk.stories(), desk.shared.history.get)
    steps = plan(prepared.interview, counted, today, prepared.ticks.ids)
    answered = {answer.question_id for answer in desk.spoken}
    due = [step for step in steps if step.state == "due"]
    later = [step for step in steps if step.state in ("later", "open")]
    if due:
        st.subheader("Due now", anchor=False)
        _group(desk, due, answered, key="steps_due")
    if later:
        st.subheader("Then" if due else "Next", anchor=False)
        _group(desk, later, answered, key="steps_later")
    done = [step for step in steps if step.state == "done"]
    if done:
        with st.expander(f"Done: {len(done)} of {len(steps)}", key="steps_done"):
            for step in done:
                _tick(desk, step)
    missed = [step for step in steps if step.state == "missed"]
    if missed:
        with st.expander(f"Not done before the interview: {len(missed)}", key="steps_missed"):
            for step in missed:
                _tick(desk, step)
    _another(desk, over=is_over(prepared.interview, today))


def _interview(desk: Desk, today: dt.date) -> None:
    interview = desk.prepared.interview

    date, venue = widget("interview_date"), widget("interview_place")

    def date_changed() -> None:
        desk.change("interview", date=st.session_state[date], planned_on=today)

    def venue_changed() -> None:
        desk.change("interview", venue=st.session_state[venue])

    st.date_input("Date", interview.date, key=date, on_change=date_changed, format=DAY_FIELD)
    field("Company", interview.company, lambda text: desk.change("interview", company=text), key="company")
    field("Role you apply for", interview.role, lambda text: desk.change("interview", role=text), key="role")
    st.segmented_control(
        "Where",
        list(_VENUES),
        default=interview.venue,
        format_func=_VENUES.__getitem__,
        key=venue,
        on_change=venue_changed,
    )
    field(
        "Who will be there, one per line: name, role: what they want to be sure of",
        people_text(interview.people),
        lambda text: desk.change("interview", people=people_from(text)),
        key="people",
        lines=4,
        hint="Ann Lee, finance director: what agency staff cost",
    )
    st.caption("Saved on this computer as soon as you leave a field.")


def _group(desk: Desk, steps: list[Step], answered: set[str | None], *, key: str) -> None:
    with st.container(border=True, key=key):
        for step in steps:
            with st.container(horizontal=True, vertical_alignment="center", key=f"step_{step.id}"):
                _tick(desk, step)
                status = " · ".join(filter(None, (_day(step, desk.prepared.interview), step.progress)))
                if status:
                    st.caption(plain(status), width="content")
                _link(desk, step, answered)


def _day(step: Step, interview: Interview) -> str:
    if step.due is None:
        return ""
    late = step.state == "due" and interview.date and step.due < dt.datetime.now().astimezone().date()
    return f"{'since' if late else 'by'} {step.due:%a %d %b %Y}"


def _tick(desk: Desk, step: Step) -> None:
    done = step.state == "done"
    # A done step gets another widget, so that a change made elsewhere shows instead of the old value.
    key = f"{'done' if done else 'tick'}_{step.id}"

    def ticked() -> None:
        desk.tick(step.id, on=st.session_state[key])

    st.checkbox(
        plain(step.text),
        done,
        key=key,
        on_change=ticked,
        disabled=done and not step.by_hand,
        width="stretch",
        wrap=True,
        help="Ticked automatically, from what you have done." if done and not step.by_hand else None,
    )


def _link(desk: Desk, step: Step, answered: set[str | None]) -> None:
    """Show a button that leads to where a step is done."""
    if step.part is not None:
        _button(step, "Open", "arrow_forward", on_click=_go, args=(step.part,))
    elif step.id in ("panel", "round"):
        if _button(step, "Begin", "groups"):
            st.switch_page(routes.INTERVIEW, query_params={"mode": "panel" if step.id == "panel" else "mock"})
    elif _button(step, "Practise", "mic"):
        st.switch_page(routes.PRACTICE, query_params=_next_question(desk, step.id, answered))


def _button(step: Step, label: str, icon: str, **clicked: Any) -> bool:
    return st.button(label, key=f"open_{step.id}", type="tertiary", icon=f":material/{icon}:", **clicked)


def _go(part: str) -> None:
    st.session_state[PART] = part


def _next_question(desk: Desk, kind: str, answered: set[str | None]) -> dict[str, str]:
    """Return query parameters for the first unanswered question of a kind, else its first; empty if there is none."""
    known = [question.id for question in desk.library.questions if question.kind == kind]
    chosen = next((name for name in known if name not in answered), known[0] if known else None)
    return {"question": chosen} if chosen else {}


def _another(desk: Desk, *, over: bool) -> None:
    if desk.prepared == Preparation(resume=desk.prepared.resume):
        return
    if st.button("Prepare for another interview", key="start_over", type="secondary" if over else "tertiary"):
        _start_over_dialog(desk)


@st.dialog("Prepare for another interview?")
def _start_over_dialog(desk: Desk) -> None:
    st.write(
        "Interview, research, job description, ticks, debrief and thank-you note are removed from this computer. "
        "Your CV, your answers and their feedback stay."
    )
    confirm.buttons("Remove them", "Keep them", _start_over, desk, key="start_over")


def _start_over(desk: Desk) -> None:
    start_over(desk.shared.history.documents)
    renew("interview_date", "company", "role", "interview_place", "people")
