"""What the law's rules on excluded suppliers ask before a contract."""

from portal.challenges.models import Challenge
from portal.exclusions.pathway import CHECK
from portal.exclusions.queries import checks_of, is_due, unasked
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
    behind = {
        (response.id, member.organisation_id)
        for response in chosen(at.session, at.subject)
        for member in response.members
        if member.accepted_at
    }
    waiting = [
        each
        for each in checks_of(at.session, at.subject)
        if (each.response_id, each.organisation_id) in behind and each.state != "in_order"
    ]
    return [
        *(f"{each.organisation.name}: {CHECK[each.state].title.lower()}." for each in waiting),
        *(f"{each.organisation.name}: not asked yet." for each in unasked(at.session, at.subject)),
    ]
