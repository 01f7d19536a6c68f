"""A round in assessment: an officer, a panel of three, and three opened responses."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.assessment import services
from portal.assessment.models import Assignment
from portal.assessment.pathway import ASSIGNMENT
from portal.assessment.queries import Inside, inside_round, my_sheet, sheet_rows
from portal.challenges.models import RoundKind
from portal.db import Database
from portal.policy import Actor, Role
from portal.responses.models import Response
from portal.responses.pathway import RESPONSE
from portal.workflow import register
from tests.support import make

CANARY = "quokka"


@dataclass(slots=True)
class Scene:
    """Who is there, and the keys of what they judge."""

    database: Database
    reference: str
    kind: RoundKind
    officer: Person
    owner: Person
    assessors: list[Person]
    firms: list[Person]
    responses: list[str]

    def actor(self, session: Session, person: Person) -> Actor:
        """Somebody with the rights they hold at this moment."""
        return actor_of(session, session.get_one(Person, person.id))

    def inside(self, session: Session) -> Inside:
        """The round, as the officer finds it."""
        found = inside_round(session, self.actor(session, self.officer), self.reference, self.kind)
        assert found is not None
        return found

    def response(self, session: Session, number: int) -> Response:
        """One of the responses."""
        return session.scalars(select(Response).where(Response.reference == self.responses[number])).one()

    def sheet(self, session: Session, assessor: int, response: int) -> Assignment:
        """An assessor's sheet on a response, as they find it."""
        person = self.assessors[assessor]
        reference = session.scalars(
            select(Assignment.reference)
            .join(Response, Response.id == Assignment.response_id)
            .where(Assignment.person_id == person.id, Response.reference == self.responses[response])
        ).one()
        found = my_sheet(session, self.actor(session, person), reference)
        assert found is not None
        return found

    def seat(self, *, each: int | None = None, prepared: bool = True) -> None:
        """Put the panel in place, prepared as it is, and give the responses out."""
        with self.database.writing() as session:
            officer, inside = self.actor(session, self.officer), self.inside(session)
            for person in self.assessors:
                member = services.add_assessor(session, officer, inside, person)
                if prepared:
                    services.prepare(session, self.actor(session, person), member)
            services.allocate(session, officer, inside, each)

    def mark(self, assessor: int, response: int, *values: int, lock: bool = True) -> None:
        """Declare, give every criterion a score, and lock."""
        with self.database.writing() as session:
            actor, sheet = self.actor(session, self.assessors[assessor]), self.sheet(session, assessor, response)
            if sheet.state == "assigned":
                services.declare(session, actor, sheet)
            for row, value in zip(sheet_rows(session, sheet), values, strict=True):
                version = row.score.version if row.score else None
                comment = f"{CANARY} {row.criterion.name} by {assessor}"
                services.save_score(session, actor, sheet, row.criterion, services.Marking(value, comment, version))
            if lock:
                services.lock(session, actor, sheet)

    def open_scores(self) -> None:
        """The officer opens the scores."""
        with self.database.writing() as session:
            services.open_scores(session, self.actor(session, self.officer), self.inside(session))


def scene(database: Database, *, kind: RoundKind = RoundKind.CHALLENGE, **fields: Any) -> Scene:
    """Everybody in place, nobody on the panel yet."""
    register(Response, RESPONSE)
    register(Assignment, ASSIGNMENT)
    with database.writing() as session:
        state = "assessment" if kind is RoundKind.CHALLENGE else "tender_assessment"
        lead = make.authority(session)
        challenge = make.challenge(session, state=state, lead=lead, **fields)
        if kind is RoundKind.TENDER:
            make.round_of(session, challenge, kind=kind)
        firms, responses = [], []
        for name in ("Ash Buses", "Birch Wheels", "Cedar Rides"):
            firm = make.supplier(session, name=name)
            firms.append(make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, firm))
            made = make.response(
                session, challenge, state="opened", organisation=firm, **_of_round(session, challenge, kind)
            )
            make.snapshot(session, made)
            make.eligible(session, made)
            responses.append(made.reference)
        return Scene(
            database,
            challenge.reference,
            kind,
            make.person_as(session, Role.PROCUREMENT_OFFICER, lead),
            make.person_as(session, Role.CHALLENGE_OWNER, lead),
            [make.person_as(session, Role.BUDGET_HOLDER, lead) for _ in range(3)],
            firms,
            responses,
        )


def _of_round(session: Session, challenge: Any, kind: RoundKind) -> dict[str, Any]:
    from portal.challenges.queries import round_of

    asked = round_of(session, challenge, kind)
    assert asked is not None
    return {"round_id": asked.id, "lot_id": asked.lots[0].id}
