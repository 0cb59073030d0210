"""Extracts a Word document's text in reading order: paragraphs, table rows, text boxes, headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rehearse.preparation.periods import is_date
from rehearse.preparation.resume_entries import is_heading
from rehearse.preparation.user_text import one_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from rehearse.preparation.word_package import Package

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""The usual namespace, and that of Strict Open XML."""
_CHOSEN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)

_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
"""Elements that represent a single character."""
_LEFT_OUT = frozenset({"pPr", "rPr", "moveFrom", "del", "instrText", "txbxContent", "p", "tbl"})
"""Elements without text of the surrounding paragraph."""
_OFF = frozenset({"0", "false", "off", "none"})
_HEADING = re.compile(r"heading|title", re.IGNORECASE)
_SHORT_CELL = 3
"""Most paragraphs of a cell that may belong to its neighbours, as dates and locations do (house default)."""


def lines_of(package: Package) -> list[str]:
    """Return the document's lines.

    Text beside the main text that has headings of its own is moved to the end, so that no heading applies to text that
    is not its own.

    Raises:
        RefusedError: A part cannot be read.

    """
    reader = _Reader(_listed_styles(package))
    around = (line for kind in ("header", "footer") for part in package.related(kind) for line in reader.apart(part))
    # The first page's header often repeats that of the other pages.
    lines = [*dict.fromkeys(around), *reader.blocks(package.main())]
    return [*lines, *(line for box in reader.behind for line in ("", *box))]


class _Reader:
    """Reads a document; ``behind`` collects what is moved to its end."""

    def __init__(self, listed: frozenset[str]) -> None:
        self.behind: list[list[str]] = []
        self._listed = listed

    def blocks(self, parent: Element) -> Iterator[str]:
        """Yield the lines of everything inside an element, whatever wraps it."""
        for element in parent:
            name = _name(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield ""
                yield from (line for row in element for line in self._row(row))
                yield ""
            elif name == "AlternateContent":
                yield from self.blocks(_alternative(element))
            elif name not in {"sectPr", "moveFrom", "del", "Fallback"}:
                yield from self.blocks(element)

    def apart(self, parent: Element) -> Iterator[str]:
        """Yield the lines of a separate part, or defer them to the end if it has headings."""
        lines = list(self.blocks(parent))
        if sum(bool(line.strip()) for line in lines) > 1 and any(map(is_heading, lines)):
            if lines not in self.behind:
                self.behind.append(lines)
            return
        yield from lines

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        text = "".join(_text(paragraph))
        yield ("- " if text.strip() and self._is_listed(paragraph) else "") + text
        for box in _boxes(paragraph):
            yield from self.apart(box)

    def _is_listed(self, paragraph: Element) -> bool:
        properties = next(_children(paragraph, "pPr"), None)
        style = _value(properties, "pStyle")
        if properties is None or _HEADING.match(style) or next(_children(properties, "outlineLvl"), None) is not None:
            return False
        numbered = next(_children(properties, "numPr"), None)
        return style in self._listed if numbered is None else _value(numbered, "numId") != "0"

    def _row(self, row: Element) -> Iterator[str]:
        cells = [lines for cell in _cells(row) if (lines := list(self._cell(cell)))]
        if all(len(lines) == 1 for lines in cells) and not any(is_heading(lines[0]) for lines in cells):
            yield _joined(tuple(lines[0] for lines in cells))
            return
        yield ""
        yield from (", ".join(lines) for lines in cells if _is_date(lines))
        content = [lines for lines in cells if not _is_date(lines)]
        for number, lines in enumerate(content):
            if number and max(len(lines), len(content[number - 1])) > _SHORT_CELL:
                yield ""
            yield from lines

    def _cell(self, cell: Element) -> Iterator[str]:
        for line in self.blocks(cell):
            yield from filter(str.strip, line.split("\n"))


def _cells(row: Element) -> Iterator[Element]:
    return iter((row,)) if _name(row) == "tc" else _descendants(row, "tc")


def _is_date(lines: Sequence[str]) -> bool:
    """Whether a cell contains a date, and perhaps a location."""
    return len(lines) <= _SHORT_CELL and is_date(one_line(lines[0]))


def _joined(cells: tuple[str, ...]) -> str:
    """Join the cells of a row on one line, with the date after the post."""
    text = ""
    for cell in sorted(cells, key=lambda cell: is_date(one_line(cell))):
        text += (" " if text.endswith(":") else ", " if text else "") + cell.strip()
    return text


def _text(element: Element) -> Iterator[str]:
    """Yield the characters of a paragraph, except those of text boxes anchored to it."""
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name == "sym":
            yield _symbol(child)
        elif name in _MARKS:
            yield _MARKS[name]
        elif name == "AlternateContent":
            yield from _text(_alternative(child))
        elif name not in _LEFT_OUT and not (name == "r" and _is_hidden(child)):
            yield from _text(child)


def _is_hidden(run: Element) -> bool:
    properties = next(_children(run, "rPr"), None)
    hidden = None if properties is None else next(_children(properties, "vanish"), None)
    return hidden is not None and _attribute(hidden, "val") not in _OFF


def _symbol(element: Element) -> str:
    try:
        return chr(int(_attribute(element, "char"), 16))
    except (ValueError, OverflowError):
        return ""


def _boxes(element: Element) -> Iterator[Element]:
    """Yield the text boxes anchored to a paragraph, each in one of its alternative forms."""
    for child in element:
        name = _name(child)
        if name == "txbxContent":
            yield child
        elif name == "AlternateContent":
            yield from _boxes(_alternative(child))
        else:
            yield from _boxes(child)


def _alternative(element: Element) -> Element:
    """Return the first form with any text; programs repeat a box in another form for older readers."""
    forms = [form for form in element if form.tag in (f"{_CHOSEN}Choice", f"{_CHOSEN}Fallback")]
    written = (form for form in forms if any(_name(inner) == "t" for inner in form.iter()))
    return next(written, forms[0] if forms else element)


def _listed_styles(package: Package) -> frozenset[str]:
    """Return the styles whose paragraphs are list entries, by their own settings or those they are based on."""
    own: dict[str, str | None] = {}
    based: dict[str, str] = {}
    for part in package.related("styles"):
        for style in _descendants(part, "style"):
            name = _attribute(style, "styleId")
            numbered = next(_descendants(style, "numPr"), None)
            own[name] = None if numbered is None else _value(numbered, "numId")
            based[name] = _value(style, "basedOn")
    return frozenset(name for name in own if _is_numbered(name, own, based))


def _is_numbered(name: str, own: dict[str, str | None], based: dict[str, str]) -> bool:
    seen: set[str] = set()
    while name in own and name not in seen and own[name] is None:
        seen.add(name)
        name = based[name]
    return own.get(name) not in (None, "0")


def _name(element: Element) -> str:
    """Return an element's name; other than those of Word and formulas, it includes the namespace."""
    space, _, name = element.tag.removeprefix("{").rpartition("}")
    return name if space in (*_WORD, *_MATHS) or element.tag.startswith(_CHOSEN) else element.tag


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if _name(child) == name)


def _descendants(element: Element, name: str) -> Iterator[Element]:
    """Yield the descendants of a name, except those nested in another of that name."""
    for child in element:
        if _name(child) == name:
            yield child
        else:
            yield from _descendants(child, name)


def _attribute(element: Element, name: str) -> str:
    return next((value for space in _WORD if (value := element.get(f"{{{space}}}{name}")) is not None), "")


def _value(parent: Element | None, name: str) -> str:
    child = None if parent is None else next(_children(parent, name), None)
    return "" if child is None else _attribute(child, "val")
