"""Writes question sets as TOML."""

from __future__ import annotations

import json

from rehearse.model import QUESTION_KINDS, Question, QuestionSet
from rehearse.questions.schema import QUESTION_KEYS, TARGETS

SKELETON = f"""\
# A question set. Only a question's prompt is required; delete what you do not need.
title = "My questions"
description = ""

# Any key of a question except id and prompt can stand here too: it then holds for every question that has none.
kind = "behavioral"   # {", ".join(QUESTION_KINDS)}

[[questions]]
id = "my-first-question"   # a-z, 0-9 and -; keep it when you reword the prompt, your history goes by it
prompt = "Tell me about a time you changed your mind at work. What changed it?"
competency = "adaptability"
difficulty = 2             # 1, 2 or 3
seconds = [60, 120]        # an interview stops an answer 30 s after the second; left out, the kind decides
think_seconds = 20
listen_for = ["one occasion", "what changed the mind", "what was done differently afterwards"]
probes = ["What did the others say?", "What would have changed it sooner?"]

[[questions]]
prompt = "What would you ask the person who had this job before you?"
kind = "own_question"
"""
"""A template for a new set; it is valid as it is."""


def to_toml(question_set: QuestionSet) -> str:
    """Format a set so that ``load_question_set`` reads it back unchanged; the set's id comes from the file's name.

    Default values are left out, except for the id, which must not change if the prompt is reworded.
    """
    lines = [_line("title", question_set.title), _line("description", question_set.description)]
    for question in question_set.questions:
        seconds, think_seconds = TARGETS[question.kind]
        bare = Question("", "", "", seconds, think_seconds)
        lines += ["", "[[questions]]"]
        values = {key: getattr(question, key) for key in QUESTION_KEYS}
        lines += [_line(key, value) for key, value in values.items() if value != getattr(bare, key)]
    return "\n".join(lines) + "\n"


def _line(key: str, value: object) -> str:
    # JSON strings, numbers and arrays are valid TOML, except for control characters, which questions cannot contain.
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"
