"""Passwords: kept as argon2id, checked in the same time whether or not there is an account, refused when easy."""

import re
import secrets
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200
_LEFT_OVER = 8
"""Characters a password must have beside words that anybody would try first."""

_COMMON = (
    "123456789|1q2w3e4r|987654321|12345|abc123|abcdefgh|administrator|admin|arsenal|asdfghjkl|autumn|batman|birmingham|"
    "challenge|changeme|charlie|chelsea|council|dragon|england|football|friday|iloveyou|innovation|letmein|liverpool|"
    "london|master|monday|monkey|p@ssword|partnership|passw0rd|password|passwort|portal|princess|qwertyuiop|qwerty|"
    "secret|spring|summer|sunshine|superman|supplier|trustno1|welcome|winter|zxcvbnm"
)

_hasher = PasswordHasher()
_NOBODYS = _hasher.hash(secrets.token_hex())


def digest(password: str) -> str:
    """The argon2id digest to keep. It is slow on purpose: call it before a writing transaction begins."""
    return _hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one kept; with nothing kept it takes just as long and is never right."""
    try:
        _hasher.verify(kept or _NOBODYS, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def weakness(password: str, own_words: Iterable[str] = ()) -> str | None:
    """Why a password will not do, as a sentence; None if it will. `own_words`: the person's name and address."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Three or four words in a row are easy to remember."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    if len(set(password)) < 5:
        return "Use more than a few different characters."
    said = password.casefold()
    own = {part for words in own_words for part in re.split(r"[\W_]+", words.casefold()) if len(part) > 2}
    if own and len(re.sub("|".join(sorted(own, key=len, reverse=True)), "", said)) < _LEFT_OVER:
        return "Do not build it from your own name, e-mail address or organisation."
    if len(re.sub(_COMMON, "", said)) < _LEFT_OVER:
        return "This is among the first that anybody would try. Choose something less common."
    return None
