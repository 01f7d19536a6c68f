"""Passwords digested in a thousandth of the time: what tests of pages try is whether they are asked, not how slowly.

`tests/unit/accounts/test_passwords.py` holds what the portal itself digests with.
"""

import pytest
from argon2 import PasswordHasher

from portal.accounts import passwords

_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_NOBODYS = _QUICK.hash("nobody's password")


def digest(password: str) -> str:
    """A digest that the portal takes for its own."""
    return _QUICK.hash(password)


def use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Digest quickly for the length of a test."""
    monkeypatch.setattr(passwords, "_hasher", _QUICK)
    monkeypatch.setattr(passwords, "_NOBODYS", _NOBODYS)
