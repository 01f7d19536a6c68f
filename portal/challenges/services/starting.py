"""Beginning a challenge, with a reference that nobody else gets."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, ChallengeParty, Lot, Part, Round, RoundKind
from portal.challenges.pathway import ChallengeState, Pathway
from portal.challenges.services.declaring import ask_officers, ask_to_declare
from portal.challenges.services.editing import note
from portal.db import clock, hold
from portal.law.calendar import london_date
from portal.organisations.models import Organisation
from portal.policy import Actor

_BEGINS = {Pathway.SHOWCASE: ChallengeState.DESIGN_THINKING, Pathway.DIRECT: ChallengeState.BUSINESS_CASE}


@dataclass(frozen=True, slots=True)
class NewChallenge:
    """What is known of a challenge when it begins. One that was published elsewhere begins with its brief."""

    pathway: Pathway
    title: str
    theme: str
    directorate_id: int | None = None
    owner_id: int | None = None
    published_elsewhere: bool = False

    @property
    def begins_at(self) -> ChallengeState:
        """Its first state here."""
        return ChallengeState.ARTICULATION if self.published_elsewhere else _BEGINS[self.pathway]


def start(
    session: Session,
    actor: Actor,
    lead: Organisation,
    wanted: NewChallenge,
) -> Challenge:
    """Begin a challenge of `lead`, with its round and one lot."""
    now = clock.now()
    challenge = Challenge(
        reference=next_reference(session, lead),
        pathway=wanted.pathway,
        title=wanted.title,
        theme=wanted.theme,
        lead_id=lead.id,
        directorate_id=wanted.directorate_id,
        owner_id=wanted.owner_id,
        state=wanted.begins_at,
        state_since=now,
        created_at=now,
        created_by_id=actor.person_id,
        parties=[ChallengeParty(organisation_id=lead.id, part=Part.LEAD)],
    )
    session.add(challenge)
    session.flush()
    session.add(Round(challenge_id=challenge.id, kind=RoundKind.CHALLENGE, lots=[Lot(number=1)]))
    if wanted.owner_id is not None and wanted.owner_id != actor.person_id:
        ask_to_declare(session, challenge, [wanted.owner_id])
    if wanted.published_elsewhere:
        ask_officers(session, challenge)
    note(session, actor, challenge, "challenge.started", pathway=wanted.pathway.value, lead=lead.id)
    return challenge


def next_reference(session: Session, lead: Organisation) -> str:
    """The lead's next reference of this year, such as EV-2026-014; the lead is locked until the commit.

    A body without a code of its own is counted under its key, so that no two bodies share a sequence.
    """
    hold(session, lead)
    prefix = f"{lead.code or f'A{lead.id}'}-{london_date(clock.now()).year}-"
    taken = session.scalar(
        select(Challenge.reference)
        .where(Challenge.reference.startswith(prefix, autoescape=True))
        .order_by(func.length(Challenge.reference).desc(), Challenge.reference.desc())
        .limit(1)
    )
    return f"{prefix}{int(taken.removeprefix(prefix)) + 1 if taken else 1:03}"
