"""The story bank: occasions told, those told too often, and competencies without one."""

from __future__ import annotations

import streamlit as st

from rehearse.pages.prepare.desk import Desk, practise_shortly
from rehearse.pages.shared import routes
from rehearse.pages.shared.text import plain, when
from rehearse.preparation.stories import BankedStory, StoryBank, Telling


def show(desk: Desk) -> None:
    """Show the part."""
    bank = desk.stories()
    if not bank.stories:
        st.markdown("The stories in your answers are collected here: which ones you have, and what they are good for.")
    for story in _chosen(bank):
        _story(desk, story)
    _uncovered(desk, bank)


def _chosen(bank: StoryBank) -> tuple[BankedStory, ...]:
    """Show a filter by competency, and return the stories that match."""
    if not bank.stories:
        return ()
    count = len(bank.stories)
    st.markdown(f"You have **{count} {'different stories' if count > 1 else 'story'}** in your answers.")
    competency = st.pills(
        "Show only stories about",
        bank.covered,
        format_func=lambda name: f"{name.capitalize()} {len(bank.of(name))}",
        key="competency",
    )
    return bank.stories if competency is None else bank.of(competency)


def _story(desk: Desk, story: BankedStory) -> None:
    newest = story.tellings[0]
    with st.container(border=True, key=f"story_{newest.take_id}"):
        if story.title:
            st.markdown(f"**{plain(story.title)}**")
        st.markdown(_quotes(newest))
        st.caption(plain(" \N{MIDDLE DOT} ".join(_facts(story))))
        if story.worn:
            st.warning(
                f"Used for {story.uses} different questions. A panel compares notes: have another one ready.",
                icon=":material/repeat:",
            )
        with st.container(horizontal=True, vertical_alignment="center", key=f"about_{newest.take_id}"):
            _told_before(desk, story)
            _where(story)
        if story.told_before:
            st.caption(
                "They know it. Use it again only with something new: what has happened since, or what you learnt."
            )


def _quotes(telling: Telling) -> str:
    parts = dict.fromkeys(filter(None, (telling.scene, telling.deed)))
    return "  \n".join(f"\N{LEFT DOUBLE QUOTATION MARK}{plain(part)}\N{RIGHT DOUBLE QUOTATION MARK}" for part in parts)


def _where(story: BankedStory) -> None:
    with st.popover("Where you used it", type="tertiary"):
        for telling in story.tellings:
            st.page_link(
                routes.FEEDBACK,
                label=f"{when(telling.spoken_at)}: {plain(telling.prompt or 'An answer without a question')}",
                query_params={"take": telling.take_id},
            )


def _facts(story: BankedStory) -> list[str]:
    takes = len(story.tellings)
    questions = f"{story.uses} question{'s' if story.uses > 1 else ''}"
    facts = [questions if takes == story.uses else f"{questions}, {takes} takes"]
    return [*facts, *story.competencies]


def _told_before(desk: Desk, story: BankedStory) -> None:
    key = f"told_{story.tellings[0].take_id}"

    def ticked() -> None:
        for take_id in story.take_ids:
            desk.shared.history.describe(take_id, told_before=st.session_state[key])

    st.checkbox("Already used in the first interview", story.told_before, key=key, on_change=ticked)


def _uncovered(desk: Desk, bank: StoryBank) -> None:
    if not bank.uncovered:
        st.markdown("You have a story for every competency that behavioural questions look for.")
        return
    st.header("No story yet", anchor=False)
    behavioral = [question for question in desk.library.questions if question.kind == "behavioral"]
    first = {question.competency: question.id for question in reversed(behavioral)}
    practise_shortly([(first[name], name.capitalize(), False) for name in bank.uncovered], key="uncovered")
    st.caption("Each leads to a question that calls for one.")
