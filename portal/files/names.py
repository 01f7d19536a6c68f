"""Names of files as people send them, made fit to be stored, shown and sent back."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 120
"""Characters of a name, its ending included."""

LONGEST_BYTES: Final = 240
"""Bytes of it in UTF-8; file systems end at 255."""


def safe_name(filename: str) -> str:
    """The name without folders, control or direction characters, what Windows reserves, and excess length.

    The ending survives, so that the file still opens; a name of which nothing is left becomes "file".
    """
    last = re.split(r"[/\\]", filename)[-1]
    visible = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    plain = " ".join(_FORBIDDEN.sub("_", visible).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, ending = plain, ""
    if stem.split(".")[0].strip().upper() in _RESERVED:
        stem = f"_{stem}"
    return _shortened(stem, f".{ending}" if ending else "") or "file"


def ending_of(filename: str) -> str:
    """The ending of a name in small letters, without its dot; empty where there is none."""
    return safe_name(filename).rpartition(".")[2].lower() if "." in safe_name(filename) else ""


def _shortened(stem: str, ending: str) -> str:
    room = LONGEST_BYTES - len(ending.encode())
    short = stem[: LONGEST - len(ending)].encode()[:room].decode("utf-8", "ignore")
    return short.rstrip(". ") + ending


_LONGEST_ENDING: Final = 10
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED: Final = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}
