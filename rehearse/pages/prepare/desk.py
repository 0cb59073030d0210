"""What the parts of the page Prepare share: stored data, fields that save themselves, questions to practise."""

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
"""Session-state key of the chosen part, also a query parameter."""

_PROBLEM = "prepare_problem"


class Desk:
    """The preparation and the answers it is compared with, for one run of the page."""

    def __init__(self, shared: Services) -> None:
        self.shared = shared
        self.prepared: Preparation = load(shared.history.documents)
        self.library = shared.questions.read()
        self.spoken = everything(shared.history)

    def change(self, part: str, **changes: Any) -> None:
        """Change and save fields of a part."""
        self.update(part, lambda stored: replace(stored, **changes))

    def update(self, part: str, change: Callable[[Any], object]) -> None:
        """Apply ``change`` to the stored part, which may be newer than the one shown, and save the result."""
        self.attempt(update, self.shared.history.documents, part, change)

    def tick(self, name: str, *, on: bool) -> None:
        """Set or remove a tick."""
        self.update("ticks", lambda ticks: ticks.switched(name, on))

    def keep(self, part: object) -> None:
        """Save a whole part; a failure is shown above it."""
        self.attempt(save, self.shared.history.documents, part)

    def attempt(self, action: Callable[..., None], *args: Any, **kwargs: Any) -> None:
        """Run an action that bad input or a full disk can prevent; a failure is shown above the part."""
        try:
            action(*args, **kwargs)
        except (ValueError, OSError) as error:
            self.refuse(str(error))

    def show_problem(self) -> None:
        """Show the problem with the last input, and problems with question files."""
        problem = st.session_state.pop(_PROBLEM, None)
        for sentence in filter(None, (problem, *self.library.left_out)):
            st.error(plain(sentence))

    def refuse(self, problem: str) -> None:
        """Show a problem on the next run of the page."""
        st.session_state[_PROBLEM] = problem

    def stories(self) -> StoryBank:
        """Return the story bank of the answers."""
        return _stories(self._answers(), competencies(self.library.questions))

    def compared(self) -> tuple[Wanted, ...]:
        """Return the job description's key words with their mentions in the answers."""
        return _compared(self._answers(), self.prepared.job.text)

    def _answers(self) -> _Answers:
        return _Answers(self.shared.history, self.spoken)


@dataclass(frozen=True, slots=True)
class _Answers:
    """Answers whose transcripts are read only on a cache miss."""

    history: History
    listed: tuple[AttemptSummary, ...]

    def cache_key(self) -> int:
        """Return a cache key for the current answers; a new analysis changes an answer's values."""
        facts = (
            (answer.id, answer.model, answer.title, answer.told_before, *answer.values.values())
            for answer in self.listed
        )
        return hash((self.history.path, *facts))


# Reading two thousand answers takes a second, and a page is redrawn on every click. Streamlit's own hashing of long
# lists takes half as long.
_cached = st.cache_resource(
    max_entries=2, show_spinner="Reading your answers", hash_funcs={_Answers: _Answers.cache_key}
)


@_cached
def _stories(answers: _Answers, wanted: tuple[str, ...]) -> StoryBank:
    told_before = [answer.id for answer in answers.listed if answer.told_before]
    titles = {answer.id: answer.title for answer in answers.listed}
    return story_bank(answers.history.attempts(measured=False), wanted, told_before, titles)


@_cached
def _compared(answers: _Answers, description: str) -> tuple[Wanted, ...]:
    return compare(description, answers.history.attempts(measured=False))


def field(label: str, value: str, keep: Callable[[str], None], *, key: str, lines: int = 1, hint: str = "") -> None:
    """Show a text field that is saved as soon as it loses focus."""
    name = widget(key)

    def changed() -> None:
        # Under load, a field that was just removed from the page can report its old value again, which is no change.
        if st.session_state[name] != value:
            keep(st.session_state[name])

    if lines == 1:
        st.text_input(label, value, key=name, on_change=changed, placeholder=hint or None)
    else:
        st.text_area(label, value, key=name, on_change=changed, height=40 + 26 * lines, placeholder=hint or None)


def widget(key: str) -> str:
    """Return a widget's key, which changes on ``renew``."""
    turn = st.session_state.get(f"{key}_turn", 0)
    return f"{key}_{turn}" if turn else key


def renew(*keys: str) -> None:
    """Reset widgets to their stored values.

    Each is replaced by a new widget: a value set in the existing one can be overwritten by the value
    that the browser still holds.
    """
    for key in keys:
        st.session_state[f"{key}_turn"] = st.session_state.get(f"{key}_turn", 0) + 1


def replace_button(label: str, *, key: str) -> None:
    """Show a button to replace a document, which stays until a new one is accepted."""
    st.button(label, key=f"{key}_replace", on_click=_replacing, args=(key, True))


def is_replaced(key: str) -> bool:
    """Whether a stored document is being replaced."""
    return bool(st.session_state.get(f"{key}_replaced"))


def _replacing(key: str, wanted: bool) -> None:
    st.session_state[f"{key}_replaced"] = wanted


def document(desk: Desk, stored: Job | Resume, what: str, *, key: str) -> None:
    """Show controls to enter a document as a file or pasted text, which replaces the stored one."""

    def keep(text: str, name: str) -> None:
        desk.keep(type(stored)(text, name))
        _replacing(key, False)

    if stored.text:
        st.caption("The one you have stays until a new one is read.")
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
    """List questions, each with a link to answer it aloud; answered ones are marked."""
    done = set(spoken)
    st.header(heading, anchor=False)
    for question in asked:
        practise(question.id, question.prompt, label, done=question.id in done)


def practise(question_id: str, text: str, label: str, *, done: bool = False) -> None:
    """Show a question with a link to Practice; an answered one is marked."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"ask_{question_id}"):
        mark = ":material/check: " if done else ""
        st.markdown(mark + plain(text), width="stretch")
        shown = "Once more" if done else label
        st.page_link(routes.PRACTICE, label=shown, icon=":material/mic:", query_params={"question": question_id})


def practise_shortly(entries: Iterable[tuple[str, str, bool]], *, key: str) -> None:
    """Show short links to questions side by side; each entry is an id, a label and whether it is answered."""
    with st.container(horizontal=True, key=key):
        for question_id, text, done in entries:
            icon = ":material/check:" if done else ":material/mic:"
            st.page_link(routes.PRACTICE, label=plain(text), icon=icon, query_params={"question": question_id})
