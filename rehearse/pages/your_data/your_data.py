"""Your data: storage used, export and import, profiles, and deletion."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import platformdirs
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from rehearse.app.archive import Imported, export, pack, restore, restore_file
from rehearse.app.recount_markers import note_change
from rehearse.app.settings import read_settings
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import Services, profile_in_use, services, start_afresh
from rehearse.pages.shared.text import plain
from rehearse.pages.your_data import profiles
from rehearse.storage.retention import disk_use, keep_sound, old_sound, old_sound_days, readable_size

# In bytes (house default); a download is held in memory as a whole. A string here would be shown on the page.
MOST_DOWNLOADED = 500_000_000
_NEVER = 0
_DAYS = (_NEVER, 30, 90, 180, 365)


def page() -> None:
    """Show the page."""
    shared = services()
    st.page_link(routes.LIBRARY, label="Library", icon=":material/arrow_back:")
    st.title("Your data", anchor=False)
    used = disk_use(shared.store, shared.history)
    st.markdown(
        f"Everything you practise is stored in one folder on this computer: {readable_size(used.sound)} of recordings, "
        f"{readable_size(used.history)} of transcripts and numbers."
    )
    st.code(str(shared.folder), language=None, wrap_lines=True)
    st.header("Take it with you", anchor=False)
    _export(shared, used.total)
    _import(shared)
    st.header("Old recordings", anchor=False)
    _rule(shared)
    st.header("Profiles", anchor=False)
    profiles.show()
    st.header("Delete everything", anchor=False)
    st.write("Every recording, transcript, number, note, interview round, preparation, setting and question of yours.")
    if st.button("Delete everything", key="delete_all", icon=":material/delete_forever:"):
        _delete_dialog(shared)


def _export(shared: Services, size: int) -> None:
    with st.container(border=True):
        st.markdown("**Export.** One ZIP file with all recordings, answers and notes; also readable without Rehearse.")
        small = size <= MOST_DOWNLOADED
        if small:
            st.download_button(
                "Download everything",
                lambda: _packed(shared),
                f"rehearse-{datetime.now().astimezone():%Y-%m-%d}.zip",
                "application/zip",
                key="export_download",
                icon=":material/download:",
                on_click="ignore",
            )
        else:
            st.caption(f"{readable_size(size)} is too much to download at once: save it to a folder instead.")
        with st.expander("Save it to a folder instead", expanded=not small, key="export_elsewhere"):
            _export_into_folder(shared)


def _packed(shared: Services) -> io.BytesIO:
    file = io.BytesIO()
    pack(shared.store, shared.history, shared.question_sets, file)
    return file


def _export_into_folder(shared: Services) -> None:
    with st.form("export", border=False):
        folder = st.text_input("Folder on this computer", _usual_folder(), key="export_folder")
        if st.form_submit_button("Export everything", key="export_yes"):
            target = Path(folder).expanduser() / f"rehearse-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.zip"
            with st.spinner("Writing the file"):
                _exported(shared, target)


def _usual_folder() -> str:
    downloads = platformdirs.user_downloads_path()
    return str(downloads if downloads.is_dir() else Path.home())


def _exported(shared: Services, target: Path) -> None:
    if not target.parent.is_dir():
        st.error(plain(f"{target.parent} is not a folder on this computer: name one that exists"))
        return
    try:
        done = export(shared.store, shared.history, shared.question_sets, target)
    except (OSError, ValueError) as error:
        st.error(plain(str(error)))
    else:
        parts = _count(done.takes, "recording"), _count(done.answers, "analysed answer")
        st.success(plain(f"{' and '.join(parts)} are in {target}"))


def _import(shared: Services) -> None:
    with st.form("import", border=True):
        st.markdown(
            "**Import.** Everything in an export is imported, or nothing if something is wrong with the file. "
            "A rule that deletes old recordings is never imported with it."
        )
        uploaded = st.file_uploader("Export file", type="zip", key="import_file")
        named = st.text_input("Or its path on this computer, for large ones", key="import_path")
        replace = st.checkbox("Replace what is here already", key="import_replace")
        if st.form_submit_button("Import", key="import_yes"):
            with st.spinner("Reading the file"):
                here = shared.history.ids()
                try:
                    done = _restored(shared, uploaded, named.strip(), replace=replace)
                except (OSError, ValueError) as error:
                    st.error(plain(str(error)))
                else:
                    if here and done.answers:  # imported answers may have been counted with other words
                        note_change(shared.history, read_settings(shared.history.documents).markers)
                    st.success(_came_in(done))


def _restored(shared: Services, uploaded: UploadedFile | None, named: str, *, replace: bool) -> Imported:
    parts = (shared.store, shared.history, shared.question_sets)
    if uploaded is not None:
        return restore(*parts, uploaded, uploaded.name, replace=replace, notice=st.info)
    if not named:
        msg = "choose a file first"
        raise ValueError(msg)
    return restore_file(*parts, Path(named).expanduser(), replace=replace, notice=st.info)


def _came_in(done: Imported) -> str:
    parts = {
        "recording": done.takes,
        "analysed answer": done.answers,
        "note on rounds, preparation or settings": done.documents,
        "question file": done.question_sets,
    }
    came = sum(parts.values())
    listed = ", ".join(_count(number, what) for what, number in parts.items() if number)
    first = f"{_count(came, 'item')} imported: {listed}." if came else "Nothing new was imported."
    stayed = (
        "was already here and stayed as it was" if done.skipped == 1 else "were already here and stayed as they were"
    )
    return f"{first} {_count(done.skipped, 'item')} {stayed}." if done.skipped else first


def _count(number: int, what: str) -> str:
    """Return a number with its noun; in a longer name, the first noun takes the plural."""
    noun, joint, rest = what.partition(" on ")
    return f"{number} {noun}{'' if number == 1 else 's'}{joint}{rest}"


def _rule(shared: Services) -> None:
    days = old_sound_days(shared.history.documents) or _NEVER
    choices = _DAYS if days in _DAYS else (*_DAYS, days)
    st.selectbox(
        "Delete recordings when Rehearse starts",
        choices,
        choices.index(days),
        format_func=lambda chosen: "never" if chosen == _NEVER else f"after {chosen} days",
        key="old_sound",
        on_change=lambda: keep_sound(shared.history.documents, st.session_state["old_sound"] or None),
        width=260,
    )
    going = len(old_sound(shared.store, shared.history, datetime.now(UTC)))
    if going:
        st.warning(f"{_count(going, 'recording')} older than that will be deleted the next time Rehearse starts.")
    st.caption("Transcripts and numbers stay. Recordings that haven't been analysed yet stay too.")


@st.dialog("Delete everything?")
def _delete_dialog(shared: Services) -> None:
    answers, takes = len(shared.history.ids()), len(shared.store.ids())
    st.write(
        f"{_count(takes, 'recording')}, {_count(answers, 'analysed answer')}, "
        "and all notes, rounds, preparation, settings and questions of yours in this profile are removed from this "
        "computer. This cannot be undone; export them first if you are in doubt."
    )
    with st.container(horizontal=True):
        if st.button("Delete everything", key="delete_all_yes"):
            shared.delete_everything()
            start_afresh(profile_in_use())
            st.switch_page(routes.LIBRARY)
        if st.button("Keep everything", type="primary", key="delete_all_no"):
            st.rerun()


page()
