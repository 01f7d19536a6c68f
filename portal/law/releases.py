"""What the release of a challenge is in law, and what must follow from it.

Two things decide every duty: the *release kind*, chosen when a challenge is released, and the
*standing* of its estimated value. Notices named by these rules are mandatory and cannot be
waived; only the preliminary market engagement notice may be replaced by reasons.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from portal.law.calendar import last_day_of
from portal.law.notices import NoticeKind
from portal.law.thresholds import ContractKind, Standing
from portal.law.words import Worded


class ReleaseKind(Worded):
    """What a release is in law."""

    ENGAGEMENT = (
        "engagement",
        "Talking to firms first",
        "We meet firms and help them get ready (preliminary market engagement); "
        "an open tender that anyone may answer must follow before any contract.",
    )
    FIRST_ROUND = (
        "first_round",
        "First round of a competition",
        "The response is round one of a competition (competitive flexible procedure); "
        "only firms that answer it can go on, and the published ranking decides.",
    )
    PROTOTYPE = (
        "prototype",
        "Direct award of a prototype",
        "We order a prototype, or something new made at our request, without a tender "
        "(direct award), and say publicly why.",
    )
    EXEMPT = (
        "exempt",
        "Research outside the Act",
        "We pay for research and development services for public benefit (exempted contract), "
        "with our reasons on file; buying the result later is a new procurement.",
    )
    BELOW_THRESHOLD = (
        "below_threshold",
        "Smaller contract",
        "The whole value, options included, is below the threshold (below-threshold contract), "
        "so we advertise it or invite firms with lighter rules.",
    )

    @property
    def is_competitive(self) -> bool:
        """Whether its contract follows a competition (Procurement Act 2023 s.19), at once or later."""
        return self not in {ReleaseKind.PROTOTYPE, ReleaseKind.EXEMPT}


def needs_tender_round(kind: ReleaseKind) -> bool:
    """Whether an open tender must come between the chosen solution and a contract.

    After preliminary market engagement it must: those who took part may not be put at an unfair
    advantage (Procurement Act 2023 s.16(3)), and nothing has yet been competed (s.20(1)).
    """
    return kind is ReleaseKind.ENGAGEMENT


def ranking_decides(kind: ReleaseKind) -> bool:
    """Whether the published ranking of the challenge's own round decides who goes on.

    In a competition the contract goes to the tender that best satisfies the criteria (Procurement
    Act 2023 s.19(2)); below the threshold we hold ourselves to the same (our policy). A tender
    round is always decided by its ranking, whatever the release was.
    """
    return kind in {ReleaseKind.FIRST_ROUND, ReleaseKind.BELOW_THRESHOLD}


def purchase_option_allowed(kind: ReleaseKind, announced: bool) -> bool:
    """Whether a contract may hold an option to buy the finished thing in quantity.

    Only where suppliers were told from the start: an option is a modification that contract and
    notice must both have provided for (Procurement Act 2023 Sch. 8 para 1). Exempt research can
    buy services only, never the result (Sch. 2 para 22). For a prototype it stays doubtful even
    when announced: Sch. 5 para 2 is about testing, guidance says no quantity production, and the
    repeat purchase of Sch. 5 para 8 needs a competition first. Take advice.
    """
    return announced and kind is not ReleaseKind.EXEMPT


def may_be_replaced_by_reasons(notice: NoticeKind) -> bool:
    """Whether reasons in the tender notice will do instead (Procurement Act 2023 s.17(1)(b))."""
    return notice is NoticeKind.UK2


def _invitation(standing: Standing, advertised: bool) -> tuple[NoticeKind, ...]:
    if standing is Standing.ABOVE_THRESHOLD:
        return (NoticeKind.UK4,)
    if standing is Standing.NOTIFIABLE and advertised:
        return (NoticeKind.BELOW_THRESHOLD_TENDER,)
    return ()


def notices_before_release(kind: ReleaseKind, standing: Standing, advertised: bool = True) -> tuple[NoticeKind, ...]:
    """The notices to publish before a challenge is released.

    Engagement: UK2 (Procurement Act 2023 s.17; below the threshold asked for by our policy, since
    values grow). A competition: UK4 (s.21), or below the threshold, if advertised and notifiable,
    the below-threshold tender notice (s.87(1)); inviting chosen firms only needs none (s.87(2)).
    A prototype and exempt research: none yet.
    """
    if kind is ReleaseKind.ENGAGEMENT:
        return (NoticeKind.UK2,)
    if not kind.is_competitive:
        return ()
    return _invitation(standing, advertised)


def notices_before_tender(kind: ReleaseKind, standing: Standing, advertised: bool = True) -> tuple[NoticeKind, ...]:
    """The notices to publish before the tender round opens (Procurement Act 2023 s.21, s.87(1)).

    Nothing where the release kind has no tender round.
    """
    return _invitation(standing, advertised) if needs_tender_round(kind) else ()


def notices_before_activation(kind: ReleaseKind, standing: Standing) -> tuple[NoticeKind, ...]:
    """The notices to publish before the contract is signed, in the order they must appear.

    For a public contract UK6 (Procurement Act 2023 s.50(1); light touch contracts too), and
    before it UK5 for a direct award (s.44). None below the threshold or for exempt research.
    """
    if kind is ReleaseKind.EXEMPT or standing is not Standing.ABOVE_THRESHOLD:
        return ()
    if kind is ReleaseKind.PROTOTYPE:
        return (NoticeKind.UK5, NoticeKind.UK6)
    return (NoticeKind.UK6,)


def notices_after_signing(kind: ReleaseKind, standing: Standing) -> tuple[NoticeKind, ...]:
    """The notices to publish once the contract is signed.

    UK7 for public contracts (Procurement Act 2023 s.53) and for notifiable ones, advertised or not
    (s.87(3)). Exempt research falls outside both.
    """
    if kind is ReleaseKind.EXEMPT or standing is Standing.SMALL:
        return ()
    return (NoticeKind.UK7,)


def standstill_is_mandatory(kind: ReleaseKind, contract: ContractKind, standing: Standing) -> bool:
    """Whether eight working days must pass between UK6 and signing (Procurement Act 2023 s.51).

    For every public contract but a light touch one (s.51(3)(f)); a direct award has it too.
    """
    return (
        standing is Standing.ABOVE_THRESHOLD
        and kind is not ReleaseKind.EXEMPT
        and contract is not ContractKind.LIGHT_TOUCH
    )


def summaries_are_due(kind: ReleaseKind, standing: Standing) -> bool:
    """Whether every assessed firm must get its assessment summary before UK6.

    Procurement Act 2023 s.50(3) and Procurement Regulations 2024 reg. 31: after a competition for
    a public contract. Feedback is given after every other release as well, by our policy.
    """
    return standing is Standing.ABOVE_THRESHOLD and kind.is_competitive


def supplier_information_due(kind: ReleaseKind, standing: Standing) -> bool:
    """Whether the chosen firms are asked for share code, exclusion grounds, debarment and subcontractors.

    For a public contract (Procurement Act 2023 ss.28, 57–58 and 62, Schedules 6 and 7; Procurement Regulations 2024
    reg. 6). Research outside the Act and contracts below the threshold are none, and nothing of it is asked (s.85).
    """
    return standing is Standing.ABOVE_THRESHOLD and kind is not ReleaseKind.EXEMPT


def termination_notice_due(published: Collection[NoticeKind], awarded: bool) -> bool:
    """Whether UK12 must be published, whichever end was taken (Procurement Act 2023 s.55).

    It must when no contract is awarded after a tender or transparency notice for a public contract.
    """
    return not awarded and any(notice.begins_a_public_procurement for notice in published)


@dataclass(frozen=True, slots=True)
class ResponsePeriod:
    """The fewest days firms get to answer, and whether law or our own policy says so."""

    days: int
    is_law: bool
    source: str


BY_PARTICIPATION = ResponsePeriod(25, True, "Procurement Act 2023 s.54(3): 25 days to take part")
BY_TENDER = ResponsePeriod(
    25, True, "Procurement Act 2023 s.54(4): 25 days to tender electronically, all documents given"
)
BY_PLANNED_NOTICE = ResponsePeriod(
    10, True, "Procurement Act 2023 s.54(4): 10 days after a qualifying planned procurement notice"
)
BY_POLICY = ResponsePeriod(
    10,
    False,
    "Our policy: 10 days. The law names no number here; below the threshold it asks for a "
    "reasonable time, the same for everyone (Procurement Act 2023 s.87(6))",
)


def _has_minimum(standing: Standing, contract: ContractKind) -> bool:
    return standing is Standing.ABOVE_THRESHOLD and contract is not ContractKind.LIGHT_TOUCH


def response_period(
    kind: ReleaseKind, standing: Standing, contract: ContractKind = ContractKind.SERVICES
) -> ResponsePeriod:
    """How long a released challenge must stay open.

    25 days for the first round of a competition above the threshold (Procurement Act 2023 s.54);
    light touch has no minimum there. Everything else is our policy.
    """
    if kind is ReleaseKind.ENGAGEMENT or not kind.is_competitive:
        return BY_POLICY
    return BY_PARTICIPATION if _has_minimum(standing, contract) else BY_POLICY


def tender_period(
    standing: Standing,
    contract: ContractKind = ContractKind.SERVICES,
    planned_notice: bool = False,
) -> ResponsePeriod:
    """How long the tender round must stay open (Procurement Act 2023 s.54(4)).

    Tenders come in electronically, and every document is there from the start. ``planned_notice``:
    a UK3 qualifies, which `portal.law.planning` tells (s.15(3)).
    """
    if not _has_minimum(standing, contract):
        return BY_POLICY
    return BY_PLANNED_NOTICE if planned_notice else BY_TENDER


def minimum_response_days(kind: ReleaseKind, standing: Standing, contract: ContractKind = ContractKind.SERVICES) -> int:
    """The fewest days a released challenge stays open: see ``response_period``."""
    return response_period(kind, standing, contract).days


def earliest_deadline(
    kind: ReleaseKind,
    standing: Standing,
    released_on: date,
    contract: ContractKind = ContractKind.SERVICES,
) -> date:
    """The first day on which the deadline of a challenge released that day may fall.

    Periods begin the day after the invitation (Procurement Act 2023 s.54(5)).
    """
    return last_day_of(minimum_response_days(kind, standing, contract), after=released_on)
