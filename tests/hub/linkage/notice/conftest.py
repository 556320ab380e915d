"""Rosters and notices for the reader's tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml

from hub.linkage.notice.draft import NoticeDraft, draft_as_json, draft_notice
from hub.linkage.notice.read import NoticeText, read_notice
from hub.linkage.notice.roster import Roster, Unit

NOTICES = Path(__file__).parents[3] / "data" / "notices"
LIMIT = 10 * 1024 * 1024


def load_rosters() -> dict[str, Roster]:
    shelves = yaml.safe_load(Path(__file__).with_name("rosters.yaml").read_text("utf-8"))
    return {
        name: Roster(
            [
                Unit(
                    key,
                    full,
                    short,
                    tuple(alias for alias in aliases if not alias.startswith("原")),
                    kind,
                    level,
                    tuple(alias.removeprefix("原") for alias in aliases if alias.startswith("原")),
                )
                for key, full, short, kind, level, *aliases in shelf["units"]
            ],
            places=shelf["places"],
            groups=shelf["groups"],
        )
        for name, shelf in shelves.items()
    }


@pytest.fixture(scope="session")
def rosters() -> dict[str, Roster]:
    return load_rosters()


@pytest.fixture(scope="session")
def wenxian(rosters: dict[str, Roster]) -> Roster:
    return rosters["wenxian"]


@pytest.fixture(scope="session")
def published() -> Callable[[str], NoticeText]:
    """A published notice of the test data by its file name."""
    return lambda name: read_notice((NOTICES / name).read_bytes(), name, limit=LIMIT)


@pytest.fixture(scope="session")
def draft_text(wenxian: Roster) -> Callable[..., NoticeDraft]:
    """Draft a text as a notice of 温县, or of the given roster."""

    def draft(text: str, *, roster: Roster | None = None, year: int = 2026, shift: bool = False) -> NoticeDraft:
        notice = NoticeText(text, "0" * 64, "txt", "utf-8")
        return draft_notice(notice, roster or wenxian, year=year, shift_dates=shift)

    return draft


@pytest.fixture(scope="session")
def as_json(wenxian: Roster) -> Callable[..., dict]:
    return lambda draft, roster=None: draft_as_json(draft, roster or wenxian)


def make_pdf(pages: Sequence[Sequence[str]], *, trailer: str = "") -> bytes:
    """A PDF whose font is not embedded: glyph numbers are code points, and a ToUnicode map gives them back as text."""
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange "
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")
    first_page = 6
    kids = " ".join(f"{first_page + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
            b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
        ),
        (
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
    ]
    for index, lines in enumerate(pages):
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -16 Td " for line in lines)
        content = f"BT /F1 12 Tf 72 780 Td {shown}ET".encode("ascii")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first_page + 2 * index + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    body, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(body)
