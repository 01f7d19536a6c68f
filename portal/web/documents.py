"""Documents on their way out: rendered from a template or made of tables, and only ever sent as attachments."""

from collections.abc import Iterable
from typing import Any

from flask import Response, make_response, render_template
from werkzeug.exceptions import ServiceUnavailable

from portal.documents import NoPdfHere, Sheet, csv_text, pdf_from, workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdf_answer(name: str, template: str, **context: Any) -> Response:
    """A template (it extends `documents/frame.html`) as a PDF called `name`; 503 in words where none can be made."""
    html = render_template(template, **context)
    try:
        return _attached(pdf_from(html), "application/pdf", f"{name}.pdf")
    except NoPdfHere as missing:
        raise ServiceUnavailable(description=str(missing)) from missing


def workbook_answer(name: str, sheets: Iterable[Sheet]) -> Response:
    """Tables as a spreadsheet called `name`."""
    return _attached(workbook(sheets), _XLSX, f"{name}.xlsx")


def csv_answer(name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Response:
    """A table as a CSV file called `name`, with the mark (BOM) by which spreadsheet programs know its encoding."""
    return _attached(csv_text(columns, rows).encode("utf-8-sig"), "text/csv; charset=utf-8", f"{name}.csv")


def _attached(content: bytes, kind: str, name: str) -> Response:
    answer = make_response(content)
    answer.headers.update({"Content-Type": kind, "Cache-Control": "no-store"})
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
