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
from portal.law.endings import contract_termination_due
from portal.law.money import with_vat
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind, Standing
from portal.notices.models import Moment, Notice
from portal.notices.queries import award_number
from portal.partnerships.models import Invoice, Partnership
from portal.partnerships.queries import NOT_YET, changes_noticed, contracts_of, payments_made

YEARS_OF_A_CONTRACT = 100
"""What a contract's number is multiplied by to tell its years apart."""
OVER = frozenset({"ended", "closed"})
"""The states of a contract that has come to its end."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A notice that is needed, or would be: `only_if` says that its moment may never come.

    `ripe` says that its time has come, `due_on` is the last day the law allows; `contract` is the number of the
    contract it is about and `firm` names its partner, while there is one.
    """

    kind: NoticeKind
    moment: Moment
    number: int = 1
    notice: Notice | None = None
    only_if: bool = False
    ripe: bool = True
    due_on: date | None = None
    contract: int | None = None
    firm: str = ""

    def about(self, contract: Partnership) -> "Duty":
        """The same, about this contract."""
        return replace(self, contract=contract.number, firm=contract.organisation.name)

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
    if NoticeKind.UK4 in {*before_release, *before_tender} and not _tenders_invited(recorded):
        yield Duty(NoticeKind.UK3, Moment.PLANNING, only_if=True)
    yield from (Duty(each, Moment.RELEASE) for each in before_release)
    yield from _revised(challenge, before_release, before_tender)
    yield from (Duty(each, Moment.TENDER, ripe=challenge.released_at is not None) for each in before_tender)
    number = award_number(session, challenge)
    ripe = challenge.state == "award"
    yield from (Duty(each, Moment.ACTIVATION, number, ripe=ripe) for each in before_signing)
    contracts = [each for each in contracts_of(session, challenge) if each.state not in NOT_YET]
    yield from _after_signing(challenge, footing, contracts)
    yield from _paid(session, challenge, footing)
    yield from _every_year(challenge, footing, contracts, recorded)
    yield from _changed(session, challenge)
    yield from _over(footing, contracts)
    yield from _ending(challenge, {*before_release, *before_tender, *before_signing}, recorded)


def _tenders_invited(recorded: list[Notice]) -> bool:
    """Whether the tender notice is out: a planned procurement notice can only come before it (s.15)."""
    return any(each.kind is NoticeKind.UK4 and each.state == "published" for each in recorded)


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
            signed, due = each.signed_on is not None, _details_due(footing, each)
            yield Duty(kind, Moment.SIGNING, each.number, ripe=signed, due_on=due).about(each)


def _details_due(footing: Footing, contract: Partnership) -> date | None:
    """The last day for the contract details notice of a signed contract, where the law sets one."""
    if contract.signed_on is None:
        return None
    days = dates.contract_details_days(footing.contract, footing.standing, contract.signed_on)
    return reckoning.within(days, beginning=contract.signed_on, event="Signed").day if days else None


def payments_to_publish(session: Session, challenge: Challenge, footing: Footing) -> list[tuple[Invoice, date]]:
    """The payments that must be published, each with the day it was made (Procurement Act 2023 s.70)."""
    return [
        (each, each.paid_on)
        for each in payments_made(session, challenge)
        if each.paid_on
        and dates.payment_is_published(footing.standing, with_vat(each.paid_pence or 0, each.vat), each.paid_on)
    ]


def _paid(session: Session, challenge: Challenge, footing: Footing) -> Iterator[Duty]:
    """The contract payment notice of each large payment under a public contract."""
    if not dates.is_public_contract(footing.kind, footing.standing):
        return
    for invoice, day in payments_to_publish(session, challenge, footing):
        due = reckoning.payment_information(dates.periods(day).payment_days, paid_on=day).day
        yield Duty(NoticeKind.UK8, Moment.RUNNING, invoice.id, due_on=due).about(invoice.partnership)


def _every_year(
    challenge: Challenge, footing: Footing, contracts: list[Partnership], recorded: list[Notice]
) -> Iterator[Duty]:
    """How each public contract goes, once in twelve months and when it ends (Procurement Act 2023 s.71).

    Counted from signing, then from the last notice; for what is published after the contract's end the law sets no day.
    """
    for contract in contracts:
        signed_on = contract.signed_on
        if signed_on is None or not dates.measures_due(
            footing.kind, footing.contract, footing.standing, value_of(challenge), signed_on
        ):
            continue
        first, assessed = contract.number * YEARS_OF_A_CONTRACT, _assessed(recorded, contract)
        years = len(assessed) + (not any(_is_last(contract, each) for each in assessed))
        since = [signed_on, *(london_date(each.published_at) for each in assessed if each.published_at)]
        for year, beginning in zip(range(1, years + 1), since, strict=False):
            runs = contract.state not in OVER or year < years
            due = reckoning.years_after(1, beginning=beginning, event="").day if runs else None
            yield Duty(NoticeKind.UK9, Moment.RUNNING, first + year, due_on=due).about(contract)


def _assessed(recorded: list[Notice], contract: Partnership) -> list[Notice]:
    """The performance notices that are published of a contract, by number."""
    published = [
        each
        for each in recorded
        if each.kind is NoticeKind.UK9
        and each.state == "published"
        and each.number // YEARS_OF_A_CONTRACT == contract.number
    ]
    return sorted(published, key=lambda each: each.number)


def _is_last(contract: Partnership, assessed: Notice) -> bool:
    """Whether it was published after the contract's end, so that nothing more is to be assessed."""
    if contract.state not in OVER or contract.ended_at is None:
        return False
    return assessed.published_at is not None and assessed.published_at >= contract.ended_at


def _changed(session: Session, challenge: Challenge) -> Iterator[Duty]:
    """The contract change notice of each change that is agreed (Procurement Act 2023 s.75)."""
    for each in changes_noticed(session, challenge):
        if each.notice_due:
            ripe = each.state == "agreed"
            yield Duty(NoticeKind.UK10, Moment.CHANGE, each.number, ripe=ripe).about(each.partnership)


def _over(footing: Footing, contracts: list[Partnership]) -> Iterator[Duty]:
    """The contract termination notice of each contract that has come to an end, whichever (s.80)."""
    for each in contracts:
        if each.ended_at is None or each.signed_on is None:
            continue
        due = contract_termination_due(london_date(each.ended_at), footing.kind, footing.standing)
        if due is not None:
            yield Duty(NoticeKind.UK11, Moment.CONTRACT_END, each.number, due_on=due).about(each)


def _ending(challenge: Challenge, needed: set[NoticeKind], recorded: list[Notice]) -> Iterator[Duty]:
    published = [each.kind for each in recorded if each.state == "published"]
    due = releases.termination_notice_due(published, awarded=challenge.state == "activated")
    if due or (challenge.state not in ENDS and any(each.begins_a_public_procurement for each in needed)):
        yield Duty(NoticeKind.UK12, Moment.ENDING, only_if=True, ripe=due)
