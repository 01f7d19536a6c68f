"""Inspecting a file on arrival: what it really is, whatever its name says, and whether it may stay."""

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO, Final

import filetype  # type: ignore[import-untyped]

from portal.files.kinds import ALLOWED, ENDINGS, KINDS, MAX_BYTES, TEXT_KINDS, ZIPPED_KINDS
from portal.files.names import ending_of
from portal.files.zipped import look_inside

HEAD: Final = 8192
"""Bytes from which the content is recognised."""

CHUNK: Final = 256 * 1024


@dataclass(frozen=True)
class Inspection:
    """What a file is. Unless `ok`, `kind` and `mime` are empty and `refusal` says why and what is allowed."""

    kind: str
    mime: str
    ok: bool
    refusal: str = ""


def inspect(stream: BinaryIO, filename: str, most: int = MAX_BYTES) -> Inspection:
    """Looks at a seekable stream from beginning to end, and leaves it at its beginning.

    The content decides. The name must agree with it, because people open files by their names. `most` bytes may come.
    """
    try:
        refusal = _refused_by_size(stream, most) or _refused_by_content(stream, ending_of(filename))
    finally:
        stream.seek(0)
    if refusal:
        return Inspection("", "", ok=False, refusal=f"{refusal} {ALLOWED}")
    kind = KINDS[ENDINGS[ending_of(filename)]]
    return Inspection(kind.ending, kind.mime, ok=True)


def _refused_by_size(stream: BinaryIO, most: int) -> str:
    size = stream.seek(0, 2)
    if size == 0:
        return "The file is empty."
    return f"The file is too large ({size / 1024**2:.1f} MB)." if size > most else ""


def _refused_by_content(stream: BinaryIO, ending: str) -> str:
    stream.seek(0)
    head = stream.read(HEAD)
    if ending in _WORDS_OF_ENDINGS:
        return f"The file is {_WORDS_OF_ENDINGS[ending]}."
    if ending not in ENDINGS:
        return _unknown_ending(ending, head)
    expected = ENDINGS[ending]
    if expected in TEXT_KINDS:
        return _refused_as_text(stream, head, ending)
    if expected in ZIPPED_KINDS:
        return _refused_as_document(stream, head, expected)
    return "" if _recognised(head) == expected else _mismatch(ending, head)


def _unknown_ending(ending: str, head: bytes) -> str:
    found = _words_of(head)
    named = f"Files ending in .{ending} cannot be attached." if ending else "The file's name has no ending."
    return f"{named} This one is {found}." if found else named


def _refused_as_text(stream: BinaryIO, head: bytes, ending: str) -> str:
    if _is_page(head):
        return f"The file is named .{ending}, but it is a web page or a drawing that can run scripts."
    if head.startswith(b"#!"):
        return f"The file is named .{ending}, but it is a program."
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "The text is in UTF-16. Save it as UTF-8."
    stream.seek(0)
    return "" if _is_text(stream) else _mismatch(ending, head)


def _refused_as_document(stream: BinaryIO, head: bytes, expected: str) -> str:
    if head.startswith(_OLD_OFFICE):
        return f"The file is named .{expected}, but it is in an old Office format or locked with a password."
    if not head.startswith(b"PK\x03\x04"):
        return _mismatch(expected, head)
    finding = look_inside(stream)
    if finding.fault:
        return f"The {KINDS[expected].words} file cannot be accepted. {finding.fault}"
    if finding.kind is None:
        return f"The file is named .{expected}, but it is an archive of other files."
    if finding.kind != expected:
        return f"The file is named .{expected}, but it is a .{finding.kind} file. Give it its right name."
    return ""


def _mismatch(ending: str, head: bytes) -> str:
    return f"The file is named .{ending}, but it is {_words_of(head) or 'something else or damaged'}."


def _words_of(head: bytes) -> str:
    """What the content is, in words; empty where it is not recognised."""
    recognised = _recognised(head)
    if recognised in KINDS:
        return f"a {KINDS[recognised].words} file"
    for signature, words in _SIGNATURES:
        if head.startswith(signature):
            return words
    if _is_page(head):
        return "a web page or a drawing that can run scripts"
    return f"a .{recognised} file" if recognised else ""


def _recognised(head: bytes) -> str:
    found = filetype.guess(head)
    extension = str(found.extension) if found else ""
    return "png" if extension == "apng" else extension


def _is_text(stream: BinaryIO) -> bool:
    """Whether the whole content is text: UTF-8, or else the Windows code page that Excel writes CSV in."""
    utf8, windows = codecs.getincrementaldecoder("utf-8")(), codecs.getincrementaldecoder("cp1252")()
    candidates = {utf8, windows}
    while candidates:
        piece = stream.read(CHUNK)
        if _BINARY.search(piece):
            return False
        for decoder in tuple(candidates):
            try:
                decoder.decode(piece, final=not piece)
            except UnicodeDecodeError:
                candidates.discard(decoder)
        if not piece:
            return bool(candidates)
    return False


def _is_page(head: bytes) -> bool:
    """Whether it begins as a web page does, behind comments and declarations.

    They are passed one by one: with a possessive quantifier instead, Python 3.11.2 (Debian 12's) finds no page at all.
    """
    begins = head.removeprefix(codecs.BOM_UTF8).lstrip()
    at = 0
    while before := _BEFORE_A_PAGE.match(begins, at):
        at = before.end()
    return _PAGE.match(begins, at) is not None


_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAM: Final = "a program"
_ARCHIVE: Final = "an archive of other files"
_SIGNATURES: Final = (
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"#!", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xfe\xed\xfa", _PROGRAM),
    (b"\0asm", _PROGRAM),
    (_OLD_OFFICE, "in an old Office format or locked with a password"),
    (b"PK", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
)
_MACROS: Final = "an Office file that may contain macros, which are programs. Save it without macros"
_OLD: Final = "in an old Office format, which can hide programs. Save it in the present one"
_WORDS_OF_ENDINGS: Final = {
    **dict.fromkeys(("docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam"), _MACROS),
    **dict.fromkeys(("doc", "dot", "xls", "xlt", "ppt", "pps"), _OLD),
    **dict.fromkeys(("zip", "rar", "7z", "gz", "tgz", "bz2", "xz", "tar", "zst", "iso", "cab"), _ARCHIVE),
    **dict.fromkeys(("exe", "com", "bat", "cmd", "ps1", "sh", "js", "vbs", "jar", "msi", "scr", "lnk"), _PROGRAM),
    **dict.fromkeys(("html", "htm", "xhtml", "shtml", "mhtml", "xml"), "a web page, which can run scripts"),
    **dict.fromkeys(("svg", "svgz"), "an SVG drawing, which can run scripts. Save it as PNG"),
}
_BEFORE_A_PAGE = re.compile(rb"(?:<!--.*?-->|<\?xml[^>]*>)\s*", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(
    rb"<(?:!doctype|html|head|body|script|svg|iframe|object|embed|meta|style|form|img|link|base)\b", re.IGNORECASE
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
