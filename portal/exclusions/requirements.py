"""What the law's rules on excluded suppliers ask before a contract."""

from portal.challenges.models import Challenge
from portal.exclusions.pathway import CHECK
from portal.exclusions.queries import checks_of, is_due
from portal.machine import Situation, requirement
from portal.partnerships.queries import chosen


@requirement("Every chosen firm has told what the law asks of it, and it was found in order.", link="notices.award")
def suppliers_in_order(at: Situation[Challenge]) -> list[str]:
    """Above the threshold only: no award to an excluded supplier, and a look at its subcontractors.

    Procurement Act 2023 ss.57–58 and Schedules 6 and 7 (who is excluded or excludable, and that the firm is heard),
    s.28 (subcontractors), s.62 (the debarment list); Procurement Regulations 2024 reg. 6 (core information is shared
    through the Central Digital Platform). Each firm of a consortium is one supplier.
    """
    if not is_due(at.session, at.subject):
        return []
    known = {(each.response_id, each.organisation_id): each for each in checks_of(at.session, at.subject)}
    missing = []
    for response in chosen(at.session, at.subject):
        for member in response.members:
            row = known.get((response.id, member.organisation_id))
            if member.accepted_at and (row is None or row.state != "in_order"):
                said = CHECK[row.state].title.lower() if row else "not asked yet"
                name = row.organisation.name if row else response.organisation.name
                missing.append(f"{name}: {said}.")
    return missing
