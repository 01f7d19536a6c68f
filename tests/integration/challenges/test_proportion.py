"""A brief that asks too much is refused beside the field, wherever it is written."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from portal.accounts.models import Person
from portal.challenges import parts
from tests.integration.challenges.conftest import SceneMaker, criteria, save

Client = Callable[[Person], FlaskClient]


def form_of(value: dict[str, Any], version: int) -> dict[str, Any]:
    """What the page of criteria sends."""
    sent = {name: value[name] for name in ("scoring", "quorum", "spread_limit", "minimum_percent")} | {
        "version": version
    }
    for number, each in enumerate(value["criteria"]):
        row = {name: each[name] for name in ("name", "question", "description", "word_limit", "weight")}
        sent |= {f"criteria-{number}-{name}": text for name, text in row.items()}
        sent |= {f"criteria-{number}-reason": each.get("reason", ""), f"criteria-{number}-id": ""}
        sent |= {f"criteria-{number}-score_{score}": text for score, text in enumerate(each["scores"])}
    return sent


def begun(scene: Any, key: str) -> int:
    with scene.database.reading() as session:
        return parts.version_of(parts.read(session, scene.challenge(session), key))


@pytest.mark.parametrize("asked", ["Hold public liability insurance.", "Send annual accounts.", "Pass our PQQ."])
def test_a_must_have_about_the_firm_is_refused_and_kept(scene: SceneMaker, client_of: Client, asked: str) -> None:
    made = scene()
    sent = {"texts": f"Works without reading.\n{asked}", "version": begun(made, "must_haves")}
    answer = client_of(made.owner).post(f"/challenges/{made.reference}/brief/must-haves", data=sent)
    assert answer.status_code == 422
    assert "Procurement Act 2023 s." in answer.text
    assert asked in answer.text
    with made.database.reading() as session:
        assert parts.read(session, made.challenge(session), "must_haves")["texts"] == []


def test_a_fifth_question_costs_a_reason_which_firms_read(scene: SceneMaker, client_of: Client) -> None:
    made = scene()
    client, asked = client_of(made.owner), criteria(20, 20, 20, 20, 20)
    where, version = f"/challenges/{made.reference}/brief/criteria", begun(made, "criteria")
    refused = client.post(where, data=form_of(asked, version))
    assert refused.status_code == 422
    assert "Say why this must be asked too" in refused.text
    rows: Any = asked["criteria"]
    rows[4]["reason"] = "Only this tells two good answers apart."
    assert client.post(where, data=form_of(asked, version)).status_code == 302
    assert "Only this tells two good answers apart." in client.get(f"/challenges/{made.reference}/brief/preview").text


def test_a_question_that_may_not_be_asked_is_named_at_its_field(scene: SceneMaker, client_of: Client) -> None:
    made = scene()
    asked = criteria(60, 40)
    rows: Any = asked["criteria"]
    rows[1]["question"] = "Attach evidence of your insurance."
    answer = client_of(made.owner).post(
        f"/challenges/{made.reference}/brief/criteria", data=form_of(asked, begun(made, "criteria"))
    )
    assert answer.status_code == 422
    assert 'href="#criteria-1-question"' in answer.text


def test_what_the_form_costs_is_told_where_it_is_written(scene: SceneMaker, client_of: Client) -> None:
    made = scene()
    with made.database.writing() as session:
        save(session, made, "criteria", criteria(60, 40))
    client = client_of(made.owner)
    for page in ("brief", "brief/criteria", "brief/preview"):
        assert "190 minutes (about 3 hours)" in client.get(f"/challenges/{made.reference}/{page}").text
