"""Which firms of a patch may fit a planned need, each with the reason. Pure; a hint to look, never a ranking."""

from dataclasses import dataclass

from portal.network.needs.models import PlannedNeed
from portal.network.needs.overlay import GROUP_DIGITS
from portal.network.patches.queries import LocatedFirm
from portal.text import fold

_SHORTEST = 5
"""Letters; shorter words tell too little."""


@dataclass(frozen=True)
class Fit:
    """A firm that may fit, and why."""

    firm: LocatedFirm
    reason: str


def fits(need: PlannedNeed, firms: list[LocatedFirm]) -> list[Fit]:
    """Firms of the same group of categories, or with a word of the need in what they say of themselves."""
    found = []
    group = (need.category_code or "")[:GROUP_DIGITS]
    words = [each for each in fold(f"{need.title} {need.category}").split() if len(each) >= _SHORTEST]
    for firm in firms:
        same = next((name for code, name in firm.categories if group and code.startswith(group)), None)
        said = fold(firm.firm.summary)
        word = next((each for each in words if _root(each) in said), None)
        if same:
            found.append(Fit(firm, f"same category: {same}"))
        elif word:
            found.append(Fit(firm, f"says “{word}”"))
    return found


def _root(word: str) -> str:
    """The beginning that painting, painter and paints share."""
    for end in ("ing", "ers", "er", "s"):
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST:
            return word.removesuffix(end)
    return word
