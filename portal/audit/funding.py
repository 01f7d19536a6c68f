"""The money of a challenge as an audit pack holds it: the business case, and who decided on it with which words."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from portal.audit.archive import Part, as_json
from portal.business_cases.models import BusinessCase, CaseOption
from portal.business_cases.queries import approvals, case_of
from portal.challenges.models import Challenge


def funding(session: Session, challenge: Challenge) -> Iterator[Part]:
    """The case as it stands, where there is one; people by their number in the journal."""
    case = case_of(session, challenge)
    if case is not None:
        told = _case(case) | {"decision": _decision(session, case)}
        yield Part("business-case.json", "The business case, and who decided on it", as_json(told))


def _case(case: BusinessCase) -> dict[str, Any]:
    asked = ("state", "amount_pence", "money_source", "budget_code", "no_tender_statement", "gap_note", "submitted_at")
    return {name: getattr(case, name) for name in asked} | {
        "vat": case.vat.value,
        "authors": [each.person_id for each in case.authors],
        "sections": {each.key.value: each.text for each in case.sections},
        "options": [_option(each) for each in case.options],
        "from_elsewhere": [
            {"source": each.source, "amount_pence": each.amount_pence, "agreed": each.agreed}
            for each in case.contributions
        ],
        "risks": [
            {
                "what": each.what,
                "likelihood": each.likelihood.value,
                "impact": each.impact.value,
                "answer": each.answer,
            }
            for each in case.worst_first
        ],
    }


def _option(option: CaseOption) -> dict[str, Any]:
    totals = ("name", "preferred", "brings", "total_pence", "one_off_pence", "yearly_pence", "benefit_pence", "years")
    return {"kind": option.kind.value} | {name: getattr(option, name) for name in totals}


def _decision(session: Session, case: BusinessCase) -> dict[str, Any] | None:
    """Every approval, or the one decision against it; None before anybody has decided."""
    if case.decided_at is None:
        return None
    given = [{"by": each.by.id, "at": each.at, "words": each.words} for each in approvals(session, case)]
    last = {"by": case.decided_by_id, "at": case.decided_at, "words": case.decision_note}
    return {"decisions": given or [last]}
