"""Resumes: what is read from a file, what is refused and why, and what is claimed."""

from __future__ import annotations

import io
import sys
import time
import zipfile
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from rehearse.preparation import document_import
from rehearse.preparation.claims import MOST_CLAIMS, find_claims, question_about
from rehearse.preparation.document_import import read_document
from rehearse.preparation.extract import MOST_PAGES
from tests.documents import RESUME, docx, pdf


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(ValueError, match="cannot be used") as caught:
        read_document(data, name)
    sentence = str(caught.value)
    assert sentence.startswith(name)
    assert "\n" not in sentence
    return sentence


def zipped(entry: str, content: bytes, *, stored: int | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(entry, content)
    data = out.getvalue()
    # The archive's own word for the size, in its directory and before the entry.
    return data if stored is None else data.replace(len(content).to_bytes(4, "little"), stored.to_bytes(4, "little"))


def encrypted(algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(RESUME))))
    writer.encrypt("secret", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "made", [pdf, docx, str.encode, lambda text: text.encode("utf-16")], ids=["PDF", "Word", "UTF-8", "UTF-16"]
)
def test_a_resume_gives_the_same_claims_from_pdf_word_and_text(made) -> None:
    claims = find_claims(read_document(made(RESUME), "resume"))
    assert claims == find_claims(RESUME)
    assert len(claims) >= 8


def test_words_of_a_table_and_a_text_box_are_read_once() -> None:
    box = "<mc:Fallback><w:p><w:r><w:t>Led twice the same team</w:t></w:r></w:p></mc:Fallback>"
    body = f"<w:tbl><w:tc>{docx_paragraph('Led a team of nine people in the new shop')}</w:tc></w:tbl>{box}"
    text = read_document(docx(body=body), "table.docx")
    assert text.strip() == "Led a team of nine people in the new shop"


def docx_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_pdf_with_a_password_is_refused() -> None:
    assert "protected by a password" in refusal(encrypted("RC4-128"), "locked.pdf")


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(RESUME))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "Northside" in read_document(out.getvalue(), "printed.pdf")


def test_a_scanned_pdf_is_refused() -> None:
    out = io.BytesIO()
    Image.new("L", (400, 600), 255).save(out, "PDF")
    assert "pictures of text" in refusal(out.getvalue(), "scan.pdf")


@pytest.mark.parametrize("stored", [None, 1000], ids=["honest", "lying about its size"])
def test_a_zip_bomb_is_not_unpacked(stored: int | None) -> None:
    bomb = zipped("word/document.xml", b"<a>" + b" " * 30_000_000 + b"</a>", stored=stored)
    assert len(bomb) < 200_000
    sentence = refusal(bomb, "bomb.docx")
    assert "far more than any CV" in sentence or "damaged" in sentence


def test_an_entity_bomb_is_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(9))
    xml = f"<!DOCTYPE a [{entities}]><a>&e8;</a>"
    assert "damaged" in refusal(zipped("word/document.xml", xml.encode()), "laughs.docx")


def test_a_hundred_megabytes_are_refused_before_they_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_import.subprocess, "run", lambda *_, **__: pytest.fail("it was opened"))
    assert "larger than 5 MB" in refusal(b"%PDF-1.7" + bytes(100_000_000), "huge.pdf")


def test_a_pdf_of_many_pages_is_refused() -> None:
    writer = PdfWriter()
    for _ in range(MOST_PAGES + 1):
        writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    assert f"more than {MOST_PAGES} pages" in refusal(out.getvalue(), "book.pdf")


NOISE = np.random.default_rng(7).bytes(4000)


def hostile_pdf(kids: bytes, content: bytes) -> bytes:
    made = pdf("Led a team of nine").replace(b"/Kids [3 0 R]", b"/Kids [%s]" % kids)
    head, _, rest = made.partition(b"4 0 obj\n")
    return head + b"4 0 obj\n" + content + b"\nendobj\n" + rest[rest.index(b"xref\n") :]


def unpacking_to_much() -> bytes:
    packed = zlib.compress(bytes(150_000_000))
    return hostile_pdf(
        b"3 0 R", b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    )


@pytest.mark.parametrize(
    "made",
    [
        lambda: hostile_pdf(b"2 0 R", b"<< /Length 0 >>\nstream\n\nendstream"),
        unpacking_to_much,
        lambda: b"%PDF-1.4\n1 0 obj\n" + b"<<" * 100_000,
    ],
    ids=["pages within themselves", "a page that unpacks to 150 MB", "a hundred thousand brackets"],
)
def test_a_pdf_made_to_stall_its_reader_is_refused_in_good_time(made: Callable[[], bytes]) -> None:
    data = made()
    started = time.monotonic()
    refusal(data, "trap.pdf")
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (NOISE, "noise", "not a PDF, DOCX or text file"),
        (NOISE, "noise.pdf", "called a PDF but isn't one"),
        (b"no pdf", "bad.PDF", "called a PDF but isn't one"),
        (b"no docx", "bad.docx", "called a DOCX but isn't one"),
        (b"%PDF-1.7\n" + NOISE, "broken.pdf", "damaged"),
        (pdf(RESUME)[:-200], "cut.pdf", "damaged"),
        (b"PK\x03\x04" + NOISE, "broken.docx", "damaged"),
        (zipped("hello.txt", b"x" * 100), "other.docx", "not a Word document"),
        (zipped("word/document.xml", b"<w:document>"), "unclosed.docx", "damaged"),
        (b"\xd0\xcf\x11\xe0" + NOISE, "old.doc", "before 2007"),
        (rb"{\rtf1 Led a team of nine in the new shop}", "rich.rtf", "rich text format"),
        (b"  \n", "empty.txt", "empty"),
        (b"----- ..... -----", "dots.txt", "hardly any words"),
        (b"word " * 20_000, "novel.txt", "thousand characters"),
    ],
)
def test_a_file_that_is_no_resume_gets_one_sentence_with_its_reason(data: bytes, name: str, reason: str) -> None:
    assert reason in refusal(data, name)


def test_a_file_that_keeps_its_reader_busy_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_import, "_SECONDS", 0.001)
    assert "more time or memory" in refusal(pdf(RESUME), "slow.pdf")


def test_a_reader_that_is_killed_gives_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "false")
    assert "more time or memory" in refusal(pdf(RESUME), "killer.pdf")


def test_a_hostile_file_name_stays_one_short_line() -> None:
    with pytest.raises(ValueError, match="cannot be used") as caught:
        read_document(b" ", "a\nb\u202e" + "x" * 500 + ".pdf")
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)
    assert "\u202e" not in str(caught.value)


def test_pasted_text_has_a_limit() -> None:
    with pytest.raises(ValueError, match="the resume has 70000 characters"):
        document_import.check_text("x" * 70_000, "the resume")


def claimed(text: str) -> list[tuple[str, str]]:
    return [(claim.kind, claim.text) for claim in find_claims(text)]


def test_claims_are_told_apart_and_keep_their_words() -> None:
    assert claimed(RESUME) == [
        ("role", "Ward Manager, Northside Hospital, Mar 2019 - Present"),
        ("figure", "Cut the average wait for a bed from 9 hours to 5 by moving the discharge round to the morning"),
        ("figure", "Led a team of 34 nurses across two wards"),
        ("achievement", "Introduced a shared handover sheet that is now used in the whole hospital"),
        ("role", "Staff Nurse, St Anne's Hospital, 2014 - 2019"),
        ("achievement", "Trained new starters on medication rounds"),
        ("figure", "Responsible for 12 beds on night shifts"),
        ("role", "BSc Nursing, University of York, 2014"),
        ("skill", "English"),
        ("skill", "Swedish"),
        ("skill", "Rota planning"),
        ("skill", "ISO 9001 audits"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "maya@example.org +44 7700 900123",
        "https://example.org/maya",
        "Experienced and highly motivated team player",
        "Certified first aider with a clean licence",
        "Leeds, LS1 4AP",
        "Page 1 of 2",
    ],
)
def test_what_claims_nothing_is_no_claim(line: str) -> None:
    assert claimed(line) == []


@pytest.mark.parametrize(
    "duty", ["Responsible for rota planning", "Jointly responsible for the till", "In charge of stock"]
)
def test_a_duty_told_without_a_verb_is_a_claim(duty: str) -> None:
    assert claimed(f"Experience\n- {duty}") == [("achievement", duty)]


def test_years_and_names_with_digits_are_no_figures() -> None:
    assert claimed("- Moved the rota to Office 365 in 2021") == [
        ("achievement", "Moved the rota to Office 365 in 2021")
    ]


def test_a_question_quotes_its_claim_and_keeps_its_id() -> None:
    [claim] = find_claims("- Cut waiting times by 30%.")
    question = question_about(claim)
    assert '"Cut waiting times by 30%"' in question.prompt
    assert "Your CV says" in question.prompt
    assert question.seconds == (40, 75)
    assert question.id == question_about(find_claims("2. cut waiting times by 30%.\n\nLed a team in Leeds")[0]).id


def test_a_flood_of_lines_gives_no_flood_of_claims() -> None:
    assert len(find_claims("\n".join(f"- Built house number {n} of 900" for n in range(900)))) == MOST_CLAIMS


def test_a_period_on_a_line_of_its_own_belongs_to_the_post_beside_it() -> None:
    assert claimed("Barista\nCosta Coffee, Durham\nSeptember 2022 - present") == [
        ("role", "Barista, Costa Coffee, Durham, September 2022 - present")
    ]
    assert claimed("2018 to date\nRegional Sales Manager, Brightwater Foods\nOpened 60 new accounts") == [
        ("role", "Regional Sales Manager, Brightwater Foods, 2018 to date"),
        ("figure", "Opened 60 new accounts"),
    ]
    assert claimed("Experience\n2018 - 2020") == []


def test_a_date_at_the_margin_of_a_pdf_stays_beside_its_post() -> None:
    text = "Maya Lindqvist\nExperience\nWard Manager, Northside\n- Led a team of 34 nurses"
    assert claimed(read_document(pdf(text, margin=("2019 - Present", 2)), "resume.pdf")) == [
        ("role", "Ward Manager, Northside 2019 - Present"),
        ("figure", "Led a team of 34 nurses"),
    ]


def test_sentences_that_tell_different_deeds_are_different_claims() -> None:
    text = "I lead a team of 12 reps. I introduced a weekly call plan. It is used nationwide. Won an award in St. Ives."
    assert claimed(text) == [
        ("figure", "I lead a team of 12 reps."),
        ("achievement", "I introduced a weekly call plan. It is used nationwide."),
        ("achievement", "Won an award in St. Ives."),
    ]


def test_what_is_listed_as_an_achievement_is_one_without_any_verb() -> None:
    assert claimed("Achievements\nCaptain of the university hockey team") == [
        ("achievement", "Captain of the university hockey team")
    ]


def test_tools_named_below_a_post_are_skills_and_a_promise_of_references_is_nothing() -> None:
    text = (
        "Experience\n- Technologies: Python, Kafka\nSkills\nNegotiation; driving licence\n\nReferences available "
        "on request."
    )
    assert [text for _, text in claimed(text)] == ["Python", "Kafka", "Negotiation", "driving licence"]
