"""Writing design thinking and the brief through the pages: what is kept, who becomes an author, what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Person
from portal.challenges import parts
from portal.challenges.models import ChallengeAuthor, EngagementSession, HowMightWe, Part, Round
from portal.db import Database
from portal.machine import NotNow
from tests.integration.challenges.conftest import TENDER, Scene, SceneMaker
from tests.support import make
from tests.support.page import Page

ClientOf = Callable[[Person], FlaskClient]
SESSION = {
    "held_on-day": "14",
    "held_on-month": "1",
    "held_on-year": "2026",
    "place": "Larkfield day centre",
    "who_came": "Twelve travellers",
    "people_count": "12",
    "learnt": "A changed stop ends a journey.",
}


def authors(made: Scene) -> set[int]:
    with made.database.reading() as session:
        rows = select(ChallengeAuthor.person_id).where(ChallengeAuthor.challenge_id == made.challenge_id)
        return set(session.scalars(rows))


def version_on(client: FlaskClient, address: str) -> str:
    page = Page(client.get(address).text)
    return next(each.get("value") for each in page.all("input") if each.get("name") == "version")


def value(made: Scene, key: str, **options: Any) -> dict[str, Any]:
    with made.database.reading() as session:
        return parts.read(session, made.challenge(session), key, **options)


def test_a_session_is_added_changed_and_removed(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene("design_thinking")
    client, base = client_of(made.owner), f"/challenges/{made.reference}/design"
    assert client.post(f"{base}/session/new", data=SESSION).status_code == 302
    assert "A changed stop ends a journey." in client.get(base).text
    with made.database.reading() as session:
        key = session.scalars(select(EngagementSession.id)).one()
    address = f"{base}/session/{key}"
    changed = SESSION | {"place": "The number 9 bus", "version": version_on(client, address)}
    assert client.post(address, data=changed).status_code == 302
    assert "The number 9 bus" in client.get(base).text
    removal = {"version": version_on(client, f"{address}/remove")}
    assert client.post(f"{address}/remove", data=removal).status_code == 302
    assert "The number 9 bus" not in client.get(base).text
    assert authors(made) == {made.owner.id}


def test_bad_input_is_kept_with_a_sentence_beside_it(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene("design_thinking")
    typed = SESSION | {"held_on-day": "31", "held_on-month": "2", "people_count": "a dozen", "place": ""}
    answer = client_of(made.owner).post(f"/challenges/{made.reference}/design/session/new", data=typed)
    assert answer.status_code == 422
    for said in ("There is no such date", "Enter a whole number", "Say where it was held"):
        assert said in answer.text
    page = Page(answer.text)
    assert page.faults() == []
    assert page.by_id("people_count").get("value") == "a dozen"
    assert page.by_id("held_on-day").get("value") == "31"
    assert "A changed stop ends a journey." in answer.text


@pytest.mark.parametrize("year", ["9" * 20, "9" * 5000, "0", "-2027", "²⁰²⁷"])
def test_a_year_that_no_calendar_has_is_refused_in_words(scene: SceneMaker, client_of: ClientOf, year: str) -> None:
    made = scene("design_thinking")
    address = f"/challenges/{made.reference}/design/session/new"
    answer = client_of(made.owner).post(address, data=SESSION | {"held_on-year": year})
    assert answer.status_code == 422
    assert Page(answer.text).by_id("held_on-year").get("value") == year


def test_a_stale_change_is_409_and_keeps_the_text(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene("design_thinking")
    with made.database.writing() as session:
        row = HowMightWe(challenge_id=made.challenge_id, text="How might we walk?")
        session.add(row)
        session.flush()
        key = row.id
    client, address = client_of(made.owner), f"/challenges/{made.reference}/design/question/{key}"
    seen = version_on(client, address)
    assert client.post(address, data={"text": "How might we run?", "version": seen}).status_code == 302
    late = client.post(address, data={"text": "How might we fly?", "version": seen})
    assert late.status_code == 409
    assert "How might we fly?" in late.text
    assert "How might we run?" in client.get(f"/challenges/{made.reference}/design").text


@pytest.mark.parametrize(
    ("referrer", "leads"),
    [
        ("http://localhost{address}?from=list", True),
        ("http://localhost{address}/choose", False),  # takes a POST only: nothing to open
        ("http://elsewhere.example{address}", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_a_refusal_leads_back_to_its_form(scene: SceneMaker, client_of: ClientOf, referrer: str, leads: bool) -> None:
    made = scene("design_thinking")
    with made.database.writing() as session:
        row = HowMightWe(challenge_id=made.challenge_id, text="How might we walk?")
        session.add(row)
        session.flush()
        key = row.id
    client, address = client_of(made.owner), f"/challenges/{made.reference}/design/question/{key}"
    headers = {"Referer": referrer.format(address=address)}
    late = client.post(address, data={"text": "How might we fly?", "version": "0"}, headers=headers)
    assert late.status_code == 409
    assert (f'href="{address}?from=list"' in late.text) is leads
    assert ("Open the page you came from" in late.text) is leads


def test_only_one_question_is_chosen(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene("design_thinking")
    with made.database.writing() as session:
        rows = [HowMightWe(challenge_id=made.challenge_id, text=f"How might we {verb}?") for verb in ("walk", "run")]
        session.add_all(rows)
        session.flush()
        keys = [row.id for row in rows]
    client = client_of(made.owner)
    for key in keys:
        address = f"/challenges/{made.reference}/design/question/{key}/choose"
        assert client.post(address, data={"version": "1"}).status_code == 302
    with made.database.reading() as session:
        chosen = session.scalars(select(HowMightWe.id).where(HowMightWe.chosen_at.is_not(None))).all()
    assert chosen == [keys[1]]


def test_other_bodies_are_named_for_what_they_are(scene: SceneMaker, client_of: ClientOf, database: Database) -> None:
    made = scene("design_thinking")
    with database.writing() as session:
        trust, hub = make.authority(session, name="Marrow Trust"), make.partner(session, name="Growth hub")
    client, address = client_of(made.owner), f"/challenges/{made.reference}/bodies"
    wrong = client.post(address, data={"body": str(hub.id), "part": "joint"})
    assert wrong.status_code == 422
    assert "Growth hub is no authority" in wrong.text
    assert client.post(address, data={"body": str(trust.id), "part": "joint"}).status_code == 302
    assert client.post(address, data={"body": str(hub.id), "part": "support"}).status_code == 302
    assert client.post(f"{address}/{hub.id}/support/remove").status_code == 302
    with database.reading() as session:
        named = {(p.organisation_id, p.part) for p in made.challenge(session).parties}
    assert (trust.id, Part.JOINT) in named
    assert (hub.id, Part.SUPPORT) not in named


def test_a_section_is_written_in_markdown_and_cleaned(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene()
    client, address = client_of(made.owner), f"/challenges/{made.reference}/brief/section/evidence"
    typed = {"source": "**Nine** of 12 <script>alert(1)</script>", "format": "markdown"}
    assert client.post(address, data=typed | {"version": version_on(client, address)}).status_code == 302
    preview = client.get(f"/challenges/{made.reference}/brief/preview").text
    assert "<strong>Nine</strong> of 12" in preview
    assert "<script>alert" not in preview
    assert authors(made) == {made.owner.id}


def test_a_stale_section_is_409_and_keeps_the_text(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene()
    client, address = client_of(made.owner), f"/challenges/{made.reference}/brief/section/evidence"
    seen = version_on(client, address)
    assert client.post(address, data={"source": "First", "format": "markdown", "version": seen}).status_code == 302
    late = client.post(address, data={"source": "Second thoughts", "format": "markdown", "version": seen})
    assert late.status_code == 409
    assert "Second thoughts" in late.text
    assert value(made, "section.evidence")["source"] == "First"


def test_the_officer_sets_dates_and_route_without_becoming_an_author(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene(market_gap="")
    client, base = client_of(made.officer), f"/challenges/{made.reference}/brief"
    dates = {"questions_until-day": "20", "questions_until-month": "3", "questions_until-year": "2026"}
    dates |= {"deadline-day": "1", "deadline-month": "4", "deadline-year": "2026", "deadline-time": "12 noon"}
    assert (
        client.post(f"{base}/dates", data=dates | {"version": version_on(client, f"{base}/dates")}).status_code == 302
    )
    assert value(made, "dates")["deadline"] == "2026-04-01T11:00:00+00:00"
    route = {"release_kind": "below_threshold", "market_gap": "Nothing is sold", "route_reason": "", "advertised": "y"}
    assert (
        client.post(f"{base}/route", data=route | {"version": version_on(client, f"{base}/route")}).status_code == 302
    )
    assert value(made, "route")["market_gap"] == "Nothing is sold"
    assert authors(made) == set()


def test_questions_that_close_after_the_deadline_are_refused(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene()
    client, address = client_of(made.officer), f"/challenges/{made.reference}/brief/dates"
    dates = {"questions_until-day": "2", "questions_until-month": "4", "questions_until-year": "2026"}
    dates |= {"deadline-day": "1", "deadline-month": "4", "deadline-year": "2026"}
    answer = client.post(address, data=dates | {"version": version_on(client, address)})
    assert answer.status_code == 422
    assert "Questions have to close before the deadline" in answer.text


@pytest.mark.parametrize("part", ["section/question", "deal", "criteria", "summary", "must-haves"])
def test_an_officer_who_writes_nothing_cannot_write_the_brief(
    scene: SceneMaker, client_of: ClientOf, part: str
) -> None:
    made = scene()
    assert client_of(made.officer).get(f"/challenges/{made.reference}/brief/{part}").status_code == 403


@pytest.mark.parametrize("part", ["dates", "value", "route", "lots"])
def test_an_owner_cannot_decide_what_is_the_officers(scene: SceneMaker, client_of: ClientOf, part: str) -> None:
    made = scene()
    assert client_of(made.owner).get(f"/challenges/{made.reference}/brief/{part}").status_code == 403


@pytest.mark.parametrize("state", ["design_thinking", "open", "assessment", "business_case", "withdrawn"])
def test_nothing_of_the_brief_changes_outside_articulation(scene: SceneMaker, client_of: ClientOf, state: str) -> None:
    made = scene(state)
    before = value(made, "section.evidence")
    typed = {"source": "Too late", "format": "markdown", "version": str(parts.version_of(before))}
    answer = client_of(made.owner).post(f"/challenges/{made.reference}/brief/section/evidence", data=typed)
    assert answer.status_code == 409
    assert "cannot be changed now" in answer.text
    assert "Too late" in answer.text
    assert value(made, "section.evidence") == before


def _criteria_form(value: dict[str, Any]) -> dict[str, str]:
    form = {name: str(value[name]) for name in ("scoring", "quorum", "spread_limit", "minimum_percent")}
    for index, each in enumerate(value["criteria"]):
        for name in ("id", "name", "question", "description", "word_limit", "weight"):
            form[f"criteria-{index}-{name}"] = str(each[name] or "")
        form |= {f"criteria-{index}-score_{score}": text for score, text in enumerate(each["scores"])}
    return form


def test_criteria_keep_their_rows_when_they_are_rewritten(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene()
    client, address = client_of(made.owner), f"/challenges/{made.reference}/brief/criteria"
    before = value(made, "criteria")
    form = _criteria_form(before) | {"criteria-0-weight": "70", "criteria-1-weight": "30"}
    assert client.post(address, data=form | {"version": version_on(client, address)}).status_code == 302
    after = value(made, "criteria")
    assert [each["id"] for each in after["criteria"]] == [each["id"] for each in before["criteria"]]
    assert [each["weight"] for each in after["criteria"]] == [70, 30]


def test_adding_and_removing_a_criterion_saves_nothing_yet(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene()
    client, address = client_of(made.owner), f"/challenges/{made.reference}/brief/criteria"
    before = value(made, "criteria")
    form = _criteria_form(before) | {"version": version_on(client, address), "criteria-0-question": "Half typed"}
    more = client.post(address, data=form | {"add": "1"})
    assert more.status_code == 200
    assert "Criterion 3" in more.text
    assert "Exceptional" in more.text
    assert "Half typed" in more.text
    fewer = client.post(address, data=form | {"remove": "1"})
    assert "Criterion 2" not in fewer.text
    assert Page(fewer.text).faults() == []
    assert value(made, "criteria") == before


def test_the_page_of_criteria_shows_the_running_total(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene()
    client, address = client_of(made.owner), f"/challenges/{made.reference}/brief/criteria"
    form = _criteria_form(value(made, "criteria")) | {"criteria-0-weight": "50", "criteria-1-name": ""}
    answer = client.post(address, data=form | {"version": version_on(client, address)})
    assert answer.status_code == 422
    assert Page(answer.text).one("p", "app-total").text == "Points given so far: 90 of 100"


def test_a_tender_begins_from_the_challenges_criteria_and_has_its_own(scene: SceneMaker, client_of: ClientOf) -> None:
    from portal.law.releases import ReleaseKind

    made = scene("business_case", release_kind=ReleaseKind.ENGAGEMENT)
    before = value(made, "criteria")
    client, address = client_of(made.owner), f"/challenges/{made.reference}/tender/criteria"
    assert "Fit with the need" in client.get(address).text
    form = _criteria_form(value(made, "criteria", kind=TENDER)) | {"criteria-0-weight": "55", "criteria-1-weight": "45"}
    assert client.post(address, data=form | {"version": version_on(client, address)}).status_code == 302
    assert value(made, "criteria") == before
    assert [each["weight"] for each in value(made, "criteria", kind=TENDER)["criteria"]] == [55, 45]
    with made.database.reading() as session:
        assert session.query(Round).count() == 2


def test_a_release_that_was_the_invitation_has_no_tender(scene: SceneMaker) -> None:
    from portal.challenges.services.brief import save_part

    made = scene("business_case")
    with made.database.writing() as session, pytest.raises(NotNow, match="no tender round"):
        save_part(session, made.actor(session, made.owner), made.challenge(session), "criteria", {}, 1, TENDER)


def test_conflicts_are_declared_and_assessed(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene(sponsor_name="Benedikta Lowry", sponsor_title="Director")
    owner, officer = client_of(made.owner), client_of(made.officer)
    base = f"/challenges/{made.reference}/brief/conflicts"
    silent = owner.post(f"{base}/declare", data={"conflicted": "yes", "detail": ""})
    assert silent.status_code == 422
    said = {"conflicted": "yes", "detail": "My brother works at Firm A"}
    assert owner.post(f"{base}/declare", data=said).status_code == 302
    assert officer.post(f"{base}/declare", data={"conflicted": "no"}).status_code == 302
    assert "My brother works at Firm A" in officer.get(base).text
    form = {"sponsor": "None", "note_text": "The owner steps back from scoring."}
    form["version"] = version_on(officer, f"{base}/assess")
    assert officer.post(f"{base}/assess", data=form).status_code == 302
    assert "The owner steps back from scoring." not in owner.get(base).text
    assert owner.post(f"{base}/assess", data=form).status_code == 403
