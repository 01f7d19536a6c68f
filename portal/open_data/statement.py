"""The whole public statement about one challenge at this moment: the body of a release."""

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.open_data.awards import awards, bids, contracts, suppliers
from portal.open_data.facts import gather
from portal.open_data.official import official_processes
from portal.open_data.parties import parties, reference_to
from portal.open_data.publisher import publisher
from portal.open_data.tender import planning, tender
from portal.open_data.values import Body, filled


def statement(session: Session, challenge: Challenge) -> Body:
    """What may be published of a released challenge now: nothing sealed, nothing personal, nothing before its time.

    Every release says all of it, so that whoever reads only the last knows everything.
    """
    facts = gather(session, challenge)
    return filled(
        initiationType="tender",
        parties=parties(facts, suppliers(facts)),
        buyer=reference_to(facts.lead),
        planning=planning(facts),
        tender=tender(facts),
        bids=bids(facts),
        awards=awards(facts),
        contracts=contracts(facts),
        relatedProcesses=official_processes(facts),
        links=[{"rel": "canonical", "href": publisher().address(f"/challenges/{challenge.reference}")}],
        language="en",
    )
