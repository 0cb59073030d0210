"""The sound of a question, made when the browser asks for it, on the address and port of the pages.

``Guard`` has let the request in. It names a text that a page has offered, so that nobody else's text is read.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rehearse import synthesis
from rehearse.synthesis import Voice

PATH = "/question-sound"
_MOST_OFFERED = 100
"""Texts that can be asked for; the oldest are forgotten first (house default)."""

# A quoted answer must not stay in the browser's cache.
_HEADERS = {"Cache-Control": "no-store"}

_offered: OrderedDict[str, tuple[str, Voice]] = OrderedDict()


def offer(text: str, voice: Voice) -> str:
    """Return the path and query under which the browser gets the sound of a text; the same for the same text."""
    name = sha256(f"{voice}\n{text}".encode()).hexdigest()
    _offered[name] = text, voice
    _offered.move_to_end(name)
    while len(_offered) > _MOST_OFFERED:
        _offered.popitem(last=False)
    return f"{PATH}?name={name}"


def forget() -> None:
    """Forget all texts and their sounds."""
    _offered.clear()
    synthesis.forget()


def route() -> Route:
    """Return the route for ``streamlit.App``."""
    return Route(PATH, _sound)


async def _sound(request: Request) -> Response:
    found = _offered.get(request.query_params.get("name", ""))
    if found is None:
        return PlainTextResponse("This question is no longer asked.\n", 404, _HEADERS)
    try:
        sound = await asyncio.to_thread(synthesis.speak, *found)
    except ValueError as error:
        return PlainTextResponse(f"{error}\n", 503, _HEADERS)
    return Response(sound, media_type="audio/wav", headers=_HEADERS)
