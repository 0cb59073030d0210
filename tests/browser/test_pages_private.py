"""The server of the pages, watched from outside while a person has an answer measured and looks around."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Playwright, expect

from rehearse.files.paths import models_folder
from rehearse.pages import question_sound
from tests.browser.conftest import READY, RECORDING, ROOT, _chromium, settled
from tests.served import REHEARSE, free_port
from tests.waiting import PATIENCE, until
from tests.watching import watch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace and network namespaces are Linux's")

PAGES = ("Today", "Prepare", "Interview", "Feedback", "Progress", "Library", "Settings", "Practice")
WAYS = {
    "rehearse": (*REHEARSE, "page", "--no-browser"),
    "streamlit": (sys.executable, "-m", "streamlit", "run", str(ROOT / "streamlit_app.py"), "--server.headless=true"),
}


def measure_an_answer(page: Page) -> None:
    page.get_by_role("link", name="Practice", exact=True).first.click(timeout=READY)
    page.get_by_text("Upload a file").click(timeout=READY)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(RECORDING)
    page.wait_for_url("**/feedback?take=*", timeout=2 * READY)
    page.reload()  # under watch Streamlit has shown nothing there; what is looked at here is what is sent
    expect(page.get_by_role("button", name="Discard this answer")).to_be_visible(timeout=2 * READY)


def have_a_question_read(page: Page) -> None:
    page.get_by_role("link", name="Interview", exact=True).first.click()
    with page.expect_response(lambda response: question_sound.PATH in response.url, timeout=READY) as sound:
        page.get_by_role("button", name="Start").click()
    assert sound.value.body().startswith(b"RIFF")


@pytest.mark.parametrize("way", WAYS)
def test_the_pages_send_nothing_while_an_answer_is_measured(way: str, tmp_path: Path, playwright: Playwright) -> None:
    watching, folders = watch(tmp_path), [tmp_path / name for name in ("home", "temporary", "data", "here", "runtime")]
    for folder in folders:
        folder.mkdir()
    home, temporary, data, here, runtime = folders
    environment = {
        **os.environ,
        **dict.fromkeys(("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), ""),
        "ORT_DISABLE_TELEMETRY": "0",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "TMPDIR": str(temporary),
        "REHEARSE_DATA": str(data),
        "REHEARSE_MODELS": str(models_folder()),
    }
    port = f"--server.port={free_port()}" if way == "streamlit" else f"--port={free_port()}"
    with subprocess.Popen(
        watching.command(*WAYS[way], port), env=environment, cwd=here, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            address = _address(server)
            browser = playwright.chromium.launch(
                executable_path=watching.browser(_chromium(), server), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page()
            until(lambda: _opened(page, address))
            measure_an_answer(page)
            for name in PAGES:
                page.get_by_role("link", name=name, exact=True).first.click()
                settled(page)
            have_a_question_read(page)
            browser.close()
        finally:
            os.kill(watching.inside(server), signal.SIGTERM)
            server.wait(PATIENCE)
    # PulseAudio's own library keeps its key there and its socket in the runtime folder when it is asked for
    # microphones.
    sound = (home / ".config", home / ".config" / "pulse", home / ".config" / "pulse" / "cookie")
    assert watching.offences(data, temporary, models_folder(), runtime, *sound) == []
    assert {path for folder in (home, temporary, here) for path in folder.rglob("*")} <= set(sound)


def _opened(page: Page, address: str) -> bool:
    """Open the pages; False while they are not served yet, since the address is printed before."""
    try:
        page.goto(address, wait_until="commit")
    except Error:
        return False
    return True


def _address(server: subprocess.Popen[str]) -> str:
    """Read where the pages are from what the program prints."""
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http://127\.0\.0\.1\S*\?key=\S+", line):
            return found[0]
    pytest.fail("no address was printed")
