"""Where somebody who was paid is, as columns of a statement, and by what that is known.

A firm registered here says it itself. Of others, what a person of the authority said comes first, because it is about
this payee; then the registered office of the company whose number the file gives. A name alone places nobody.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal, or_

from portal.network.local import ABROAD, Circles, Ring
from portal.network.local.placing import Placed
from portal.network.register.models import RegisteredCompany
from portal.network.spend.models import IS_FIRM, Match, Payee, PayeePlace
from portal.organisations.models import Organisation

Columns = TypeVarTuple("Columns")


class Whose(Enum):
    """Whose word it is where a payee is; the last two are nobody's."""

    FIRM = "firm"
    SAID = "said"
    OFFICE = "office"
    DOUBTFUL = "doubtful"
    OTHERS = "others"


_is_firm, _doubtful = Payee.matched.in_(IS_FIRM), Payee.matched == Match.DOUBTFUL
_is_said, _gives_postcode = PayeePlace.id.is_not(None), Organisation.postcode.is_not(None)


@dataclass(frozen=True)
class Whereabouts:
    """`whose` (a value of `Whose`), `ring` (a value of `Ring` or `ABROAD`) and `basis` (both NULL where not known) of a
    statement that reads `Payee` and was given the joins by `join`.
    """

    whose: ColumnElement[str]
    ring: ColumnElement[str | None]
    basis: ColumnElement[str | None]
    _placed: Placed
    _said: ColumnElement[bool]

    def join(self, statement: Select[*Columns]) -> Select[*Columns]:
        """The statement with what the columns read. Its rows stay as many as they were."""
        of_others = and_(RegisteredCompany.number == Payee.company_number, ~_is_firm, ~_doubtful, ~_is_said)
        return self._placed.join(
            statement.outerjoin(Organisation, and_(Organisation.id == Payee.firm_id, _is_firm))
            .outerjoin(PayeePlace, self._said)
            .outerjoin(RegisteredCompany, of_others)
        )


def whereabouts(circles: Circles) -> Whereabouts:
    """How an authority's circles divide those it paid."""
    postcode = func.coalesce(Organisation.postcode, PayeePlace.postcode, RegisteredCompany.postcode)
    placed = circles.placed(postcode)
    outside = and_(~_gives_postcode, PayeePlace.outside_of.is_not(None))
    abroad = and_(~_gives_postcode, PayeePlace.abroad) if circles.drawn else false()
    whose = case(
        (and_(_is_firm, or_(_gives_postcode, ~_is_said)), Whose.FIRM.value),
        (_is_said, Whose.SAID.value),
        (_doubtful, Whose.DOUBTFUL.value),
        (RegisteredCompany.number.is_not(None), Whose.OFFICE.value),
        else_=Whose.OTHERS.value,
    )
    ring: Any = case((abroad, literal(ABROAD)), (outside, literal(Ring.UK.value)), else_=placed.ring)
    holds = or_(PayeePlace.postcode.is_not(None), PayeePlace.abroad, PayeePlace.outside_of == circles.mark)
    said = and_(PayeePlace.payee_id == Payee.id, holds)
    return Whereabouts(whose, ring, placed.basis, placed, said)
