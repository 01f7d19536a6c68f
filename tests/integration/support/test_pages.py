"""The pages of support: who enters, what they say, and the calendar files they hand out."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from icalendar import Calendar
from pypdf import PdfReader
from sqlalchemy import select

from portal.db import Database
from portal.documents import pdfs_are_made
from portal.machine import MoveRefused
from portal.outbox import OutboxMessage
from portal.support import queries, services
from portal.support.models import Milestone, MilestoneBy, SupportSession
from tests.integration.showing.conftest import Scene
from tests.integration.support.conftest import NOW, firm_plan, offer
from tests.support.clock import TestClock
from tests.support.page import Page
from tests.support.statements import counted

Client = Callable[[str], Any]
OFFER = {
    "offer-starts_at-day": "2",
    "offer-starts_at-month": "4",
    "offer-starts_at-year": "2026",
    "offer-starts_at-time": "10am",
    "offer-minutes": "60",
    "offer-count": "2",
    "offer-place": "Growth hub",
    "offer-link": "",
    "offer-plan": "0",
}


def text_of(answer: Any, status: int = 200) -> str:
    text: str = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    assert Page(text).faults() == []
    return text


def booked(database: Database, scene: Scene, *, days: float = 4) -> tuple[int, int]:
    """Arbor's booked session and its slot."""
    with database.writing() as session:
        (slot,) = offer(session, scene, days=days)
        plan = firm_plan(session, scene, "arbor")
        return services.book(session, scene.actor(session, "arbor"), plan, slot.id).id, slot.id


@pytest.mark.skipif(not pdfs_are_made(), reason="Pango is not installed")
def test_the_plan_is_a_tagged_document_for_the_firm_and_those_who_help_it(
    client_of: Client, scene: Scene, database: Database
) -> None:
    booked(database, scene)
    with database.writing() as session:
        plan = firm_plan(session, scene, "arbor")
        owner = scene.actor(session, "owner")
        services.add_milestone(
            session, owner, plan, title="The battery lasts a day", due_on=date(2026, 4, 9), by=MilestoneBy.FIRM
        )
        address = f"/challenges/{scene.reference}/support/{plan.id}/plan.pdf"
    own = f"/responses/{scene.references[0]}/support/plan.pdf"
    for who, path in (("arbor", own), ("owner", address), ("adviser", address)):
        answer = client_of(who).get(path)
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        found = PdfReader(BytesIO(answer.data))
        assert "/StructTreeRoot" in found.root_object
        words = " ".join(" ".join(page.extract_text() for page in found.pages).split())
        assert "Support plan for Arbor Ltd" in words
        assert "The battery lasts a day The firm 9 April 2026 Not done yet" in words
        assert "31 March 2026 at 11am BST" in words
    assert own in text_of(client_of("arbor").get(own.removesuffix("/plan.pdf")))
    assert address in text_of(client_of("owner").get(address.removesuffix("/plan.pdf")))
    for who, path in (("bramble", own), ("bramble", address), ("arbor", address)):
        assert client_of(who).get(path).status_code in {403, 404}


def test_the_owner_offers_times_and_the_firm_books_moves_and_cancels(client_of: Client, scene: Scene) -> None:
    base, own = f"/challenges/{scene.reference}/support/times", f"/responses/{scene.references[0]}/support"
    owner, arbor = client_of("owner"), client_of("arbor")
    data = OFFER | {"offer-whose": f"person-{scene.people['adviser'].id}"}
    assert owner.post(base, data=data).status_code == 302
    assert "2 April 2026 at 10am BST" in text_of(owner.get(base))
    page = text_of(arbor.get(f"{own}/times"))
    assert "2 April 2026 at 10am BST" in page
    for sent in ({}, {"slot": "0"}, {"slot": "99999999999999999999"}):
        assert text_of(arbor.post(f"{own}/times", data=sent), 422).count("Choose a time.") == 2
    one, two = (each.get("value") for each in Page(page).elements if each.get("type") == "radio")
    assert arbor.post(f"{own}/times", data={"slot": one}).status_code == 302
    plan = text_of(arbor.get(own))
    assert "2 April 2026 at 10am BST" in plan
    moving = f"{own}/times?instead="
    key = plan.partition("times?instead=")[2].partition('"')[0]
    assert "You are moving" in text_of(arbor.get(moving + key))
    assert arbor.post(f"{own}/times", data={"slot": two, "instead": key}).status_code == 302
    plan = text_of(arbor.get(own))
    assert "2 April 2026 at 11am BST" in plan
    assert "2 April 2026 at 10am BST" not in plan
    key = plan.partition("times?instead=")[2].partition('"')[0]
    assert arbor.post(f"{own}/times/{key}/cancel").status_code == 302
    assert "Nothing is booked." in text_of(arbor.get(own))
    assert arbor.get(moving + key).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"offer-starts_at-day": "27", "offer-starts_at-month": "3"}, "at least 24 hours from now"),
        ({"offer-starts_at-time": "ten"}, "Enter a time such as"),
        ({"offer-link": "call me"}, "Enter a link that begins with"),
        ({"offer-whose": "person-999999"}, "Not a valid choice"),
        ({"offer-starts_at-month": "3", "offer-starts_at-day": "31"}, "already has a time on offer or booked"),
    ],
)
def test_an_offer_that_cannot_be_made_says_why_and_keeps_what_was_typed(
    client_of: Client, scene: Scene, database: Database, changed: dict[str, str], said: str
) -> None:
    booked(database, scene)
    data = OFFER | {"offer-whose": f"person-{scene.people['adviser'].id}"} | changed
    page = text_of(client_of("owner").post(f"/challenges/{scene.reference}/support/times", data=data), 422)
    assert said in page
    assert 'value="Growth hub"' in page


def test_the_team_moves_and_calls_off_through_its_pages(client_of: Client, scene: Scene, database: Database) -> None:
    session_id, slot_id = booked(database, scene)
    address, owner = f"/challenges/{scene.reference}/support/times/{slot_id}", client_of("owner")
    assert "Arbor Ltd" in text_of(owner.get(address))
    when = {f"move-starts_at-{part}": each for part, each in (("day", "7"), ("month", "4"), ("year", "2026"))}
    data = when | {"move-starts_at-time": "2pm", "move-place": "Library", "move-link": "", "move-version": "1"}
    assert owner.post(address, data=data | {"move-seen": ""}).status_code == 409
    assert owner.post(address, data=data | {"move-seen": str(session_id)}).status_code == 302
    assert "7 April 2026 at 2pm BST" in text_of(client_of("arbor").get(f"/responses/{scene.references[0]}/support"))
    assert owner.post(f"{address}/call-off", data={"off-seen": str(session_id)}).status_code == 302
    assert owner.get(address).status_code == 404


@pytest.mark.parametrize(
    ("who", "sees"), [("owner", True), ("adviser", True), ("officer", True), ("arbor", True), ("bramble", False)]
)
def test_a_session_goes_into_the_calendars_of_those_it_concerns(
    client_of: Client, scene: Scene, database: Database, who: str, sees: bool
) -> None:
    session_id, _slot = booked(database, scene)
    answer = client_of(who).get(f"/support/sessions/{session_id}.ics")
    assert answer.status_code == (200 if sees else 404)


def test_a_calendar_says_the_zone_and_follows_a_move_and_a_cancellation(
    client_of: Client, scene: Scene, database: Database
) -> None:
    session_id, slot_id = booked(database, scene)

    def event(who: str) -> Any:
        file = Calendar.from_ical(client_of(who).get("/support/calendar.ics").get_data())
        assert [str(zone["TZID"]) for zone in file.walk("VTIMEZONE")] == ["Europe/London"]
        (found,) = file.walk("VEVENT")
        return found

    first = event("arbor")
    assert first.start == datetime(2026, 3, 31, 10, tzinfo=UTC)
    assert first["DTSTART"].params["TZID"] == "Europe/London"
    assert first.start.hour == 11, "London's summer has begun"
    assert "(BST)" in first["DESCRIPTION"]
    assert str(first["SUMMARY"]).startswith(scene.people["adviser"].name)
    assert str(event("adviser")["SUMMARY"]).startswith("Arbor Ltd")
    with database.writing() as session:
        slot = queries.slot_inside(session, scene.actor(session, "owner"), scene.reference, slot_id)
        assert slot is not None
        to = services.NewTime(slot.starts_at + timedelta(days=1), "Library", "")
        owner, challenge = scene.actor(session, "owner"), scene.challenge(session)
        services.move(session, owner, challenge, slot, session_id, slot.version, to)
    second = event("arbor")
    assert (second["UID"], second.start.day) == (first["UID"], 1)
    assert int(second["SEQUENCE"]) > int(first["SEQUENCE"])
    with database.writing() as session:
        services.give_back(session, scene.actor(session, "arbor"), firm_plan(session, scene, "arbor"), session_id)
    third = event("arbor")
    assert (third["UID"], third["STATUS"]) == (first["UID"], "CANCELLED")
    assert int(third["SEQUENCE"]) > int(second["SEQUENCE"])
    assert Calendar.from_ical(client_of("bramble").get("/support/calendar.ics").get_data()).walk("VEVENT") == []


def test_notes_go_to_and_fro_by_identifiers_and_help_is_asked_in_one(
    client_of: Client, scene: Scene, database: Database
) -> None:
    own = f"/responses/{scene.references[0]}/support"
    with database.reading() as session:
        key = firm_plan(session, scene, "arbor").id
    plan = f"/challenges/{scene.reference}/support/{key}"
    assert text_of(client_of("arbor").post(f"{own}/notes", data={"note-text": " "}), 422).count("Write your note.") == 2
    assert client_of("arbor").post(f"{own}/notes", data={"note-text": "How do we price it?"}).status_code == 302
    assert client_of("adviser").post(f"{plan}/notes", data={"note-text": "Count your travel."}).status_code == 302
    assert client_of("arbor").post(f"{own}/notes", data={"note-text": "Stuck.", "note-help": "y"}).status_code == 302
    for page in (text_of(client_of("arbor").get(own)), text_of(client_of("owner").get(plan))):
        notes = [each.text for each in Page(page).elements if each.has_class("app-notes__text")]
        assert notes == ["How do we price it?", "Count your travel.", "Stuck."]
    assert "Asked for help" in client_of("adviser").get("/support").get_data(as_text=True)
    assert client_of("bramble").post(f"{own}/notes", data={"note-text": "Hello"}).status_code == 404
    with database.reading() as session:
        mails = session.scalars(select(OutboxMessage).where(OutboxMessage.kind.like("support.note%"))).all()
        assert {(each.kind, each.to_person_id) for each in mails} == {
            ("support.note_from_firm", scene.people["adviser"].id),
            ("support.note_to_firm", scene.people["arbor"].id),
        }
        assert not any("price" in each.parameters for each in mails)


def test_nobody_is_ready_before_every_milestone_is_reached(client_of: Client, scene: Scene, database: Database) -> None:
    with database.reading() as session:
        key = firm_plan(session, scene, "arbor").id
    plan, own = f"/challenges/{scene.reference}/support/{key}", f"/responses/{scene.references[0]}/support"
    day = {f"milestone-due_on-{part}": each for part, each in (("day", "1"), ("month", "4"), ("year", "2026"))}
    adviser = client_of("adviser")
    assert "Say what has to be done." in text_of(adviser.post(f"{plan}/milestones", data=day), 422)
    given = day | {"milestone-title": "The lamp survives rain", "milestone-by": "firm"}
    assert adviser.post(f"{plan}/milestones", data=given).status_code == 302
    with database.writing() as session:
        milestone = session.scalars(select(Milestone)).one()
        assert (milestone.by, milestone.due_on) == (MilestoneBy.FIRM, date(2026, 4, 1))
        found, actor = firm_plan(session, scene, "arbor"), scene.actor(session, "adviser")
        found.needs = "Rain."
        services.move_plan(session, actor, found, "contact")
        with pytest.raises(MoveRefused, match="milestone"):
            services.move_plan(session, actor, found, "make_ready")
    assert "Not done yet" in text_of(client_of("arbor").get(own))
    assert client_of("bramble").post(f"{own}/milestones/{milestone.id}/done").status_code == 404
    assert client_of("arbor").post(f"{own}/milestones/{milestone.id}/done").status_code == 302
    with database.writing() as session:
        services.move_plan(session, scene.actor(session, "adviser"), firm_plan(session, scene, "arbor"), "make_ready")
    assert "done 27 March 2026" in text_of(adviser.get(plan))
    assert adviser.post(f"{plan}/milestones/{milestone.id}/open").status_code == 302
    assert adviser.post(f"{plan}/milestones/{milestone.id}/remove").status_code == 302
    assert adviser.post(f"{plan}/milestones/{milestone.id}/done").status_code == 409


def test_a_booked_session_is_written_up_on_the_plan(
    client_of: Client, scene: Scene, database: Database, clock: TestClock
) -> None:
    session_id, _slot = booked(database, scene, days=1)
    clock.set(NOW + timedelta(days=1, minutes=30))
    with database.reading() as session:
        key = firm_plan(session, scene, "arbor").id
    plan, adviser = f"/challenges/{scene.reference}/support/{key}", client_of("adviser")
    name = f"session{session_id}-notes"
    assert "Write what the firm takes away." in text_of(adviser.post(f"{plan}/sessions/{session_id}", data={}), 422)
    assert adviser.post(f"{plan}/sessions/{session_id}", data={name: "Slow it down."}).status_code == 302
    own = text_of(client_of("arbor").get(f"/responses/{scene.references[0]}/support"))
    assert "Slow it down." in own
    assert "Nothing is booked." in own
    with database.reading() as session:
        assert session.get_one(SupportSession, session_id).recorded_at == clock.now()


def test_the_desk_counts_working_days_to_the_first_contact(client_of: Client, scene: Scene, clock: TestClock) -> None:
    for days, words in ((0, "2 working days left"), (4, "Due today"), (5, "1 working day late")):
        clock.set(NOW + timedelta(days=days))
        assert words in text_of(client_of("adviser").get("/support")), days


def test_the_officer_reads_the_ledger_with_what_is_uneven(client_of: Client, scene: Scene, database: Database) -> None:
    with database.writing() as session:
        plan = firm_plan(session, scene, "arbor")
        for slot in offer(session, scene, count=3):
            services.book(session, scene.actor(session, "arbor"), plan, slot.id)
    page = text_of(client_of("officer").get(f"/challenges/{scene.reference}/support"))
    assert "Uneven: the showcase cannot begin" in page
    assert "Offer Bramble &amp; Co 1 hour more" in page
    firm = text_of(client_of("bramble").get(f"/responses/{scene.references[1]}/support"))
    assert "Every firm of this challenge is offered the same, give or take 2 hours." in firm
    assert "Arbor" not in firm


@pytest.mark.parametrize("page", ["team", "firm", "ledger"])
def test_pages_of_times_take_as_many_statements_for_few_as_for_many(
    client_of: Client, scene: Scene, database: Database, page: str
) -> None:
    address, who = {
        "team": (f"/challenges/{scene.reference}/support/times", "owner"),
        "firm": (f"/responses/{scene.references[0]}/support/times", "arbor"),
        "ledger": (f"/challenges/{scene.reference}/support", "owner"),
    }[page]
    client, found = client_of(who), []
    for day in (4, 5):
        with database.writing() as session:
            taken, *_free = offer(session, scene, days=day, count=2 if day == 4 else 8, minutes=30)
            services.book(session, scene.actor(session, "arbor"), firm_plan(session, scene, "arbor"), taken.id)
        client.get(address)
        with counted() as statements:
            assert client.get(address).status_code == 200
        found.append(len(statements))
    assert found[0] == found[1]


def test_the_public_pack_is_a_page_for_anybody(client_of: Client, scene: Scene) -> None:
    stranger = client_of("owner").application.test_client()
    assert "Nothing is published here" in text_of(stranger.get(f"/challenges/{scene.reference}/support-pack"))
