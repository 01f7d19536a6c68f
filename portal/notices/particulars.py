"""What the portal already knows of a notice, for the officer to copy to the official platform."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, Round, RoundKind
from portal.challenges.queries import round_of
from portal.challenges.standing import standing_of, value_of
from portal.db import clock
from portal.law.calendar import london_date, standstill
from portal.law.notices import NoticeKind
from portal.law.releases import standstill_is_mandatory
from portal.notices.duties import Duty, footing_of
from portal.notices.models import Moment
from portal.organisations.models import Organisation
from portal.partnerships.models import Partnership
from portal.partnerships.queries import chosen, contracts_of
from portal.web.filters import long_date, long_datetime, money

Particular = tuple[str, str]


def particulars(session: Session, challenge: Challenge, duty: Duty) -> list[Particular]:
    """Label and text of everything the portal knows that belongs into this notice."""
    lead = session.get_one(Organisation, challenge.lead_id)
    found = [("Authority", lead.name), ("Title", challenge.title), ("Our reference", challenge.reference)]
    if challenge.summary:
        found.append(("In short", challenge.summary))
    if challenge.contract_kind:
        found.append(("What is bought", challenge.contract_kind.title))
    found.append(("Estimated value, options and VAT included", money(value_of(challenge))))
    standing = standing_of(session, challenge)
    if standing:
        found.append(("Where that stands", standing.title))
    found += _of_kind(session, challenge, duty)
    return found


def _of_kind(session: Session, challenge: Challenge, duty: Duty) -> Iterator[Particular]:
    if duty.kind.is_tender:
        kind = RoundKind.TENDER if duty.moment is Moment.TENDER else RoundKind.CHALLENGE
        yield from _of_round(round_of(session, challenge, kind))
    if duty.kind in {NoticeKind.UK5, NoticeKind.UK6}:
        yield from _of_award(session, challenge, duty)
    if duty.kind is NoticeKind.UK7:
        signed = [each for each in contracts_of(session, challenge) if each.number == duty.number]
        yield from _of_contracts(signed)


def _of_round(asked: Round | None) -> Iterator[Particular]:
    if asked is None:
        return
    if asked.deadline:
        yield "Closes", long_datetime(asked.deadline)
    if len(asked.lots) > 1:
        yield "Lots", "; ".join(f"{each.number}. {each.title}" for each in asked.lots)
    if asked.criteria:
        yield "Judged on", "; ".join(f"{each.name} {each.weight}%" for each in asked.criteria)


def _of_award(session: Session, challenge: Challenge, duty: Duty) -> Iterator[Particular]:
    firms = chosen(session, challenge)
    if firms:
        yield "Chosen", "; ".join(each.organisation.name for each in firms)
    footing = footing_of(session, challenge)
    if (
        duty.kind is NoticeKind.UK6
        and not duty.met
        and footing
        and standstill_is_mandatory(footing.kind, footing.contract, footing.standing)
    ):
        waiting = standstill(london_date(clock.now()))
        yield "If published today, may sign from", long_date(waiting.may_sign_from)


def _of_contracts(signed: Sequence[Partnership]) -> Iterator[Particular]:
    for each in signed:
        yield "Partner", each.organisation.name
        yield "Contract", each.contract_reference
        yield "Value", money(each.value_pence)
        yield "Signed on", long_date(each.signed_on) or "Not yet"
