"""What a person sees where something fails, in a real browser: a sentence, and the page again."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, settled
from tests.served import Served, served

SCRIPT = """
import streamlit as st

def fail(error):
    raise error

@st.fragment
def part(broken):
    if broken or st.button("Part"):
        fail(RuntimeError("inner matter"))
    st.button("Part's own", on_click=fail, args=(RuntimeError("inner matter"),))

def main():
    st.text_input("Notes")
    st.button("Fine")
    st.button("Input", on_click=fail, args=(ValueError("resume.pdf has *no* words: paste the text."),))
    st.button("Disk", on_click=fail, args=(OSError("the disk is full: make room."),))
    st.button("Fault", on_click=fail, args=(KeyError("inner matter"),))
    st.button("Unnamed", on_click=fail, args=(ValueError(),))
    st.checkbox("Tick", on_change=fail, args=(ZeroDivisionError("inner matter"),))
    if st.button("Body"):
        fail(IndexError("inner matter"))
    part(st.button("Whole"))
    st.write("The end of the page")

if __name__ == "__main__":
    main()
"""
SERVE = """
import sys
from pathlib import Path
from rehearse.pages import serving
serving.SCRIPT = Path(sys.argv.pop(1))
sys.path.append(str(serving.SCRIPT.parent))
from failing import main
serving.draw = main
serving.main()
"""
PARTLY_DRAWN = ("Body", "Part", "Part's own", "Whole")
OURS = "Something went wrong in rehearse; everything you saved before is safe."


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a page of which every part fails."""
    folder = tmp_path_factory.mktemp("failing")
    script = folder / "failing.py"
    script.write_text(SCRIPT)
    with served(folder, command=(sys.executable, "-c", SERVE, str(script), "--port")) as pages:
        yield pages


@pytest.fixture
def page(open_window: Open, failing: Served) -> Page:
    opened = open_window()
    opened.goto(failing.way_in())
    return opened


@pytest.mark.parametrize(
    ("pressed", "shown"),
    [
        ("Input", "resume.pdf has *no* words: paste the text."),
        ("Disk", "the disk is full: make room."),
        ("Fault", OURS),
        ("Unnamed", OURS),
        ("Tick", OURS),
        ("Body", OURS),
        ("Part", OURS),
        ("Part's own", OURS),
        ("Whole", OURS),
    ],
)
def test_a_failing_button_shows_a_sentence_and_the_page_comes_back(
    page: Page, failing: Served, pressed: str, shown: str
) -> None:
    page.get_by_label("Notes").fill("typed before")
    page.get_by_label("Notes").press("Enter")
    settled(page)
    page.get_by_text("Tick" if pressed == "Tick" else pressed, exact=True).click()
    expect(page.get_by_test_id("stAlert")).to_contain_text(shown)
    for inner in ("Traceback", "inner matter", "failing.py", "Error:"):
        expect(page.locator("body")).not_to_contain_text(inner)
    assert "Traceback" in failing.log.read_text()
    expect(page.get_by_label("Notes")).to_have_value("typed before")
    settled(page)
    page.get_by_role("button", name="Show the page" if pressed in PARTLY_DRAWN else "Fine").click()
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    expect(page.get_by_text("The end of the page")).to_have_count(1)
    expect(page.get_by_text("The end of the page")).to_be_visible()
    expect(page.get_by_label("Notes")).to_have_value("typed before")
