"""Enumerations that carry their own words, so that a page and a rule never name a thing apart."""

from enum import Enum
from typing import Self


class Worded(Enum):
    """A choice with a short title in plain words and, where the title is not enough, its meaning.

    The value is the stable key that is stored and sent; the words may be bettered at any time.
    """

    title: str
    meaning: str

    def __new__(cls, key: str, title: str = "", meaning: str = "") -> Self:
        """Make the member that is stored as ``key``.

        Every member has a title; the default is there so that looking one up by its key type-checks.
        """
        member = object.__new__(cls)
        member._value_ = key
        member.title = title
        member.meaning = meaning
        return member
