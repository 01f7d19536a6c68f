"""An owner picks outcomes of social value; they are judged on what is said, and never by pounds."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Person
from portal.challenges import parts
from portal.challenges.queries import round_of
from portal.challenges.social import BY_KEY, as_criterion
from tests.integration.challenges.conftest import SceneMaker, criteria, save
from tests.integration.challenges.test_proportion import begun, form_of
from tests.support.page import Page

Client = Callable[[Person], FlaskClient]
SKILLS = BY_KEY["skills"]


def asked(number: int = 2) -> dict[str, Any]:
    """Criteria of which the last asks for skills."""
    value: dict[str, Any] = criteria(*[100 // number] * number)
    row = value["criteria"][-1]
    value["criteria"][-1] = row | as_criterion(SKILLS) | {"weight": row["weight"]}
    return value


def sent(value: dict[str, Any], version: int) -> dict[str, Any]:
    """What the page sends, with the two fields of social value."""
    more = {
        f"criteria-{number}-{name}": each.get(name, "")
        for number, each in enumerate(value["criteria"])
        for name in ("social_outcome", "example")
    }
    return form_of(value, version) | more


def test_picking_an_outcome_adds_its_criterion_and_saves_nothing(scene: SceneMaker, client_of: Client) -> None:
    made = scene()
    client, where = client_of(made.owner), f"/challenges/{made.reference}/brief/criteria"
    assert SKILLS.example in Page(client.get(where).text).one("main").text
    begin = form_of(criteria(60, 40), begun(made, "criteria"))
    answer = client.post(where, data=begin | {"add_outcome": "1", "pick": "skills"})
    page = Page(answer.text)
    assert answer.status_code == 200
    assert page.faults() == []
    assert "Criterion 3: social value" in page.one("main").text
    assert SKILLS.example in page.by_id("criteria-2-example").text
    with made.database.reading() as session:
        kept = parts.read(session, made.challenge(session), "criteria")["criteria"]
    assert [each["social_outcome"] for each in kept] == ["", ""]


@pytest.mark.parametrize(("pick", "sentence"), [("", "Choose an outcome, then"), ("skills", "asked for already")])
def test_a_pick_that_adds_nothing_says_why_and_keeps_the_form(
    scene: SceneMaker, client_of: Client, pick: str, sentence: str
) -> None:
    made = scene()
    where, begin = f"/challenges/{made.reference}/brief/criteria", sent(asked(), begun(made, "criteria"))
    answer = client_of(made.owner).post(where, data=begin | {"add_outcome": "1", "pick": pick})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'href="#pick"' in answer.text
    assert 'name="criteria-1-social_outcome" value="skills"' in answer.text


def test_firms_read_the_example_and_how_it_is_judged(scene: SceneMaker, client_of: Client) -> None:
    made = scene()
    client, where = client_of(made.owner), f"/challenges/{made.reference}/brief/criteria"
    assert client.post(where, data=sent(asked(), begun(made, "criteria"))).status_code == 302
    with made.database.reading() as session:
        assert parts.read(session, made.challenge(session), "criteria")["criteria"][1]["social_outcome"] == "skills"
    shown = Page(client.get(f"/challenges/{made.reference}/brief/preview").text).one("main").text
    assert SKILLS.example in shown
    assert "Skills that stay (social value): judged on what a firm says will change" in shown
    assert "nobody is ranked by one" in shown


def test_social_value_is_never_about_the_price(scene: SceneMaker, client_of: Client) -> None:
    made = scene()
    value = sent(asked(), begun(made, "criteria")) | {"criteria-1-by_price": "y"}
    answer = client_of(made.owner).post(f"/challenges/{made.reference}/brief/criteria", data=value)
    assert answer.status_code == 422
    assert "never on a price" in answer.text
    with made.database.writing() as session:
        save(session, made, "criteria", asked())
    with pytest.raises(IntegrityError), made.database.writing() as session:
        found = round_of(session, made.challenge(session))
        assert found is not None
        found.criteria[1].by_price = True
