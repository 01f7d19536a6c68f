"""What a firm says, as texts with weights: for finding it, and for finding what fits it."""

from sqlalchemy.orm import Session

from portal.network.register.queries import categories_of, profile_of
from portal.organisations.models import Organisation


def weights_of(session: Session, organisation: Organisation) -> dict[str, float]:
    """The texts of a firm with their weights: what it does and sells tells more than what it would like to do."""
    profile = profile_of(session, organisation)
    categories = categories_of(session, [organisation.id]).get(organisation.id, [])
    said = {organisation.summary: 2.0, "\n".join(each.name for each in categories): 2.0, organisation.name: 1.0}
    if profile is not None:
        said |= {profile.developed: 2.0, profile.proof: 1.0, profile.interests: 1.0}
    return {text: weight for text, weight in said.items() if text}
