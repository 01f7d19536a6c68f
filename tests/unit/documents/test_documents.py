from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from portal.documents import Cell, NoPdfHere, Sheet, pdf_from, pdfs_are_made, workbook
from tests.support.required import is_missing

PAGE = '<!DOCTYPE html><html lang="en-GB"><head><title>A receipt</title></head><body><h1>A receipt</h1>{}</body></html>'


@pytest.fixture
def _pango() -> None:
    if not pdfs_are_made():
        is_missing("pdf", "Pango is not installed (on Debian: apt install libpangoft2-1.0-0).")


@pytest.mark.usefixtures("_pango")
def test_a_pdf_says_what_its_page_says_and_is_tagged() -> None:
    document = PdfReader(BytesIO(pdf_from(PAGE.format("<p>Received at 12 noon.</p>"))))
    assert "Received at 12 noon." in document.pages[0].extract_text()
    root: Any = document.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"


@pytest.mark.usefixtures("_pango")
@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/picture.png"])
def test_a_document_fetches_nothing(address: str) -> None:
    with pytest.raises(ValueError, match="may not fetch"):
        pdf_from(PAGE.format(f'<img src="{address}" alt="A picture">'))


def test_a_machine_without_pango_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_name: str) -> None:
        raise OSError("cannot load library")

    monkeypatch.setattr("portal.documents.pdf.import_module", refuse)
    with pytest.raises(NoPdfHere, match="install Pango"):
        pdf_from(PAGE.format(""))


def test_nothing_typed_becomes_a_formula_and_numbers_stay_numbers() -> None:
    rows: list[list[Cell]] = [
        ["=1+1", Decimal("2.50"), datetime(2026, 6, 1, 11, tzinfo=UTC), None],
        ["http://x.example", 3, "007", "@a"],
    ]
    book = load_workbook(BytesIO(workbook([Sheet("Scores: all/of [them]", ["a", "b", "c", "d"], rows)])))
    page = book.active
    assert page is not None
    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=2)] == [
        ["=1+1", 2.5, "2026-06-01 12:00 BST", None],
        ["http://x.example", 3, "007", "@a"],
    ]
    assert page["A2"].data_type == "s"
