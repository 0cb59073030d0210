"""Creating, renaming and removing profiles."""

from __future__ import annotations

import streamlit as st

from rehearse.pages.shared.services import profile_in_use, services, switch_profile
from rehearse.pages.shared.text import plain
from rehearse.storage import profiles
from rehearse.storage.profiles import FIRST, LONGEST_NAME, Profile


def show() -> None:
    """Show the section."""
    used, known = profile_in_use(), profiles.profiles()
    st.write("Two people on this computer? A profile each keeps their answers apart. It does not lock them.")
    if len(known) > 1:
        st.markdown(f"In use: **{plain(used.name)}**. Switch at the top of any page.")
        _rename(used)
    _create()
    if used.key != FIRST and st.button("Remove this profile", key="profile_remove", type="tertiary"):
        _remove_dialog(used)


def _create() -> None:
    with st.form("profile_new", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Name of a new profile", max_chars=LONGEST_NAME, key="profile_name", width=260)
        submitted = st.form_submit_button("Create and use it", key="profile_make")
    if submitted:
        try:
            profile = profiles.create(name)
        except (OSError, ValueError) as error:
            st.error(plain(str(error)))
        else:
            switch_profile(profile)
            st.rerun()


def _rename(used: Profile) -> None:
    with st.form("profile_rename", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            "Name of this profile", used.name, max_chars=LONGEST_NAME, key="profile_own_name", width=260
        )
        submitted = st.form_submit_button("Rename", key="profile_rename_yes")
    if submitted:
        try:
            profiles.rename(used, name)
        except (OSError, ValueError) as error:
            st.error(plain(str(error)))
        else:
            st.rerun()


@st.dialog("Remove this profile?")
def _remove_dialog(used: Profile) -> None:
    st.markdown(f"**{plain(used.name)}**")
    st.write("Everything in it is removed from this computer with it. This cannot be undone.")
    with st.container(horizontal=True):
        if st.button("Remove it", key="profile_remove_yes"):
            services().delete_everything()
            profiles.remove(used)
            switch_profile(profiles.with_key(FIRST))
            st.rerun()
        if st.button("Keep it", type="primary", key="profile_remove_no"):
            st.rerun()
