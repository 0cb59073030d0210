"""What a person prepares with: an interview, notes, and a resume in the files they may have it in."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from xml.sax.saxutils import escape

from rehearse.preparation.interview import Interview, Person
from rehearse.preparation.research import Notes

DAY = dt.date(2026, 3, 20)
BEFORE = dt.date(2026, 3, 10)
INTERVIEW = Interview(
    DAY, BEFORE, "Northside", "ward manager", "room", (Person("Ann Lee", "CFO", "cost of agency staff"), Person("Sam"))
)
NOTES = Notes(values="Patients first", news="- Opened a second ward in May\n- Plans to go paperless by 2027")
RESUME = """\
Maya Lindqvist
Leeds, maya.lindqvist@example.org, +44 7700 900123
Profile
Experienced ward manager with a passion for people.

EXPERIENCE
Ward Manager, Northside Hospital, Mar 2019 - Present
- Cut the average wait for a bed from 9 hours to 5 by moving
the discharge round to the morning
- Led a team of 34 nurses across two wards
- Introduced a shared handover sheet that is now used in
the whole hospital
Staff Nurse, St Anne's Hospital, 2014 - 2019
- Trained new starters on medication rounds
- Responsible for 12 beds on night shifts

EDUCATION
BSc Nursing, University of York, 2014

Skills
Languages: English, Swedish
Rota planning; ISO 9001 audits
"""

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)

_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> "
    b">> >> >>"
)


def pdf(text: str, *, margin: tuple[str, int] | None = None) -> bytes:
    """Set the text in Helvetica on one page, a line at a time; before it, ``margin`` right of a line of that number."""
    lines = "".join(f"({_in_pdf(line)}) Tj T*\n" for line in text.splitlines())
    aside = f"BT /F1 10 Tf 400 {800 - 12 * margin[1]} Td ({_in_pdf(margin[0])}) Tj ET\n" if margin else ""
    return drawn(f"{aside}BT /F1 10 Tf 12 TL 50 800 Td\n{lines}ET")


def placed(*texts: tuple[float, float, str], size: int = 10) -> bytes:
    """Set each text at its own place, in points from the lower left, in the order given."""
    return drawn("\n".join(f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_in_pdf(text)}) Tj ET" for x, y, text in texts))


def drawn(operators: str) -> bytes:
    """Write a PDF of one page that these operators draw; F1 is Helvetica."""
    content = operators.encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + (
        b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (table, len(out))
    )


def _in_pdf(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def docx(text: str = "", *, body: str = "") -> bytes:
    """Write a Word document of one paragraph a line; or of ``body``, which is XML."""
    paragraphs = body or "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.splitlines())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {_NAMESPACES}><w:body>{paragraphs}</w:body></w:document>")
    return out.getvalue()
