"""What the law's notices, summaries and waiting time ask of a challenge's moves."""

from portal.challenges.models import Challenge
from portal.law import releases
from portal.law.calendar import london_date
from portal.law.notices import NoticeKind
from portal.machine import Situation, requirement
from portal.notices.duties import Duty, duties_of, footing_of
from portal.notices.models import ClaimOutcome, Moment
from portal.notices.queries import (
    award_number,
    blocking_claims,
    dispatch_of,
    out_of_order,
    published,
    standstill_of,
)
from portal.web.filters import long_date

_NOTICES, _AWARD = "notices.of_challenge", "notices.award"


def in_words(kind: NoticeKind) -> str:
    """A notice by what it says, then by its legal name and number."""
    return f"{kind.title} ({kind.legal_name[0].lower()}{kind.legal_name[1:]}, {kind.code})"


def _open(at: Situation[Challenge], moment: Moment, number: int | None = None) -> list[Duty]:
    return [
        each
        for each in duties_of(at.session, at.subject)
        if each.moment is moment and not each.met and number in (None, each.number)
    ]


def _recorded(at: Situation[Challenge], moment: Moment, number: int | None = None) -> list[str]:
    if footing_of(at.session, at.subject) is None:
        return ["The release kind and what is bought decide which notices are needed. Choose them first."]
    return [in_words(each.kind) for each in _open(at, moment, number)]


@requirement("The notices needed before release are published.", link=_NOTICES)
def notices_before_release(at: Situation[Challenge]) -> list[str]:
    """UK2 before engagement (or reasons instead), a tender notice before a competition (s.17, s.21, s.87(1))."""
    return _recorded(at, Moment.RELEASE)


@requirement("The notices needed before tenders are invited are published.", link=_NOTICES)
def notices_before_tender(at: Situation[Challenge]) -> list[str]:
    """The tender notice of the round that must follow market engagement (s.21, s.87(1))."""
    return _recorded(at, Moment.TENDER)


@requirement("The revised notice is published.", link=_NOTICES)
def revised_notice_recorded(at: Situation[Challenge]) -> list[str]:
    """Where a tender notice invited the firms, it is published anew before the change counts (s.31)."""
    return _recorded(at, Moment.AMENDMENT)


@requirement("Every assessed firm has been sent its assessment summary, all at the same time.", link=_AWARD)
def summaries_sent(at: Situation[Challenge]) -> bool:
    """After a competition for a public contract, before the award notice (s.50(3)); else holds by itself."""
    footing = footing_of(at.session, at.subject)
    if footing is None or not releases.summaries_are_due(footing.kind, footing.standing):
        return True
    return dispatch_of(at.session, at.subject, award_number(at.session, at.subject)) is not None


@requirement("The notices needed before the contract are published, in their order.", link=_AWARD)
def notices_before_activation(at: Situation[Challenge]) -> list[str]:
    """UK6, and before it UK5 for a direct award; after the summaries (s.44, s.50). There is no waiver."""
    session, challenge = at.session, at.subject
    number = award_number(session, challenge)
    missing = _recorded(at, Moment.ACTIVATION, number)
    footing = footing_of(session, challenge)
    notice = published(session, challenge, NoticeKind.UK6, number)
    if footing and notice and notice.published_at:
        fault = out_of_order(session, challenge, notice.kind, footing.standing, notice.published_at)
        missing += [fault] if fault else []
    return missing


@requirement("The time firms have to object before signing (standstill) is over.", link=_AWARD)
def standstill_over(at: Situation[Challenge]) -> list[str]:
    """Eight working days from the award notice, wherever the law makes them mandatory (s.51)."""
    footing = footing_of(at.session, at.subject)
    if footing is None or not releases.standstill_is_mandatory(footing.kind, footing.contract, footing.standing):
        return []
    waiting = standstill_of(at.session, at.subject, award_number(at.session, at.subject))
    if waiting is None:
        return ["It begins with the day on which the award notice is published."]
    if london_date(at.now) < waiting.may_sign_from:
        return [f"The contract may be signed from {long_date(waiting.may_sign_from)}."]
    return []


@requirement("No claim against the award is pending.", link=_AWARD)
def no_claim_pending(at: Situation[Challenge]) -> list[str]:
    """Proceedings suspend the signing (s.101); one that succeeded means awarding anew."""
    return [
        f"The claim received on {long_date(each.received_at)} "
        + ("succeeded: reconsider the award." if each.outcome is ClaimOutcome.SUCCEEDED else "is still open.")
        for each in blocking_claims(at.session, at.subject, award_number(at.session, at.subject))
    ]


@requirement("The notice that no contract will be awarded is published.", link=_NOTICES)
def termination_notice_recorded(at: Situation[Challenge]) -> list[str]:
    """Due whichever end is taken, once a tender or transparency notice was published (s.55)."""
    duties = duties_of(at.session, at.subject)
    kinds = [each.kind for each in duties if each.notice is not None and each.notice.state == "published"]
    if not releases.termination_notice_due(kinds, awarded=False):
        return []
    return [in_words(each.kind) for each in duties if each.moment is Moment.ENDING and not each.met]
