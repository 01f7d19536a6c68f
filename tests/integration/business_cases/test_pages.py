"""The pages of a business case, as the people who write it and decide on it meet them."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from portal.accounts.models import Person
from portal.business_cases import effects, services
from portal.business_cases.pathway import OptionKind, SectionKey
from portal.challenges.models import Challenge
from portal.db import Database, clock
from portal.machine import Situation
from portal.mail.sending import rendered
from portal.outbox import worded
from portal.outbox.models import OutboxMessage
from portal.policy import Role
from tests.integration.business_cases.conftest import Cast, acting, case_in
from tests.support import make
from tests.support.page import Page
from tests.support.people import signed_in


class Visitor:
    """Somebody who is signed in, at the pages of one case. Every page they get is checked for faults."""

    def __init__(self, app: Flask, person: Person, cast: Cast) -> None:
        self.client: FlaskClient = signed_in(app, person)
        self.root = f"/challenges/{cast.reference}/business-case"

    def get(self, path: str = "", status: int = 200) -> Page:
        answer = self.client.get(self.root + path)
        assert answer.status_code == status, answer.text
        page = Page(answer.text)
        assert page.faults() == []
        assert len(page.all("h1")) == 1
        return page

    def post(self, path: str, status: int = 302, /, **typed: Any) -> Page | None:
        answer = self.client.post(self.root + path, data=typed)
        assert answer.status_code == status, answer.text
        return None if status == 302 else Page(answer.text)


MONEY: dict[str, Any] = {
    "amount": "£60k",
    "vat": "inclusive",
    "money_source": "Revenue",
    "budget_code": "AS-1",
    "version": "1",
}
OPTION: dict[str, Any] = {
    "name": "Talking stops",
    "kind": "other",
    "one_off": "30,000",
    "yearly": "10k",
    "years": "3",
    "brings": "Forty people travel alone.",
}


def test_an_owner_writes_and_submits_and_a_budget_holder_reads_it_whole(app: Flask, cast: Cast) -> None:
    owner, budget = Visitor(app, cast.owner, cast), Visitor(app, cast.budget, cast)
    assert "Begin the business case" in owner.get().html
    assert "Begin the business case" not in budget.get().html
    owner.post("/begin")
    assert "To write" in owner.get().html
    for key in SectionKey:
        owner.get(f"/sections/{key.value}")
        owner.post(f"/sections/{key.value}", text=f"Words on {key.value}.", version="0")
    assert "cannot be submitted yet" in owner.get("/check").html
    owner.get("/money")
    owner.post("/money", **MONEY)
    owner.get("/options/new")
    owner.post("/options/new", **OPTION)
    owner.post("/options/new", **(OPTION | {"name": "Posters", "kind": "do_minimum"}))
    options = owner.get("/options")
    acts = [form.get("action").removeprefix(owner.root) for form in options.all("form")]
    owner.post(next(act for act in acts if act.endswith("/prefer")))
    links = [a.get("href").removeprefix(owner.root) for a in options.all("a")]
    nothing = next(link for link in links if link.startswith("/options/") and link != "/options/new")
    owner.get(nothing)
    owner.post(nothing, **(OPTION | {"name": "Carry on", "kind": "do_nothing", "version": "1"}))
    owner.post("/risks", what="No signal.", likelihood="low", impact="high", answer="Transport tests each stop.")
    owner.get("/check")
    owner.post("/submit")

    page = budget.get()
    assert "Words on commercial." in page.html
    assert "£60,000" in page.html
    ways = [a.get("href") for a in page.all("a") if "/moves/" in a.get("href")]
    assert [way.rsplit("/", 1)[1] for way in ways] == ["approve_funding", "return_funding", "reject_funding"]
    assert "Take it back" in owner.get().html
    assert "Take it back" not in page.html


def test_the_budget_holder_comments_and_the_authors_see_it_once_returned(
    app: Flask, database: Database, submitted: Cast
) -> None:
    owner, budget = Visitor(app, submitted.owner, submitted), Visitor(app, submitted.budget, submitted)
    budget.get("/comments")
    budget.post("/comments", section="financial", text="Show the second year.")
    assert "Show the second year." in budget.get("/comments").html
    assert "Show the second year." not in owner.get().html
    with database.writing() as session:
        challenge = session.get_one(Challenge, submitted.challenge_id)
        who = acting(session, submitted.budget)
        effects.return_case(Situation(session, challenge, who, clock.now(), {"reason": "Nearly there."}))
    page = owner.get()
    assert "Nearly there." in page.html
    assert "1 to answer" in page.html
    assert "Show the second year." in owner.get("/sections/financial").html


def test_an_author_who_also_holds_the_budget_is_told_that_somebody_else_decides(
    app: Flask, database: Database, submitted: Cast
) -> None:
    with database.writing() as session:
        make.grant(session, submitted.owner, Role.BUDGET_HOLDER, submitted.lead)
    page = Visitor(app, submitted.owner, submitted).get()
    assert "Somebody else decides on this one." in page.html
    assert "/moves/" not in page.html


@pytest.mark.parametrize(
    ("path", "typed", "sentence", "kept"),
    [
        ("/money", MONEY | {"amount": "a lot"}, "Enter an amount in pounds", "a lot"),
        ("/money", MONEY | {"amount": "0"}, "Ask for more than £0", "AS-1"),
        ("/money", MONEY | {"amount": ""}, "Enter the amount you ask for", "Revenue"),
        ("/money", MONEY | {"vat": "sometimes"}, "Not a valid choice", "AS-1"),
        ("/money", MONEY | {"budget_code": "x" * 41}, "Keep the code under 40 characters", "x" * 41),
        ("/options/new", OPTION | {"years": "three"}, "Enter a whole number, such as 3", "three"),
        ("/options/new", OPTION | {"years": "61"}, "Enter between 1 and 60 years", "61"),
        ("/options/new", OPTION | {"years": "9" * 30}, "Enter a whole number, such as 3", "9" * 30),
        ("/options/new", OPTION | {"one_off": "-3"}, "Enter an amount in pounds", "-3"),
        ("/options/new", OPTION | {"brings": " "}, "Say what it brings", "Talking stops"),
        ("/sections/strategic", {"text": "w" * 8_001, "version": "0"}, "under 8,000 characters", "w" * 8_001),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    app: Flask, cast: Cast, path: str, typed: dict[str, str], sentence: str, kept: str
) -> None:
    owner = Visitor(app, cast.owner, cast)
    owner.post("/begin")
    page = owner.post(path, 422, **typed)
    assert page is not None
    assert page.faults() == []
    assert sentence in page.one("div", "govuk-error-summary").text
    assert kept in page.html


def test_a_stale_form_gets_its_text_back(app: Flask, written: Cast) -> None:
    owner = Visitor(app, written.owner, written)
    page = owner.post("/sections/strategic", 409, text="What I typed meanwhile", version="0")
    assert page is not None
    assert "What I typed meanwhile" in page.html
    assert "The strategic words." in owner.get("/sections/strategic").html


def test_nothing_is_changed_by_a_late_form(app: Flask, submitted: Cast) -> None:
    owner = Visitor(app, submitted.owner, submitted)
    owner.post("/sections/strategic", 409, text="Too late", version="1")
    owner.post("/money", 409, **MONEY)
    assert owner.client.get(f"{owner.root}/sections/strategic").status_code == 302
    assert "The strategic words." in owner.get().html


@pytest.mark.parametrize("path", ["/sections/nonsense", "/options/999999999999999999999", "/options/0"])
def test_what_does_not_exist_is_not_found(app: Flask, written: Cast, path: str) -> None:
    owner = Visitor(app, written.owner, written)
    assert owner.client.get(owner.root + path).status_code == 404
    assert owner.client.post(owner.root + path, data=OPTION).status_code == 404


WRITING = ("/begin", "/sections/strategic", "/money", "/options/new", "/submit", "/take-back")


def test_only_its_own_people_enter(app: Flask, database: Database, submitted: Cast) -> None:
    with database.writing() as session:
        elsewhere = make.person_as(session, Role.CHALLENGE_OWNER, make.authority(session))
        firm = make.person_as(session, Role.SUPPLIER_MEMBER, make.supplier(session))
        challenge = session.get_one(Challenge, submitted.challenge_id)
        assessor = make.person_as(session, Role.ASSESSOR, challenge)
    for stranger in (elsewhere, firm):
        visitor = Visitor(app, stranger, submitted)
        visitor.get(status=404)
        for path in (*WRITING, "/comments"):
            visitor.post(path, 404)
    Visitor(app, assessor, submitted).get(status=403)
    for reader in (submitted.budget, submitted.officer):
        visitor = Visitor(app, reader, submitted)
        visitor.get()
        for path in WRITING:
            visitor.post(path, 403)
    for writer in (submitted.owner, submitted.officer):
        Visitor(app, writer, submitted).post("/comments", 403)
    anonymous = app.test_client().get(f"/challenges/{submitted.reference}/business-case")
    assert anonymous.status_code == 302


def test_the_number_of_queries_does_not_depend_on_the_rows(app: Flask, database: Database, written: Cast) -> None:
    owner, engine = Visitor(app, written.owner, written), app.extensions["database"].reading_engine

    def queries() -> int:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        owner.get("/check")
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    before = queries()
    with database.writing() as session:
        who, case = acting(session, written.owner), case_in(session, written)
        for number in range(6):
            services.add_option(session, who, case, name=f"Way {number}", kind=OptionKind.OTHER, brings="Some.")
    assert before > 0
    assert queries() == before


def test_every_mail_says_what_happened_and_where_to_go(app: Flask, database: Database, submitted: Cast) -> None:
    with database.writing() as session:
        challenge = session.get_one(Challenge, submitted.challenge_id)
        who = acting(session, submitted.budget)
        effects.approve_case(Situation(session, challenge, who, clock.now(), {}))
    kinds = [f"business_cases.{word}" for word in ("submitted", "approved", "returned", "rejected")]
    with app.app_context(), database.reading() as session:
        assert set(session.scalars(select(OutboxMessage.kind))) <= {*kinds, "challenges.declare_interests"}
        for kind in kinds:
            mail = worded(session, kind, {"challenge_id": submitted.challenge_id})
            assert mail is not None
            text = rendered(mail, "Ada")
            assert submitted.reference in text
            assert f"http://localhost/challenges/{submitted.reference}/business-case" in text
