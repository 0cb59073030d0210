"""Resumes as word processors and typesetters really write them: what is claimed stays the same."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from rehearse.preparation.claims import find_claims
from rehearse.preparation.document_import import read_document
from rehearse.preparation.readable import readable
from tests.documents import docx, placed

FAULTS = Path(__file__).parent / "data" / "faults"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def claimed(text: str) -> list[str]:
    return [claim.text for claim in find_claims(text)]


def read(name: str) -> str:
    return read_document((FAULTS / name).read_bytes(), name)


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}<w:r><w:t>{text}</w:t></w:r></w:p>"


def box(*paragraphs: str) -> str:
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        "<w:p><w:r><w:t>Mara Lindholm</w:t></w:r><w:r><mc:AlternateContent><mc:Choice "
        f"Requires='wps'>{inside}</mc:Choice>"
        f"<mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def package(parts: dict[str, str], *, main: str = "/word/document9.xml") -> bytes:
    """Write a Word document of several parts; the main one is found by its relation alone."""
    named = {
        main.lstrip("/"): parts["main"],
        **{f"word/{name}.xml": xml for name, xml in parts.items() if name != "main"},
    }
    links = "".join(
        f'<Relationship Id="{n}" Type="{RELATIONS}/{n.rstrip("0123456789")}" Target="{n}.xml"/>' for n in parts
    )
    root = f'<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="{main}"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, xml in (("_rels/.rels", root), (f"word/_rels/{main.rsplit('/', maxsplit=1)[-1]}.rels", links)):
            space = "http://schemas.openxmlformats.org/package/2006/relationships"
            archive.writestr(name, f'<Relationships xmlns="{space}">{xml}</Relationships>')
        for name, xml in named.items():
            archive.writestr(name, f'<w:part xmlns:w="{W}">{xml}</w:part>')
    return out.getvalue()


def strict(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as written:
        for name in archive.namelist():
            text = archive.read(name).decode()
            for usual, other in STRICT.items():
                text = text.replace(usual, other)
            written.writestr(name, text)
    return out.getvalue()


def test_a_resume_saved_by_word_for_the_web_or_in_the_strict_form_gives_the_usual_claims() -> None:
    usual = claimed(read("plain.docx"))
    assert len(usual) == 6
    assert claimed(read("document2.docx")) == usual
    for name in ("plain.docx", "document2.docx"):
        assert claimed(read_document(strict((FAULTS / name).read_bytes()), name)) == usual


def test_hyphens_of_a_word_document_stay_where_they_are_seen() -> None:
    assert claimed(read("nobreakhyphen.docx"))[:3] == [
        "Ward Manager, Northfield Hospital, 2019-2023",
        "Cut the wait for a bed from 9-10 hours to 5",
        "Led a full-time team of 34 nurses",
    ]
    body = (
        "<w:p><w:r><w:t>Led the dis</w:t><w:softHyphen/><w:t>charge round, full\u2011time, with ten "
        "soft\u00adware testers</w:t></w:r></w:p>"
    )
    assert claimed(read_document(docx(body=body), "soft.docx")) == [
        "Led the discharge round, full-time, with ten software testers"
    ]


def test_a_text_box_is_read_once_and_apart_from_the_paragraph_it_hangs_on() -> None:
    body = box(p("Skills"), p("Python, SQL")) + p("Experience") + p("Led a team of nine people in the new shop")
    text = read_document(docx(body=body), "box.docx")
    assert text.splitlines()[0] == "Mara Lindholm"
    assert [(claim.kind, claim.text) for claim in find_claims(text)] == [
        ("figure", "Led a team of nine people in the new shop"),
        ("skill", "Python"),
        ("skill", "SQL"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        row(p("2019 - 2023"), p("Ward Manager, Northfield") + p("- Led 34 nurses there"))
        + row(p("2014 - 2019"), p("Staff Nurse, St Brigid") + p("- Trained 12 new starters")),
        row(p("Ward Manager, Northfield") + p("- Led 34 nurses there"), p("2019 - 2023"))
        + row(p("Staff Nurse, St Brigid") + p("- Trained 12 new starters"), p("2014 - 2019")),
        row(p("2019 - 2023"), p("Ward Manager, Northfield")) + row(p(""), p("- Led 34 nurses there"))
        + row(p("2014 - 2019"), p("Staff Nurse, St Brigid")) + row(p(""), p("- Trained 12 new starters")),
    ],
    ids=["dates left", "dates right", "a row for each line"],
)  # fmt: skip
def test_posts_in_a_table_keep_their_periods_and_their_deeds(rows: str) -> None:
    assert claimed(read_document(docx(body=p("Experience") + f"<w:tbl>{rows}</w:tbl>"), "table.docx")) == [
        "Ward Manager, Northfield, 2019 - 2023",
        "Led 34 nurses there",
        "Staff Nurse, St Brigid, 2014 - 2019",
        "Trained 12 new starters",
    ]


def test_headers_and_footers_are_read_and_lists_are_known_by_their_style() -> None:
    style = '<w:style w:styleId="Points"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    based = '<w:style w:styleId="Mine"><w:basedOn w:val="Points"/></w:style>'
    parts = {
        "main": p("Experience") + p("Night cover for 12 wards", '<w:pStyle w:val="Mine"/>') + p("Skills") + p("SQL"),
        "styles": style + based,
        "header1": p("Mara Lindholm, Leeds"),
        "header2": p("Mara Lindholm, Leeds"),
        "footer1": p("Page 1 of 2"),
    }
    text = read_document(package(parts), "parts.docx")
    assert text.splitlines()[:2] == ["Mara Lindholm, Leeds", "Page 1 of 2"]
    assert claimed(text) == ["Night cover for 12 wards", "SQL"]


def test_a_word_document_with_a_password_says_so() -> None:
    data = b"\xd0\xcf\x11\xe0" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    with pytest.raises(ValueError, match="protected by a password"):
        read_document(data, "locked.docx")


def test_a_pdf_set_by_tex_gives_its_claims_in_plain_letters() -> None:
    assert claimed(read("tex.pdf")) == [
        "Office Manager, Northfield Offices, 2019 - 2023",
        "Configured 34 office desks and cut workflow errors by 30%",
        "Defined the fire drill",
        "Staffed five floors",
        "First aid, 2021",
        "Profiling",
        "Traffic planning",
    ]


def test_a_pdf_printed_by_a_browser_with_spaced_headings_gives_its_skills_and_posts() -> None:
    found = [(claim.kind, claim.text) for claim in find_claims(read("chrome.pdf"))]
    assert [text for kind, text in found if kind == "skill"] == ["Python", "SQL", "Excel", "English", "Swedish"]
    assert [text for kind, text in found if kind == "role"] == [
        "Office Manager, Northfield Offices 2019 – 2023",  # noqa: RUF001
        "Staff Nurse, Saint Brigid 2014 – 2019",  # noqa: RUF001
    ]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Cut the dis-\ncharge time", "Cut the discharge time"),
        ("Cut the dis- charge time", "Cut the discharge time"),
        ("Led a full-\ntime team", "Led a full-time team"),
        ("Wrote short- and long-term plans", "Wrote short- and long-term plans"),
        ("Of\ufb01ce \U0001d40b\U0001d41e\U0001d41d, 10 m\u00b2, \u00bd price", "Office Led, 10 m\u00b2, \u00bd price"),
        ("W O R K  E X P E R I E N C E", "WORK EXPERIENCE"),
        ("P r o f i l e", "Profile"),
        ("C, R, Go, D", "C, R, Go, D"),
    ],
)
def test_text_is_read_as_a_person_reads_it(written: str, plain: str) -> None:
    assert readable(written) == plain
    assert readable(plain) == plain


SIDEBAR = ("Skills", "Python", "SQL", "Excel", "Languages", "English", "Swedish")
POSTS = (
    "Experience",
    "Ward Manager, Northfield, 2019 - 2023",
    "- Cut the average wait for a bed from 9 hours to 5",
    "- Led a team of 34 nurses across two wards",
    "Staff Nurse, St Brigid, 2014 - 2019",
    "- Trained 12 new starters on the rounds with dis-",
    "charge letters",
)
BELOW = ("Certificates", f"A course {'with a long name ' * 5}in Leeds, 2021", "First aid")


@pytest.mark.parametrize("lower", [0, 3], ids=["on one line", "a little lower"])
@pytest.mark.parametrize("below", [(), BELOW], ids=["alone", "with lines across below"])
def test_columns_that_were_written_across_the_page_are_read_one_after_the_other(
    lower: int, below: tuple[str, ...]
) -> None:
    across = [
        (x, 750 - 14 * number - down, text)
        for number, (left, right) in enumerate(zip(SIDEBAR, POSTS, strict=True))
        for x, down, text in ((50, 0, left), (220, lower, right))
    ]
    under = [(50, 600 - 14 * number, text) for number, text in enumerate(below)]
    data = placed((50, 800, "Mara Lindholm"), *across, *under)
    assert claimed(read_document(data, "columns.pdf")) == [
        "Python", "SQL", "Excel", "English", "Swedish",
        "Ward Manager, Northfield, 2019 - 2023",
        "Cut the average wait for a bed from 9 hours to 5",
        "Led a team of 34 nurses across two wards",
        "Staff Nurse, St Brigid, 2014 - 2019",
        "Trained 12 new starters on the rounds with discharge letters",
        *below[1:],
    ]  # fmt: skip


@pytest.mark.parametrize(("post", "date"), [(50, 420), (150, 50)], ids=["dates right", "dates left"])
def test_dates_beside_their_posts_in_a_pdf_are_no_column(post: int, date: int) -> None:
    lines: list[tuple[float, float, str]] = [(50, 750, "Experience")]
    for number in range(6):
        y = 730 - 30 * number
        row = [(post, y, f"Nurse {'ABCDEF'[number]}, Northfield"), (date, y, f"{2010 + number} - {2011 + number}")]
        lines += [*sorted(row), (post, y - 14, f"- Led {number + 2} teams there")]
    found = claimed(read_document(placed(*lines), "dates.pdf"))
    assert len(found) == 12
    assert all(str(2010 + number) in post and "Nurse" in post for number, post in enumerate(found[::2]))


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_document_packed_as_word_never_packs_is_refused_as_such(method: int) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx("Opened a depot in Hull"))) as archive,
        zipfile.ZipFile(out, "w", method) as packed,
    ):
        for name in archive.namelist():
            packed.writestr(name, archive.read(name))
    with pytest.raises(ValueError, match=r"^cv\.docx cannot be used: it is a ZIP file, not a Word document"):
        read_document(out.getvalue(), "cv.docx")
