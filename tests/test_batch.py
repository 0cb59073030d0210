import json

import pytest

from rehearse.app.batch import analyze_answers

VAGUE = "I usually talk to people when they complain, and I always find a solution for them in the end."


def test_an_answer_that_is_text_gets_its_follow_up_questions_with_what_they_quote():
    asked = "What would you do if a customer complained?"
    line = {"id": 1, "kind": "situational", "question": asked, "answer": VAGUE}
    [row] = analyze_answers([json.dumps(line)])
    [found] = row["follow_ups"]
    assert found["gap"] == "concrete_steps"
    assert "“I always find a solution for them in the end”" in found["question"]
    assert VAGUE[int(found["span"]["start"]) : int(found["span"]["end"])] == found["span"]["text"]


@pytest.mark.parametrize("answer", ["", "Um.", "Ja, das weiß ich nicht."])
def test_what_cannot_be_judged_gets_no_follow_up_question(answer: str):
    [row] = analyze_answers([json.dumps({"id": 1, "answer": answer})])
    assert row["follow_ups"] == []
