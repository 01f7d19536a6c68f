"""Every page of this room opens for whoever may see it, in every state a challenge can be in, and for nobody else."""

from collections.abc import Callable

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from portal.accounts.models import Person
from portal.challenges import requirements
from portal.challenges.models import RoundKind
from portal.machine import Requirement
from portal.policy import Permission
from portal.web.access import declared_by
from tests.integration.challenges.conftest import SceneMaker

ClientOf = Callable[[Person], FlaskClient]
STATES = ("design_thinking", "articulation", "open", "business_case", "no_solution")
ENDPOINTS = ("design.", "brief.", "starting.")


def _addresses(app: Flask, reference: str) -> list[tuple[str, str]]:
    """Every page of this room that is reached by GET and needs no other row, with its endpoint."""
    found = []
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith(ENDPOINTS) or "GET" not in (rule.methods or ()):
            continue
        address = rule.rule.replace("<reference>", reference).replace("<any(session, need, question):kind>", "need")
        if "<" not in address:
            found.append((rule.endpoint, address))
    assert len(found) > 30
    return found


def _needs(app: Flask, endpoint: str) -> tuple[str, ...]:
    declared = declared_by(app.view_functions[endpoint])
    assert declared is not None
    return (declared.needs,) if isinstance(declared.needs, str) else declared.needs


@pytest.mark.parametrize("state", STATES)
def test_each_page_opens_for_those_who_may_see_it(
    app: Flask, scene: SceneMaker, client_of: ClientOf, state: str
) -> None:
    made = scene(state)
    for person, permission in ((made.owner, Permission.CHALLENGE_SHAPE), (made.officer, Permission.CHALLENGE_PROCURE)):
        client = client_of(person)
        holds = {permission, Permission.CHALLENGE_SEE, Permission.CONFLICT_DECLARE, Permission.CHALLENGE_START}
        for endpoint, address in _addresses(app, made.reference):
            status = client.get(address).status_code
            if endpoint == "brief.versions":
                assert status == (404 if state in {"design_thinking", "articulation"} else 200), address
            elif holds & set(_needs(app, endpoint)):
                none_yet = endpoint == "brief.incident" and state in {"design_thinking", "articulation"}
                assert status in ({404} if none_yet else {200, 302}), address
            else:
                assert status == 403, address


def test_another_authority_finds_nothing_of_it(app: Flask, scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene("articulation")
    client = client_of(made.stranger)
    for endpoint, address in _addresses(app, made.reference):
        if endpoint != "starting.new":
            assert client.get(address).status_code == 404, address


def test_nobody_who_is_not_signed_in_gets_inside(app: Flask, scene: SceneMaker) -> None:
    made = scene("open")
    for endpoint, address in _addresses(app, made.reference):
        if not endpoint.startswith("brief.version"):
            assert app.test_client().get(address).status_code == 302, address


def test_every_requirement_leads_to_a_page_there_is(app: Flask) -> None:
    offered = [getattr(requirements, name) for name in requirements.__all__]
    kinds = (RoundKind.CHALLENGE, RoundKind.TENDER)
    made = [each(kind) for each in offered for kind in kinds if callable(each)]
    links = {each.link for each in (*offered, *made) if isinstance(each, Requirement) and each.link}
    assert len(links) > 8
    with app.test_request_context():
        for link in links:
            assert url_for(link.partition("#")[0], reference="EV-2026-001"), link
