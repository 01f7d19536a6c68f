"""Writing down what an authority used to ask."""

from datetime import date

from sqlalchemy.orm import Session

from portal import journal
from portal.db import clock, hold
from portal.network.simpler.models import UsualForm
from portal.organisations.models import Organisation
from portal.policy import Actor


def record_usual_form(
    session: Session, actor: Actor, organisation: Organisation, *, name: str, since: date, source: str, **counts: int
) -> UsualForm:
    """Keep what the usual form asks from a day on: `questions`, `words`, `documents`, `document_minutes`."""
    hold(session, organisation)
    form = UsualForm(
        organisation_id=organisation.id,
        name=name,
        since=since,
        source=source,
        recorded_at=clock.now(),
        recorded_by_id=actor.person_id,
        **counts,
    )
    session.add(form)
    session.flush()
    journal.record(session, actor, "usual_form.recorded", ("usual_form", form.id), organisation=organisation.id)
    return form
