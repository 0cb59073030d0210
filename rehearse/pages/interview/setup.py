"""Before a round: choice of mode, length and field, or resuming an unfinished round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from rehearse import interview
from rehearse.app.settings import read_settings
from rehearse.interview import (
    ADAPTIVE,
    FULL,
    MEMBERS,
    MODES,
    SHORT,
    Limits,
    Mode,
    Round,
    Rounds,
    Step,
    limits_from,
    mode_named,
)
from rehearse.model import Question
from rehearse.pages.interview import habit, round_state
from rehearse.pages.shared import confirm
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain, when

MOST_SHOWN = 10
"""Maximum earlier rounds listed, and answers offered for follow-up questions (house default)."""
_LIVE = "live_round"
_LIMITS = {"full": "As in an interview", "short": "Short, to try it out"}


def show(shared: Services, rounds: Rounds) -> None:
    """Offer the unfinished round, a new one, and the debriefs of earlier ones."""
    st.title("Interview", anchor=False)
    earlier = rounds.all()
    left = next((interview_round for interview_round in earlier if interview_round.position is not None), None)
    if left is not None:
        offer(shared, rounds, left)
    habit.pin(shared, rounds)
    _new(shared, rounds)
    _earlier(shared, rounds, [interview_round for interview_round in earlier if interview_round != left])


def offer(shared: Services, rounds: Rounds, interview_round: Round) -> None:
    """Offer to resume a round that was left or interrupted by a reload."""
    with st.container(border=True, key="offer"):
        st.markdown(f"**{mode_named(interview_round.mode).title}**, begun {plain(when(interview_round.began_at))}")
        saved = f" {len(interview_round.takes)} recorded so far." if interview_round.takes else ""
        st.markdown(f"{_next(interview_round)}{saved}")
        with st.container(horizontal=True):
            st.button(
                "Resume the round", type="primary", key="resume", on_click=enter, args=(shared, rounds, interview_round)
            )
            if interview_round.takes:
                if st.button("End it and read the debrief", key="end"):
                    ask_to_end(_end, shared, rounds, interview_round)
            else:
                st.button("Discard this round", key="forget", on_click=_forget, args=(rounds, interview_round))
            if "round" in st.query_params:
                st.button("Another round", key="another", type="tertiary", on_click=leave)


def _next(interview_round: Round) -> str:
    step = interview_round.current
    if step is None:
        return "All questions have been asked."
    if step.part == "clarify":
        return "Your own questions about the case come next."
    name = numbered(interview_round, step)
    return f"{name[0].upper()}{name[1:]} comes next."


def numbered(interview_round: Round, step: Step) -> str:
    """Return the label of a step; follow-up questions and the clarifying step share the number of their question."""
    number = f"question {interview_round.number(step)} of {interview_round.size}"
    if step.part == "clarify":
        return f"before {number}"
    return f"a follow-up to {number}" if interview_round.is_joined(step) else number


def is_live(interview_round: Round) -> bool:
    """Whether a round is live in this tab; never after a reload, since browsers speak and record only after a click."""
    return st.session_state.get(_LIVE) == interview_round.id


def enter(shared: Services, rounds: Rounds, interview_round: Round) -> None:
    """Make a round live in this tab, with all its recordings, and put its id in the URL."""
    stored = rounds.get(interview_round.id)
    if stored is not None:  # it may have been deleted in another tab
        found = round_state.adopted(shared, stored)
        if found != stored:
            rounds.save(found)
        round_state.hand_over(shared, found)
    st.session_state[_LIVE] = interview_round.id
    st.query_params.from_dict({"round": interview_round.id})


def leave() -> None:
    """Return to the choice of rounds; the round keeps its position."""
    st.session_state[_LIVE] = None
    st.query_params.clear()


def pause(shared: Services, rounds: Rounds, interview_round: Round) -> None:
    """Store the latest state of a round and return to the choice of rounds."""
    stored = rounds.get(interview_round.id)
    if stored is not None and (found := round_state.settled(shared, stored)) != stored:
        rounds.save(found)
    leave()


@st.dialog("End the round?")
def ask_to_end(end: Callable[..., None], *given: object) -> None:
    """Ask before a round is ended, which cannot be undone."""
    st.write(
        "The remaining questions stay unanswered, and the debrief follows. An ended round cannot be resumed; one "
        "that you leave can."
    )
    confirm.buttons("End it", "Carry on", end, *given, key="end")


def _end(shared: Services, rounds: Rounds, interview_round: Round) -> None:
    rounds.save(interview.finish(interview_round))
    enter(shared, rounds, interview_round)


def _forget(rounds: Rounds, interview_round: Round) -> None:
    rounds.delete(interview_round.id)
    leave()


def _new(shared: Services, rounds: Rounds) -> None:
    with st.container(key="modes"):
        names = [mode.name for mode in MODES]
        wanted = st.query_params.get("mode", names[0])
        chosen = st.radio(
            "What would you like to rehearse?",
            names,
            index=names.index(wanted) if wanted in names else 0,
            format_func=lambda name: mode_named(name).title,
            captions=[mode.sentence for mode in MODES],
            key="mode",
        )
    mode = mode_named(chosen)
    with st.container(border=True, key="choices"):
        if mode.name == "panel":
            st.markdown("\n".join(f"- **{member.introduction}**: {member.concern}" for member in MEMBERS))
        length = _length(mode)
        limits = _limits()
        aloud = st.toggle(
            "Read the questions aloud", value=read_settings(shared.history.documents).speak, key="aloud", help=_ALOUD
        )
        is_adaptive = mode.name in ADAPTIVE
        responds = is_adaptive and st.toggle(
            "The interviewer responds to what you say", value=True, key="responds", help=_RESPONDS
        )
        planned = _planned(shared, mode, length, limits)
        st.caption(_rules(mode))
        start = st.button("Start", type="primary", key="begin", disabled=planned is None, icon=":material/play_arrow:")
        if start and planned:
            started = replace(planned, aloud=aloud, steps_in=responds)
            started = replace(started, probes=0) if is_adaptive and not responds else started
            rounds.save(started)
            enter(shared, rounds, started)
            st.rerun()


_ALOUD = "By a voice of this computer; Settings has the choice. The text is always shown, and nothing is sent anywhere."


_RESPONDS = (
    "At most twice in a round, a follow-up question about your own words, where the feedback would ask for more. And "
    "half a minute before your time is up, if you're telling a story and how it turned out hasn't come yet, a line on "
    "the screen asks for it: only while you're speaking, never in a pause."
)


def _rules(mode: Mode) -> str:
    start = "The recording starts by itself after your thinking time and stops at the limit. One take each"
    if mode.name == "one_way":
        return f"{start}: no early start, no second try, no skipping."
    return f"{start}, as in the room; leave at any time, and pick up at the next question."


def _length(mode: Mode) -> int:
    label = {"case": "New facts after your answer", "follow_up": "Follow-up questions"}.get(mode.name, "Questions")
    chosen = st.segmented_control(
        label, sorted(mode.lengths), default=mode.lengths[0], required=True, key=f"length_{mode.name}"
    )
    return int(chosen)


def _limits() -> Limits:
    """Return the limits from the URL (``think`` and ``answer``, in seconds, clamped), else from the user's choice."""
    given = limits_from(st.query_params.get("think", ""), st.query_params.get("answer", ""))
    if given != FULL:
        st.caption(f"Time limits from the address: think {given.thinking} s, answer {given.answering} s.")
        return given
    chosen = st.segmented_control(
        "Time limits", list(_LIMITS), format_func=_LIMITS.__getitem__, default="full", required=True, key="limits"
    )
    return SHORT if chosen == "short" else FULL


def _planned(shared: Services, mode: Mode, length: int, limits: Limits) -> Round | None:
    """Plan the round that Start would begin; None if an input is missing."""
    questions = shared.questions.questions
    if mode.name == "case":
        return interview.plan_case(_case(questions), length, limits=limits)
    if mode.name == "follow_up":
        return _follow_up(shared, length, limits)
    if mode.name == "panel":
        return interview.plan_panel(questions, length, limits=limits)
    plan = interview.plan_mock if mode.name == "mock" else interview.plan_one_way
    return plan(questions, length, field=_field(questions), limits=limits)


def _field(questions: Sequence[Question]) -> str:
    fields = sorted({question.field for question in questions if question.field})
    return st.selectbox("Kind of role", ["", *fields], format_func=lambda name: name.capitalize() or "Any", key="field")


def _case(questions: Sequence[Question]) -> Question:
    cases = {question.id: question for question in questions if question.kind == "case"}
    chosen = st.selectbox("Case", list(cases), format_func=lambda name: cases[name].prompt, key="case")
    return cases[chosen]


def _follow_up(shared: Services, length: int, limits: Limits) -> Round | None:
    answers = {summary.id: summary for summary in shared.history.summaries(limit=MOST_SHOWN)}
    wanted = st.query_params.get("follow", "")
    if not answers:
        st.info("Follow-up questions dig into an answer you have given: practise a question first.")
        return None
    chosen = st.selectbox(
        "Which answer?",
        list(answers),
        index=list(answers).index(wanted) if wanted in answers else 0,
        format_func=lambda name: (
            f"{answers[name].prompt or 'An answer without a question'} ({when(answers[name].spoken_at)})"
        ),
        key="follow",
    )
    attempt = shared.history.get(chosen)
    cut = attempt is not None and bool(interview.cut_off([attempt], Rounds(shared.history.documents)))
    if attempt is None or not interview.probes_of(attempt, cut=cut):
        st.info("This answer has no follow-up question: choose another one.")
        return None
    return interview.plan_follow_up(attempt, length, limits=limits, cut=cut)


def _earlier(shared: Services, rounds: Rounds, earlier: Sequence[Round]) -> None:
    if not earlier:
        return
    with st.expander(f"Earlier rounds: {len(earlier)}", key="earlier"):
        for interview_round in earlier[:MOST_SHOWN]:
            answered = sum(bool(step.takes) for step in interview_round.steps if step.part == "answer")
            title = f"{mode_named(interview_round.mode).title}, {when(interview_round.began_at)}"
            left = "" if interview_round.position is None else ", to be continued"
            st.button(
                f"{title}: {answered} answer{'s' * (answered != 1)}{left}",
                key=f"round_{interview_round.id}",
                type="tertiary",
                on_click=enter,
                args=(shared, rounds, interview_round),
            )
