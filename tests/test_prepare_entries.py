"""Posts with their periods, lists behind any mark, skills apart: resumes from many countries and templates."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from rehearse.preparation.claims import find_claims
from rehearse.preparation.periods import is_period

FAULTS = Path(__file__).parent / "data" / "faults"


def claimed(text: str) -> list[str]:
    return [claim.text for claim in find_claims(text)]


def test_dates_that_stand_above_their_posts_stay_with_them() -> None:
    assert claimed((FAULTS / "dates_first.txt").read_text()) == [
        "Ward Manager, Northfield Hospital, 2019 - 2023",
        "Cut the average wait for a bed from 9 hours to 5",
        "Led a team of 34 nurses across two wards",
        "Staff Nurse, St Brigid's Hospital, 2014 - 2019",
        "Trained 12 new starters on medication rounds",
    ]


@pytest.mark.parametrize(
    ("lines", "posts"),
    [
        (
            "Ward Manager, Northfield\n2019 - 2023\nStaff Nurse, York\n2014 - 2019",
            ["Ward Manager, Northfield, 2019 - 2023", "Staff Nurse, York, 2014 - 2019"],
        ),
        (
            "2019 - 2023\nWard Manager\nNorthfield\nPart of a team of 12\n\n2014 - 2019\nStaff Nurse\nYork",
            ["Ward Manager, Northfield, Part of a team of 12, 2019 - 2023", "Staff Nurse, York, 2014 - 2019"],
        ),
        (
            "Registered Nurse\nNorthfield Hospital\nMarch 2019 - May 2023 | Leeds",
            ["Registered Nurse, Northfield Hospital, March 2019 - May 2023 | Leeds"],
        ),
        ("03/2019 - 05/2023, Leeds\nLead Developer\nAcme", ["Lead Developer, Acme, 03/2019 - 05/2023, Leeds"]),
        ("Ward Manager\n\n2019 - 2023\n\n- Led 34 nurses there", ["Ward Manager, 2019 - 2023", "Led 34 nurses there"]),
        ("Ran the whole till\n2019 - 2023\nBarista, York", ["Ran the whole till", "Barista, York, 2019 - 2023"]),
        ("- Led 34 nurses from\n2019 to 2021", ["Led 34 nurses from 2019 to 2021"]),
    ],
)
def test_a_post_and_its_dates_are_one_in_either_order(lines: str, posts: list[str]) -> None:
    assert claimed(f"Experience\n{lines}") == posts


@pytest.mark.parametrize(
    "period",
    [
        "Mar 2019 - Present",
        " 03.2019-05.2023",
        " 2019/03 - 2023/05",
        " 2019-03 to 2023-05",
        " 01.03.2019 - 31.05.2023",
        " 1 March 2019 - 31 May 2023",
        "\n    March 1, 2019 - May 31, 2023",
        " Mar '19 - May '23",
        " 2019-23",
        " 3/2019 to date",
        " 2019年3月 - 2023年5月",
        " Since March 2019",
        " 2019 -",
        " 2019 - heute",
        "\n    janv. 2019 - déc. 2023",
        " März 2019 bis Mai 2023",
        " enero de 2019 - mayo de 2023",
        " Q1 2019 - Q3 2021",
        " 2019 ~ 2023",
        " between 2019 and 2023",
        "\n    (2019-2023)",
        " 03/19 - 05/23",
        " seit 2019",
        " Mar 2019 - May 2023 (4 years 3 months)",
        " maj 2019 - nu",
        " Summer 2019 until Winter 2020",
    ],
)
def test_a_period_is_known_as_many_countries_write_it(period: str) -> None:
    assert is_period(period.strip())
    assert claimed(f"Experience\nBarista\n{period.strip()}\n- Ran the whole till")[0].startswith("Barista")


@pytest.mark.parametrize(
    "line", ["9-10 hours", "+44 7700 900123", "1,200,000", "12-14", "Mark 2000", "Barista, 2019 - 2021"]
)
def test_other_figures_are_no_period(line: str) -> None:
    assert not is_period(line)


@pytest.mark.parametrize(
    "mark",
    [
        "\u2192",
        "\u2713",
        "\u2714\ufe0f",
        "\u25b6",
        "\u27a4",
        "\u25c6",
        "\u2605",
        "\U0001f539",
        "\uf0d8",
        "\u00d8",
        "\u00a7",
        "\u00bb",
        "\u2014",
        "*",
        "o",
        "1)",
        "(2)",
        "a)",
        "[x]",
        "->",
        "\u2460",
        "\u2022\n",
    ],
)
def test_a_line_behind_any_mark_of_a_list_is_a_claim_without_it(mark: str) -> None:
    assert claimed(f"Experience\n{mark} Night cover for 12 wards\n{mark} Led the move to Leeds") == [
        "Night cover for 12 wards",
        "Led the move to Leeds",
    ]


def test_entries_of_a_list_on_one_line_are_apart() -> None:
    assert claimed("• Led a team of 9 • Cut costs by 5%") == ["Led a team of 9", "Cut costs by 5%"]


def test_skills_are_apart_however_they_are_listed_and_whole_where_they_have_marks_of_their_own() -> None:
    text = (
        "Skills\nPython,SQL;Excel|C/C++ • CI/CD, R&D\nGo\tRust\nLanguages:English, Swedish (fluent, "
        "written)\nLinkedIn Recruiter, and Word"
    )
    assert claimed(text) == [
        "Python", "SQL", "Excel", "C/C++", "CI/CD", "R&D", "Go", "Rust", "English", "Swedish (fluent, written)",
        "LinkedIn Recruiter", "Word",
    ]  # fmt: skip


def test_only_lines_that_tell_how_to_reach_somebody_are_left_out_as_such() -> None:
    contact = "Leeds | linkedin.com/in/mara | 0113 496 0000\nLinkedIn: mara\nmara@example.org\nhttps://mara.example"
    text = (
        f"{contact}\nExperience\nBarista, 03.2019-05.2023\n- Grew LinkedIn followers from 2,000 to 9,000\n- Built "
        "https://x.example for 40 schools"
    )
    assert claimed(text) == [
        "Barista, 03.2019-05.2023",
        "Grew LinkedIn followers from 2,000 to 9,000",
        "Built https://x.example for 40 schools",
    ]


def test_certificates_are_claims_with_a_year_or_without() -> None:
    assert claimed("Certificates\n• First aid at work\nFork lift, 2021\nEducation\n• BSc Nursing, York, 2014") == [
        "First aid at work",
        "Fork lift, 2021",
        "BSc Nursing, York, 2014",
    ]


@pytest.mark.parametrize(
    "text", ["skills" + "and" * 15_000, "a " * 25_000, "Skills\n" + "(a," * 15_000, "2019 - " * 7_000]
)
def test_a_text_of_nothing_but_marks_and_letters_is_read_in_good_time(text: str) -> None:
    started = time.monotonic()
    find_claims(text)
    assert time.monotonic() - started < 10
