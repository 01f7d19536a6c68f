"""What was asked of the market: the planning and tender sections of a release."""

from collections.abc import Iterator

from portal.challenges.models import Criterion, Lot, Round
from portal.challenges.pathway import ChallengeState as At
from portal.challenges.standing import value_of
from portal.law.money import Vat
from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind, Standing
from portal.open_data.documents import PLANNING, TENDER, briefs, notices_in
from portal.open_data.facts import Facts
from portal.open_data.outcomes import targets
from portal.open_data.parties import reference_to
from portal.open_data.publisher import publisher
from portal.open_data.values import Body, day, filled, moment, money, period

_METHODS = {
    ReleaseKind.ENGAGEMENT: ("open", "Open procedure after preliminary market engagement"),
    ReleaseKind.FIRST_ROUND: ("selective", "Competitive flexible procedure"),
    ReleaseKind.PROTOTYPE: ("direct", "Direct award: prototype or development (Procurement Act 2023 Schedule 5)"),
    ReleaseKind.EXEMPT: ("limited", "Research and development services outside the Act (Schedule 2)"),
    ReleaseKind.BELOW_THRESHOLD: ("open", "Below threshold: open competition"),
}
_INVITED = ("limited", "Below threshold: invited firms")
_STATUS = {
    At.ACTIVATED: "complete",
    At.NO_SOLUTION: "unsuccessful",
    At.NOT_FUNDED: "cancelled",
    At.WITHDRAWN: "withdrawn",
}
_ACT = {
    "scheme": "UKPGA",
    "id": "2023/54",
    "uri": "https://www.legislation.gov.uk/ukpga/2023/54/contents",
}


def planning(facts: Facts) -> Body:
    """What came before any competition: notices, and the market engagement with its last day."""
    engaged = facts.challenge.release_kind is ReleaseKind.ENGAGEMENT and facts.call is not None
    return filled(
        documents=notices_in(facts.published(), PLANNING),
        milestones=[_engagement(facts)] if engaged else [],
    )


def _engagement(facts: Facts) -> Body:
    over = facts.challenge.state != At.OPEN
    return filled(
        id="engagement",
        type="engagement",
        title="Firms can answer the market engagement",
        dueDate=moment(facts.call.deadline) if facts.call else None,
        status="met" if over else "scheduled",
    )


def tender(facts: Facts) -> Body:
    """What firms were asked, on what terms, and where that stands."""
    challenge, asked = facts.challenge, facts.current
    method, details = _method(facts)
    return filled(
        id=challenge.reference,
        title=challenge.title,
        description=challenge.summary,
        status=tender_status(facts),
        procuringEntity=reference_to(facts.lead),
        legalBasis=None if challenge.release_kind is ReleaseKind.EXEMPT else _ACT,
        procurementMethod=method,
        procurementMethodDetails=details,
        procurementMethodRationale=challenge.route_reason if method == "direct" else None,
        aboveThreshold=_is_above(facts),
        specialRegime=["lightTouch"] if challenge.contract_kind is ContractKind.LIGHT_TOUCH else [],
        value=money(value_of(challenge), Vat.INCLUSIVE),
        **category(facts),
        submissionMethod=["electronicSubmission"],
        submissionMethodDetails=publisher().address(f"/challenges/{challenge.reference}"),
        tenderPeriod={} if facts.is_engagement or asked is None else period(asked.opens_at, asked.deadline),
        enquiryPeriod=period(asked.opens_at, asked.questions_until) if asked else {},
        lots=list(_lots(facts, asked)) if asked else [],
        lotDetails=filled(noLotsDivisionRationale=challenge.lots_reason) if asked and len(asked.lots) == 1 else {},
        targets=list(targets(asked)),
        milestones=list(_milestones(facts)),
        amendments=list(_amendments(facts)),
        documents=[*notices_in(facts.published(), TENDER), *briefs(facts)],
    )


def tender_status(facts: Facts) -> str:
    """The standard's word for where the competition stands; an engagement has none yet, so it is planned."""
    state = At(facts.challenge.state)
    if state in _STATUS:
        return _STATUS[state]
    return "planned" if facts.is_engagement else "active"


def category(facts: Facts) -> Body:
    """What is bought, in the standard's three kinds; light touch contracts are services."""
    kind = facts.challenge.contract_kind
    if kind is None:
        return {}
    return {"mainProcurementCategory": "services" if kind is ContractKind.LIGHT_TOUCH else kind.value}


def _method(facts: Facts) -> tuple[str | None, str | None]:
    kind = facts.challenge.release_kind
    if kind is None:
        return None, None
    if kind is ReleaseKind.BELOW_THRESHOLD and not facts.challenge.advertised:
        return _INVITED
    return _METHODS[kind]


def _is_above(facts: Facts) -> bool | None:
    return None if facts.footing is None else facts.footing.standing is Standing.ABOVE_THRESHOLD


def _lots(facts: Facts, asked: Round) -> Iterator[Body]:
    """Every lot, the only one too: the criteria hang on it. Titles are left out where one lot is the whole."""
    for lot in asked.lots:
        yield filled(
            id=str(lot.number),
            title=_title(lot, asked, facts),
            description=lot.description,
            status=tender_status(facts),
            awardCriteria=_criteria(asked),
        )


def _title(lot: Lot, asked: Round, facts: Facts) -> str:
    return facts.challenge.title if len(asked.lots) == 1 else lot.title


def _criteria(asked: Round) -> Body:
    criteria = [_criterion(each) for each in asked.criteria]
    weighting = f"A response needs {asked.minimum_percent}% of the marks to go on." if asked.minimum_percent else None
    return filled(weightingDescription=weighting, criteria=criteria) if criteria else {}


def _criterion(criterion: Criterion) -> Body:
    return filled(
        type="quality",
        name=criterion.name,
        description=criterion.description,
        numbers=[{"number": criterion.weight, "weight": "percentageExact"}],
    )


def _milestones(facts: Facts) -> Iterator[Body]:
    if facts.deal is not None and facts.deal.decision_on is not None:
        decided = facts.challenge.state not in {At.OPEN, At.ASSESSMENT}
        yield filled(
            id="decision",
            type="assessment",
            title="Firms hear who goes on",
            dueDate=day(facts.deal.decision_on),
            status="met" if decided else "scheduled",
        )


def _amendments(facts: Facts) -> Iterator[Body]:
    for version in facts.versions:
        if version.number > 1:
            when = moment(version.published_at)
            yield filled(id=f"brief-{version.number}", date=when, rationale=version.reason)
    for change in facts.deadline_changes:
        yield filled(
            id=f"deadline-{change.id}",
            date=moment(change.changed_at),
            rationale=change.reason,
            description=f"The deadline moved from {moment(change.before)} to {moment(change.after)}.",
        )
