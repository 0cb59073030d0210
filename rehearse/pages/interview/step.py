"""One question of a running round: it is read, thought about, answered, and the next one comes."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from rehearse import interview
from rehearse.interview import Round, Rounds, Step, member_named, mode_named
from rehearse.model import Origin
from rehearse.pages.components.interviewer import interviewer
from rehearse.pages.interview import setup
from rehearse.pages.interview.round_state import analysed, current
from rehearse.pages.practice import recording
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import clock, plain
from rehearse.storage.takes import Take

MILESTONES = ("Structure", "Numbers", "Recommendation")
"""What an answer to a case comes to, in this order."""
_PATH = (
    "One way through your answer: how you split the problem, the figures, what you would do; a third of the time each."
)


def show(shared: Services, kept: Rounds, one: Round) -> None:
    """Show the question that is due."""
    step, place = one.current, one.position
    if step is None or place is None:
        return
    _heading(one, step, place)
    if step.part == "clarify":
        _clarify(shared, kept, one, step)
    else:
        _answer(shared, kept, one, step)
    _actions(shared, kept, one, step)


def _heading(one: Round, step: Step, place: int) -> None:
    mode = mode_named(one.mode)
    to_come = one.probes if one.mode == "follow_up" else 0
    st.progress(place / (len(one.steps) + to_come), f"{mode.title}: {setup.numbered(one, step)}")
    what = "" if member_named(step.asker) else _part(one, step, place)  # the panel's questions say who asks
    st.caption(plain(" · ".join(tag for tag in (what, *_limits(step)) if tag)))
    prompt = one.steps[1].question.prompt if step.part == "clarify" else step.question.prompt
    st.title(plain(prompt), anchor=False)


def _limits(step: Step) -> tuple[str, ...]:
    if step.part == "clarify":
        return (f"up to {clock(step.limit_seconds)} for each",)
    return (
        f"{clock(step.think_seconds)} to think" if step.think_seconds else "",
        f"{clock(step.limit_seconds)} to answer",
    )


def _part(one: Round, step: Step, place: int) -> str:
    if one.mode == "case":
        begun = ("Your questions first", "Your answer")
        return begun[place] if place < len(begun) else "A new fact"
    return "A follow-up question" if step.parent else ""


def _answer(shared: Services, kept: Rounds, one: Round, step: Step) -> None:
    guide = st.container()
    is_case_answer = one.mode == "case" and one.position == 1
    if one.mode == "case":
        _known(shared, one)
        _notes(shared, kept, one, step)
    source = _record(shared, kept, one, step)
    with guide:
        interviewer(
            f"{one.id}_{one.position}",
            "" if is_case_answer else step.question.prompt,
            source=source,
            think_seconds=step.think_seconds,
            limit_seconds=step.limit_seconds,
            aloud=one.aloud,
            early=one.mode != "one_way",
            free="Choose the recording of your answer below.",
            marks=MILESTONES if is_case_answer else (),
        )
        if is_case_answer:
            st.caption(_PATH)


def _record(shared: Services, kept: Rounds, one: Round, step: Step) -> str:
    slot = recording.Slot(
        step.question,
        Origin(parent=step.parent, round=one.id),
        step.limit_seconds,
        lambda take: _keep(shared, kept, one, take),
        "Your question" if step.part == "clarify" else "Your answer",
    )
    return recording.record(shared, slot)


def _keep(shared: Services, kept: Rounds, one: Round, take: Take) -> None:
    """Put a recording in its place and let it be analysed while the round goes on."""
    if take.origin.round != one.id:  # begun on another page with this computer's microphone
        recording.remember(take)
        return
    changed = interview.adopt(current(shared, kept, one), [take])
    shared.worker.submit(take)
    kept.save(interview.probe(changed, analysed(shared, changed)) if changed.position is not None else changed)


def _clarify(shared: Services, kept: Rounds, one: Round, step: Step) -> None:
    guide = st.container()
    st.markdown(f"**{plain(step.question.prompt)}** Record a question, or write it.")
    pending = any(_is_pending(shared, take) for take in step.takes)
    st.fragment(_replies, run_every=0.5 if pending else None)(shared, one, step)
    _write_question(shared, kept, one)
    source = _record(shared, kept, one, step)
    st.button("Go on to the answer", type="primary", key="go_on", on_click=_go_on, args=(shared, kept, one))
    with guide:
        interviewer(
            f"{one.id}_{one.position}_{len(step.takes)}",
            one.steps[1].question.prompt,
            source=source,
            think_seconds=0,
            limit_seconds=step.limit_seconds,
            aloud=one.aloud and not step.asked,
            auto=False,
            free="Your turn: ask. Press Record, or write; ask as often as you like.",
        )


def _write_question(shared: Services, kept: Rounds, one: Round) -> None:
    with st.form("asking", clear_on_submit=True, border=False), st.container(horizontal=True):
        written = st.text_input("Your question", key="asked", label_visibility="collapsed", placeholder="Your question")
        if st.form_submit_button("Ask"):
            kept.save(interview.ask(current(shared, kept, one), written))
            st.rerun()


def _is_pending(shared: Services, take: str) -> bool:
    job = shared.worker.status(take)
    return job is not None and job.pending


def _replies(shared: Services, one: Round, step: Step) -> None:
    """Tell what the interviewer answers to each question; a spoken one is understood a moment later."""
    facts = interview.facts_of(step.question.root_id)
    waiting = any(_is_pending(shared, take) for take in step.takes)
    for asked in interview.clarifying_questions(step, analysed(shared, one)):
        told = interview.replies([asked], facts)
        with st.chat_message("user", avatar=":material/person:"):
            st.markdown(plain(asked) or "(nothing was understood)")
        with st.chat_message("assistant", avatar=":material/business_center:"):
            st.markdown(" ".join(plain(fact.says) for fact in told) or _UNKNOWN)
    if waiting:
        st.caption("Your question is being listened to.")
    elif st.session_state.get("listening"):
        st.session_state["listening"] = False
        st.rerun()
    st.session_state["listening"] = waiting


_UNKNOWN = "That is not known. Assume something sensible, and say so in your answer."


def _known(shared: Services, one: Round) -> None:
    """Keep in sight what was learned by asking."""
    asking = one.steps[0]
    facts = interview.replies(
        interview.clarifying_questions(asking, analysed(shared, one)), interview.facts_of(asking.question.root_id)
    )
    if facts:
        st.markdown("**What you know**\n" + "\n".join(f"- {plain(fact.says)}" for fact in facts))


def _notes(shared: Services, kept: Rounds, one: Round, step: Step) -> None:
    key = f"notes_{one.id}_{one.position}"
    st.text_area(
        "Notes, for you only",
        value=step.notes or one.steps[1].notes,
        key=key,
        height=120,
        on_change=lambda: kept.save(interview.write(current(shared, kept, one), st.session_state[key])),
    )


def _actions(shared: Services, kept: Rounds, one: Round, step: Step) -> None:
    st.space("small")
    with st.container(horizontal=True, key="round_actions", vertical_alignment="center"):
        if one.mode != "one_way" and step.part == "answer":
            st.button("Go on without an answer", key="skip", on_click=_go_on, args=(shared, kept, one))
        st.button(
            "Leave",
            key="leave",
            on_click=setup.pause,
            args=(shared, kept, one),
            help="Resume later at this question.",
        )
        st.button("End the round", key="end", type="tertiary", on_click=_finish, args=(shared, kept, one))
    st.toggle(
        "Read the questions aloud",
        value=one.aloud,
        key=f"aloud_{one.id}",
        on_change=lambda: kept.save(replace(current(shared, kept, one), aloud=st.session_state[f"aloud_{one.id}"])),
    )


def _go_on(shared: Services, kept: Rounds, one: Round) -> None:
    kept.save(interview.go_on(current(shared, kept, one)))


def _finish(shared: Services, kept: Rounds, one: Round) -> None:
    kept.save(interview.finish(current(shared, kept, one)))
