"""Files on arrival: what may stay, and in which words the rest is refused."""

import io
import struct
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.files.kinds import ALLOWED, KINDS, MAX_BYTES
from portal.files.sniff import inspect

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 100
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 100
GIF = b"GIF89a" + b"\0" * 100
WEBP = b"RIFF\x64\0\0\0WEBPVP8 " + b"\0" * 100
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"0" * 100
PROGRAM = b"MZ\x90\0\x03\0\0\0" + b"\0" * 200
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000
TYPES = b'<?xml version="1.0"?><Types><Override PartName="/x" ContentType="application/xml"/></Types>'


def zipped(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def office(folder: str, **more: bytes) -> bytes:
    return zipped({"[Content_Types].xml": TYPES, f"{folder}/document.xml": b"<x/>", **more})


def open_document(kind: str, **more: bytes) -> bytes:
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<x/>", **more})


WELCOME = {
    "a.pdf": PDF,
    "a.png": PNG,
    "a.jpg": JPEG,
    "a.JPEG": JPEG,
    "a.gif": GIF,
    "a.webp": WEBP,
    "a.docx": office("word"),
    "a.xlsx": office("xl"),
    "a.pptx": office("ppt"),
    "a.odt": open_document("text"),
    "a.ods": open_document("spreadsheet"),
    "a.odp": open_document("presentation"),
    "a.txt": "Crème brûlée – £5\n".encode(),
    "b.txt": b"MZ is how this note begins, BZh is how it ends",
    "a.csv": "\ufeffname,amount\r\nCafé,5\r\n".encode(),
    "b.csv": "name,amount\r\nCafé,£5\r\n".encode("cp1252"),
    "a.md": b"# Heading\n\nOne <b>bold</b> word.\n",
    "long.txt": ("é" * 300_000).encode(),
}


@pytest.mark.parametrize("name", WELCOME)
def test_every_allowed_kind_is_welcome(name: str) -> None:
    stream = io.BytesIO(WELCOME[name])
    found = inspect(stream, name)
    assert (found.ok, found.refusal) == (True, "")
    assert found.mime == KINDS[found.kind].mime
    assert stream.tell() == 0


REFUSED = {
    ("a.pdf", b""): "The file is empty.",
    ("a.pdf", PROGRAM): "The file is named .pdf, but it is a program.",
    ("a.pdf", b"\x7fELF" + b"\0" * 100): "The file is named .pdf, but it is a program.",
    ("a.pdf", PNG): "The file is named .pdf, but it is a PNG picture file.",
    ("a.pdf", b"hello"): "The file is named .pdf, but it is something else or damaged.",
    ("a.png", b"<svg xmlns='x' onload='alert(1)'/>"): "it is a web page or a drawing that can run scripts.",
    ("a.jpg", b"<html><script>alert(1)</script>"): "it is a web page or a drawing that can run scripts.",
    ("a.svg", b"<svg/>"): "The file is an SVG drawing, which can run scripts. Save it as PNG.",
    ("a.html", b"<p>"): "The file is a web page, which can run scripts.",
    ("a.exe", PROGRAM): "The file is a program.",
    ("a.pdf.exe", PDF): "The file is a program.",
    ("a\u202efdp.exe", PDF): "The file is a program.",
    ("a.zip", zipped({"x": b""})): "The file is an archive of other files.",
    ("a", PDF): "The file's name has no ending. This one is a PDF file.",
    ("a.xyz", PROGRAM): "Files ending in .xyz cannot be attached. This one is a program.",
    ("a.docm", office("word")): "The file is an Office file that may contain macros",
    ("a.doc", OLD_OFFICE): "The file is in an old Office format",
    ("a.docx", OLD_OFFICE): "it is in an old Office format or locked with a password.",
    ("a.docx", zipped({"x": b""})): "it is an archive of other files.",
    ("a.docx", office("xl")): "it is a .xlsx file. Give it its right name.",
    ("a.docx", open_document("text")): "it is a .odt file. Give it its right name.",
    (
        "a.docx",
        office("word")[:-30],
    ): "The Word file cannot be accepted. It is damaged, or its end is missing.",
    ("a.docx", office("word", **{"word/vbaProject.bin": b"x"})): "It contains macros, which are programs.",
    ("a.docx", office("word", **{"word/VBAPROJECT.BIN": b"x"})): "It contains macros, which are programs.",
    ("a.xlsx", office("xl", **{"xl/macrosheets/s.xml": b"x"})): "It contains macros, which are programs.",
    (
        "a.odt",
        open_document("text", **{"Basic/Standard/M.xml": b"x"}),
    ): "It contains macros, which are programs.",
    ("a.txt", b"a\0b"): "The file is named .txt, but it is something else or damaged.",
    ("a.txt", PROGRAM): "The file is named .txt, but it is a program.",
    ("a.txt", b"#!/bin/sh\nrm -rf /"): "The file is named .txt, but it is a program.",
    ("a.txt", b"\xef\xbb\xbf <!-- x --> <!DOCTYPE html><p>"): "it is a web page or a drawing",
    ("a.md", b"<?xml version='1.0'?><svg/>"): "it is a web page or a drawing",
    ("a.csv", "a,b\n".encode("utf-16")): "The text is in UTF-16. Save it as UTF-8.",
    (
        "a.csv",
        b"good,start\n" * 100_000 + b"\x81",
    ): "The file is named .csv, but it is something else or damaged.",
    ("a.gif", PDF): "The file is named .gif, but it is a PDF file.",
}


@pytest.mark.parametrize(("name", "content"), REFUSED, ids=range(len(REFUSED)))
def test_the_rest_is_refused_with_why_and_what_is_allowed(name: str, content: bytes) -> None:
    stream = io.BytesIO(content)
    found = inspect(stream, name)
    assert not found.ok
    assert REFUSED[name, content] in found.refusal
    assert found.refusal.endswith(f". {ALLOWED}")
    assert (found.kind, found.mime, stream.tell()) == ("", "", 0)


def test_the_limit_is_a_limit() -> None:
    at_the_limit = b"a" * MAX_BYTES
    assert inspect(io.BytesIO(at_the_limit), "a.txt").ok
    assert "too large (20.0 MB)" in inspect(io.BytesIO(at_the_limit + b"a"), "a.txt").refusal


def test_macros_declared_under_another_name_are_found() -> None:
    types = TYPES.replace(b"application/xml", b"application/vnd.ms-word.document.macroEnabled.main+xml")
    for declared in (types, types.decode().encode("utf-16")):
        document = zipped({"[Content_Types].xml": declared, "word/document.xml": b"", "word/innocent.bin": b""})
        assert "macros" in inspect(io.BytesIO(document), "a.docx").refusal


def test_a_locked_document_is_refused() -> None:
    document = bytearray(office("word"))
    directory = document.rindex(b"PK\x01\x02")
    document[directory + 8] |= 1
    assert "locked with a password" in inspect(io.BytesIO(bytes(document)), "a.docx").refusal


def test_a_document_made_to_explode_is_refused_without_unpacking_it() -> None:
    bomb = bytearray(office("word", **{"word/media/x": b"x"}))
    directory = bomb.rindex(b"PK\x01\x02")
    bomb[directory + 24 : directory + 28] = struct.pack("<L", 4_000_000_000)
    assert "would unpack to more than 400 MB" in inspect(io.BytesIO(bytes(bomb)), "a.docx").refusal


@pytest.mark.parametrize("part", ["[Content_Types].xml", "mimetype"])
@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_the_parts_that_are_read_cannot_explode_either(part: str, compression: int) -> None:
    parts = {"[Content_Types].xml": b"", "word/document.xml": b"", part: b" " * 30_000_000}
    bomb = io.BytesIO(zipped(parts, compression))
    tracemalloc.start()
    inspect(bomb, "a.docx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


def test_a_list_of_contents_without_end_is_not_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"word/{number:060}", b"")
    assert "damaged" in inspect(stream, "a.docx").refusal


@pytest.mark.parametrize(
    "head", [b"<!---->" * 1_100, b"<!--" * 2_000, b"<?xml" * 1_600, b" " * 8_000, b"<?xml>" * 1_300]
)
def test_no_beginning_takes_long_to_recognise(head: bytes) -> None:
    started = time.perf_counter()
    inspect(io.BytesIO(head), "a.txt")
    assert time.perf_counter() - started < 1


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.builds(lambda tail, cut: office("word")[:cut] + tail, st.binary(max_size=60), st.integers(0, 400)),
        st.builds(lambda start, tail: start + tail, st.sampled_from([PNG, PDF, PROGRAM, b"PK\x03\x04"]), st.binary()),
    ),
    st.one_of(st.text(max_size=20), st.sampled_from([f"a.{ending}" for ending in KINDS])),
)
def test_any_bytes_under_any_name_get_an_answer(content: bytes, name: str) -> None:
    found = inspect(io.BytesIO(content), name)
    assert found.ok == (found.refusal == "")
