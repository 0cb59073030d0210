"""The Compare page: two answers to one question, side by side."""

from __future__ import annotations

import streamlit as st

from rehearse.model import Attempt
from rehearse.pages.compare import numbers, transcripts
from rehearse.pages.shared import agreed, empty, player, routes
from rehearse.pages.shared.past import everything, of_question
from rehearse.pages.shared.services import Services, services
from rehearse.pages.shared.text import clock, plain, when
from rehearse.progress.comparison import WORD_FOR_WORD, Stretch, Wordings, compare_wordings, part_changes
from rehearse.storage.history import AttemptSummary


def page() -> None:
    """Show the page."""
    shared = services()
    takes = _takes(shared)
    if not takes[1:]:
        st.title("Compare", anchor=False)
        empty.show(shared, "Answer a question twice, and you'll see the two answers side by side here.")
        return
    st.title(plain(takes[0].prompt or "Two answers"), anchor=False)
    chosen = _chosen(shared, takes)
    if chosen is None:
        st.markdown("You chose the same answer twice. Choose two different ones.")
        return
    earlier, later = chosen
    agreed.compare(shared, earlier, later, before=_key(earlier), now=_key(later))
    words = compare_wordings(earlier, later)
    _note_wording(words)
    numbers.show(shared, earlier, later)
    _parts(earlier, later)
    st.header("What you said", anchor=False)
    st.caption(
        "Struck out with a minus: only in the earlier answer. Underlined with a plus: only in the later one. "
        "Italic: fillers."
    )
    left, right = st.columns(2)
    with left:
        _side(shared, "Earlier answer", earlier, words.earlier)
    with right:
        _side(shared, "Later answer", later, words.later)


def _takes(shared: Services) -> tuple[AttemptSummary, ...]:
    """Return the answers to the question of the take named in the URL, else to the last question answered twice."""
    named = st.query_params.get("take")
    attempt = shared.history.get(named) if named else None
    if attempt is not None:
        return of_question(shared.history, attempt.question.id) if attempt.question else ()
    seen: set[str] = set()
    for summary in everything(shared.history):
        if summary.question_id in seen:
            return of_question(shared.history, summary.question_id)
        seen.add(summary.question_id or "")
    return ()


def _chosen(shared: Services, takes: tuple[AttemptSummary, ...]) -> tuple[Attempt, Attempt] | None:
    """Let the user choose two takes, by default the named one and its predecessor; return the earlier one first."""
    names = {take.id: f"{when(take.spoken_at)}{f', {clock(take.duration)}' if take.duration else ''}" for take in takes}
    ids = list(names)
    named = st.query_params.get("take", ids[0])
    later = min(ids.index(named) if named in ids else 0, len(ids) - 2)
    with st.container(horizontal=True, key="choose_takes"):
        key = f"{takes[0].question_id}_{named}"
        first = st.selectbox("Earlier answer", ids, index=later + 1, format_func=names.__getitem__, key=f"first_{key}")
        second = st.selectbox("Later answer", ids, index=later, format_func=names.__getitem__, key=f"second_{key}")
    attempt, other = shared.history.get(first), shared.history.get(second)
    if first == second or attempt is None or other is None:  # either may have been deleted meanwhile
        return None
    return (attempt, other) if attempt.spoken_at <= other.spoken_at else (other, attempt)


def _note_wording(words: Wordings) -> None:
    if words.by_heart:
        share = f"{words.shared:.0%}".replace("%", " %")
        st.warning(
            f"Nearly word for word: {share} of the words come in the same order in both answers. "
            "Word-for-word answers sound recited. Keep the points, and next time begin somewhere else.",
            icon=":material/content_copy:",
        )
        st.caption(
            f"This note appears when {100 * WORD_FOR_WORD:.0f} % or more of the words agree; um, uh and other fillers "
            "are not counted. The limit is our own choice."
        )


def _parts(earlier: Attempt, later: Attempt) -> None:
    changes = part_changes(earlier, later)
    if not changes:
        return
    st.header("Parts of the story", anchor=False)
    is_story = [attempt.story.type == "story" for attempt in (earlier, later)]
    if is_story[0] != is_story[1]:
        st.markdown(f"Only the {'earlier' if is_story[0] else 'later'} answer gives one specific example.")
        return
    signs = {"gained": ":material/add: New", "lost": ":material/remove: No longer there"}
    for change in changes:
        st.markdown(f"{signs[change.change]}: **{plain(change.part.lower())}**, “{plain(change.span.text)}”")


def _key(attempt: Attempt) -> str:
    return f"player_{attempt.id}"


def _side(shared: Services, name: str, attempt: Attempt, stretches: tuple[Stretch, ...]) -> None:
    st.subheader(f"{name}, {plain(when(attempt.spoken_at))}", anchor=False)
    with st.container(key=_key(attempt)):
        player.play(shared.store.get(attempt.id), name)
    transcripts.show(stretches, label=f"Transcript of the {name.lower()}", key=f"words_{attempt.id}")
    st.page_link(routes.FEEDBACK, label="Its feedback", icon=":material/reviews:", query_params={"take": attempt.id})


page()
