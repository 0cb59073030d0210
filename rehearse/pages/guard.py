"""Who is let in to the pages: the person who started them, and nobody else who can reach the port.

Every account of a computer reaches its ports on 127.0.0.1, and so does every page that a browser has open. Hence each
start has a key of its own. Whoever brings it in an address gets it as a cookie and goes on at the same address without it.

- Another account cannot read the key: it is made in the server, and never stands in a command line, an environment
  or a log. The terminal shows it, and the browser gets it from a file that only this account can read.
- Another page has no use for the cookie: ``SameSite=Strict`` keeps it from foreign sites. A page on another port of
  this computer is the same site to a browser, but not the same origin, and each request says where it comes from.
- Cookies know no ports, so the port stands in the cookie's name: two servers do not take each other's away.
- A name that leads to this computer by a trick (DNS rebinding) is not ours: only our own names are answered.

This stands before Streamlit, which would look up its own public address to judge a foreign origin.
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
"""The host names under which the pages are served."""
KEY = "key"
"""What the key is called in an address."""
STANDING = threading.Event()
"""Set once there is a guard: pages that see it unset are served without one."""

_HEALTH = "/_stcore/health"
"""Says ``ok`` to anybody on this computer, no more than that the port is open."""
_READING = ("GET", "HEAD")
_HTTP_PORT = 80
_OURS = (None, "none", "same-origin")
"""Values of ``Sec-Fetch-Site``: none is an address that was typed or opened, and older browsers and programs send no such header."""
_HEADERS = {
    # A page of somebody else's that shows ours in a frame could have its buttons pressed unseen.
    "Content-Security-Policy": "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'",
    "X-Frame-Options": "DENY",
    # Nor may it hold on to our window, or take our sound as its own.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # An address names an answer, and at first holds the key.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_SHUT = "This page is shut: open the address that rehearse printed in the terminal when it was started.\n"


def new_key() -> str:
    """Make the key of one start."""
    return secrets.token_urlsafe(32)


def entrance(port: int, key: str) -> str:
    """Give the address that lets in."""
    return f"http://{ADDRESS}:{port}/?{KEY}={key}"


def origins(port: int) -> list[str]:
    """List where our own pages come from."""
    return [f"http://{name}:{port}" for name in NAMES]


def leading(address: str) -> str:
    """Write a page that goes on to an address, without any script."""
    to = html.escape(address)
    return (
        '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Rehearse</title>'
        f'<meta http-equiv="refresh" content="0; url={to}"><a href="{to}">Open rehearse</a>\n'
    )


class Guard:
    """ASGI middleware that answers 403 to whoever has no key; a socket is refused before it is opened."""

    def __init__(self, app: ASGIApp, key: str) -> None:
        self._app = app
        self._key = key
        STANDING.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in, show the way, or refuse."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        send = _with_headers(send)
        asked = HTTPConnection(scope)
        if not _is_for_us(asked):
            await _refuse(scope, receive, send)
        elif _is_reading(scope) and KEY in asked.query_params:
            await self._answer_to_key(asked)(scope, receive, send)
        elif (_is_reading(scope) and scope["path"] == _HEALTH) or self._has_cookie(asked):
            await self._app(scope, receive, send)
        else:
            await _refuse(scope, receive, send)

    def _answer_to_key(self, asked: HTTPConnection) -> Response:
        """Hand out the cookie to whoever has the key, and lead on to the same address without it."""
        if not (self._is_key(asked.query_params[KEY]) or self._has_cookie(asked)):
            return _shut()
        to = _without_key(asked.scope)
        # Where the way began on another site, as in a local file, a browser keeps a strict cookie back all along
        # a redirect; a page of our own begins anew.
        direct = asked.headers.get("sec-fetch-site") in _OURS
        answer = RedirectResponse(to, status_code=303) if direct else HTMLResponse(leading(to))
        answer.set_cookie(_cookie_name(asked.scope), self._key, httponly=True, samesite="strict")
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _has_cookie(self, asked: HTTPConnection) -> bool:
        if asked.headers.get("sec-fetch-site") not in _OURS:
            return False
        name = _cookie_name(asked.scope)
        return any(self._is_key(value) for found, value in _cookies(asked) if found == name)

    def _is_key(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self._key.encode())


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_HEADERS)
        await send(message)

    return sent


def _is_for_us(asked: HTTPConnection) -> bool:
    """Find out whether a request comes from this computer, under our own name, and from no other's page."""
    hosts, senders = asked.headers.getlist("host"), asked.headers.getlist("origin")
    ours = {_with_port(name, asked.scope) for name in NAMES}
    if len(hosts) != 1 or hosts[0].lower() not in ours or not _is_here(asked):
        return False
    return all(origin.lower() == f"http://{hosts[0].lower()}" for origin in senders)


def _is_here(asked: HTTPConnection) -> bool:
    """Find out whether a request comes from this computer, whatever address Streamlit was made to listen on."""
    found = ip_address(asked.client.host) if asked.client else None
    return found is not None and (getattr(found, "ipv4_mapped", None) or found).is_loopback


def _is_reading(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] in _READING


def _port(scope: Scope) -> int:
    return int(scope["server"][1])


def _with_port(name: str, scope: Scope) -> str:
    return name if _port(scope) == _HTTP_PORT else f"{name}:{_port(scope)}"


def _cookie_name(scope: Scope) -> str:
    return f"rehearse_{_port(scope)}"


def _cookies(asked: HTTPConnection) -> Iterator[tuple[str, str]]:
    """List all cookies: a page on another port may have set one of the same name, which must not hide ours."""
    for header in asked.headers.getlist("cookie"):
        for pair in header.split(";"):
            name, _, value = pair.strip().partition("=")
            yield name, value


def _without_key(scope: Scope) -> str:
    """Give path and query; one slash in front, since two would name another host."""
    rest = [(name, value) for name, value in parse_qsl(scope["query_string"].decode("latin-1")) if name != KEY]
    return f"/{quote(scope['path'].lstrip('/'))}" + (f"?{urlencode(rest)}" if rest else "")


def _shut() -> Response:
    return PlainTextResponse(_SHUT, status_code=403, headers={"Cache-Control": "no-store"})


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await _shut()(scope, receive, send)
