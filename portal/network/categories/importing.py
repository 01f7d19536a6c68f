"""Reading the vocabulary from a file: a list of objects with a code and a name."""

import json
import re
from pathlib import Path
from typing import Any

from portal.db import Database, put
from portal.network.categories.models import Category
from portal.text import fold

_CODE = re.compile(r"(\d{8})(?:-\d)?")


class NotCategories(ValueError):
    """The file holds no vocabulary; the message says so."""


def import_file(database: Database, path: Path) -> int:
    """Read every category; answers how many. Doing it again brings names up to date. Raises `NotCategories`."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError:
        raise NotCategories("This file is no JSON.") from None
    rows = [row for each in found if (row := _row(each))] if isinstance(found, list) else []
    if not rows:
        raise NotCategories("This file holds no list of categories with codes and names.")
    with database.writing() as session:
        put(session, Category, rows)
    return len(rows)


def _row(entry: Any) -> dict[str, Any] | None:
    if not isinstance(entry, dict):
        return None
    code, name = _CODE.fullmatch(str(entry.get("code"))), entry.get("name")
    if code is None or not isinstance(name, str) or not name.strip():
        return None
    name = " ".join(name.split())[:300]
    return {"code": code[1], "name": name, "words": fold(name)[:400], "weight": max(2, len(code[1].rstrip("0")))}
