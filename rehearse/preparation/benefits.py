"""Removes what a job description offers, since interviewers ask nothing about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from rehearse.language.words import ends_sentence
from rehearse.preparation.user_text import has_bullet, one_line, without_bullet

_BENEFIT = (
    r"\b(?:pensions?|401\(?k\)?|parking|holidays?|(?:annual|paid) leave|vacation|salary|bonus(?:es)?|insurance|gym"
    r"|discounts?|allowances?|package|benefits|perks|childcare|company car"
    r"|(?:flexible|remote|hybrid) (?:work|working|hours)|home office"
    r"|season ticket|cycle to work|share options|days off)\b"
)
_CUSTOMERS = (
    r"\b(?:to|for) (?:\w+ )?(?:clients|customers|patients|families|pupils|students|guests|members|visitors|schools"
    r"|firms|businesses)\b"
)
_OFFERS = re.compile(
    rf"\b(?:we|the company|the employer)(?:'ll| will| can| also| do)* offer\b(?!.{{0,200}}{_CUSTOMERS})"
    r"|\bin return\b.{0,200}\b(?:you|we)\b|\b(?:benefits|perks|(?:the|our) package) (?:include|are|comprise)s?\b"
    r"|\b(?:we(?:'ll| will| also)* (?:provide|give) (?:you|(?:all |our )?(?:staff|employees))"
    rf"|you(?:'ll| will| also| can)* (?:get|receive|enjoy|benefit from)|comes with)\b.{{0,200}}{_BENEFIT}",
    re.IGNORECASE,
)
"""An offer to the employee; what is offered to customers is the work itself (house default)."""
_HEADING = re.compile(
    r"(?:what )?(?:we(?:'ll| will| can)?|the company) offers?(?: you)?"
    r"|what you(?:'ll| will| can)? (?:get|receive|expect from us)"
    r"|(?:our |your |company |employee |the )?(?:benefits|perks|offer|package)"
    r"(?: (?:and|&) (?:benefits|perks|salary|pay))?"
    r"|(?:salary|pay|compensation) (?:and|&) (?:benefits|perks)|what(?:'s| is) in it for you|in return"
    r"|why (?:join|work (?:for|with|at)) us",
    re.IGNORECASE,
)
"""A heading whose list contains only offers."""
_OTHER_HEADING = re.compile(
    r".*:|(?:about|your|the|key|main|essential|desirable|requirements|responsibilities|duties|qualifications|skills"
    r"|who|what|how|tasks)\b(?:[\w' &]+)?",
    re.IGNORECASE,
)
_LONGEST_HEADING = 5
"""In words (house default)."""


def without_offers(description: str) -> str:
    r"""Remove the sentences and lists of a job description that state what the employer offers.

    >>> without_offers("You plan the rota. We offer a pension and free parking.\nBenefits:\n- Gym\n\nYou lead a team.")
    'You plan the rota.\n\nYou lead a team.'
    """
    return "\n".join(_lines_without_offers(description.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")))


def _lines_without_offers(description: str) -> Iterator[str]:
    within: Literal["", "heading", "bullets", "lines"] = ""
    for line in description.splitlines():
        text = one_line(without_bullet(line))
        if _HEADING.fullmatch(text.strip(" :.-?!")):
            within = "heading"
        elif within and text and _continues(within, line, text):
            within = "bullets" if has_bullet(line) else "lines"
        elif within == "lines" or text:
            within = ""
            sentences = [sentence for sentence in _sentences(line) if not _OFFERS.search(sentence)]
            if sentences or not text:
                yield " ".join(sentences)
        else:
            yield ""


def _continues(within: str, line: str, text: str) -> bool:
    """Whether a line belongs to the current list of offers."""
    if has_bullet(line):
        return within != "lines"
    is_heading = len(text.split()) <= _LONGEST_HEADING and _OTHER_HEADING.fullmatch(text)
    return within != "bullets" and not is_heading


def _sentences(line: str) -> Iterator[str]:
    sentence: list[str] = []
    for word in line.split():
        sentence.append(word)
        if ends_sentence(word):
            yield " ".join(sentence)
            sentence = []
    if sentence:
        yield " ".join(sentence)
