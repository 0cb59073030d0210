"""Access control: the pages serve the person who started them, and nobody else who can reach the port.

Every account on a computer can reach its ports on 127.0.0.1, and so can every page open in a browser. Each start
therefore has a secret key. A browser that presents it in an address receives it as a cookie and is redirected to the
same address without it.

- Other accounts cannot read the key: it is generated in the server, and never appears in a command line, an environment
  variable or a log. It is shown in the terminal, and the browser gets it from a file that only this account can read.
- Other pages cannot use the cookie: ``SameSite=Strict`` withholds it from foreign sites. A page on another port of this
  computer is the same site to a browser, but not the same origin, and each request states its origin.
- Cookies are not separated by port, so the cookie's name contains the port: servers do not overwrite each other's.
- Requests under a foreign name that resolves to this computer (DNS rebinding) are refused: only our own host names
  are served.

The guard precedes Streamlit, which would look up its own public address in order to check a foreign origin.
"""

from __future__ import annotations

import html
import secrets
import threading
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ADDRESS = "127.0.0.1"
NAMES = (ADDRESS, "localhost")
"""Host names under which the pages are served."""
KEY = "key"
"""Query parameter of the key."""
STANDING = threading.Event()
"""Set once a guard exists; while it is unset, the pages are unprotected."""

_HEALTH = "/_stcore/health"
"""Answers ``ok`` to anybody on this computer, which reveals only that the port is open."""
_READING = ("GET", "HEAD")
_HTTP_PORT = 80
_OURS = (None, "none", "same-origin")
"""Accepted values of ``Sec-Fetch-Site``: ``none`` for an address that was typed or opened; older browsers and programs
send no such header."""
_HEADERS = {
    # A foreign page that embeds ours in a frame could trick the person into clicking its buttons.
    "Content-Security-Policy": "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'",
    "X-Frame-Options": "DENY",
    # Nor may a foreign page keep a reference to our window, or embed our sound.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # An address identifies an answer, and the first one contains the key.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_SHUT = "This page is closed: open the address that rehearse printed in the terminal when it started.\n"


def new_key() -> str:
    """Generate the key of a start."""
    return secrets.token_urlsafe(32)


def entrance(port: int, key: str) -> str:
    """Return the address that grants access."""
    return f"http://{ADDRESS}:{port}/?{KEY}={key}"


def origins(port: int) -> list[str]:
    """Return the origins of our own pages."""
    return [f"http://{name}:{port}" for name in NAMES]


def leading(address: str) -> str:
    """Return an HTML page that redirects to an address without a script."""
    to = html.escape(address)
    return (
        '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Rehearse</title>'
        f'<meta http-equiv="refresh" content="0; url={to}"><a href="{to}">Open rehearse</a>\n'
    )


class Guard:
    """ASGI middleware that answers 403 to requests without the key; a WebSocket is refused before it is opened."""

    def __init__(self, app: ASGIApp, key: str) -> None:
        self._app = app
        self._key = key
        STANDING.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward, redirect or refuse a request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        send = _with_headers(send)
        connection = HTTPConnection(scope)
        if not _is_for_us(connection):
            await _refuse(scope, receive, send)
        elif _is_reading(scope) and KEY in connection.query_params:
            await self._answer_to_key(connection)(scope, receive, send)
        elif (_is_reading(scope) and scope["path"] == _HEALTH) or self._has_cookie(connection):
            await self._app(scope, receive, send)
        else:
            await _refuse(scope, receive, send)

    def _answer_to_key(self, connection: HTTPConnection) -> Response:
        """Set the cookie if the key is correct, and redirect to the same address without the key."""
        if not (self._is_key(connection.query_params[KEY]) or self._has_cookie(connection)):
            return _shut()
        to = _without_key(connection.scope)
        # If a navigation starts on another site, such as a local file, the browser withholds strict cookies throughout
        # its redirects; a page of our own starts a new navigation.
        direct = connection.headers.get("sec-fetch-site") in _OURS
        answer = RedirectResponse(to, status_code=303) if direct else HTMLResponse(leading(to))
        answer.set_cookie(_cookie_name(connection.scope), self._key, httponly=True, samesite="strict")
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _has_cookie(self, connection: HTTPConnection) -> bool:
        if connection.headers.get("sec-fetch-site") not in _OURS:
            return False
        name = _cookie_name(connection.scope)
        return any(self._is_key(value) for found, value in _cookies(connection) if found == name)

    def _is_key(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self._key.encode())


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_HEADERS)
        await send(message)

    return sent


def _is_for_us(connection: HTTPConnection) -> bool:
    """Whether a request comes from this computer, under one of our host names, and not from a foreign page."""
    hosts, senders = connection.headers.getlist("host"), connection.headers.getlist("origin")
    ours = {_with_port(name, connection.scope) for name in NAMES}
    if len(hosts) != 1 or hosts[0].lower() not in ours or not _is_here(connection):
        return False
    return all(origin.lower() == f"http://{hosts[0].lower()}" for origin in senders)


def _is_here(connection: HTTPConnection) -> bool:
    """Whether a request comes from this computer, on whatever address Streamlit listens."""
    found = ip_address(connection.client.host) if connection.client else None
    return found is not None and (getattr(found, "ipv4_mapped", None) or found).is_loopback


def _is_reading(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] in _READING


def _port(scope: Scope) -> int:
    return int(scope["server"][1])


def _with_port(name: str, scope: Scope) -> str:
    return name if _port(scope) == _HTTP_PORT else f"{name}:{_port(scope)}"


def _cookie_name(scope: Scope) -> str:
    return f"rehearse_{_port(scope)}"


def _cookies(connection: HTTPConnection) -> Iterator[tuple[str, str]]:
    """Yield all cookies: a page on another port may have set one of the same name, which must not hide ours."""
    for header in connection.headers.getlist("cookie"):
        for pair in header.split(";"):
            name, _, value = pair.strip().partition("=")
            yield name, value


def _without_key(scope: Scope) -> str:
    """Return path and query, with a single leading slash, since two would denote another host."""
    rest = [(name, value) for name, value in parse_qsl(scope["query_string"].decode("latin-1")) if name != KEY]
    return f"/{quote(scope['path'].lstrip('/'))}" + (f"?{urlencode(rest)}" if rest else "")


def _shut() -> Response:
    return PlainTextResponse(_SHUT, status_code=403, headers={"Cache-Control": "no-store"})


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await _shut()(scope, receive, send)
