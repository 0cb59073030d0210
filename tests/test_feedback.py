"""What is said of an answer, and that it would not fit another one."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.feedback import ORDER, give_feedback
from rehearse.metrics import METRICS
from rehearse.model import Finding, Measurement, Span, Story
from rehearse.pipeline import process_text
from tests.factories import analysed, say

ANSWERS = [
    json.loads(line) for line in (Path(__file__).parent / "data/answers.jsonl").read_text(encoding="utf-8").splitlines()
]
OPEN_END = (
    "Last March our booking page broke the night before the school concert. It was my job to get the tickets out. "
    "I rang the caretaker, because he had the spare key, and I printed the whole list at the office."
)
SHARED = (
    "In the second week of the pilot we found that the labels were wrong. We reprinted the whole batch, we drove it to "
    "the shop, and the shop opened on time."
)
LATE = (
    "So this was in the winter at the depot in Hull, which is a big depot with forty vans, and it was run by two "
    "brothers "
    "who did not talk to each other, and the floor was always wet. The radio was on all day and the office was "
    "upstairs, "
    "and there were three of us on the desk that winter, all new. It was dark by four. Then I counted the pallets. I "
    "wrote "
    "the number on the door, and the missing ones came back."
)


def findings(answer: str, kind: str | None = "behavioral") -> tuple[Finding, ...]:
    told = process_text(answer, kind=kind, take_id="take", spoken_at=datetime(2025, 3, 14, tzinfo=UTC))
    return give_feedback(told)


def first(answer: str, of: str, kind: str | None = "behavioral") -> Finding | None:
    return next((finding for finding in findings(answer, kind) if finding.kind == of), None)


def message(answer: str, of: str, kind: str | None = "behavioral") -> str:
    found = first(answer, of, kind)
    return found.message if found else ""


def test_a_story_is_praised_with_its_own_deed_and_what_came_of_it():
    answer = (
        "Last year I noticed that our invoices had the wrong VAT on them. I rebuilt the template, I told the finance "
        "director, and I wrote to the customers. We've had no mistakes since."
    )
    found = first(answer, "strength")
    assert found is not None
    assert found.message == (
        "“I rebuilt the template” says what you did, and “We've had no mistakes since” shows what came of it."
    )
    assert [span.text.rstrip(".,") for span in found.spans] == [
        "I rebuilt the template",
        "We've had no mistakes since",
    ]


def test_a_result_with_a_figure_is_preferred_and_called_one():
    answer = (
        "In May I moved the labels to the front of the rack. The boys thanked me. "
        "Wrong deliveries came down from forty to five a week."
    )
    assert "“Wrong deliveries came down from forty to five a week” puts a figure on" in message(answer, "strength")


def test_without_an_outcome_the_change_quotes_the_last_deed_and_starts_the_next_sentence():
    found = first(OPEN_END, "change")
    assert found is not None
    assert found.message == "After “I printed the whole list at the office” it stays open what came of it."
    assert found.starter.startswith("“After that")


def test_where_only_we_did_things_the_own_part_is_asked_for():
    assert message(SHARED, "change").endswith("leaves open which part of it was yours.")


def test_one_deed_of_the_speakers_own_is_enough_beside_we():
    mixed = SHARED.replace("we drove it to", "I drove it to")
    assert "which part" not in " ".join(finding.message for finding in findings(mixed))


def test_a_long_scene_is_told_with_its_share_of_words():
    assert re.fullmatch(
        r"The first deed is “I counted the pallets”: \d+ of \d+ words come before it\.", message(LATE, "change")
    )


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("I usually talk to people when they complain, and I always find a solution for them.", "on many days"),
        ("I'm a very calm person. I'm organised, I like lists and I'm patient with everybody.", "describes a quality"),
        ("I think teams should meet less. Meetings are a habit and most habits are expensive.", "is a view"),
        ("I would take him aside first and I'd ask him what happened, and I would listen to him.", "might be done"),
    ],
)
def test_each_kind_of_answer_without_an_occasion_is_told_its_own_way(answer: str, said: str):
    found = first(answer, "change")
    assert found is not None
    assert said in found.message
    assert "occasion" in found.message
    assert found.starter
    assert "the question asks" not in message(answer, "change", None)


def test_deeds_told_in_general_are_credited_and_feelings_are_not():
    deeds = (
        "I put together the schedules, I chaired the reviews with the suppliers, I signed off the drawings every year."
    )
    credited = "any of them, told as one occasion, could open the answer."
    assert message(deeds, "change").endswith(credited)
    feelings = "I always loved the work, I liked the people and I enjoyed the drawings every year."
    assert credited not in message(feelings, "change")
    assert message(feelings, "strength") == message(deeds, "strength") == ""


def test_a_deed_that_was_not_done_is_not_praised():
    answer = (
        "In January I was given the case of a lad of sixteen. On the sixth visit I didn't bring my very big folder "
        "along. "
        "I brought my bike with a flat tyre. He mended it without a word."
    )
    assert "I brought my bike with a flat tyre" in message(answer, "strength")


@pytest.mark.parametrize("kind", ["situational", "technical", "case", "panel", "motivation", "own_question"])
def test_only_questions_that_ask_for_an_occasion_miss_it(kind: str):
    answer = "I would take him aside first and I'd ask him what happened, and I would listen to him."
    assert "occasion" not in " ".join(finding.message for finding in findings(answer, kind))


@pytest.mark.parametrize("answer", ["", "Um.", "I don't know.", "..."])
def test_nothing_is_said_of_an_answer_that_cannot_be_judged(answer: str):
    assert findings(answer) == ()


def test_every_statement_quotes_its_own_answer_and_every_change_starts_the_next_one():
    for row in ANSWERS[::2]:
        for finding in findings(row["answer"], row["kind"]):
            quotes = re.findall("“(.+?)(?: …)?”", finding.message)
            assert quotes
            for quote in quotes:
                heard = {word.strip(".,;:!?-") for word in row["answer"].split()}
                assert {word.strip(".,;:!?-") for word in quote.split()} <= heard
            assert finding.spans
            assert bool(finding.starter) == (finding.kind == "change")


def test_no_statement_is_about_the_person():
    about = re.compile(
        r"\b(?:bad|poor|weak|you are|you're|should|must|great job|well done|score|grade)\b", re.IGNORECASE
    )
    for row in ANSWERS[::2]:
        for finding in findings(row["answer"], row["kind"]):
            assert not about.search(re.sub("“.+?”", "", finding.message + finding.starter))


def test_content_comes_before_delivery_and_details_come_last():
    answer = say(LATE, seconds=20.0)
    measured = (
        Measurement("speech_rate", 320.0, (Span(0, 5, "So this was"),)),
        Measurement("answer_length", 20.0, (Span(15, 20, "ones came back."),)),
    )
    story = Story("story", action=(Span(16, 17, "I counted the pallets."),), ownership="own")
    found = [one for one in give_feedback(analysed(answer, *measured, story=story)) if one.kind == "change"]
    assert [one.topic for one in found][:2] == ["story", "story"]
    assert [one.topic for one in found if one.topic in METRICS] == ["answer_length", "speech_rate"]
    assert ORDER[-1] == "story_detail"


def test_a_moment_is_given_in_minutes_where_the_answer_was_recorded():
    story = Story("opinion", Span(61.0, 64.0, "I think teams should meet less."))
    [found] = give_feedback(analysed(say("I think teams should meet less."), story=story, kind="behavioral"))
    assert found.message.startswith("“I think teams should meet less” at 1:01 is a view")


def test_what_began_it_all_is_not_praised_as_the_outcome():
    answer = (
        "Last February the mail server went down at half past eight in the morning. I restarted it and I rang "
        "the customers."
    )
    assert message(answer, "strength").endswith("says what you did, on one occasion.")


def test_an_outcome_with_a_figure_may_come_first():
    answer = (
        "We ended up with forty percent fewer returns. It was in May, and I moved the labels to the front of the rack."
    )
    assert "“We ended up with forty percent fewer returns” puts a figure on" in message(answer, "strength")


def test_losses_failings_and_what_others_achieved_are_not_praised():
    loss = (
        "In March I sent the wrong price list to forty clients. I phoned every client the same day. We lost 3,000 "
        "euros."
    )
    assert message(loss, "strength") == "“I phoned every client the same day” says what you did, on one occasion."
    others = (
        "Last year I was asked to cut costs. My colleague negotiated with the supplier. He saved 12 percent. "
        "I wrote the minutes."
    )
    assert message(others, "strength") == "“I wrote the minutes” says what you did, on one occasion."
    watched = (
        "I did not lead the project, my colleague Anna did. She called the clients and sales rose by 20 "
        "percent. I only watched."
    )
    assert not re.search("watched|20 percent", message(watched, "strength"))
    saved = "Last May I found the mistake in the invoice. I rang the client, and we lost nobody."
    assert "lost nobody" in message(saved, "strength")


def test_what_stands_before_the_first_deed_without_a_figure_is_not_praised_as_a_result() -> None:
    scene, deed = Span(0, 6, "a boy stopped handing in work"), Span(10, 13, "I stayed behind on Tuesdays")
    [finding] = [one for one in story_findings(scene, deed) if one.kind == "strength"]
    assert finding.spans == (deed,)
    [finding] = [one for one in story_findings(scene, deed, quantified=(scene,)) if one.kind == "strength"]
    assert finding.spans == (deed, scene)


def story_findings(result: Span, deed: Span, quantified: tuple[Span, ...] = ()) -> list[Finding]:
    story = Story("story", deed, action=(deed,), result=(result,), quantified=quantified, ownership="I")
    answer = analysed(say("I stayed behind on Tuesdays"), story=story, kind="behavioral")
    return [one for one in give_feedback(answer) if one.topic == "story"]
