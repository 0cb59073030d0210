"""What to practise next and why, and the days of practice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from rehearse.model import Question
from rehearse.pages.shared import routes, tables
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import day, plain
from rehearse.progress.next_practice import Due, New, Weakest, due, least_practised, practice_days, weakest
from rehearse.storage.history import AttemptSummary
from rehearse.views.charts import calendar_chart

WEEKS = 12
MOST_DUE = 3
"""Most questions offered again at once: more would read as a backlog (house default)."""
_LONGEST_QUOTE = 140


def show(shared: Services, summaries: tuple[AttemptSummary, ...]) -> None:
    """Show the weakest competency and the questions that are due, or that there is nothing due."""
    questions = shared.questions.questions
    weak = weakest(summaries, questions)
    offered = weak.question.id if weak else None
    today = datetime.now(UTC).astimezone().date()
    again = [review for review in due(summaries, questions, today) if review.question.id != offered]
    with st.container(border=True, key="next_practice"):
        st.header("Practise next", anchor=False)
        if weak is not None:
            _weak(shared, weak)
        elif again:
            _again(again.pop(0), primary=True)
        elif new := least_practised(summaries, questions):
            _new(new)
        else:
            st.markdown("You have answered every question, and none is due again today.")
            if st.button("Choose a question", key="practise_any"):
                st.switch_page(routes.PRACTICE)
        if again:
            with st.expander(f"Due again: {len(again)}"):
                for review in again[:MOST_DUE]:
                    _again(review, primary=False)


def _weak(shared: Services, weak: Weakest) -> None:
    st.markdown(plain(weak.question.prompt))
    count = f"{weak.with_occasion or 'none'} of your last {weak.answers} answers"
    st.caption(plain(f"{weak.competency.capitalize()}: {count} gave a specific example. {_evidence(shared, weak)}"))
    _practise(weak.question, primary=True)


def _evidence(shared: Services, weak: Weakest) -> str:
    """Return a quote of the sentence for which the newest answer is not an occasion."""
    attempt = shared.history.get(weak.lacking)
    if attempt is None or attempt.story.evidence is None or not attempt.story.evidence.text:
        return ""
    quote = attempt.story.evidence.text
    short = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE].rsplit(' ', 1)[0]} ..."
    return f"On {day(attempt.spoken_at)} you said “{short}”. Which time were you thinking of?"


def _again(review: Due, *, primary: bool) -> None:
    days = "day" if review.waited == 1 else "days"
    times = "once" if review.answers == 1 else f"on {review.answers} days"
    st.markdown(plain(review.question.prompt))
    st.caption(f"Due again: answered {times}, most recently {review.waited} {days} ago.")
    _practise(review.question, primary=primary)


def _new(new: New) -> None:
    count = f"only {new.answers} of your answers" if new.answers else "none of your answers yet"
    is_about = "is" if new.answers <= 1 else "are"
    st.markdown(plain(new.question.prompt))
    st.caption(
        plain(
            f"New to you, and {count} {is_about} about {new.question.competency}. "
            "No earlier question is due again today."
        )
    )
    _practise(new.question, primary=True)


def _practise(question: Question, *, primary: bool) -> None:
    if st.button("Practise it", key=f"practise_{question.id}", type="primary" if primary else "secondary"):
        st.switch_page(routes.PRACTICE, query_params={"question": question.id})


def compare(summaries: tuple[AttemptSummary, ...]) -> None:
    """Show a link to two answers side by side, if a question was answered more than once."""
    takes: dict[str, list[AttemptSummary]] = {}
    for summary in summaries:
        takes.setdefault(summary.question_id or "", []).append(summary)
    twice = {found[0].id: found for name, found in takes.items() if name and len(found) > 1}
    if not twice:
        return
    st.header("Two answers side by side", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare"):
        newest = st.selectbox(
            "Questions that you answered more than once",
            list(twice),
            format_func=lambda take: f"{twice[take][0].prompt or ''} ({len(twice[take])} answers)",
            key="progress_compare",
        )
        if st.button("Compare", key="compare_takes", width="content"):
            st.switch_page(routes.COMPARE, query_params={"take": newest})


def calendar(summaries: tuple[AttemptSummary, ...]) -> None:
    """Show the days of practice, without remarks on the others."""
    days = practice_days(summaries)
    today = datetime.now(UTC).astimezone().date()
    st.header("Days you practised", anchor=False)
    answers = "answer" if len(summaries) == 1 else "answers"
    on = "one day" if len(days) == 1 else f"{len(days)} days"
    st.markdown(plain(f"{len(summaries)} {answers} on {on}, the last on {max(days):%d %b %Y}."))
    st.vega_lite_chart(calendar_chart(days, today, WEEKS), key="calendar")
    since = today - timedelta(weeks=WEEKS)
    rows = [{"Day": f"{day:%d %b %Y}", "Answers": str(days[day])} for day in sorted(days, reverse=True) if day > since]
    fold = st.expander("The days as a table", key="days", on_change="rerun")
    with fold:
        if fold.open:
            tables.show(rows, by="Day")
