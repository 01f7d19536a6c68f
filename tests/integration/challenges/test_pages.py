"""Every page of this room opens for whoever may see it, in every state a challenge can be in, and for nobody else."""

import pytest
from flask import Flask

from portal.policy import Permission
from portal.web.access import access_of
from tests.integration.challenges.conftest import SceneMaker

STATES = ("design_thinking", "articulation", "open", "business_case", "no_solution")
ENDPOINTS = ("design.", "brief.", "starting.")


def _addresses(app: Flask, reference: str) -> list[tuple[str, str]]:
    """Every page of this room that is reached by GET, with its address."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if not rule.endpoint.startswith(ENDPOINTS) or "GET" not in (rule.methods or ()):
                continue
            if rule.arguments - {"reference", "kind"}:
                continue
            kinds = ("session", "need", "question") if "kind" in rule.arguments else (None,)
            for kind in kinds:
                known = {"reference": reference} if "reference" in rule.arguments else {}
                address = app.url_for(rule.endpoint, **known, **({"kind": kind} if kind else {}))
                found.append((rule.endpoint, address))
    return found


@pytest.mark.parametrize("state", STATES)
def test_each_page_opens_in_each_state(app: Flask, scene: SceneMaker, client_of, state: str) -> None:
    made = scene(state)
    for person, permission in ((made.owner, Permission.CHALLENGE_SHAPE), (made.officer, Permission.CHALLENGE_PROCURE)):
        client = client_of(person)
        for endpoint, address in _addresses(app, made.reference):
            answer = client.get(address)
            needs = access_of_in(app, endpoint)
            if isinstance(needs, str) or permission in needs or Permission.CHALLENGE_SEE in needs:
                assert answer.status_code in {200, 302, 404 if endpoint.startswith("brief.version") else 200}, address
            else:
                assert answer.status_code in {200, 302, 403}, address


def access_of_in(app: Flask, endpoint: str) -> object:
    with app.app_context():
        declared = access_of(endpoint)
    assert declared is not None
    return declared.needs


def test_another_authority_finds_nothing_of_it(app: Flask, scene: SceneMaker, client_of) -> None:
    made = scene("articulation")
    client = client_of(made.stranger)
    for endpoint, address in _addresses(app, made.reference):
        if endpoint != "starting.new":
            assert client.get(address).status_code == 404, address


def test_nobody_who_is_not_signed_in_gets_inside(app: Flask, scene: SceneMaker, client_of) -> None:
    made = scene("open")
    client_of(made.owner)
    for endpoint, address in _addresses(app, made.reference):
        if not endpoint.startswith("brief.version"):
            assert app.test_client().get(address).status_code == 302, address
