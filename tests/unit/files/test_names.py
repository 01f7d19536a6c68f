"""Names of files, however strange."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.files.names import LONGEST, LONGEST_BYTES, ending_of, safe_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Offer (final).pdf", "Offer (final).pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\offer.docx", "offer.docx"),
        ("offer\u202efdp.exe", "offerfdp.exe"),
        ("a\x00b\nc\x7f.pdf", "abc.pdf"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("  a \t b .pdf ", "a b.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("com1", "_com1"),
        ("aux.tar.gz", "_aux.tar.gz"),
        (".htaccess", "htaccess"),
        ("offer.pdf...", "offer.pdf"),
        ("", "file"),
        ("..", "file"),
        ("/", "file"),
        ("Übersicht – 2026.pdf", "Übersicht – 2026.pdf"),
        ("U\u0308.pdf", "Ü.pdf"),
    ],
)
def test_strange_names_become_plain_ones(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_a_long_name_is_cut_before_its_ending() -> None:
    assert safe_name("a" * 500 + ".pdf") == "a" * (LONGEST - 4) + ".pdf"
    assert len(safe_name("語" * 500 + ".pdf").encode()) <= LONGEST_BYTES
    assert safe_name("語" * 500 + ".pdf").endswith("語.pdf")


@pytest.mark.parametrize(
    ("sent", "ending"), [("a.PDF", "pdf"), ("a.pdf.exe", "exe"), ("a", ""), (".pdf", ""), ("a.pdf/", "")]
)
def test_the_last_ending_counts(sent: str, ending: str) -> None:
    assert ending_of(sent) == ending


@settings(deadline=None)
@given(st.text())
def test_a_safe_name_is_safe_and_stays_as_it_is(sent: str) -> None:
    name = safe_name(sent)
    assert name
    assert not set(name) & set('/\\<>:"|?*\0\n\u202e')
    assert len(name) <= LONGEST
    assert len(name.encode()) <= LONGEST_BYTES
    assert not name.startswith(".")
    assert safe_name(name) == name
