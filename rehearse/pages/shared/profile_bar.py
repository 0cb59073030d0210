"""The choice of profile, where several people practise on this computer."""

from __future__ import annotations

import streamlit as st

from rehearse.pages.shared.services import profile_in_use, switch_profile
from rehearse.storage.profiles import profiles, with_key

_KEY = "profile_to_show"


def show() -> None:
    """Show the choice of profile; nothing if there is only one."""
    known = {profile.key: profile.name for profile in profiles()}
    if len(known) == 1:
        return
    used = profile_in_use()
    st.session_state[_KEY] = used.key
    with st.container(horizontal=True, horizontal_alignment="right", key="profile_bar"):
        # A selectbox shows its options verbatim, so names need no escaping.
        st.selectbox(
            "Profile",
            list(known),
            format_func=lambda key: f"Profile: {known[key]}",
            key=_KEY,
            on_change=_switch,
            label_visibility="collapsed",
            width=240,
        )


def _switch() -> None:
    switch_profile(with_key(st.session_state[_KEY]))
