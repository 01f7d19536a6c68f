"""The pages of assessment as people meet them."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.assessment.models import Assignment, Outcome, Score
from portal.challenges.models import Deal, ScoreDescriptor
from portal.db import Database, clock
from portal.policy import Role
from portal.web.paging import page_of
from tests.support import make
from tests.support.assessed import CANARY, Scene, scene
from tests.support.page import Page
from tests.support.people import signed_in

ANSWER = "How we deliver fit with the need."


@pytest.fixture
def made(app: Flask, database: Database) -> Scene:
    """Everybody in place."""
    return scene(database)


@pytest.fixture
def officer(app: Flask, made: Scene) -> FlaskClient:
    return signed_in(app, made.officer)


def base(made: Scene) -> str:
    return f"/challenges/{made.reference}/assessment"


def sheet_of(made: Scene, assessor: int, response: int) -> str:
    with made.database.reading() as session:
        return f"/assessments/{made.sheet(session, assessor, response).reference}"


def text_of(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:2000]
    Page(answer.text)
    return answer.text


def test_an_officer_makes_the_panel_and_gives_the_responses_out(officer: FlaskClient, made: Scene) -> None:
    assert "Nobody is on the panel yet" in text_of(officer, base(made))
    for person in made.assessors:
        assert officer.post(f"{base(made)}/assessors", data={"person": person.id}).status_code == 302
    refused = officer.post(f"{base(made)}/assessors", data={"person": made.firms[0].id})
    assert (refused.status_code, "Choose somebody from the list." in refused.text) == (422, True)
    wrong = officer.post(f"{base(made)}/allocation", data={"how": "some", "each": ""})
    assert (wrong.status_code, "Enter how many assessors" in wrong.text) == (422, True)
    assert officer.post(f"{base(made)}/allocation", data={"how": "all"}).status_code == 302
    with made.database.reading() as session:
        assert len(session.scalars(select(Assignment)).all()) == 9
    assert made.assessors[0].name in text_of(officer, f"{base(made)}/responses/{made.responses[0]}")


def test_somebody_is_invited_by_mail_and_a_firms_own_person_is_not(officer: FlaskClient, made: Scene) -> None:
    sent = officer.post(f"{base(made)}/invitations", data={"email": "guest@university.example"}, follow_redirects=True)
    assert "has been asked to assess" in sent.text
    for address, says in (("no address", "Enter an e-mail address like"), (made.firms[0].email, "firm that responded")):
        refused = officer.post(f"{base(made)}/invitations", data={"email": address})
        assert (refused.status_code, says in refused.text, address in refused.text) == (422, True, True)


def test_nothing_of_the_response_is_shown_before_the_conflict_check(app: Flask, made: Scene) -> None:
    made.seat()
    assessor, sheet = signed_in(app, made.assessors[0]), sheet_of(made, 0, 0)
    shown = text_of(assessor, sheet)
    assert "Ash Buses" in shown
    assert "conflict of interest" in shown
    for address in (sheet, f"{sheet}/criteria/1", f"{sheet}/files/ANYTHING"):
        answer = assessor.get(address, follow_redirects=True)
        assert ANSWER not in answer.text
        assert "Our answer in short." not in answer.text
    assert assessor.post(f"{sheet}/declaration").status_code == 302
    assert ANSWER in text_of(assessor, f"{sheet}/criteria/1")


def test_lists_of_an_assessment_go_on_over_pages(app: Flask, made: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def one_a_page(*given: Any, **named: Any) -> Any:
        return page_of(*given, **named | {"size": 1})

    monkeypatch.setattr("portal.assessment.views.sheets.page_of", one_a_page)
    monkeypatch.setattr("portal.assessment.views.panel.page_of", one_a_page)
    made.seat()
    for client, path in (
        (signed_in(app, made.assessors[0]), "/assessments"),
        (signed_in(app, made.officer), f"/challenges/{made.reference}/assessment"),
    ):
        assert "Page 1 of 3" in text_of(client, path)
        assert "Page 3 of 3" in text_of(client, f"{path}?page=3")


def test_an_assessor_scores_in_steps_and_locks(app: Flask, made: Scene) -> None:
    made.seat()
    assessor, sheet = signed_in(app, made.assessors[0]), sheet_of(made, 0, 0)
    assert "3 responses, about 30 minutes left" in text_of(assessor, "/assessments")
    assessor.post(f"{sheet}/declaration")
    too_long = assessor.post(f"{sheet}/criteria/1", data={"value": "9", "comment": "Kept words"})
    assert (too_long.status_code, "Kept words" in too_long.text) == (422, True)
    half = assessor.post(f"{sheet}/criteria/1", data={"value": "4", "comment": "", "version": ""})
    assert half.headers["Location"].endswith("/criteria/2")
    refused = assessor.post(f"{sheet}/lock")
    assert (refused.status_code, "This cannot be done yet" in refused.text) == (409, True)
    stale = assessor.post(f"{sheet}/criteria/1", data={"value": "1", "comment": "From another window", "version": ""})
    assert (stale.status_code, "From another window" in stale.text) == (409, True)
    assessor.post(f"{sheet}/criteria/1", data={"value": "4", "comment": "Clear", "version": "1"})
    assessor.post(f"{sheet}/criteria/2", data={"value": "5", "comment": "Named people", "version": ""})
    assert "Lock your scores" in text_of(assessor, sheet)
    assert assessor.post(f"{sheet}/lock").status_code == 302
    assert "Locked" in text_of(assessor, "/assessments")
    assert assessor.post(f"{sheet}/reopen", data={"reason": ""}).status_code == 422
    assert assessor.post(f"{sheet}/reopen", data={"reason": "I misread."}).status_code == 302
    with made.database.reading() as session:
        assert set(session.scalars(select(Score.value))) == {4, 5}


def test_each_score_says_what_it_means(app: Flask, made: Scene) -> None:
    made.seat()
    with made.database.writing() as session:
        first = made.inside(session).round.criteria[0]
        session.add(ScoreDescriptor(criterion_id=first.id, score=3, text="Answers it for most people."))
    assessor, sheet = signed_in(app, made.assessors[0]), sheet_of(made, 0, 0)
    assessor.post(f"{sheet}/declaration")
    assert "Answers it for most people." in text_of(assessor, f"{sheet}/criteria/1")
    assert "Answers it for most people." not in text_of(assessor, f"{sheet}/criteria/2")


def test_standing_down_closes_the_sheet(app: Flask, made: Scene) -> None:
    made.seat()
    assessor, sheet = signed_in(app, made.assessors[0]), sheet_of(made, 0, 0)
    assert assessor.post(f"{sheet}/stand-down", data={"reason": " "}).status_code == 422
    assert assessor.post(f"{sheet}/stand-down", data={"reason": "My cousin works there."}).status_code == 302
    assert assessor.get(sheet).status_code == 404


def test_nobody_else_reads_a_sheet(app: Flask, made: Scene, officer: FlaskClient) -> None:
    made.seat()
    made.mark(0, 0, 4, 5)
    sheet = sheet_of(made, 0, 0)
    for person in (made.assessors[1], made.officer, made.owner, made.firms[0], made.firms[1]):
        client = signed_in(app, person)
        for address in (sheet, f"{sheet}/criteria/1", f"{sheet}/reopen"):
            assert client.get(address).status_code == 404


def officers_pages(made: Scene) -> list[str]:
    response = made.responses[0]
    return [
        base(made),
        f"{base(made)}/responses/{response}",
        f"{base(made)}/moderation",
        f"{base(made)}/moderation/{response}/1",
        f"{base(made)}/ranking",
        f"{base(made)}/outcomes",
        f"{base(made)}/outcomes/{response}",
    ]


def test_no_page_tells_a_score_before_all_are_opened(app: Flask, made: Scene) -> None:
    made.seat()
    for assessor in range(3):
        for response in range(3):
            made.mark(assessor, response, 4, 5, lock=(assessor, response) != (2, 2))
    pages = [*officers_pages(made), "/assessments", f"/challenges/{made.reference}/progress"]
    for person in (made.officer, made.owner, made.assessors[0], made.firms[0]):
        client = signed_in(app, person)
        for address in pages:
            answer = client.get(address)
            assert answer.status_code < 500
            assert CANARY not in answer.text, (person.name, address)


def test_the_officers_pages_are_the_officers(app: Flask, made: Scene) -> None:
    made.seat()
    with made.database.writing() as session:
        stranger = make.person_as(session, Role.PROCUREMENT_OFFICER, make.authority(session))
        holder = session.get_one(Person, made.owner.id)
    for person, allowed in ((stranger, {404}), (made.firms[0], {404}), (made.assessors[0], {403}), (holder, {403})):
        client = signed_in(app, person)
        for address in officers_pages(made)[1:]:
            assert client.get(address).status_code in allowed, (person.name, address)
    assert signed_in(app, holder).get(base(made)).status_code == 200
    assert app.test_client().get(base(made)).status_code == 302
    assert officers_tender(app, made) == 404


def officers_tender(app: Flask, made: Scene) -> int:
    return signed_in(app, made.officer).get(f"/challenges/{made.reference}/tender-assessment").status_code


def test_from_open_scores_to_what_a_firm_reads(app: Flask, made: Scene, officer: FlaskClient) -> None:
    made.seat()
    for assessor, fit in enumerate((2, 5, 4)):
        made.mark(assessor, 0, 4, 5)
        made.mark(assessor, 1, fit, 3)
        made.mark(assessor, 2, 1, 2)
    with made.database.writing() as session:
        session.add(Deal(challenge_id=made.inside(session).challenge.id, go_on_count=1))
    assert officer.get(f"{base(made)}/moderation").status_code == 409
    assert officer.post(f"{base(made)}/scores").status_code == 302
    assert "Birch Wheels" in text_of(officer, f"{base(made)}/moderation")
    meeting = f"{base(made)}/moderation/{made.responses[1]}/1"
    shown = Page(text_of(officer, meeting))
    seen = next(each.get("value") for each in shown.elements if each.get("name") == "seen")
    refused = officer.post(meeting, data={"seen": seen, "after": "4", "reason": ""})
    assert (refused.status_code, "Say how the panel came to this score." in refused.text) == (422, True)
    agreed = {"seen": seen, "after": "4", "reason": "The annex answers it."}
    assert officer.post(meeting, data=agreed).status_code == 302
    assert officer.post(meeting, data=agreed | {"after": "2"}).status_code == 409
    ranking = text_of(officer, f"{base(made)}/ranking")
    assert "88%" in ranking
    assert "Below the published minimum" in ranking
    assert officer.post(f"{base(made)}/outcomes/proposal").status_code == 302
    outcome = f"{base(made)}/outcomes/{made.responses[1]}"
    form = {
        each.get("name"): each.get("value") for each in Page(text_of(officer, outcome)).elements if each.get("name")
    }
    texts = {name: "Two of the three routes are covered." for name in form if name.startswith("feedback_")}
    asked = {"version": form["version"], "decision": "chosen", "checked": "y"} | texts
    refused = officer.post(outcome, data=asked)
    assert (refused.status_code, "Say why the ranking is not followed." in refused.text) == (422, True)
    assert officer.post(outcome, data=asked | {"decision": "not_chosen"}).status_code == 302
    assert "Checked" in text_of(officer, f"{base(made)}/outcomes")
    firm = signed_in(app, made.firms[1])
    own = f"/responses/{made.responses[1]}/feedback"
    assert firm.get(own).status_code == 404
    with made.database.writing() as session:
        told = session.scalars(select(Outcome).where(Outcome.response_id == made.response(session, 1).id)).one()
        told.sent_at = told.decided_at
    page = text_of(firm, own)
    assert "You have not been chosen this time" in page
    assert "Two of the three routes are covered." in page
    assert "72%" in page
    assert not any(other in page for other in ("Ash Buses", "Cedar Rides", "88%", made.assessors[0].name))
    assert signed_in(app, made.firms[0]).get(own).status_code == 404


@pytest.fixture
def counted(app: Flask) -> Iterator[list[str]]:
    """Every statement the app sends while the test looks."""
    sent: list[str] = []
    engine = app.extensions["database"].reading_engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("page", ["", "/ranking", "/outcomes", "/moderation"])
def test_the_number_of_statements_does_not_grow_with_the_responses(
    app: Flask, made: Scene, officer: FlaskClient, counted: list[str], page: str
) -> None:
    made.seat()
    for assessor in range(3):
        for response in range(3):
            made.mark(assessor, response, 4, 5)
    made.open_scores()
    numbers = []
    for more in (0, 6):
        with made.database.writing() as session:
            challenge = made.inside(session).challenge
            for _ in range(more):
                another = make.response(session, challenge, state="opened")
                for person in made.assessors:
                    given_sheet(made, session, another.id, person)
        counted.clear()
        text_of(officer, base(made) + page)
        numbers.append(len(counted))
    assert numbers[0] == numbers[1]


def given_sheet(made: Scene, session: Session, response: int, assessor: Person) -> None:
    """A locked sheet with full marks."""
    inside, now = made.inside(session), clock.now()
    sheet = Assignment(
        challenge_id=inside.challenge.id,
        round_id=inside.round.id,
        response_id=response,
        person_id=assessor.id,
        state="locked",
        state_since=now,
        assigned_at=now,
        declared_at=now,
        locked_at=now,
    )
    session.add(sheet)
    session.flush()
    for criterion in inside.round.criteria:
        session.add(Score(assignment_id=sheet.id, criterion_id=criterion.id, value=5, comment="Good", saved_at=now))


def test_the_panels_page_offers_nobody_more_once_the_scores_are_open(officer: FlaskClient, made: Scene) -> None:
    made.seat()
    assert "Add to the panel" in officer.get(base(made)).text
    for assessor in range(3):
        for response in range(3):
            made.mark(assessor, response, 3, 3)
    made.open_scores()
    page = officer.get(base(made)).text
    assert "nobody else can join the panel" in page
    for offered in ("Add to the panel", "Ask to assess", "Give out responses", "Stand down", "think of adding"):
        assert offered not in page
    refused = officer.post(f"{base(made)}/invitations", data={"email": "late@university.example"})
    assert refused.status_code == 422
    assert "scores are open" in refused.text
