"""The award, and what the chosen firms tell of themselves before their contract."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subcontractor:
    """Who does a part of the work for a firm, and which."""

    name: str
    part: str


@dataclass(frozen=True)
class FirmTold:
    """What a chosen firm says of itself before the contract; ``weighed`` are the officer's reasons where its ground
    for exclusion did not keep it out.
    """

    firm: str
    share_code: str
    subcontractors: tuple[Subcontractor, ...] = ()
    ground: str = ""
    weighed: str = ""


@dataclass(frozen=True)
class Award:
    """When the summaries went out and the award notice was published, why this firm, and what the firms tell of
    themselves: while the award lasts, who is not named here has not answered yet.
    """

    summaries: int
    notice: int
    reason: str
    told: tuple[FirmTold, ...] = ()
