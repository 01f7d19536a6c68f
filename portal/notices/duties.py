"""Which notices a challenge needs at which moment, worked out from the law, and what is recorded of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.challenges.pathway import ENDS
from portal.challenges.standing import standing_of, value_of
from portal.law import dates, reckoning, releases
from portal.law.calendar import london_date
from portal.law.money import with_vat
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind, Standing
from portal.notices.models import Moment, Notice
from portal.notices.queries import award_number
from portal.partnerships.models import Partnership, Phase
from portal.partnerships.queries import NOT_YET, contracts_of

PART_OF_A_CONTRACT = 100
"""What a contract's number is multiplied by to tell its payments, years and changes apart."""
OVER = frozenset({"ended", "closed"})
"""The states of a contract that has come to its end."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A notice that is needed, or would be: `only_if` says that its moment may never come.

    `ripe` says that its time has come; `firm` names the partner whose contract it is about, `due_on` is the last day
    the law allows.
    """

    kind: NoticeKind
    moment: Moment
    number: int = 1
    notice: Notice | None = None
    only_if: bool = False
    ripe: bool = True
    due_on: date | None = None
    firm: str = ""

    @property
    def met(self) -> bool:
        """Whether it is published, or lawfully replaced by reasons."""
        return self.notice is not None and self.notice.settled

    @property
    def key(self) -> tuple[Moment, int, NoticeKind]:
        """What tells it apart within its challenge."""
        return self.moment, self.number, self.kind


@dataclass(frozen=True, slots=True)
class Footing:
    """What the law's answers depend on: the release, what is bought, where its value stands, whether advertised."""

    kind: ReleaseKind
    contract: ContractKind
    standing: Standing
    advertised: bool


def footing_of(session: Session, challenge: Challenge) -> Footing | None:
    """What the law's answers depend on, or None while the release kind or the contract kind is not chosen."""
    standing = standing_of(session, challenge)
    if challenge.release_kind is None or challenge.contract_kind is None or standing is None:
        return None
    return Footing(challenge.release_kind, challenge.contract_kind, standing, challenge.advertised)


def notices_of(session: Session, challenge: Challenge) -> Sequence[Notice]:
    """Everything recorded, in the order in which it was begun."""
    return session.scalars(
        select(Notice).where(Notice.challenge_id == challenge.id).order_by(Notice.id).limit(500)
    ).all()


def duties_of(session: Session, challenge: Challenge) -> list[Duty]:
    """Every notice this challenge needs or has recorded, by moment and number."""
    recorded = {(each.moment, each.number, each.kind): each for each in notices_of(session, challenge)}
    footing = footing_of(session, challenge)
    needed = list(_needed(session, challenge, footing, list(recorded.values()))) if footing else []
    duties = [replace(each, notice=recorded.pop(each.key, None)) for each in needed]
    duties += [Duty(each.kind, each.moment, each.number, each, ripe=False) for each in recorded.values()]
    order = {moment: place for place, moment in enumerate(Moment)}
    return sorted(duties, key=lambda each: (order[each.moment], each.number))


def _needed(session: Session, challenge: Challenge, footing: Footing, recorded: list[Notice]) -> Iterator[Duty]:
    kind, standing, advertised = footing.kind, footing.standing, footing.advertised
    before_release = releases.notices_before_release(kind, standing, advertised)
    before_tender = releases.notices_before_tender(kind, standing, advertised)
    before_signing = releases.notices_before_activation(kind, standing)
    if NoticeKind.UK4 in {*before_release, *before_tender}:
        yield Duty(NoticeKind.UK3, Moment.PLANNING, only_if=True)
    yield from (Duty(each, Moment.RELEASE) for each in before_release)
    yield from _revised(challenge, before_release, before_tender)
    yield from (Duty(each, Moment.TENDER, ripe=challenge.released_at is not None) for each in before_tender)
    number = award_number(session, challenge)
    ripe = challenge.state == "award"
    yield from (Duty(each, Moment.ACTIVATION, number, ripe=ripe) for each in before_signing)
    contracts = [each for each in contracts_of(session, challenge) if each.state not in NOT_YET]
    yield from _after_signing(challenge, footing, contracts)
    if dates.termination_is_published(footing.kind, footing.standing):
        for each in contracts:
            if each.signed_on:
                yield from _while_it_runs(challenge, footing, each, each.signed_on, recorded)
            yield from _once_it_ended(each)
    yield from _ending(challenge, {*before_release, *before_tender, *before_signing}, recorded)


def _revised(
    challenge: Challenge, before_release: tuple[NoticeKind, ...], before_tender: tuple[NoticeKind, ...]
) -> Iterator[Duty]:
    """The tender notice again, where one invited the firms that are answering now (Procurement Act 2023 s.31)."""
    inviting = {"open": before_release, "tender": before_tender}.get(challenge.state, ())
    for each in inviting:
        if each.is_tender:
            yield Duty(each, Moment.AMENDMENT, challenge.brief_number + 1, only_if=True)


def _after_signing(challenge: Challenge, footing: Footing, contracts: list[Partnership]) -> Iterator[Duty]:
    kinds = releases.notices_after_signing(footing.kind, footing.standing)
    for kind in kinds:
        if not contracts and challenge.state not in ENDS:
            yield Duty(kind, Moment.SIGNING, ripe=False)
        for each in contracts:
            due = (
                releases.contract_details_due(each.signed_on, footing.contract, footing.standing)
                if each.signed_on
                else None
            )
            signed = each.signed_on is not None
            yield Duty(kind, Moment.SIGNING, each.number, ripe=signed, due_on=due, firm=each.organisation.name)


def payments_to_publish(challenge: Challenge, footing: Footing, contract: Partnership) -> list[tuple[Phase, date]]:
    """The phases whose payment must be published, each with the day it fell due (Procurement Act 2023 s.70)."""
    passed = [each for each in contract.phases if each.state == "passed"]
    due = [(each, london_date(each.decided_at)) for each in passed if each.decided_at]
    return [
        (phase, day)
        for phase, day in due
        if dates.payment_is_published(footing.standing, with_vat(phase.payment_pence, challenge.vat), day)
    ]


def _while_it_runs(
    challenge: Challenge, footing: Footing, contract: Partnership, signed_on: date, recorded: list[Notice]
) -> Iterator[Duty]:
    """What is paid (s.70), how it goes (s.71) and what changes (s.75) under a public contract."""
    first, firm = contract.number * PART_OF_A_CONTRACT, contract.organisation.name
    for phase, day in payments_to_publish(challenge, footing, contract):
        due = reckoning.payment_information(dates.periods(day).payment_days, paid_on=day).day
        yield Duty(NoticeKind.UK8, Moment.RUNNING, first + phase.number, due_on=due, firm=firm)
    over = contract.state in OVER
    if dates.measures_due(footing.kind, footing.contract, footing.standing, value_of(challenge), signed_on):
        year = _published(recorded, NoticeKind.UK9, contract) + 1
        for each in range(1, year + (not over)):
            due = reckoning.years_after(each, beginning=signed_on, event="").day
            yield Duty(NoticeKind.UK9, Moment.RUNNING, first + each, due_on=due, firm=firm)
    for each in range(1, _published(recorded, NoticeKind.UK10, contract) + 1 + (not over)):
        yield Duty(NoticeKind.UK10, Moment.RUNNING, first + each, only_if=True, firm=firm)


def _published(recorded: list[Notice], kind: NoticeKind, contract: Partnership) -> int:
    return sum(
        each.kind is kind and each.state == "published" and each.number // PART_OF_A_CONTRACT == contract.number
        for each in recorded
    )


def _once_it_ended(contract: Partnership) -> Iterator[Duty]:
    """A public contract's end is announced, whatever the reason for it (s.80)."""
    if contract.state in OVER:
        ended = london_date(contract.state_since)
        due = reckoning.within(dates.periods(ended).termination_days, beginning=ended, event="").day
        firm = contract.organisation.name
        yield Duty(NoticeKind.UK11, Moment.CONTRACT_END, contract.number, due_on=due, firm=firm)


def _ending(challenge: Challenge, needed: set[NoticeKind], recorded: list[Notice]) -> Iterator[Duty]:
    published = [each.kind for each in recorded if each.state == "published"]
    due = releases.termination_notice_due(published, awarded=challenge.state == "activated")
    if due or (challenge.state not in ENDS and any(each.begins_a_public_procurement for each in needed)):
        yield Duty(NoticeKind.UK12, Moment.ENDING, only_if=True, ripe=due)
