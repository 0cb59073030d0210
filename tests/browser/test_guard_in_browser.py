"""The way in, in a real browser: from the printed address and from the file that is opened, and for nobody else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from rehearse.pages.guard import leading
from rehearse.pages.serving import SCRIPT
from tests.browser.conftest import ALLOWED, DEVICE, Open, settled
from tests.served import ROOT, Served, free_port
from tests.waiting import until

SHUT = "This page is closed"


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return not probe.connect_ex(("127.0.0.1", port))


def is_practice(page: Page) -> bool:
    expect(page.locator(".recorder")).to_be_visible()
    return "key=" not in page.url


def test_the_opened_address_a_reload_and_a_second_tab_show_the_page(open_page: Open, pages: Served) -> None:
    page = open_page()
    assert is_practice(page)
    page.reload()
    assert is_practice(page)
    assert page.evaluate("document.cookie").find(pages.key) == -1
    second = page.context.new_page()
    second.goto(f"{pages.address}/feedback?take=none")
    settled(second)
    assert second.url == f"{pages.address}/feedback?take=none"
    expect(second.get_by_test_id("stMainBlockContainer")).not_to_be_empty()


def test_the_file_that_rehearse_opens_leads_to_the_page(
    chromium: Callable[[tuple[str, ...]], Browser], pages: Served, tmp_path: Path
) -> None:
    file = tmp_path / "rehearse.html"
    file.write_text(leading(pages.way_in()))
    with chromium((ALLOWED, DEVICE)).new_context() as context:
        page = context.new_page()
        page.goto(file.as_uri())
        page.wait_for_url(f"{pages.address}/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert "key=" not in page.url


def test_somebody_elses_browser_sees_a_sentence_alone(
    open_page: Open, chromium: Callable[[tuple[str, ...]], Browser], pages: Served
) -> None:
    assert is_practice(open_page())
    with chromium((ALLOWED, DEVICE)).new_context() as context:
        page = context.new_page()
        for path in ("", "library", "_stcore/host-config"):
            answer = page.goto(f"{pages.address}/{path}")
            assert answer is not None
            assert answer.status == 403
            expect(page.locator("body")).to_contain_text(SHUT)


def test_a_page_that_streamlit_serves_without_the_guard_shows_nothing_but_what_to_do(
    chromium: Callable[[tuple[str, ...]], Browser], tmp_path: Path
) -> None:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(SCRIPT),
        "--server.port",
        str(port),
        "--server.headless=true",
    ]
    environment = {**os.environ, "REHEARSE_DATA": str(tmp_path)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            until(lambda: is_listening(port))
            with chromium((ALLOWED, DEVICE)).new_context() as context:
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{port}")
                expect(page.get_by_test_id("stAlert")).to_contain_text("start rehearse instead")
                expect(page.locator(".recorder")).to_have_count(0)
        finally:
            server.terminate()
