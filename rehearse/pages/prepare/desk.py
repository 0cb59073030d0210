"""What the parts of the page Prepare share: what is stored, fields that keep themselves, questions to practise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from rehearse.model import Question
from rehearse.pages.shared import routes
from rehearse.pages.shared.past import everything
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain
from rehearse.preparation.document_import import MEGABYTES, SUFFIXES, check_text, read_document
from rehearse.preparation.job import Wanted, compare
from rehearse.preparation.preparation import Job, Preparation, Resume, load, save, update
from rehearse.preparation.stories import StoryBank, competencies, story_bank
from rehearse.storage.history import AttemptSummary, History

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

PART = "part"
"""Key of the chosen part, which is in the address too."""

_PROBLEM = "prepare_problem"


class Desk:
    """What is prepared, and the answers it is compared with, for one look at the page."""

    def __init__(self, shared: Services) -> None:
        self.shared = shared
        self.prepared: Preparation = load(shared.history.documents)
        self.library = shared.questions.read()
        self.spoken = everything(shared.history)

    def change(self, part: str, **changes: Any) -> None:
        """Save fields of one part."""
        self.update(part, lambda kept: replace(kept, **changes))

    def update(self, part: str, change: Callable[[Any], object]) -> None:
        """Save one part as ``change`` makes it of what is kept now, which may be newer than what is shown."""
        self.attempt(update, self.shared.history.documents, part, change)

    def tick(self, name: str, *, on: bool) -> None:
        """Set a tick or take it back."""
        self.update("ticks", lambda ticks: ticks.switched(name, on))

    def keep(self, part: object) -> None:
        """Save one part whole; what cannot be saved is said above the part."""
        self.attempt(save, self.shared.history.documents, part)

    def attempt(self, action: Callable[..., None], *given: Any, **named: Any) -> None:
        """Do something that bad input or a full disk can stop; then the reason is said above the part."""
        try:
            action(*given, **named)
        except (ValueError, OSError) as error:
            self.refuse(str(error))

    def show_problem(self) -> None:
        """Say what went wrong with the last thing entered, and which questions a file keeps from being made."""
        problem = st.session_state.pop(_PROBLEM, None)
        for sentence in filter(None, (problem, *self.library.left_out)):
            st.error(plain(sentence))

    def refuse(self, problem: str) -> None:
        """Say at the next look what cannot be used."""
        st.session_state[_PROBLEM] = problem

    def stories(self) -> StoryBank:
        """Sort the occasions that answers tell."""
        return _stories(self._answers(), competencies(self.library.questions))

    def compared(self) -> tuple[Wanted, ...]:
        """Look for the job description's words in the answers."""
        return _compared(self._answers(), self.prepared.job.text)

    def _answers(self) -> _Answers:
        return _Answers(self.shared.history, self.spoken)


@dataclass(frozen=True, slots=True)
class _Answers:
    """Answers whose words are read only where they are not remembered."""

    history: History
    listed: tuple[AttemptSummary, ...]

    def seen(self) -> int:
        """Tell the answers as they are now from those of the last look; an analysis made anew changes its numbers."""
        told = ((one.id, one.model, one.title, one.told_before, *one.values.values()) for one in self.listed)
        return hash((self.history.path, *told))


# To read all answers takes a second for two thousand, and a page is drawn anew at every click. Streamlit's own way to
# tell long lists apart takes half as long.
_remembered = st.cache_resource(
    max_entries=2, show_spinner="Reading your answers", hash_funcs={_Answers: _Answers.seen}
)


@_remembered
def _stories(answers: _Answers, wanted: tuple[str, ...]) -> StoryBank:
    told_before = [one.id for one in answers.listed if one.told_before]
    titles = {one.id: one.title for one in answers.listed}
    return story_bank(answers.history.attempts(measured=False), wanted, told_before, titles)


@_remembered
def _compared(answers: _Answers, description: str) -> tuple[Wanted, ...]:
    return compare(description, answers.history.attempts(measured=False))


def field(label: str, value: str, keep: Callable[[str], None], *, key: str, lines: int = 1, hint: str = "") -> None:
    """Show a text that is kept as soon as the field is left."""
    name = widget(key)

    def changed() -> None:
        # Under load a field that has just left the page can report once more what it held: that is no change.
        if st.session_state[name] != value:
            keep(st.session_state[name])

    if lines == 1:
        st.text_input(label, value, key=name, on_change=changed, placeholder=hint or None)
    else:
        st.text_area(label, value, key=name, on_change=changed, height=40 + 26 * lines, placeholder=hint or None)


def widget(key: str) -> str:
    """Name a widget, anew after ``renew``."""
    turn = st.session_state.get(f"{key}_turn", 0)
    return f"{key}_{turn}" if turn else key


def renew(*keys: str) -> None:
    """Show what is stored in a widget and not what it held.

    It becomes another widget: a value that is put into the same one can be overwritten by what the
    browser still believes to be in it.
    """
    for key in keys:
        st.session_state[f"{key}_turn"] = st.session_state.get(f"{key}_turn", 0) + 1


def replace_button(label: str, *, key: str) -> None:
    """Offer to put another document in the place of one; that one stays until the other is accepted."""
    st.button(label, key=f"{key}_replace", on_click=_replacing, args=(key, True))


def is_replaced(key: str) -> bool:
    """Whether another document is asked for, in the place of one that is there."""
    return bool(st.session_state.get(f"{key}_replaced"))


def _replacing(key: str, wanted: bool) -> None:
    st.session_state[f"{key}_replaced"] = wanted


def document(desk: Desk, kept: Job | Resume, what: str, *, key: str) -> None:
    """Take a document as a file or as pasted text, in the place of the one that is kept."""

    def keep(text: str, name: str) -> None:
        desk.keep(type(kept)(text, name))
        _replacing(key, False)

    if kept.text:
        st.caption("The one you have stays until another one is read.")
        st.button("Keep the one I have", key=f"{key}_stays", on_click=_replacing, args=(key, False))
    turn = st.session_state.setdefault(f"{key}_turn", 0)
    file = st.file_uploader(
        f"{what.capitalize()} as PDF, DOCX or TXT, up to {MEGABYTES} MB",
        type=list(SUFFIXES),
        key=f"{key}_file_{turn}",
        max_upload_size=MEGABYTES,
    )
    if file is not None:
        st.session_state[f"{key}_turn"] += 1
        _read(desk, file, keep)
        st.rerun()
    with st.form(f"{key}_form", border=False):
        pasted = st.text_area("Or paste the text", key=f"{key}_pasted", height=160)
        if st.form_submit_button("Use this text", key=f"{key}_use") and pasted.strip():
            try:
                keep(check_text(pasted, what), "")
            except ValueError as error:
                desk.refuse(str(error))
            st.rerun()


def _read(desk: Desk, file: UploadedFile, keep: Callable[[str, str], None]) -> None:
    try:
        with st.spinner("Reading the file"):
            text = read_document(file.getvalue(), file.name)
        keep(text, file.name)
    except ValueError as error:
        desk.refuse(str(error))


def questions(heading: str, asked: Iterable[Question], spoken: Iterable[str | None], *, label: str) -> None:
    """List questions, each with the way to answer it aloud; those answered already are marked."""
    done = set(spoken)
    st.header(heading, anchor=False)
    for question in asked:
        practise(question.id, question.prompt, label, done=question.id in done)


def practise(question_id: str, text: str, label: str, *, done: bool = False) -> None:
    """Show a line with the way to the practice page; one that was spoken to already is marked."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"ask_{question_id}"):
        mark = ":material/check: " if done else ""
        st.markdown(mark + plain(text), width="stretch")
        shown = "Once more" if done else label
        st.page_link(routes.PRACTICE, label=shown, icon=":material/mic:", query_params={"question": question_id})


def practise_shortly(entries: Iterable[tuple[str, str, bool]], *, key: str) -> None:
    """Show short things side by side, each leading to a question: its id, what to show, whether it was spoken to."""
    with st.container(horizontal=True, key=key):
        for question_id, text, done in entries:
            icon = ":material/check:" if done else ":material/mic:"
            st.page_link(routes.PRACTICE, label=plain(text), icon=icon, query_params={"question": question_id})
