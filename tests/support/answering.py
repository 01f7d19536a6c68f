"""A challenge that takes responses, a firm that answers it, and the people who open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges.models import Challenge, Round
from portal.challenges.queries import round_of
from portal.db import Database, clock
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission, Role
from portal.responses import queries, seal, services
from portal.responses.clarified import own_clarification
from portal.responses.models import Response
from portal.responses.sections import asked_in
from tests.support import make

WORD = "quokka"


@dataclass(frozen=True)
class Scene:
    """Everything by its id or reference, so that each transaction reads it anew."""

    challenge: str
    deadline: datetime
    firm: int
    member: int
    colleague: int
    officers: tuple[int, int]
    owner: int
    stranger: int
    response: str = ""


def scene(database: Database, **fields: object) -> Scene:
    """An open challenge with a firm of two people, two officers, an owner, and a person of another firm."""
    with database.writing() as session:
        challenge = make.challenge(session, state="open", **fields)
        firm = make.supplier(session)
        people = [make.person(session) for _ in range(6)]
        member, colleague, one, two, owner, stranger = people
        lead = session.get_one(Organisation, challenge.lead_id)
        for person, role, within in (
            (member, Role.SUPPLIER_ADMINISTRATOR, firm),
            (colleague, Role.SUPPLIER_MEMBER, firm),
            (one, Role.PROCUREMENT_OFFICER, lead),
            (two, Role.PROCUREMENT_OFFICER, lead),
            (owner, Role.CHALLENGE_OWNER, lead),
            (stranger, Role.SUPPLIER_ADMINISTRATOR, make.supplier(session)),
        ):
            make.grant(session, person, role, within)
        asked = round_of(session, challenge)
        assert asked is not None
        assert asked.deadline is not None
        ids = [each.id for each in people]
        return Scene(challenge.reference, asked.deadline, firm.id, ids[0], ids[1], (ids[2], ids[3]), ids[4], ids[5])


def acting(session: Session, person: int) -> Actor:
    """Read as this person, as the web does on every request."""
    actor = actor_of(session, session.get_one(Person, person))
    seal.read_as(session, actor.ids(Permission.RESPONSE_WRITE))
    return actor


def challenge_of(session: Session, at: Scene) -> Challenge:
    """The challenge."""
    return session.scalars(select(Challenge).where(Challenge.reference == at.challenge)).one()


def asked_of(session: Session, at: Scene) -> Round:
    """Its round."""
    found = round_of(session, challenge_of(session, at))
    assert found is not None
    return found


def started(database: Database, at: Scene, *, person: int | None = None, firm: int | None = None) -> str:
    """Begin a draft; answers its reference."""
    with database.writing() as session:
        actor, challenge, asked = acting(session, person or at.member), challenge_of(session, at), asked_of(session, at)
        body = session.get_one(Organisation, firm or at.firm)
        return services.start(session, actor, challenge, asked, asked.lots[0], body).reference


def own(session: Session, actor: Actor, reference: str) -> Response:
    """The firm's own response."""
    found = queries.own(session, actor, reference)
    assert found is not None
    return found


def written(
    database: Database, at: Scene, reference: str, *, text: str = f"We offer a {WORD}.", person: int = 0
) -> None:
    """Fill in every section."""
    with database.writing() as session:
        actor = acting(session, person or at.member)
        response = own(session, actor, reference)
        for each in asked_in(asked_of(session, at)):
            rows = {row.key: row.version for row in queries.sections_of(session, response)}
            services.save_section(session, actor, response, each.key, text, version=rows.get(each.key))


def submitted(database: Database, at: Scene, reference: str, *, once_key: str = "once", person: int = 0) -> int:
    """Submit; answers the number of the copy."""
    with database.writing() as session:
        actor = acting(session, person or at.member)
        return services.submit(session, actor, own(session, actor, reference), once_key=once_key).number


def answered(database: Database, at: Scene) -> str:
    """A submitted response of the scene's firm; answers its reference."""
    reference = started(database, at)
    written(database, at, reference)
    submitted(database, at, reference)
    return reference


def opened_by(database: Database, at: Scene, person: int, *, no_interest: bool = True) -> bool:
    """One person's part in opening."""
    with database.writing() as session:
        return services.open_responses(
            session,
            acting(session, person),
            challenge_of(session, at),
            asked_of(session, at),
            no_interest=no_interest,
        )


def after(deadline: datetime, **by: float) -> None:
    """Set the clock to some time after the deadline (an hour, unless told)."""
    clock.set_to(deadline + timedelta(**(by or {"hours": 1})))


def hear(
    database: Database, at: Scene, reference: str, *, asked: str = "Whether it is", said: str = "It is not"
) -> None:
    """The first officer hears the firm about its eligibility, and it answers; without words it stays silent so far."""
    with database.writing() as session:
        officer = acting(session, at.officers[0])
        response = queries.opened(session, officer, reference)
        assert response is not None
        due = clock.now() + timedelta(days=7)
        row = services.hear(session, officer, response, text=asked, due_at=due).reference
    if said:
        with database.writing() as session:
            member = acting(session, at.member)
            mine = own_clarification(session, member, row)
            assert mine is not None
            services.answer_clarification(session, member, mine, text=said)
