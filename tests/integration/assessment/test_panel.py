"""The panel: who may sit on it, who reads what, and that nobody sees a score before all are done."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import MailedLink
from portal.assessment import messages, services
from portal.assessment.models import Assignment, PanelMember
from portal.assessment.queries import candidates, opened_standing, panel, progress
from portal.assessment.requirements import not_an_assessor, quorum_locked
from portal.challenges.models import ConflictDeclaration, RoundKind
from portal.db import Database, clock, guard_state
from portal.machine import MoveRefused, NotAllowed, NotNow, Situation
from portal.organisations.models import Organisation
from portal.outbox import OutboxMessage
from portal.policy import Permission, Role
from portal.responses.models import Eligibility
from tests.support import make
from tests.support.assessed import Scene, scene

KIND = RoundKind.CHALLENGE


def test_who_is_added_may_assess_from_now_on(database: Database) -> None:
    made = scene(database)
    with database.writing() as session:
        services.add_assessor(session, made.actor(session, made.officer), made.inside(session), made.assessors[0])
        inside = made.inside(session)
        assert made.actor(session, made.assessors[0]).may(Permission.ASSESS, inside.scopes())
        assert not made.actor(session, made.assessors[1]).may(Permission.ASSESS, inside.scopes())
        with pytest.raises(NotNow, match="already"):
            services.add_assessor(session, made.actor(session, made.officer), inside, made.assessors[0])


def test_nobody_of_a_firm_that_responded_can_be_added(database: Database) -> None:
    made = scene(database)
    with database.writing() as session:
        firm = session.get_one(Organisation, made.response(session, 0).organisation_id)
        make.grant(session, made.assessors[0], Role.SUPPLIER_MEMBER, firm)
        inside, officer = made.inside(session), made.actor(session, made.officer)
        with pytest.raises(NotNow, match="firm that responded"):
            services.add_assessor(session, officer, inside, made.assessors[0])
        offered = {each.person.id: each.barred for each in candidates(session, inside.challenge, inside.round)}
        assert offered[made.assessors[0].id] == "answers for a firm that responded"
        assert offered[made.assessors[1].id] == ""


def test_nobody_with_a_declared_conflict_can_be_added(database: Database) -> None:
    made = scene(database)
    with database.writing() as session:
        inside = made.inside(session)
        conflict(session, inside.challenge.id, made.assessors[0].id)
        with pytest.raises(NotNow, match="conflict"):
            services.add_assessor(session, made.actor(session, made.officer), inside, made.assessors[0])


def conflict(session: Session, challenge_id: int, person_id: int) -> None:
    row = ConflictDeclaration(
        challenge_id=challenge_id, person_id=person_id, capacity="Assessor", conflicted=True, declared_at=clock.now()
    )
    session.add(row)
    session.flush()


def test_a_sealed_response_keeps_its_secret_when_the_panel_is_made(database: Database) -> None:
    made = scene(database)
    with database.writing() as session:
        inside = made.inside(session)
        secret = make.supplier(session)
        make.response(session, inside.challenge, state="submitted", organisation=secret)
        make.grant(session, made.assessors[0], Role.SUPPLIER_MEMBER, secret)
        services.add_assessor(session, made.actor(session, made.officer), inside, made.assessors[0])
        given = services.allocate(session, made.actor(session, made.officer), inside, None)
        assert given == 3
        assert secret.name not in {row[1] for row in session.execute(progress(inside.round))}


def test_somebody_without_an_account_is_invited_and_somebody_with_one_sits_at_once(database: Database) -> None:
    made = scene(database)
    with database.writing() as session:
        officer, inside = made.actor(session, made.officer), made.inside(session)
        guest = make.person(session, email="guest@university.example")
        assert services.invite_assessor(session, officer, inside, " Guest@University.example ") is not None
        assert services.invite_assessor(session, officer, inside, "new@university.example") is None
        assert [row.member.person_id for row in panel(session, inside.round)] == [guest.id]
        link = session.scalars(select(MailedLink)).one()
        assert (link.email, link.role) == ("new@university.example", Role.ASSESSOR)


def test_shared_out_evenly_each_response_has_two_readers(database: Database) -> None:
    made = scene(database)
    made.seat(each=2)
    with database.reading() as session:
        rows = panel(session, made.inside(session).round)
        assert [row.given for row in rows] == [2, 2, 2]
        assert [row.given for row in session.execute(progress(made.inside(session).round))] == [2, 2, 2]


def test_those_given_responses_are_written_to_once(seated: Scene) -> None:
    with seated.database.reading() as session:
        mails = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "assessment.assigned")).all()
        assert sorted(str(mail.to_person_id) for mail in mails) == sorted(str(p.id) for p in seated.assessors)
        mail = messages.assigned(session, challenge=seated.reference)
        assert mail is not None
        assert mail.path == "/assessments"


def test_standing_somebody_down_ends_open_sheets_and_keeps_locked_ones(seated: Scene) -> None:
    seated.mark(0, 0, 4, 4)
    with seated.database.writing() as session:
        officer, inside = seated.actor(session, seated.officer), seated.inside(session)
        member = next(r.member for r in panel(session, inside.round) if r.member.person_id == seated.assessors[0].id)
        services.stand_down(session, officer, inside, member, "Moved to another council.")
    with seated.database.writing() as session:
        states = select(Assignment.state).where(Assignment.person_id == seated.assessors[0].id)
        assert sorted(session.scalars(states)) == ["locked", "recused", "recused"]
        assert not seated.actor(session, seated.assessors[0]).may(Permission.ASSESS, seated.inside(session).scopes())
        assert services.allocate(session, seated.actor(session, seated.officer), seated.inside(session), None) == 0


def test_a_locked_sheet_is_never_taken_from_its_assessor(seated: Scene) -> None:
    seated.mark(0, 0, 4, 4)
    with seated.database.writing() as session:
        with pytest.raises(NotNow):
            services.take_off(session, seated.actor(session, seated.officer), seated.sheet(session, 0, 0), "Too low.")
        services.take_off(session, seated.actor(session, seated.officer), seated.sheet(session, 0, 1), "On leave.")


def test_a_response_can_be_given_to_somebody_else_but_never_twice_to_the_same(database: Database) -> None:
    made = scene(database)
    made.seat(each=1)
    with database.writing() as session:
        officer, inside, response = made.actor(session, made.officer), made.inside(session), made.response(session, 0)
        had = session.scalars(select(Assignment.person_id).where(Assignment.response_id == response.id)).one()
        members = session.scalars(select(PanelMember).order_by(PanelMember.id)).all()
        mine = next(member for member in members if member.person_id == had)
        with pytest.raises(NotNow, match="already"):
            services.assign(session, officer, inside, response, mine)
        services.assign(session, officer, inside, response, next(m for m in members if m.person_id != had))


def test_scores_open_only_when_every_sheet_is_locked_and_enough_are(seated: Scene) -> None:
    seated.mark(0, 0, 4, 4)
    with seated.database.writing() as session:
        officer, inside = seated.actor(session, seated.officer), seated.inside(session)
        with pytest.raises(NotNow, match="not been opened"):
            opened_standing(session, officer, inside)
        with pytest.raises(MoveRefused) as refused:
            services.open_scores(session, officer, inside)
        assert refused.value.refusal.missing[0].details == (
            "Ash Buses: 1 of 2 locked.",
            "Birch Wheels: 0 of 2 locked.",
            "Cedar Rides: 0 of 2 locked.",
            "Sheets still open: 8. Each must be locked, or its assessor stood down.",
        )


def test_nobody_joins_a_panel_whose_scores_lie_open(judged: Scene) -> None:
    judged.open_scores()
    with judged.database.writing() as session:
        officer, inside = judged.actor(session, judged.officer), judged.inside(session)
        with pytest.raises(NotNow, match="scores are open"):
            services.add_assessor(session, officer, inside, judged.owner)
        with pytest.raises(NotNow, match="scores are open"):
            services.invite_assessor(session, officer, inside, "late@university.example")
        with pytest.raises(NotNow, match="scores are open"):
            services.allocate(session, officer, inside, None)
        assert len(opened_standing(session, officer, inside).judged) == 3


def test_a_conflict_that_comes_up_late_lets_somebody_join_and_their_sheets_hide_all_scores_again(judged: Scene) -> None:
    judged.open_scores()
    with judged.database.writing() as session:
        officer, inside = judged.actor(session, judged.officer), judged.inside(session)
        for assessor in judged.assessors[:2]:
            conflict(session, inside.challenge.id, assessor.id)
        services.add_assessor(session, officer, inside, judged.owner)
        services.allocate(session, officer, inside, None)
        with pytest.raises(NotNow, match="3 sheets are still open"):
            opened_standing(session, officer, judged.inside(session))


def test_a_response_that_has_its_quorum_is_given_to_nobody_else_once_the_scores_are_open(judged: Scene) -> None:
    """Cedar Rides is short because of its own two readers alone; the other two responses stay as they are."""
    judged.open_scores()
    with judged.database.writing() as session:
        officer = judged.actor(session, judged.officer)
        for assessor in (0, 1):
            sheet = judged.sheet(session, assessor, 2)
            services.recuse(session, judged.actor(session, judged.assessors[assessor]), sheet, "A cousin works there.")
        inside = judged.inside(session)
        member = services.add_assessor(session, officer, inside, judged.owner)
        with pytest.raises(NotNow, match="has its quorum"):
            services.assign(session, officer, inside, judged.response(session, 0), member)
        assert services.allocate(session, officer, inside, None) == 1


def test_an_assessor_never_sees_anothers_sheet_not_even_as_an_officer(judged: Scene) -> None:
    judged.open_scores()
    with judged.database.writing() as session:
        from portal.accounts.models import Person

        lead = session.get_one(Organisation, judged.inside(session).challenge.lead_id)
        make.grant(session, session.get_one(Person, judged.assessors[0].id), Role.PROCUREMENT_OFFICER, lead)
        with pytest.raises(NotAllowed, match="assessor"):
            opened_standing(session, judged.actor(session, judged.assessors[0]), judged.inside(session))


def test_who_scored_cannot_decide(judged: Scene) -> None:
    with judged.database.reading() as session:
        challenge = judged.inside(session).challenge
        for person, may in ((judged.assessors[0], False), (judged.officer, True)):
            assert (
                not_an_assessor.check(Situation(session, challenge, judged.actor(session, person), clock.now())) is may
            )


def test_a_conflict_declared_later_takes_the_sheets_out_of_the_quorum(judged: Scene) -> None:
    with judged.database.writing() as session:
        challenge = judged.inside(session).challenge
        at = Situation(session, challenge, judged.actor(session, judged.officer), clock.now())
        assert quorum_locked(KIND).check(at) == []
        for assessor in judged.assessors[:2]:
            conflict(session, challenge.id, assessor.id)
        assert quorum_locked(KIND).check(at) == [
            f"{firm}: 1 of 2 locked." for firm in ("Ash Buses", "Birch Wheels", "Cedar Rides")
        ]


def test_the_panel_stands_still_once_the_round_is_over(seated: Scene) -> None:
    with seated.database.writing() as session, guard_state():
        seated.inside(session).challenge.state = "support"
    with seated.database.writing() as session:
        officer, inside = seated.actor(session, seated.officer), seated.inside(session)
        with pytest.raises(NotNow):
            services.add_assessor(session, officer, inside, seated.owner)
        with pytest.raises(NotNow):
            services.allocate(session, officer, inside, None)
        with pytest.raises(NotNow):
            services.open_scores(session, officer, inside)


def test_nothing_is_given_out_before_somebody_found_it_eligible(database: Database) -> None:
    made = scene(database)
    with database.writing() as session:
        undecided = session.scalars(select(Eligibility).order_by(Eligibility.id)).first()
        session.delete(undecided)
    made.seat()
    with database.writing() as session:
        rows = session.execute(progress(made.inside(session).round)).all()
        assert [(row[1], row[3], row[5]) for row in rows] == [
            ("Ash Buses", 0, True),
            ("Birch Wheels", 3, False),
            ("Cedar Rides", 3, False),
        ]
        member = panel(session, made.inside(session).round)[0].member
        with pytest.raises(NotNow, match="eligible"):
            services.assign(
                session, made.actor(session, made.officer), made.inside(session), made.response(session, 0), member
            )


def test_a_sheet_on_a_response_found_ineligible_holds_nobody_up(seated: Scene) -> None:
    with seated.database.writing() as session, guard_state():
        seated.response(session, 2).state = "ineligible"
    for assessor in range(3):
        seated.mark(assessor, 0, 4, 5)
        seated.mark(assessor, 1, 3, 3)
    seated.open_scores()
    with seated.database.reading() as session:
        officer = seated.actor(session, seated.officer)
        assert [each.firm for each in opened_standing(session, officer, seated.inside(session)).judged] == [
            "Ash Buses",
            "Birch Wheels",
        ]
