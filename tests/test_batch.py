import json

import pytest

from rehearse.app.batch import analyze_answers

OPEN_END = (
    "Last March our booking page broke the night before the school concert. It was my job to get the tickets out. "
    "I rang the caretaker, because he had the spare key, and I printed the whole list at the office."
)


def test_an_answer_that_is_text_gets_its_follow_up_questions_with_what_they_quote():
    [row] = analyze_answers([json.dumps({"id": 1, "kind": "behavioral", "answer": OPEN_END})])
    first = row["follow_ups"][0]
    assert first["gap"] == "own_act"
    assert "“I printed the whole list at the office”" in first["question"]
    assert OPEN_END[int(first["span"]["start"]) : int(first["span"]["end"])] == first["span"]["text"]


@pytest.mark.parametrize("answer", ["", "Um.", "Ja, das weiß ich nicht."])
def test_what_cannot_be_judged_gets_no_follow_up_question(answer: str):
    [row] = analyze_answers([json.dumps({"id": 1, "answer": answer})])
    assert row["follow_ups"] == []
