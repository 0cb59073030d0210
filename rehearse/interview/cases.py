"""What the interviewer knows about a case, and tells when asked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FACTS = Path(__file__).with_name("case_facts.toml")
_MOST = 2
"""Facts told in answer to one question (house default)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the interviewer knows.

    Attributes:
        asks: Beginnings of words that ask for it.
        says: What is told.

    """

    asks: tuple[str, ...]
    says: str


def facts_of(question_id: str) -> tuple[Fact, ...]:
    """List what is known about a case, in the order of the file; nothing about a case of the person's own."""
    return _all_facts().get(question_id, ())


def told(asked: str, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Choose the facts that one question asks for, those that match most words first.

    >>> told("Is it in all branches?", (Fact(("branch",), "Six."), Fact(("price",), "Four percent.")))
    (Fact(asks=('branch',), says='Six.'),)
    """
    matched = {fact: sum(_asks(asked, start) for start in fact.asks) for fact in facts}
    most = max(matched.values(), default=0)
    return tuple(fact for fact, count in matched.items() if count == most > 0)[:_MOST]


def replies(asked: Sequence[str], facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Choose the facts that several questions ask for, each told once; a text may hold several questions."""
    sentences = [sentence for text in asked for sentence in re.split(r"(?<=[?.!])\s+", text)]
    return tuple(dict.fromkeys(fact for sentence in sentences for fact in told(sentence, facts)))


def _asks(asked: str, start: str) -> bool:
    return re.search(rf"\b{re.escape(start)}", asked, re.IGNORECASE) is not None


@cache
def _all_facts() -> dict[str, tuple[Fact, ...]]:
    cases = tomllib.loads(_FACTS.read_text(encoding="utf-8"))
    return {name: tuple(Fact(tuple(fact["asks"]), fact["says"]) for fact in facts) for name, facts in cases.items()}
