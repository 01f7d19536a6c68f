"""A patch as an address names it: wards, beginnings of postcodes, and a circle around a postcode. Nothing is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.law import companies
from portal.network.local import CirclePart, LocalCircle, PartKind, Ring
from portal.network.local.forms import beginning

MOST_PARTS = 20
MOST_KILOMETRES = 20
"""As the crow flies; what is larger is no neighbourhood."""


@dataclass(frozen=True)
class Patch:
    """What was drawn; `problems` are sentences about what could not be read, by the name of its box."""

    wards: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    postcode: str = ""
    kilometres: float = 0.0
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was drawn yet."""
        return not (self.wards or self.letters or self.postcode)

    def circle(self) -> LocalCircle:
        """The patch as one circle of places, which is never stored."""
        parts = [CirclePart(kind=PartKind.WARD, code=code) for code in self.wards]
        parts += [CirclePart(kind=PartKind.POSTCODE_AREA, code=code) for code in self.letters]
        if self.postcode:
            metres = round(self.kilometres * 1_000)
            parts.append(CirclePart(kind=PartKind.RADIUS, code=self.postcode, metres=metres))
        return LocalCircle(ring=Ring.OWN, parts=parts)


def read_patch(wards: Iterable[str], letters: str, postcode: str, kilometres: str) -> Patch:
    """What was typed; what cannot be read is left out and said."""
    problems: dict[str, str] = {}
    codes = tuple(dict.fromkeys(each for each in wards if each.isascii() and each.isalnum() and len(each) == 9))
    begins: list[str] = []
    for typed in letters.split(",")[:MOST_PARTS]:
        try:
            begins += [beginning(typed)] if typed.strip() else []
        except ValueError as problem:
            problems["letters"] = str(problem)
    middle, reach = "", 0.0
    if postcode.strip():
        try:
            middle, reach = companies.postcode(postcode), _kilometres(kilometres)
        except ValueError as problem:
            middle, problems["postcode"] = "", str(problem)
    return Patch(codes[:MOST_PARTS], tuple(dict.fromkeys(begins)), middle, reach, problems)


def _kilometres(typed: str) -> float:
    text = typed.strip() or "2"
    if not text.isascii() or not text.replace(".", "", 1).isdigit() or not 0.1 <= float(text) <= MOST_KILOMETRES:
        raise ValueError(f"Enter kilometres from 0.1 to {MOST_KILOMETRES}, such as 2.")
    return float(text)
