"""Numbers of firms and bodies, and postcodes, as people type them and as they are kept."""

import re

_COMPANY_NUMBER = re.compile(r"\d{8}|[A-Z]{2}\d{6}|[A-Z]\d{7}|[A-Z]{2}\d{5}[A-Z]")
_PPON = re.compile(r"[A-Z]{4}-\d{4}-[A-Z]{4}")
_SHARE_CODE = re.compile(r"[A-Za-z0-9]{8}", re.ASCII)
_PADDED = re.compile(r"([A-Z]{0,2})(\d+)")
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")


def company_number(text: str) -> str:
    """A Companies House number with its eight characters: digits, or a prefix such as SC, NI or OC and digits.

    Leading noughts that were left out are put back; there is no check digit. Raises `ValueError` with a sentence.
    """
    typed = re.sub(r"[\s.-]", "", text).upper()
    parts = _PADDED.fullmatch(typed)
    if parts and len(typed) < 8:
        typed = parts[1] + parts[2].zfill(8 - len(parts[1]))
    if not typed.isascii() or not _COMPANY_NUMBER.fullmatch(typed):
        raise ValueError("Enter the company number as Companies House writes it, such as 01234567 or SC123456.")
    return typed


def size(headcount: int | None) -> str | None:
    """A firm's size by the number of people alone: micro up to 10, small up to 50, medium up to 250, else large.

    The Companies Act 2006 (ss.382, 384A and 465, for years from 6 April 2025) asks for two of three: people, turnover
    and balance sheet. The portal knows the people only, so that this is a label and no finding.
    """
    if headcount is None:
        return None
    return next((name for name, most in (("micro", 10), ("small", 50), ("medium", 250)) if headcount <= most), "large")


def ppon(text: str) -> str:
    """A number of the Central Digital Platform (Public Procurement Organisation Number), such as PXYZ-1234-ABCD.

    Only the form is checked: four letters, four digits, four letters. Raises `ValueError` with a sentence.
    """
    letters = re.sub(r"[\s-]", "", text).upper().removeprefix("GBPPON")
    typed = f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"
    if not typed.isascii() or not _PPON.fullmatch(typed):
        raise ValueError("Enter the number as the Central Digital Platform writes it, such as PXYZ-1234-ABCD.")
    return typed


def share_code(text: str) -> str:
    """A share code of the Central Digital Platform: eight letters and digits, as that writes them.

    Only the form is checked; capitals are kept as typed. Raises `ValueError` with a sentence.
    """
    typed = re.sub(r"[\s-]", "", text)
    if not _SHARE_CODE.fullmatch(typed):
        raise ValueError("Enter the share code: eight letters and digits, such as h4TnV9pQ.")
    return typed


def postcode(text: str) -> str:
    """A postcode in capitals with its blank. Only the form is checked. Raises `ValueError` with a sentence."""
    typed = re.sub(r"[\s.-]", "", text).upper()
    parts = _POSTCODE.fullmatch(typed) if typed.isascii() else None
    if parts is None:
        raise ValueError("Enter a whole postcode, such as EV1 2AB.")
    return f"{parts[1]} {parts[2]}"
