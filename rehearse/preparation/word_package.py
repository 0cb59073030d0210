"""The parts of a Word document: a ZIP file in which relationships, not names, identify each file."""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from rehearse.preparation.refusal import MOST_XML_BYTES, Reason, RefusedError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_MAIN = "officeDocument"
_USUAL = "word/document.xml"
"""Path of the main part in a file without relationships."""
_ENCRYPTED = 1
"""Bit in the flags of a ZIP entry."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Word writes no others, and a few bytes of some of those fill the memory."""


class Package:
    """The XML parts of an archive, found by their relationships; their total size is limited."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {_key(name): name for name in archive.namelist()}
        self._left = MOST_XML_BYTES
        self._main = self._main_name()

    def main(self) -> Element:
        """Return the root of the main part.

        Raises:
            RefusedError: The part is missing or cannot be read.

        """
        root = self._read(self._main) if self._main else None
        if root is None:
            raise RefusedError(Reason.OTHER)
        return root

    def related(self, kind: str) -> list[Element]:
        """Return the roots of the parts of a kind, such as "header", that the main part refers to, in order.

        Raises:
            RefusedError: A part cannot be read.

        """
        named = (self._read(name) for name in self._targets(self._main or "", kind))
        return [root for root in named if root is not None]

    def _main_name(self) -> str | None:
        named = self._targets("", _MAIN)
        types = self._read("[Content_Types].xml")
        if types is not None:
            named += [
                part.get("PartName", "")
                for part in types.iter(_CONTENT)
                if "wordprocessingml." in (kind := part.get("ContentType", "")) and kind.endswith(".main+xml")
            ]
        return next((name for name in (*named, _USUAL) if _key(name) in self._names), None)

    def _targets(self, source: str, kind: str) -> list[str]:
        folder, name = posixpath.split(source)
        relations = self._read(posixpath.join(folder, "_rels", f"{name}.rels"))
        if relations is None:
            return []
        return [
            posixpath.join("/" + folder, unquote(relation.get("Target", "")).replace("\\", "/"))
            for relation in relations.iter(_RELATED)
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External"
        ]

    def _read(self, name: str) -> Element | None:
        from xml.etree.ElementTree import ParseError

        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import fromstring

        stored = self._names.get(_key(name))
        if stored is None:
            return None
        entry = self._archive.getinfo(stored)
        if entry.flag_bits & _ENCRYPTED:
            raise RefusedError(Reason.ENCRYPTED)
        if entry.compress_type not in _METHODS:
            raise RefusedError(Reason.OTHER)
        with self._archive.open(entry) as file:
            # The size stated in the archive may be false, so the unpacked bytes are counted.
            xml = file.read(self._left + 1)
        self._left -= len(xml)
        if self._left < 0:
            raise RefusedError(Reason.BOMB)
        try:
            root: Element = fromstring(xml, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise RefusedError(Reason.DAMAGED) from error
        return root


def _key(name: str) -> str:
    """Normalise a part's name: case is ignored, and some programs write Windows separators."""
    return posixpath.normpath("/" + name.replace("\\", "/")).lower().lstrip("/")
