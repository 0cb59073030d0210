"""What a person reads is what somebody would say: phrases that nobody says, and a second dialect, do not come back."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted(
    path
    for part in ("app", "audio", "cli", "interview", "metrics", "pages", "preparation", "progress", "views", "weights")
    for path in (ROOT / "rehearse" / part).rglob("*.py")
)
"""Modules with sentences for people; the feedback's own statements have a list of their own."""
SETS = sorted((ROOT / "question_sets").glob("*.toml"))
TEXTS = [
    ROOT / "README.md",
    ROOT / "docs" / "second-interview.md",
    *sorted((ROOT / "rehearse" / "views" / "templates").glob("*.html")),
]
NOT_READ = frozenset({"compile", "word_set", "frozenset", "execute", "Literal", "split"})
"""Calls and methods whose strings are patterns, lists of words or SQL."""

NEVER_AGAIN = {
    "what nobody says": (
        r"occasions?", r"whom", r"anew", r"nothing (?:was|is) (?:found|heard)", r"(?:was|were) heard", r"not heard",
        r"nobody is heard", r"no \w+ (?:was|were) (?:found|heard)", r"stays? open", r"the speaker(?:'s)?",
        r"told (?:one|none)", r"tells (?:one|no)", r"can be told", r"which one time", r"forget it", r"put in another",
        r"comes? in or nothing", r"never comes in", r"came in:", r"from there on", r"in another way", r"upright line",
        r"the answer (?:lasts|runs|ends)", r"dropping them", r"on the way through", r"speak(?:s)? to (?:it|three)",
        r"known by heart", r"hands? (?:over )?its sound", r"one(?:'s| is) own", r"one often", r"a line\b(?=[,.:)]|$)",
        r"lie in your",
    ),
    "American English": (
        r"behaviou?ral(?<!behavioural)", r"behaviors?", r"colors?", r"analyz\w+", r"practic(?:ed|ing)", r"toward",
        r"learned", r"favorites?", r"resum[eé]s?", r"recogniz\w+", r"summariz\w+",
    ),
}  # fmt: skip
ALLOWED = {
    "Resume the round": "the verb, on a button",
    "Resume later": "the verb",
    "cannot be resumed": "the verb",
    "rehearse analyze": "the name of the command",
    "kind behavioral": "the name of a kind of question",
    "no microphone was found": "on this computer, not in what somebody said",
    "that they were heard": "a team, by its manager",
}
"""Stretches that may stay, each with its reason."""


def sentences(tree: ast.Module) -> Iterator[str]:
    """Give the strings of a module that read like words for a person: no docstrings, patterns, SQL or word lists."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in NOT_READ:
            skipped.update(id(part) for part in ast.walk(node))
        elif isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            skipped.update(id(part) for part in node.values)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.value


def is_prose(text: str) -> bool:
    return " " in text.strip() and "\\" not in text and "(?:" not in text and "SELECT" not in text


def questions(path: Path) -> Iterator[str]:
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    yield from (found["title"], found["description"])
    for question in found["questions"]:
        yield from (question["prompt"], *question.get("listen_for", ()), *question.get("probes", ()))


def read(path: Path) -> Iterator[str]:
    """Give what a person reads of a file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from filter(is_prose, sentences(ast.parse(text)))
    elif path.suffix == ".toml":
        yield from questions(path)
    else:
        # Code, names and file names are not prose.
        yield from re.split(r"\n\n|\|", re.sub(r"```.*?```|`[^`]*`|\{[{%].*?[%}]\}", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("kind", NEVER_AGAIN)
@pytest.mark.parametrize("path", [*CODE, *SETS, *TEXTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_reads_a_phrase_that_nobody_says(path: Path, kind: str) -> None:
    never = re.compile(rf"(?<![\w-])(?:{'|'.join(NEVER_AGAIN[kind])})(?![\w-])", re.IGNORECASE)
    found = []
    for text in read(path):
        kept = re.sub("|".join(map(re.escape, ALLOWED)), "", text)
        found += [(hit[0], text) for hit in never.finditer(kept)]
    assert found == []


def test_the_list_finds_what_it_is_for() -> None:
    [text] = filter(is_prose, sentences(ast.parse('"""On one occasion."""\nst.write(f"{count} told one occasion.")')))
    assert text == "{} told one occasion."
    assert any(re.search(phrase, text) for phrase in NEVER_AGAIN["what nobody says"])
