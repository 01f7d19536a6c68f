"""What a firm is told of the days between the choice and the contract: what the law asks of this award, and no more."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from portal.challenges.promises import Promise
from portal.db import clock
from portal.law import releases
from portal.law.calendar import london_date
from portal.law.notices import NoticeKind
from portal.notices.duties import footing_of
from portal.notices.queries import award_number, dispatch_of, published, standstill_of
from portal.partnerships.queries import contract_for, deciding_round
from portal.responses.timeline import Known


def steps(session: Session, known: Known) -> Iterator[Promise]:
    """Summaries, award notice, standstill and contract of the award that is running or was the last.

    A firm that is out of it sees only what has happened (everybody may know of that), and nothing that is to come.
    """
    if known.response.round.kind is not deciding_round(known.response.challenge):
        return
    yield from (each for each in _steps(session, known) if each.happened or known.goes_on)


def _steps(session: Session, known: Known) -> Iterator[Promise]:
    response, challenge = known.response, known.response.challenge
    footing, number = footing_of(session, challenge), award_number(session, challenge)
    if footing and releases.summaries_are_due(footing.kind, footing.standing):
        sent = dispatch_of(session, challenge, number)
        day = london_date(sent.sent_at) if sent else None
        yield Promise("Every assessed firm gets its assessment summary", None, None, day)
    if footing and NoticeKind.UK6 in releases.notices_before_activation(footing.kind, footing.standing):
        notice = published(session, challenge, NoticeKind.UK6, number)
        day = london_date(notice.published_at) if notice and notice.published_at else None
        yield Promise("The award notice is published", None, None, day)
    if footing and releases.standstill_is_mandatory(footing.kind, footing.contract, footing.standing):
        waiting = standstill_of(session, challenge, number)
        last = waiting.last_day if waiting else None
        yield Promise("The time to object before signing ends (standstill)", last, None, _passed(last))
    contract = contract_for(session, response) if response.state == "partner" else None
    if contract:
        yield Promise("Your contract is signed", None, None, contract.signed_on)
    began = london_date(challenge.activated_at) if challenge.activated_at else None
    yield Promise("The partnership begins", None, None, began)


def _passed(last: date | None) -> date | None:
    return last if last is not None and last < london_date(clock.now()) else None
