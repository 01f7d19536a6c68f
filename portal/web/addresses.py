"""Addresses by the dozen: lists link to the same page of many things, and `url_for` takes longer than their rows."""

from functools import cache, lru_cache
from urllib.parse import quote

from flask import url_for

_ANY = "REFERENCE"


@lru_cache(maxsize=10_000)
def address(endpoint: str, reference: str | None = None) -> str:
    """As `url_for(endpoint)` or `url_for(endpoint, reference=reference)`, asked once for each endpoint."""
    if reference is None:
        return url_for(endpoint)
    return _pattern(endpoint).replace(_ANY, quote(reference, safe=""))


@cache
def _pattern(endpoint: str) -> str:
    return url_for(endpoint, reference=_ANY)
