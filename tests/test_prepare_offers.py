"""What an employer offers is nothing to be asked about; what the job is about stays."""

from __future__ import annotations

import pytest

from rehearse.preparation.benefits import without_offers
from rehearse.preparation.job import compare
from rehearse.story import load

WORK = "You plan the rota for forty nurses."


@pytest.mark.parametrize(
    "offer",
    [
        "We offer a pension and free parking.",
        "In return, you will get 28 days of leave.",
        "You'll receive a company car and a bonus.",
        "Benefits include private health insurance.",
        "We also give you an allowance for childcare.",
    ],
)
def test_a_sentence_about_offers_is_left_out_and_its_neighbours_stay(offer: str) -> None:
    assert without_offers(f"{WORK} {offer} You train new staff.") == f"{WORK} You train new staff."
    assert without_offers(f"- {offer}\n- Train new staff") == "- Train new staff"


@pytest.mark.parametrize(
    "work",
    [
        "We offer free hearing tests to our customers.",
        "You will receive deliveries at the gate.",
        "You check the insurance of each visitor and run the parking desk.",
        "We provide care for forty patients.",
        "Our clients are benefits offices.",
    ],
)
def test_what_customers_are_offered_is_the_work(work: str) -> None:
    assert without_offers(work) == work


@pytest.mark.parametrize(
    "offers",
    [
        "What we offer\n- Pension\n- Free parking",
        "Benefits:\n\n- Pension\n\n- Free parking",
        "Why work with us?\nPension\nFree parking",
        "What\N{RIGHT SINGLE QUOTATION MARK}s in it for you\nPension\nFree parking\n",
    ],
)
def test_a_list_of_offers_is_left_out_up_to_the_next_part(offers: str) -> None:
    kept = without_offers(f"{WORK}\n\n{offers}\nYour tasks:\n- Train new staff")
    assert [line for line in kept.splitlines() if line] == [WORK, "Your tasks:", "- Train new staff"]


def test_no_question_is_made_of_an_offer() -> None:
    load()
    wanted = {one.text.lower() for one in compare(f"{WORK} We offer a pension and free parking.", [])}
    assert any("rota" in text for text in wanted)
    assert not any("parking" in text or "pension" in text for text in wanted)
