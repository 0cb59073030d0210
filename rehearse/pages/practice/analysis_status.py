"""The states of a recorded answer: follow its analysis until its feedback opens; if it is silent, decide."""

from __future__ import annotations

import time

import streamlit as st

from rehearse.app.worker import STEPS, Job
from rehearse.pages.feedback import rating
from rehearse.pages.practice import follow_up
from rehearse.pages.shared import confirm, player, routes
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain, when
from rehearse.storage.history import RATINGS
from rehearse.storage.takes import Take

_NO_VOICE = (
    "I can't hear a voice in this recording. Listen to it: if there is nothing there, the microphone was muted, or a "
    "different one is chosen in the browser or the system. Then discard it, and record the answer again."
)

PATIENCE = 2.5
"""Seconds without anything to look at while the feedback is made: usually it takes less (house default)."""
_GLANCE, _POLL = 0.02, 0.25
"""Seconds between two looks at the worker, during that time and after it."""

_SETTLE = 0.3
"""Seconds before the page is switched after a long wait: a tick of the waiting fragment's timer that arrives after the
switch leaves the new page empty (Streamlit 1.67), one that arrives before it is dropped."""
_WAITED = "waited"
"""The take whose waiting fragment's timer may still tick."""

_RATING = "self_rating"
"""Take and rating that were given while its feedback was made."""

MOST_ENDED = 5
"""Most answers shown whose analysis has ended; the Library has all of them (house default)."""

_STEP_LABELS = dict(zip(STEPS, ("Read the recording", "Write down the words", "Measure", "Save"), strict=True))


def title(take: Take) -> str:
    """Return the title of a take: its question, else its file name, escaped for Markdown."""
    if take.question is not None:
        return plain(take.question.prompt)
    return plain(take.name) or "An answer without a question"


def follow(shared: Services, take: Take) -> None:
    """Wait for the analysis of the take that was just saved, then open its feedback."""
    if shared.worker.status(take.id) is None:
        _decide(shared, take)
        return
    with st.container(border=True, key="decide"):
        st.markdown("**Saved.** Your feedback opens by itself.")
        until = time.monotonic() + PATIENCE
        while _is_pending(shared, take) and time.monotonic() < until:
            time.sleep(_GLANCE)
        if _is_pending(shared, take):
            st.session_state[_WAITED] = take.id
            st.fragment(_wait, run_every=_POLL)(shared, take)
            st.button("Practise on meanwhile", key="meanwhile", on_click=_go_on)
        else:
            _arrive(shared, take)


def _is_pending(shared: Services, take: Take) -> bool:
    job = shared.worker.status(take.id)
    return job is not None and job.pending


def _wait(shared: Services, take: Take) -> None:
    """Show the progress of a long analysis."""
    job = shared.worker.status(take.id)
    if job is None or not job.pending:
        st.rerun()  # to switch pages inside a fragment confuses Streamlit
    _steps(shared, job)
    key = f"self_rating_{take.id}"
    st.segmented_control(
        "Meanwhile, if you like: how did this answer go? From 1, not as I wanted, to 5, just as I wanted",
        list(RATINGS),
        key=key,
        on_change=lambda: st.session_state.update({_RATING: (take.id, st.session_state[key])}),
    )
    st.button("Stop the analysis", key=f"cancel_{take.id}", on_click=shared.worker.cancel, args=(take.id,))


def _arrive(shared: Services, take: Take) -> None:
    """Open the feedback; show what went wrong on this page."""
    _go_on()
    if st.session_state.pop(_WAITED, None) == take.id:
        time.sleep(_SETTLE)
    attempt = shared.history.get(take.id)
    job = shared.worker.status(take.id)
    if job is None or job.state != "done" or attempt is None:
        st.rerun()
    rated, given = st.session_state.pop(_RATING, ("", None))
    if rated == take.id and given is not None:
        shared.history.describe(take.id, rating=given)
    rating.leave_out(attempt)
    st.switch_page(routes.FEEDBACK, query_params={"take": take.id})


def _go_on() -> None:
    st.session_state["saved"] = None


def _decide(shared: Services, take: Take) -> None:
    """Offer to play, discard or analyse a take without a voice."""
    with st.container(border=True, key="decide"):
        st.warning(_NO_VOICE)
        player.play(take, "Your answer")
        with st.container(horizontal=True):
            st.button("Analyse", key="analyse", on_click=shared.worker.submit, args=(take,))
            if st.button("Discard", type="primary", key="discard"):
                _discard_dialog(shared, take)


@st.dialog("Discard this answer?")
def _discard_dialog(shared: Services, take: Take) -> None:
    st.write("The recording is removed from this computer. It has not been analysed, so nothing else is lost.")
    confirm.buttons("Discard it", "Keep it", _discard, shared, take, key="discard")


def _discard(shared: Services, take: Take) -> None:
    shared.delete(take.id)
    if st.session_state.get("saved") == take.id:
        st.session_state["saved"] = None


def show_newest(shared: Services) -> None:
    """Show the progress of the answer submitted last, in whichever tab, then the link to its feedback."""
    _progress(shared, submitted(shared)[:1], "newest")


def show_earlier(shared: Services) -> None:
    """Show the answers submitted earlier that are pending, or whose feedback has not been opened."""
    earlier = submitted(shared)[1:]
    if earlier:
        st.header("Your earlier answers", anchor=False)
        _progress(shared, earlier, "earlier")


def submitted(shared: Services) -> list[str]:
    """Return the take ids of the answers to show, newest first; those of rounds are shown where the round is."""
    awaited = st.session_state.get("saved")
    unread = [job for job in reversed(shared.worker.unread()) if job.take_id != awaited]
    jobs = [job for job in unread if _is_practice(shared, job)]
    # A stopped recording is offered below the recorder, so its notice need not outlive the next answer.
    current = [job for number, job in enumerate(jobs) if job.state != "cancelled" or number == 0]
    ended = [job for job in current if not job.pending][:MOST_ENDED]
    return [job.take_id for job in current if job.pending or job in ended]


def _is_practice(shared: Services, job: Job) -> bool:
    take = shared.store.get(job.take_id)
    return take is not None and take.origin.round is None


def _progress(shared: Services, shown: list[str], name: str) -> None:
    """Show the answers, polling only while one is pending."""
    jobs = [job for take_id in shown if (job := shared.worker.status(take_id)) is not None]
    if jobs:
        pending = any(job.pending for job in jobs)
        st.fragment(_jobs, run_every=0.5 if pending else None)(shared, shown, f"polled_{name}")


def _jobs(shared: Services, shown: list[str], polled: str) -> None:
    jobs = [job for take_id in shown if (job := shared.worker.status(take_id)) is not None]
    for job in jobs:
        take = shared.store.get(job.take_id)
        if take is not None:  # it may have been deleted meanwhile
            _job(shared, job, take)
    if st.session_state.get(polled) and not any(job.pending for job in jobs):
        st.session_state[polled] = False
        st.rerun()
    st.session_state[polled] = any(job.pending for job in jobs)


def _job(shared: Services, job: Job, take: Take) -> None:
    with st.container(border=True, key=f"job_{job.take_id}"):
        st.markdown(title(take))
        if job.state == "done":
            # Above a follow-up question, the link would look like one to the feedback on that question.
            suffix = " on the previous answer" if follow_up.is_about(take.id) else ""
            st.page_link(
                routes.FEEDBACK,
                label=f"Read the feedback{suffix}",
                icon=":material/reviews:",
                query_params={"take": take.id},
            )
        elif job.state == "failed":
            st.error(plain(job.error or ""))
            st.button("Try again", key=f"retry_{take.id}", on_click=shared.worker.submit, args=(take,))
        elif job.state == "cancelled":
            st.caption("Stopped. The recording is safe, below.")
        else:
            st.caption("Your answer is being analysed; the link to its feedback will appear here.")
            _steps(shared, job)
            st.button("Stop the analysis", key=f"cancel_{take.id}", on_click=shared.worker.cancel, args=(take.id,))


def _steps(shared: Services, job: Job) -> None:
    if job.state == "waiting":
        running = next(iter(shared.worker.pending()), job)
        whose = "the previous answer" if _is_practice(shared, running) else "an answer of your interview"
        st.progress(0.0, f"Waiting for {whose}")
        return
    index = STEPS.index(job.step)
    done = (index + job.fraction) / len(STEPS)
    st.progress(done, f"Step {index + 1} of {len(STEPS)}: {_STEP_LABELS[job.step]}, {job.fraction:.0%}")


def offer_unfinished(shared: Services) -> None:
    """Offer the recordings that an earlier session left without feedback."""
    saved = st.session_state.get("saved")
    takes = [take for take in shared.unfinished() if take.id != saved]
    if not takes:
        return
    with st.expander(f"Recordings without feedback: {len(takes)}", key="unfinished"):
        for take in takes[:10]:
            _unfinished(shared, take)


def _unfinished(shared: Services, take: Take) -> None:
    with st.container(border=True, key=f"left_{take.id}"):
        st.markdown(title(take))
        st.caption(when(take.recorded_at))
        if take.error:
            st.error(plain(take.error))
        player.play(take, "Your answer")
        with st.container(horizontal=True):
            st.button("Analyse", key=f"analyse_{take.id}", on_click=shared.worker.submit, args=(take,))
            if st.button("Discard", key=f"discard_{take.id}"):
                _discard_dialog(shared, take)
