"""Releasing, amending and extending: what firms read changes only as numbered versions, and everyone is told."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Person
from portal.challenges import amending, brief_content, brief_view, parts
from portal.challenges.models import Amendment, BriefVersion, DeadlineChange
from portal.challenges.queries import round_of
from portal.challenges.services import amend
from portal.db import Conflict
from portal.machine import MoveRefused, NotNow
from portal.workflow import announcements, fire, subscribe
from tests.integration.challenges.conftest import Scene, SceneMaker, in_days, save
from tests.support.page import Page

ClientOf = Callable[[Person], FlaskClient]
EVIDENCE = "section.evidence"


@pytest.fixture
def released(scene: SceneMaker) -> Scene:
    """A challenge that was released with one section."""
    made = scene()
    with made.database.writing() as session:
        save(session, made, EVIDENCE, {"source": "Nine of twelve people.", "format": "markdown"})
        fire(session, made.actor(session, made.officer), made.challenge(session), "release")
    return made


@pytest.fixture
def told() -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """What is announced while a test runs."""
    heard: list[tuple[str, dict[str, Any]]] = []
    before = {topic: list(listeners) for topic, listeners in announcements._subscribers.items()}
    for topic in ("brief published", "brief amended", "deadline moved"):
        subscribe(topic, lambda _session, topic=topic, **facts: heard.append((topic, facts)))
    yield heard
    announcements._subscribers.clear()
    announcements._subscribers.update(before)


def propose(made: Scene, key: str, value: dict[str, Any]) -> None:
    with made.database.writing() as session:
        challenge = made.challenge(session)
        seen = parts.version_of(amending.proposed_value(session, challenge, key))
        amend.propose(session, made.actor(session, made.officer), challenge, key, value, seen)


def publish(made: Scene, *, kept: bool = True, reason: str = "A firm asked") -> None:
    with made.database.writing() as session:
        challenge = made.challenge(session)
        pending = amending.pending(session, challenge)
        seen, officer = pending.version if pending else None, made.actor(session, made.officer)
        amend.publish(session, officer, challenge, reason=reason, deadline_kept=kept, version=seen)


def test_a_release_publishes_version_one_and_opens_the_round(released: Scene) -> None:
    with released.database.reading() as session:
        challenge = released.challenge(session)
        version = session.scalars(select(BriefVersion)).one()
        found = round_of(session, challenge)
        assert found is not None
        assert (challenge.brief_number, version.number) == (1, 1)
        assert challenge.released_by_id == released.officer.id
        assert challenge.released_at == found.opens_at == version.published_at
        assert version.digest == brief_content.digest_of(version.content)
        assert brief_view.published(version) == brief_view.live(session, challenge)


def test_a_proposal_is_seen_by_nobody_outside_until_it_is_published(released: Scene, client_of: ClientOf) -> None:
    propose(released, EVIDENCE, {"source": "Eleven of twelve people.", "format": "markdown"})
    officer, stranger = client_of(released.officer), client_of(released.stranger)
    page = officer.get(f"/challenges/{released.reference}/amend").text
    assert "Eleven" in page
    assert Page(page).faults() == []
    for address in ("", "/versions", "/versions/1"):
        assert "Eleven" not in stranger.get(f"/challenges/{released.reference}{address}").text


def test_publishing_makes_a_numbered_version_with_its_differences_and_tells(
    released: Scene, client_of: ClientOf, told: list[tuple[str, dict[str, Any]]]
) -> None:
    propose(released, EVIDENCE, {"source": "Eleven of twelve people.", "format": "markdown"})
    publish(released, reason="We counted again")
    assert [(topic, facts["number"]) for topic, facts in told] == [("brief amended", 2)]
    with released.database.reading() as session:
        assert released.challenge(session).brief_number == 2
        assert session.scalars(select(Amendment)).all() == []
        assert parts.read(session, released.challenge(session), EVIDENCE)["source"] == "Eleven of twelve people."
    public = client_of(released.stranger)
    assert "We counted again" in public.get(f"/challenges/{released.reference}/versions").text
    page = Page(public.get(f"/challenges/{released.reference}/versions/2").text)
    assert page.faults() == []
    assert "Nine" in page.one("del").text
    assert "Eleven" in page.one("ins").text


def test_a_criterion_keeps_its_row_through_an_amendment(released: Scene) -> None:
    with released.database.reading() as session:
        value = parts.read(session, released.challenge(session), "criteria")
    keys = [each["id"] for each in value["criteria"]]
    value["criteria"][0]["weight"], value["criteria"][1]["weight"] = 50, 50
    propose(released, "criteria", value)
    publish(released)
    with released.database.reading() as session:
        after = parts.read(session, released.challenge(session), "criteria")["criteria"]
    assert [each["id"] for each in after] == keys
    assert [each["weight"] for each in after] == [50, 50]


def test_an_amendment_can_move_the_deadline(released: Scene, told: list[tuple[str, dict[str, Any]]]) -> None:
    later = in_days(45)
    propose(released, "dates", {"questions_until": in_days(20).isoformat(), "deadline": later.isoformat()})
    publish(released, kept=False)
    assert [topic for topic, _ in told] == ["deadline moved", "brief amended"]
    with released.database.reading() as session:
        change = session.scalars(select(DeadlineChange)).one()
        assert (change.before, change.after, change.incident) == (in_days(30), later, False)


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("dates", {"questions_until": in_days(1).isoformat(), "deadline": in_days(5).isoformat()}, "cannot be before"),
        ("dates", {"questions_until": None, "deadline": in_days(-1).isoformat()}, "still to come"),
        ("dates", {"questions_until": in_days(31).isoformat(), "deadline": in_days(31).isoformat()}, "close before"),
    ],
)
def test_an_unsound_amendment_is_refused(released: Scene, key: str, value: dict[str, Any], why: str) -> None:
    propose(released, key, value)
    with pytest.raises(MoveRefused) as refused:
        publish(released)
    details = [detail for missing in refused.value.refusal.missing for detail in missing.details]
    assert any(why in detail for detail in details)


def test_weights_that_no_longer_make_a_hundred_are_refused(released: Scene) -> None:
    with released.database.reading() as session:
        value = parts.read(session, released.challenge(session), "criteria")
    value["criteria"][0]["weight"] = 61
    propose(released, "criteria", value)
    with pytest.raises(MoveRefused):
        publish(released)


def test_the_deadline_has_to_be_looked_at_again(released: Scene) -> None:
    propose(released, EVIDENCE, {"source": "More.", "format": "markdown"})
    with pytest.raises(MoveRefused) as refused:
        publish(released, kept=False)
    assert [missing.name for missing in refused.value.refusal.missing] == ["deadline_reconsidered"]


def test_taking_a_change_back_leaves_nothing_to_publish(released: Scene) -> None:
    propose(released, EVIDENCE, {"source": "More.", "format": "markdown"})
    propose(released, EVIDENCE, {"source": "Nine of twelve people.", "format": "markdown"})
    with pytest.raises(MoveRefused) as refused:
        publish(released)
    assert [missing.name for missing in refused.value.refusal.missing] == ["amendment_proposed"]


def test_two_officers_cannot_both_change_one_part(released: Scene) -> None:
    with released.database.reading() as session:
        seen = parts.version_of(parts.read(session, released.challenge(session), EVIDENCE))
    with released.database.writing() as session:
        officer = released.actor(session, released.officer)
        amend.propose(session, officer, released.challenge(session), EVIDENCE, _text("One"), seen)
    with released.database.writing() as session, pytest.raises(Conflict):
        officer = released.actor(session, released.officer)
        amend.propose(session, officer, released.challenge(session), EVIDENCE, _text("Two"), seen)


def _text(source: str) -> dict[str, str]:
    return {"source": source, "format": "markdown"}


def test_what_is_bought_cannot_be_amended(released: Scene, client_of: ClientOf) -> None:
    assert client_of(released.officer).get(f"/challenges/{released.reference}/amend/value").status_code == 404


def test_nothing_is_proposed_before_the_release(scene: SceneMaker) -> None:
    made = scene()
    with pytest.raises(NotNow):
        propose(made, EVIDENCE, {"source": "More.", "format": "markdown"})


def test_the_pages_walk_from_a_change_to_its_publication(released: Scene, client_of: ClientOf) -> None:
    client, base = client_of(released.officer), f"/challenges/{released.reference}"
    address = f"{base}/amend/section/evidence"
    form = {"source": "Ten of twelve.", "format": "markdown", "version": _version(client, address)}
    assert client.post(address, data=form).status_code == 302
    silent = client.post(f"{base}/amend", data={"version": _version(client, f"{base}/amend")})
    assert silent.status_code == 422
    assert "Say why the brief changes" in silent.text
    said = {"version": _version(client, f"{base}/amend"), "deadline": "keep", "reason": "We counted again"}
    assert client.post(f"{base}/amend", data=said).status_code == 302
    assert "Ten of twelve." in client.get(f"{base}/brief").text


def test_an_amendment_can_be_thrown_away(released: Scene, client_of: ClientOf) -> None:
    propose(released, EVIDENCE, _text("More."))
    client, address = client_of(released.officer), f"/challenges/{released.reference}/amend/drop"
    assert client.post(address, data={"version": _version(client, address)}).status_code == 302
    with released.database.reading() as session:
        assert amending.pending(session, released.challenge(session)) is None


def _version(client: FlaskClient, address: str) -> str:
    page = Page(client.get(address).text)
    return next(each.get("value") for each in page.all("input") if each.get("name") == "version")


def test_a_deadline_is_extended_for_everyone_with_its_reason(
    released: Scene, client_of: ClientOf, told: list[tuple[str, dict[str, Any]]]
) -> None:
    client, address = client_of(released.officer), f"/challenges/{released.reference}/extend"
    earlier = {"deadline-day": "20", "deadline-month": "3", "deadline-year": "2026", "reason": "Too many questions"}
    refused = client.post(address, data=earlier)
    assert refused.status_code == 409
    assert "later than the old one" in refused.text
    later = earlier | {"deadline-day": "20", "deadline-month": "4", "deadline-time": "5pm"}
    assert client.post(address, data=later).status_code == 302
    assert [topic for topic, _ in told] == ["deadline moved"]
    with released.database.reading() as session:
        change = session.scalars(select(DeadlineChange)).one()
        found = round_of(session, released.challenge(session))
        assert found is not None
        assert found.deadline == change.after
        assert change.reason == "Too many questions"


def test_the_reason_of_an_end_is_kept(released: Scene) -> None:
    with released.database.writing() as session:
        officer, challenge = released.actor(session, released.officer), released.challenge(session)
        fire(session, officer, challenge, "withdraw", reason="The need went away")
        assert challenge.end_reason == "The need went away"
