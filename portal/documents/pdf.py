"""PDFs from HTML of our own, tagged so that a screen reader can follow them (PDF/UA-1).

WeasyPrint draws with Pango, a library of the system's. Where that is missing pages work without their PDF, so it is
imported when first asked for.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

_STYLE = Path(__file__).with_name("document.css")


class NoPdfHere(RuntimeError):
    """This machine cannot make PDFs: Pango is not installed."""


@cache
def pdfs_are_made() -> bool:
    """Whether this machine can make PDFs, so that a page offers only what it can give."""
    try:
        _weasyprint()
    except NoPdfHere:
        return False
    return True


def pdf_from(html: str) -> bytes:
    """A whole document as PDF/UA. Nothing is fetched: what a document shows must be in its HTML (SVG included).

    Raises `NoPdfHere` where Pango is missing, and `ValueError` where the HTML names something outside itself.
    """
    printer = _weasyprint()
    fetcher = printer.urls.URLFetcher(allowed_protocols=(), fail_on_errors=True)
    document = printer.HTML(string=html, url_fetcher=fetcher)
    try:
        written: bytes = document.write_pdf(stylesheets=[printer.CSS(filename=str(_STYLE))], pdf_variant="pdf/ua-1")
    except printer.urls.FatalURLFetchingError as error:
        raise ValueError("A document may not fetch anything, and this one names something outside itself.") from error
    return written


def _weasyprint() -> Any:
    try:
        return import_module("weasyprint")
    except OSError as error:
        raise NoPdfHere("PDFs cannot be made here: install Pango (on Debian: libpangoft2-1.0-0).") from error
