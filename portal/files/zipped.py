"""Looking into a zip archive without unpacking it: which office document it is, and what it hides.

Only the list of contents and two small parts are read, each up to a bound, so that an archive made to explode
never gets the room to.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO, Final

LONGEST_LIST: Final = 1024 * 1024
"""Bytes of an archive's list of contents; some fifteen thousand parts, more than any document has."""

MOST_UNPACKED: Final = 400 * 1024 * 1024
"""Bytes that a document may claim to unpack to."""

LONGEST_PART: Final = 256 * 1024
"""Bytes read of a part that tells the kind of document."""


@dataclass(frozen=True)
class ZipFinding:
    """The kind of document (None: an ordinary archive), and why it is not welcome, if it is not."""

    kind: str | None
    fault: str = ""


def look_inside(stream: BinaryIO) -> ZipFinding:
    """What a zip archive is, from its list of contents."""
    try:
        with zipfile.ZipFile(_Bounded(stream)) as archive:
            parts = archive.infolist()
            if any(part.compress_type not in _DOCUMENT_COMPRESSIONS for part in parts):
                return ZipFinding(None, "It is compressed in a way that no document is.")
            kind = _office_kind(archive) or _open_document_kind(archive)
            return ZipFinding(kind, _fault(archive, parts) if kind else "")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
        return ZipFinding(None, "It is damaged, or its end is missing.")


class _Bounded(io.RawIOBase):
    """The stream, refusing to read more at once than a list of contents may be long."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size > LONGEST_LIST:
            raise zipfile.BadZipFile("longer than any document's list of contents")
        return self._stream.read(size if size >= 0 else LONGEST_LIST)


def _office_kind(archive: zipfile.ZipFile) -> str | None:
    names = archive.namelist()
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for folder, kind in _OFFICE_FOLDERS if any(n.startswith(folder) for n in names)), None)


def _open_document_kind(archive: zipfile.ZipFile) -> str | None:
    if "mimetype" not in archive.namelist():
        return None
    return _OPEN_DOCUMENTS.get(_part(archive, "mimetype", 100).strip())


def _fault(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> str:
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        return "It is locked with a password. Save it without one."
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        return f"It would unpack to more than {MOST_UNPACKED // 1024**2} MB."
    if any(_is_macro(part.filename.lower()) for part in parts) or _declares_macros(archive):
        return "It contains macros, which are programs. Save it without macros."
    return ""


def _is_macro(name: str) -> bool:
    return name.endswith("vbaproject.bin") or any(f"/{folder}" in f"/{name}" for folder in _MACRO_FOLDERS)


def _declares_macros(archive: zipfile.ZipFile) -> bool:
    if "[Content_Types].xml" not in archive.namelist():
        return False
    declared = _part(archive, "[Content_Types].xml", LONGEST_PART).replace(b"\0", b"").lower()
    return b"macroenabled" in declared or b"vbaproject" in declared


def _part(archive: zipfile.ZipFile, name: str, longest: int) -> bytes:
    with archive.open(name) as part:
        return part.read(longest)


_DOCUMENT_COMPRESSIONS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED: Final = 0x1
_OFFICE_FOLDERS: Final = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_OPEN_DOCUMENTS: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_MACRO_FOLDERS: Final = ("xl/macrosheets/", "basic/", "scripts/", "activex/")
