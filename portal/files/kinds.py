"""The kinds of file that may be attached, and the words in which the others are refused."""

from dataclasses import dataclass
from typing import Final

MAX_BYTES: Final = 20 * 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """A kind of file: its usual ending, what people call it, and the media type it is served as."""

    ending: str
    words: str
    mime: str


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN: Final = "application/vnd.oasis.opendocument"

KINDS: Final = {
    kind.ending: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf"),
        Kind("docx", "Word", f"{_OFFICE}.wordprocessingml.document"),
        Kind("xlsx", "Excel", f"{_OFFICE}.spreadsheetml.sheet"),
        Kind("pptx", "PowerPoint", f"{_OFFICE}.presentationml.presentation"),
        Kind("odt", "OpenDocument text", f"{_OPEN}.text"),
        Kind("ods", "OpenDocument spreadsheet", f"{_OPEN}.spreadsheet"),
        Kind("odp", "OpenDocument presentation", f"{_OPEN}.presentation"),
        Kind("png", "PNG picture", "image/png"),
        Kind("jpg", "JPEG picture", "image/jpeg"),
        Kind("webp", "WebP picture", "image/webp"),
        Kind("gif", "GIF picture", "image/gif"),
        Kind("txt", "plain text", "text/plain"),
        Kind("csv", "CSV", "text/csv"),
        Kind("md", "Markdown", "text/markdown"),
    )
}

ENDINGS: Final = {**{ending: ending for ending in KINDS}, "jpeg": "jpg"}
"""Every accepted ending, with the kind it names."""

TEXT_KINDS: Final = frozenset({"txt", "csv", "md"})
ZIPPED_KINDS: Final = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp"})

ALLOWED: Final = (
    "You can attach PDF, Word (docx), Excel (xlsx), PowerPoint (pptx), OpenDocument (odt, ods, odp), "
    f"pictures (png, jpg, webp, gif) and text (txt, csv, md), each up to {MAX_BYTES // 1024**2} MB."
)
"""Ends every refusal, so that nobody has to guess."""
