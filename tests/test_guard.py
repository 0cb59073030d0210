"""The pages are open to the person who started them, and to nobody else who can reach the port."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import requests
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.served import REHEARSE, ROOT, Served, served
from tests.test_offline import SHUT
from tests.waiting import until

PLACES = (
    "/",
    "/feedback?take=a",
    "/index.html",
    "/static/js/index.js",
    "/media/a.wav",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/health/",
    "/_stcore/script-health-check",
    "/_stcore/upload_file/a/b",
    "/_stcore/stream",
    "/component/a/b.js",
    "//127.0.0.1/",
)
SENTENCE = "This page is closed: open the address that rehearse printed in the terminal when it started.\n"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("data")) as started:
        yield started


def asked(pages: Served, path: str = "/", method: str = "GET", **given: Mapping[str, str]) -> requests.Response:
    return requests.request(method, f"{pages.address}{path}", timeout=30, allow_redirects=False, **given)


def let_in(pages: Served, **headers: str) -> bool:
    status = asked(pages, cookies=pages.cookie, headers=headers).status_code
    assert status in (200, 403)
    return status == 200


def opens_a_socket(pages: Served, **headers: str) -> bool:
    given = {"Cookie": "; ".join("=".join(pair) for pair in pages.cookie.items()), **headers}
    try:
        with connect(f"ws://127.0.0.1:{pages.port}/_stcore/stream", additional_headers=given, proxy=None):
            return True
    except InvalidStatus as error:
        return error.response.status_code != requests.codes.forbidden


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_another_account_of_this_computer_gets_nothing_but_a_sentence(pages: Served, path: str, method: str) -> None:
    for cookies in ({}, {f"rehearse_{pages.port}": "guessed"}, {"rehearse_1": pages.key}):
        answer = asked(pages, path, method, cookies=cookies)
        assert answer.status_code == 403
        assert answer.text == ("" if method == "HEAD" else SENTENCE)
        assert not answer.cookies


def test_the_printed_address_lets_in_and_does_not_stay_in_the_address_bar(pages: Served) -> None:
    answer = asked(pages, f"/?key={pages.key}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert cookie == f"rehearse_{pages.port}={pages.key}; HttpOnly; Path=/; SameSite=strict"
    assert answer.headers["Cache-Control"] == "no-store"
    with requests.Session() as browser:
        page = browser.get(f"{pages.address}/?key={pages.key}", timeout=30)
        assert (page.status_code, page.url) == (200, f"{pages.address}/")
        assert '<div id="root">' in page.text
        assert browser.get(f"{pages.address}/_stcore/host-config", timeout=30).status_code == 200


def test_a_link_deep_into_the_pages_keeps_what_it_asks_for(pages: Served) -> None:
    answer = asked(pages, f"/feedback?take=a%26b&key={pages.key}&x=1%2B1")
    assert answer.headers["Location"] == "/feedback?take=a%26b&x=1%2B1"


def test_an_old_bookmark_with_yesterdays_key_still_works_for_whoever_is_in(pages: Served) -> None:
    answer = asked(pages, "/library?key=yesterday", cookies=pages.cookie)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/library")
    assert asked(pages, "/library?key=yesterday").status_code == 403


@pytest.mark.parametrize("path", ["//example.com/", "/%5Cexample.com", "/\\example.com", "/%0d%0aSet-Cookie:%20a=b"])
def test_the_way_in_never_leads_elsewhere(pages: Served, path: str) -> None:
    with closing(HTTPConnection("127.0.0.1", pages.port)) as connection:
        connection.request("GET", f"{path}?key={pages.key}")
        answer = connection.getresponse()
        target = answer.getheader("Location", "")
    assert answer.status == 303
    assert re.fullmatch(r"/(?!/)[\w.%/-]*", target)
    assert answer.headers.get_all("Set-Cookie") == [
        f"rehearse_{pages.port}={pages.key}; HttpOnly; Path=/; SameSite=strict"
    ]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_another_port_or_host_may_not_use_the_cookie_that_a_browser_sends(pages: Served, site: str) -> None:
    assert not let_in(pages, **{"Sec-Fetch-Site": site})
    assert not opens_a_socket(pages, **{"Sec-Fetch-Site": site})
    assert let_in(pages, **{"Sec-Fetch-Site": "same-origin"})
    assert let_in(pages, **{"Sec-Fetch-Site": "none"})


@pytest.mark.parametrize(
    "origin",
    ["http://127.0.0.1:1", "http://localhost:1", "http://127.0.0.1", "https://example.com", "null", "file://", ""],
)
def test_a_foreign_origin_is_refused_with_the_cookie_and_without(pages: Served, origin: str) -> None:
    assert not let_in(pages, Origin=origin)
    assert not opens_a_socket(pages, Origin=origin)
    for method in ("POST", "PUT", "DELETE"):
        given = {"cookies": pages.cookie, "headers": {"Origin": origin}}
        assert asked(pages, "/_stcore/upload_file/a/b", method, **given).status_code == 403


@pytest.mark.parametrize("path", ["/", "/?key={key}", "/media/a.wav", "/_stcore/health", "/_stcore/host-config"])
@pytest.mark.parametrize("known", [True, False])
def test_no_foreign_page_can_frame_the_pages_or_learn_their_address(pages: Served, path: str, *, known: bool) -> None:
    answer = asked(pages, path.format(key=pages.key), cookies=pages.cookie if known else {})
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_no_foreign_site_may_command_the_page(pages: Served) -> None:
    told = asked(pages, "/_stcore/host-config", cookies=pages.cookie).json()
    assert told["allowedOrigins"] == [pages.address, f"http://localhost:{pages.port}"]


def test_refusing_a_foreign_page_asks_nobody_outside_for_our_own_address(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(SHUT)
    paths = os.pathsep.join((str(tmp_path), str(ROOT)))
    with served(tmp_path, environment={"PYTHONPATH": paths}) as pages:
        for headers in ({}, {"Cookie": ""}, {"Sec-Fetch-Site": "cross-site"}):
            assert not opens_a_socket(pages, Origin="https://example.com", **headers)
        assert opens_a_socket(pages, Origin=pages.address)
        assert "REACHED FOR" not in pages.log.read_text()


def test_our_own_origin_is_let_in(pages: Served) -> None:
    assert let_in(pages, Origin=pages.address)
    assert opens_a_socket(pages, Origin=pages.address)
    assert not opens_a_socket(pages, Cookie="", Origin=pages.address)


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.example.com:{port}", "0.0.0.0"])  # noqa: S104
def test_a_name_that_was_turned_to_this_computer_is_refused(pages: Served, host: str) -> None:
    host = host.format(port=pages.port)
    assert not let_in(pages, Host=host)
    assert not let_in(pages, Host=host, Origin=f"http://{host}")
    assert asked(pages, f"/?key={pages.key}", headers={"Host": host}).status_code == 403
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "a" * 22 + "==",
    }
    headers = {"Host": host, "Origin": f"http://{host}", **upgrade}
    assert asked(pages, "/_stcore/stream", cookies=pages.cookie, headers=headers).status_code == 403
    assert let_in(pages, Host=f"localhost:{pages.port}")


def test_a_cookie_that_another_port_has_set_under_our_name_does_not_lock_out(pages: Served) -> None:
    name = f"rehearse_{pages.port}"
    assert let_in(pages, Cookie=f"{name}=theirs; {name}={pages.key}; {name}=again")


def test_each_start_has_a_key_of_its_own_and_two_at_once_do_not_mix(pages: Served, tmp_path: Path) -> None:
    with served(tmp_path) as other:
        assert other.key != pages.key
        assert len(other.key) >= 43
        assert set(other.cookie).isdisjoint(pages.cookie)
        assert asked(other, cookies={**pages.cookie, **other.cookie}).status_code == 200
        assert asked(other, cookies=dict.fromkeys(other.cookie, pages.key)).status_code == 403
        assert asked(other, f"/?key={pages.key}").status_code == 403


def test_whoever_waits_for_the_pages_may_ask_whether_they_are_served(pages: Served) -> None:
    answer = asked(pages, "/_stcore/health")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert asked(pages, "/_stcore/health", "POST").status_code == 403


def test_other_accounts_find_the_key_in_no_command_line_and_no_file(tmp_path: Path) -> None:
    """The browser is a script that keeps what it was started with; it stays for as long as a real one may."""
    programs, data = tmp_path / "bin", tmp_path / "data"
    programs.mkdir()
    data.mkdir()
    browser = programs / "xdg-open"
    browser.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/new\nmv {tmp_path}/new {tmp_path}/opened\nexec sleep 5\n')
    browser.chmod(0o700)
    path = os.pathsep.join((str(programs), os.environ["PATH"]))
    command = (*REHEARSE, "page", "--port")
    with served(data, command=command, environment={"PATH": path}) as pages:
        until((tmp_path / "opened").is_file)
        known = [process / name for process in Path("/proc").glob("[0-9]*") for name in ("cmdline", "environ")]
        assert not [str(file) for file in known if pages.key.encode() in _content(file)]
        [opened] = (tmp_path / "opened").read_text().split()
        file = Path(unquote(urlsplit(opened).path))
        assert pages.way_in() in file.read_text()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert pages.log.read_text().count(pages.key) == 1
    assert not file.parent.exists()


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


def test_pages_started_by_streamlit_from_a_checkout_are_guarded_too(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "streamlit", "run", str(ROOT / "streamlit_app.py"), "--server.port")
    with served(tmp_path, command=command, cwd=ROOT) as pages:
        assert asked(pages).status_code == 403
        assert let_in(pages)
        assert opens_a_socket(pages)
