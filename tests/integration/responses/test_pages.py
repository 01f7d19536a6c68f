"""The pages of responses, as firms, officers, strangers and anybody with a receipt meet them."""

import html
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Person
from portal.challenges.models import Criterion
from portal.db import Database
from portal.outbox.models import OutboxMessage
from portal.responses import seal
from portal.responses.models import LateAttempt
from portal.responses.sections import criterion_key
from tests.support.answering import WORD, Scene, after, answered, opened_by, scene, started, written
from tests.support.clock import TestClock
from tests.support.page import Page
from tests.support.people import signed_in

Visit = Callable[[int], FlaskClient]


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(clock.now())
    return scene(database)


@pytest.fixture
def visit(app: Flask, database: Database) -> Visit:
    def come(person: int) -> FlaskClient:
        with database.reading() as session:
            return signed_in(app, session.get_one(Person, person))

    return come


def said(client: FlaskClient, path: str, *, status: int = 200) -> str:
    """The page's words; it must be well-formed HTML without faults."""
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    page = Page(answer.text)
    assert page.faults() == []
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_a_firm_starts_writes_submits_and_gets_its_receipt(database: Database, at: Scene, visit: Visit) -> None:
    client = visit(at.member)
    start = f"/challenges/{at.challenge}/respond"
    assert "Start writing" in said(client, start)
    answer = client.post(start)
    assert answer.status_code == 302
    draft = answer.location
    assert "Not started" in said(client, draft)
    assert "Go on with the response" in said(client, start)
    for _ in range(4):
        links = re.findall(rf'href="({draft}/sections/[^"]+)"', client.get(draft).text)
    assert len(links) == 4
    for link in links:
        said(client, link)
        fields = {"text": f"A {WORD}.", "version": "", "price": "£12,000"}
        assert client.post(link, data=fields).status_code == 302
    check = said(client, f"{draft}/check")
    assert WORD in check
    assert "£12,000 including VAT" in check
    refused = client.post(f"{draft}/submit", data={"once_key": "abc"})
    assert refused.status_code == 422
    assert "Tick the box" in refused.text
    answer = client.post(f"{draft}/submit", data={"once_key": "abc", "declared": "y"})
    again = client.post(f"{draft}/submit", data={"once_key": "abc", "declared": "y"})
    assert answer.location == again.location
    receipt = said(client, answer.location)
    assert re.search(r"\d\d:\d\d:\d\d\.\d{3} (GMT|BST)", receipt)
    assert "Received on" in said(client, draft)
    assert WORD in said(client, f"{draft}/copies/1")
    assert said(client, "/responses")


def test_a_stranger_gives_an_address_and_no_more(app: Flask, database: Database, at: Scene) -> None:
    client = app.test_client()
    path = f"/challenges/{at.challenge}/respond"
    assert "E-mail address" in said(client, path)
    wrong = client.post(path, data={"email": "not an address"})
    assert wrong.status_code == 422
    assert "not an address" in wrong.text
    assert client.post(path, data={"email": "somebody@example.org"}).status_code == 302


def test_what_is_not_mine_is_not_there(database: Database, at: Scene, visit: Visit) -> None:
    reference = answered(database, at)
    pages = ["", "/check", "/files", "/partners", "/withdraw", "/receipts/1", "/copies/1", "/sections/summary", "/read"]
    for person in (at.stranger, *at.officers, at.owner):
        client = visit(person)
        for page in pages:
            assert client.get(f"/responses/{reference}{page}").status_code == 404
        for act in ("/submit", "/withdraw", "/sections/summary", "/sections/summary/autosave", "/eligibility"):
            assert client.post(f"/responses/{reference}{act}").status_code == 404


def test_before_the_deadline_the_inside_sees_only_when_it_closes(database: Database, at: Scene, visit: Visit) -> None:
    path = f"/challenges/{at.challenge}/responses"
    for person in (at.officers[0], at.owner):
        before = said(visit(person), path)
        assert "Sealed until" in before
    answered(database, at)
    for person in (at.officers[0], at.owner):
        assert said(visit(person), path).split("Sealed until")[1] == before.split("Sealed until")[1]


def test_autosave_answers_the_new_version_and_refuses_in_words(
    database: Database, at: Scene, visit: Visit, clock: TestClock
) -> None:
    reference = started(database, at)
    client, path = visit(at.member), f"/responses/{reference}/sections/summary/autosave"
    assert client.post(path, json={"text": "One", "version": None}).json == {"version": 1, "message": ""}
    assert client.post(path, json={"text": "One", "version": None}).json == {"version": 1, "message": ""}
    stale = client.post(path, json={"text": "Two", "version": None})
    assert stale.status_code == 409
    assert "Somebody else" in stale.json["message"]  # type: ignore[index]
    sent: tuple[object, ...] = ({"text": 1}, [], "x", {"text": "a", "version": "1; DROP"})
    for nonsense in sent:
        assert client.post(path, json=nonsense).status_code in {400, 409}
    assert client.post(path, data="{", content_type="application/json").status_code == 400
    price = client.post(
        f"/responses/{reference}/sections/price/autosave", json={"text": "All", "version": None, "price": "lots"}
    )
    assert price.status_code == 200
    assert price.json["message"]  # type: ignore[index]
    clock.set(at.deadline)
    late = visit(at.member).post(path, json={"text": "Three", "version": 1})
    assert late.status_code == 409
    assert "closed" in late.json["message"]  # type: ignore[index]


def test_a_stale_page_keeps_what_was_typed(database: Database, at: Scene, visit: Visit) -> None:
    reference = started(database, at)
    path = f"/responses/{reference}/sections/summary"
    visit(at.colleague).post(path, data={"text": "Theirs", "version": ""})
    answer = visit(at.member).post(path, data={"text": "Mine, typed for an hour", "version": ""})
    assert answer.status_code == 409
    assert "Mine, typed for an hour" in answer.text


PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_files_come_in_sniffed_and_go_out_as_attachments(database: Database, at: Scene, visit: Visit) -> None:
    reference = started(database, at)
    client, path = visit(at.member), f"/responses/{reference}/files"

    def send(content: bytes, name: str) -> int:
        return client.post(
            path, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data"
        ).status_code

    assert send(b"<script>alert(1)</script>", "plan.txt") == 422
    assert send(b"MZ program", "plan.pdf") == 422
    assert send(b"", "plan.txt") == 422
    assert send(PDF, "Plan für Wärme.pdf") == 302
    assert client.post(path).status_code == 422
    page = client.get(path).text
    link = re.search(rf'href="({path}/\w+)"', page)
    assert link
    answer = client.get(link[1], buffered=True)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    for person in (at.stranger, *at.officers, at.owner):
        assert visit(person).get(link[1]).status_code == 404
    assert client.post(f"{link[1]}/remove").status_code == 302
    assert "Nothing is attached" in said(client, path)


def test_a_moment_late_says_so_keeps_the_draft_and_is_counted(
    database: Database, at: Scene, visit: Visit, clock: TestClock
) -> None:
    reference = started(database, at)
    written(database, at, reference)
    clock.set(at.deadline + timedelta(milliseconds=1))
    client = visit(at.member)
    answer = client.post(f"/responses/{reference}/submit", data={"once_key": "x", "declared": "y"})
    assert answer.status_code == 409
    assert "closed on" in answer.text
    assert WORD in said(client, f"/responses/{reference}/sections/summary")
    assert "not submitted" in said(client, f"/responses/{reference}")
    late = client.post(f"/responses/{reference}/sections/summary", data={"text": "Typed late", "version": "1"})
    assert late.status_code == 409
    assert "Typed late" in late.text
    with database.reading() as session, seal.lifted(session):
        assert session.scalars(select(LateAttempt)).one().at == at.deadline + timedelta(milliseconds=1)


def test_two_officers_open_and_the_owner_reads(database: Database, at: Scene, visit: Visit) -> None:
    reference = answered(database, at)
    after(at.deadline)
    path = f"/challenges/{at.challenge}/responses"
    first, second, owner = visit(at.officers[0]), visit(at.officers[1]), visit(at.owner)
    assert "Open the responses" in said(first, path)
    assert "Procurement officers open them" in said(owner, path)
    assert first.post(f"{path}/open").status_code == 422
    assert first.post(f"{path}/open", data={"no_interest": "y"}).status_code == 302
    assert "done your part" in said(first, path)
    assert WORD not in said(second, path)
    assert owner.post(f"{path}/open", data={"no_interest": "y"}).status_code == 403
    assert second.post(f"{path}/open", data={"no_interest": "y"}).status_code == 302
    opened = said(owner, path)
    assert "1 response came in time" in opened
    assert "Only one firm answered" in opened
    read = said(owner, f"/responses/{reference}/read")
    assert WORD in read
    assert visit(at.stranger).get(f"/responses/{reference}/read").status_code == 404
    assert owner.post(f"/responses/{reference}/eligibility", data={"eligible": "yes"}).status_code == 403
    unheard = first.post(f"/responses/{reference}/eligibility", data={"eligible": "no", "reason": "Because"})
    assert unheard.status_code == 409
    assert "The firm has been heard" in unheard.text
    assert "Because" in unheard.text
    assert first.post(f"/responses/{reference}/eligibility", data={"eligible": "yes"}).status_code == 302
    assert first.post(f"{path}/outreach", data={"note": "Forty firms were asked."}).status_code == 302
    assert said(first, path)
    assert said(first, f"/responses/{reference}/read")


def test_nobody_answered_offers_the_honest_ways_on(database: Database, at: Scene, visit: Visit) -> None:
    after(at.deadline)
    page = said(visit(at.officers[0]), f"/challenges/{at.challenge}/responses")
    assert "Nobody answered" in page
    assert "Run the challenge again" in page
    assert "Close without a solution" in page


def test_an_opener_from_elsewhere_opens_but_does_not_read(database: Database, at: Scene, visit: Visit) -> None:
    from portal.policy import Role
    from tests.support import make
    from tests.support.answering import challenge_of

    reference = answered(database, at)
    with database.writing() as session:
        guest = make.person(session)
        make.grant(session, guest, Role.OPENER, challenge_of(session, at))
        opener = guest.id
    after(at.deadline)
    opened_by(database, at, at.officers[0])
    client = visit(opener)
    path = f"/challenges/{at.challenge}/responses"
    assert client.post(f"{path}/open", data={"no_interest": "y"}).status_code == 302
    assert "You helped to open them" in said(client, path)
    assert client.get(f"/responses/{reference}/read").status_code == 404


def test_anybody_checks_a_receipt_and_learns_nothing_of_the_content(
    app: Flask, database: Database, at: Scene, visit: Visit
) -> None:
    reference = answered(database, at)
    page = visit(at.member).get(f"/responses/{reference}/receipts/1").text
    found = re.search(r"<pre[^>]*>(.*?)</pre>", page)
    assert found
    code = html.unescape(found[1])
    client = app.test_client()
    assert said(client, "/receipts/verify")
    for sent, answer in (
        (code, "The record stands"),
        (code.replace('"copy":1', '"copy":2'), "does not match"),
        ("x", "not a receipt"),
    ):
        shown = client.post("/receipts/verify", data={"code": sent})
        assert shown.status_code == 200
        assert answer in shown.text
        assert WORD not in shown.text
        assert Page(shown.text).faults() == []
    assert client.post("/receipts/verify", data={"code": ""}).status_code == 422


def test_partners_are_invited_accept_and_leave(database: Database, at: Scene, visit: Visit) -> None:
    reference = started(database, at)
    with database.reading() as session:
        email = session.get_one(Person, at.stranger).email
    lead, partner, path = visit(at.member), visit(at.stranger), f"/responses/{reference}"
    asked = {"email": email, "share": "20", "part": "Builds the sensors"}
    for wrong in ({"email": "nobody"}, {"share": "0"}, {"share": "100"}, {"share": "a lot"}, {"part": ""}):
        answer = lead.post(f"{path}/partners", data=asked | wrong)
        assert answer.status_code == 422
        assert "There is a problem" in answer.text
    assert lead.post(f"{path}/partners", data=asked).status_code == 302
    twice = lead.post(f"{path}/partners", data=asked)
    assert twice.status_code == 422, "the same address twice"
    assert 'href="#email">This address has been invited already.' in twice.text, "at the address, not at the share"
    assert "has not answered" in said(lead, f"{path}/partners")
    with database.reading() as session:
        row = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "responses.invited")).one()
        invitation = f"/partner-invitations/{json.loads(row.parameters)['key']}"
    assert "Builds the sensors" in said(partner, invitation)
    assert lead.get(invitation).status_code == 404, "only whoever it was sent to"
    assert partner.get(path).status_code == 404
    sent = {"answer": "accept", "part": "Builds and mends the sensors"}
    assert partner.post(invitation, data=sent).status_code == 302
    assert "leads and submits for all of you" in said(partner, path)
    assert "Builds and mends the sensors" in said(lead, f"{path}/partners")
    assert partner.post(f"{path}/leave", data={"reason": "x" * 5_000}).status_code == 422
    assert partner.post(f"{path}/leave", data={"reason": "Our builder has moved away."}).status_code == 302
    assert partner.get(path).status_code == 404
    assert "Our builder has moved away." in said(lead, f"{path}/partners"), "the lead is told why"
    assert "20% of the work is nobody" in html.unescape(said(lead, f"{path}/partners"))
    assert lead.post(f"{path}/partners/take-over").status_code == 302
    assert "is nobody" not in said(lead, f"{path}/partners")


def test_a_stranger_is_let_in_without_being_told_anything(app: Flask, database: Database, at: Scene) -> None:
    anybody = app.test_client()
    page = anybody.get("/partner-invitations/made-up/begin")
    assert page.status_code == 200
    assert anybody.post("/partner-invitations/made-up/begin", data={"email": "no"}).status_code == 422
    sent = anybody.post("/partner-invitations/made-up/begin", data={"email": "somebody@example.org"})
    assert sent.status_code == 302


@pytest.mark.parametrize("apart", [True, False])
def test_where_the_price_is_an_envelope_firms_are_told_to_keep_it_out_of_the_rest(
    database: Database, at: Scene, visit: Visit, apart: bool
) -> None:
    with database.writing() as session:
        criteria = list(session.scalars(select(Criterion).order_by(Criterion.id)))
        criteria[-1].by_price = apart
        first = criterion_key(criteria[0].id)
    reference = started(database, at)
    client = visit(at.member)
    for path in ("sections/summary", f"sections/{first}", "files", "check"):
        assert ("leave every price and cost out" in said(client, f"/responses/{reference}/{path}")) is apart, path
    assert "leave every price and cost out" not in said(client, f"/responses/{reference}/sections/price")
