"""Figures in words, and what the order would be if one criterion weighed less."""

from dataclasses import dataclass

from portal.assessment.queries import Inside, Standing
from portal.assessment.ranking import Place, Tie, Weighed, hundredths, lighter, ranked

LIGHTER_BY = 10
"""Points of a hundred that are taken from one criterion and given to the others, by their weight."""

TIES = {
    Tie.NONE: "",
    Tie.BROKEN: "Equal total: the higher score on the heaviest criterion decides",
    Tie.OPEN: "Equal on every criterion: a person must decide",
}


def percent(basis_points: int | None) -> str:
    """72.5%, from hundredths of a per cent."""
    return "Not scored" if basis_points is None else f"{points(basis_points)}%"


def points(in_hundredths: int) -> str:
    """3.67 or 4, from hundredths."""
    whole, rest = divmod(in_hundredths, 100)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)


@dataclass(frozen=True, slots=True)
class Eased:
    """The order if one criterion weighed ten points less: firms in their new order, and whether the first changes."""

    criterion: str
    firms: tuple[str, ...]
    totals: tuple[str, ...]
    ranks: tuple[int, ...]
    changes: bool
    leads: bool

    @property
    def verdict(self) -> str:
        """What would change, in words."""
        if self.leads:
            return "Another would be first"
        return "The order would change below the first" if self.changes else "The same order"


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How far a lot's order depends on the weights; each line of the picture is a firm, each column a weighting."""

    firms: tuple[str, ...]
    published: tuple[int, ...]
    eased: tuple[Eased, ...]

    @property
    def stable(self) -> bool:
        """Whether the same firm is first however the weights are shifted."""
        return not any(each.leads for each in self.eased)

    @property
    def width(self) -> int:
        """The picture's width: a column for the published weights and one for each criterion."""
        return 120 * (len(self.eased) + 1)

    @property
    def height(self) -> int:
        """A line for each rank, and one for what the columns are."""
        return 44 * len(self.firms) + 34

    def line(self, firm: int) -> str:
        """The points of one firm's line, from weighting to weighting."""
        ranks = (self.published[firm], *(each.ranks[firm] for each in self.eased))
        return " ".join(f"{60 + 120 * column},{44 * rank - 12}" for column, rank in enumerate(ranks))

    def dots(self, firm: int) -> list[tuple[int, int, int]]:
        """Where a firm stands in each column: x, y and rank."""
        ranks = (self.published[firm], *(each.ranks[firm] for each in self.eased))
        return [(60 + 120 * column, 44 * rank - 12, rank) for column, rank in enumerate(ranks)]


def sensitivity(inside: Inside, places: list[Place], stands: Standing) -> Sensitivity:
    """What would happen to the order of one lot with each criterion ten points lighter in turn."""
    weighed = [Weighed(each.id, each.weight, each.max_score, each.position) for each in inside.round.criteria]
    judged = {each.response.id: each for each in stands.judged}
    scores = {place.key: judged[place.key].agreed or {} for place in places}
    order = [place.key for place in places]
    published = {place.key: place.rank for place in places}
    eased = []
    for criterion in inside.round.criteria if len(weighed) > 1 else ():
        again = ranked(lighter(weighed, criterion.id, LIGHTER_BY), scores, inside.round.minimum_percent)
        ranks = {place.key: place.rank for place in again}
        first = {key for key, rank in ranks.items() if rank == 1}
        eased.append(
            Eased(
                criterion.name,
                tuple(judged[place.key].firm for place in again),
                tuple(percent(hundredths(place.total)) for place in again),
                tuple(ranks[key] for key in order),
                ranks != published,
                first != {key for key, rank in published.items() if rank == 1},
            )
        )
    return Sensitivity(tuple(judged[key].firm for key in order), tuple(published[key] for key in order), tuple(eased))
