"""One question of a running round: it is read out, thought about and answered, then the next one follows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from rehearse import interview
from rehearse.app.settings import read_settings
from rehearse.interview import Round, Rounds, Step, member_named, mode_named
from rehearse.model import Origin
from rehearse.pages import question_sound
from rehearse.pages.components.interviewer import interviewer
from rehearse.pages.interview import setup
from rehearse.pages.interview.round_state import analysed, current, followed_up
from rehearse.pages.practice import recording
from rehearse.pages.practice.remarks import Remark
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import clock, plain
from rehearse.storage.takes import Take

MILESTONES = ("Structure", "Numbers", "Recommendation")
"""The stages of an answer to a case, in order."""
_PATH = (
    "One way through your answer: how you split the problem, the figures, what you would do; a third of the time each."
)


def show(shared: Services, rounds: Rounds, interview_round: Round) -> None:
    """Show the current question."""
    step, position = interview_round.current, interview_round.position
    if step is None or position is None:
        return
    _heading(interview_round, step, position)
    if step.part == "clarify":
        _clarify(shared, rounds, interview_round, step)
    else:
        _answer(shared, rounds, interview_round, step)
    _actions(shared, rounds, interview_round, step)


def _heading(interview_round: Round, step: Step, position: int) -> None:
    mode = mode_named(interview_round.mode)
    to_come = interview_round.probes if interview_round.mode == "follow_up" else 0
    total = len(interview_round.steps) + to_come
    st.progress(position / total, f"{mode.title}: {setup.numbered(interview_round, step)}")
    member = member_named(step.asker)
    tags = (member.introduction if member else "", _part(interview_round, step, position), *_limits(step))
    st.caption(plain(" · ".join(tag for tag in tags if tag)))
    asked = interview_round.steps[1] if step.part == "clarify" else step
    st.title(plain(interview.words_of(interview_round, asked)), anchor=False)


def _limits(step: Step) -> tuple[str, ...]:
    if step.part == "clarify":
        return (f"up to {clock(step.limit_seconds)} for each",)
    return (
        f"{clock(step.think_seconds)} to think" if step.think_seconds else "",
        f"{clock(step.limit_seconds)} to answer",
    )


def _part(interview_round: Round, step: Step, position: int) -> str:
    if interview_round.mode == "case":
        begun = ("Your questions first", "Your answer")
        return begun[position] if position < len(begun) else "A new fact"
    return "A follow-up question" if step.parent else ""


def _answer(shared: Services, rounds: Rounds, interview_round: Round, step: Step) -> None:
    guide = st.container()
    is_case_answer = interview_round.mode == "case" and interview_round.position == 1
    if interview_round.mode == "case":
        _known(shared, interview_round)
        _notes(shared, rounds, interview_round, step)
    source = _record(shared, rounds, interview_round, step)
    with guide:
        text = "" if is_case_answer else interview.words_of(interview_round, step)
        interviewer(
            f"{interview_round.id}_{interview_round.position}",
            text,
            sound=_sound(shared, text, step),
            source=source,
            think_seconds=step.think_seconds,
            limit_seconds=step.limit_seconds,
            aloud=interview_round.aloud,
            early=interview_round.mode != "one_way",
            free="Choose the recording of your answer below.",
            marks=MILESTONES if is_case_answer else (),
        )
        if is_case_answer:
            st.caption(_PATH)


def _sound(shared: Services, text: str, step: Step) -> str:
    """Return the address of a text's sound; empty if the browser's voice is to read it, or there is nothing to read."""
    if not text or read_settings(shared.history.documents).reader == "browser":
        return ""
    return question_sound.offer(text, interview.voice_of(step))


def _record(shared: Services, rounds: Rounds, interview_round: Round, step: Step) -> str:
    slot = recording.Slot(
        step.question,
        Origin(parent=step.parent, round=interview_round.id),
        step.limit_seconds,
        lambda take: _keep(shared, rounds, interview_round, take),
        "Your question" if step.part == "clarify" else "Your answer",
        remark=_remark(interview_round, step),
    )
    return recording.record(shared, slot)


def _remark(interview_round: Round, step: Step) -> Remark | None:
    if not interview.may_step_in(interview_round, step):
        return None
    return Remark(interview.earliest(step), partial(interview.stepping_in, step))


def _keep(shared: Services, rounds: Rounds, interview_round: Round, take: Take) -> None:
    """Add a recording to its step and submit it for analysis while the round continues."""
    if take.origin.round != interview_round.id:  # started on another page with this computer's microphone
        recording.remember(take)
        return
    changed = interview.adopt(current(shared, rounds, interview_round), [take])
    if shared.worker.status(take.id) is None:
        shared.worker.submit(take)
    rounds.save(followed_up(shared, changed))


def _clarify(shared: Services, rounds: Rounds, interview_round: Round, step: Step) -> None:
    guide = st.container()
    st.markdown(f"**{plain(step.question.prompt)}** Record a question, or write it.")
    pending = any(_is_pending(shared, take) for take in step.takes)
    st.fragment(_replies, run_every=0.5 if pending else None)(shared, interview_round, step)
    _write_question(shared, rounds, interview_round)
    source = _record(shared, rounds, interview_round, step)
    st.button(
        "Go on to your answer", type="primary", key="go_on", on_click=_go_on, args=(shared, rounds, interview_round)
    )
    text = interview_round.steps[1].question.prompt
    with guide:
        interviewer(
            f"{interview_round.id}_{interview_round.position}_{len(step.takes)}",
            text,
            sound=_sound(shared, text, step),
            source=source,
            think_seconds=0,
            limit_seconds=step.limit_seconds,
            aloud=interview_round.aloud and not step.asked,
            auto=False,
            free="Your turn: ask. Press Record, or write; ask as often as you like.",
        )


def _write_question(shared: Services, rounds: Rounds, interview_round: Round) -> None:
    with st.form("asking", clear_on_submit=True, border=False), st.container(horizontal=True):
        text = st.text_input("Your question", key="asked", label_visibility="collapsed", placeholder="Your question")
        if st.form_submit_button("Ask"):
            rounds.save(interview.ask(current(shared, rounds, interview_round), text))
            st.rerun()


def _is_pending(shared: Services, take: str) -> bool:
    job = shared.worker.status(take)
    return job is not None and job.pending


def _replies(shared: Services, interview_round: Round, step: Step) -> None:
    """Show the interviewer's reply to each question; a spoken one appears once it has been transcribed."""
    facts = interview.facts_of(step.question.root_id)
    waiting = any(_is_pending(shared, take) for take in step.takes)
    for asked in interview.clarifying_questions(step, analysed(shared, interview_round)):
        replies = interview.replies([asked], facts)
        with st.chat_message("user", avatar=":material/person:"):
            st.markdown(plain(asked) or "(I couldn't make that out)")
        with st.chat_message("assistant", avatar=":material/business_center:"):
            st.markdown(" ".join(plain(fact.says) for fact in replies) or _UNKNOWN)
    if waiting:
        st.caption("Your question is being transcribed.")
    elif st.session_state.get("listening"):
        st.session_state["listening"] = False
        st.rerun()
    st.session_state["listening"] = waiting


_UNKNOWN = "I don't have that. Make a sensible assumption, and say so in your answer."


def _known(shared: Services, interview_round: Round) -> None:
    """Show the facts that the user has learned by asking."""
    asking = interview_round.steps[0]
    facts = interview.replies(
        interview.clarifying_questions(asking, analysed(shared, interview_round)),
        interview.facts_of(asking.question.root_id),
    )
    if facts:
        st.markdown("**What you know**\n" + "\n".join(f"- {plain(fact.says)}" for fact in facts))


def _notes(shared: Services, rounds: Rounds, interview_round: Round, step: Step) -> None:
    key = f"notes_{interview_round.id}_{interview_round.position}"
    st.text_area(
        "Notes, for you only",
        value=step.notes or interview_round.steps[1].notes,
        key=key,
        height=120,
        on_change=lambda: rounds.save(interview.write(current(shared, rounds, interview_round), st.session_state[key])),
    )


def _actions(shared: Services, rounds: Rounds, interview_round: Round, step: Step) -> None:
    st.space("small")
    with st.container(horizontal=True, key="round_actions", vertical_alignment="center"):
        if interview_round.mode != "one_way" and step.part == "answer":
            st.button("Go on without an answer", key="skip", on_click=_go_on, args=(shared, rounds, interview_round))
        st.button(
            "Leave",
            key="leave",
            on_click=setup.pause,
            args=(shared, rounds, interview_round),
            help="Pick up later at this question.",
        )
        if st.button("End the round", key="end", type="tertiary"):
            setup.ask_to_end(_finish, shared, rounds, interview_round)
    st.toggle(
        "Read the questions aloud",
        value=interview_round.aloud,
        key=f"aloud_{interview_round.id}",
        on_change=lambda: rounds.save(
            replace(current(shared, rounds, interview_round), aloud=st.session_state[f"aloud_{interview_round.id}"])
        ),
    )


def _go_on(shared: Services, rounds: Rounds, interview_round: Round) -> None:
    rounds.save(interview.go_on(current(shared, rounds, interview_round)))


def _finish(shared: Services, rounds: Rounds, interview_round: Round) -> None:
    rounds.save(interview.finish(current(shared, rounds, interview_round)))
