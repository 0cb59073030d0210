"""Windows that one test after another gets, each as empty as a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page

from tests.waiting import PATIENCE

Chromium = Callable[[tuple[str, ...]], Browser]

LASTING = ("add_init_script", "add_locator_handler", "emulate_media", "on", "route", "route_web_socket")
"""What a test does to a page and no navigation undoes; a page to which it was done is closed."""
LIGHT = "/_stcore/health"
"""One word from the same server, so that Chromium goes on with the process in which its scripts are compiled."""
FORGET = "() => { localStorage.clear(); sessionStorage.clear() }"


@dataclass(eq=False)
class Window:
    """A page in a context of its own.

    Attributes:
        look: Flags of its browser and options of its context.
        changed: Whether a test did to it what stays.

    """

    page: Page
    look: str
    changed: bool = False

    def __post_init__(self) -> None:
        for name in LASTING:
            setattr(self.page, name, self._noticed(getattr(self.page, name)))

    def _noticed(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **options: Any) -> Any:
            self.changed = True
            return method(*arguments, **options)

        return called

    def empty(self) -> None:
        """Leave nothing of the pages that were shown, nor of what they kept."""
        for other in self.page.context.pages:
            if other != self.page:
                other.close()
        if self.page.url.startswith("http"):
            self.page.evaluate(FORGET)
            self.page.goto(urljoin(self.page.url, LIGHT))
        else:
            self.page.goto("about:blank")
        self.page.context.clear_cookies()
        self.page.mouse.move(0, 0)


@dataclass
class Windows:
    """All windows that no test has at the moment."""

    chromium: Chromium
    free: dict[str, list[Window]] = field(default_factory=lambda: defaultdict(list))

    def take(self, flags: tuple[str, ...], options: Mapping[str, object]) -> Window:
        """Give a window of this look, a new one where none is free."""
        look = repr((flags, sorted(options.items())))
        if self.free[look]:
            return self.free[look].pop()
        context = self.chromium(flags).new_context(**options)
        context.set_default_timeout(1000 * PATIENCE)
        return Window(context.new_page(), look)

    def give_back(self, window: Window) -> None:
        """Keep a window for the next test unless this one did to it what stays."""
        if window.changed or window.page.is_closed():
            window.page.context.close()
            return
        window.empty()
        self.free[window.look].append(window)

    def close(self) -> None:
        """Close them all."""
        for window in (one for several in self.free.values() for one in several):
            window.page.context.close()
