"""What coordinators and the public see of the whole region, and what stays hidden."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal import journal
from portal.db import Database, clock
from portal.insight.contracts import by_circle
from portal.network.options import NetworkOption, OptionTrial
from portal.organisations.models import Organisation, SupplierKind
from portal.partnerships.models import Partnership
from portal.policy import CLOCK, Role
from portal.responses.models import WithdrawalReason
from tests.support import make, networked
from tests.support.paid import brought_in, table
from tests.support.statements import counted
from tests.support.visit import Visit, said


@dataclass
class Scene:
    council: int
    reference: str
    coordinator: int
    officer: int


@pytest.fixture
def scene(database: Database) -> Scene:
    """A council with circles, three contracts, an open challenge and one being written."""
    with database.writing() as session:
        council = make.authority(session, name="Evenholt City Council")
        networked.region(session, council)
        make.challenge(session, state="open", lead=council)
        make.challenge(session, state="articulation", lead=council)
        micro: dict[str, Any] = {"headcount": 4, "postcode": "ZZ1 1AA", "name": "Amberley Sensors Ltd"}
        social: dict[str, Any] = {
            "headcount": 30,
            "postcode": "ZZ2 1AA",
            "supplier_kind": SupplierKind.SOCIAL_ENTERPRISE,
        }
        unknown: dict[str, Any] = {"headcount": None}
        for number, firm in enumerate((micro, social, unknown)):
            _contract(session, council, 1_000_000 * (number + 1), **firm)
        return Scene(
            council.id,
            council.reference,
            make.person_as(session, Role.COORDINATOR).id,
            make.person_as(session, Role.PROCUREMENT_OFFICER, council).id,
        )


def _contract(session: Session, council: Organisation, pence: int, **firm: Any) -> Partnership:
    challenge = make.challenge(session, state="activated", lead=council)
    response = make.response(session, challenge, state="partner", organisation=make.supplier(session, **firm))
    made = Partnership(
        challenge_id=challenge.id,
        number=1,
        response_id=response.id,
        organisation_id=response.organisation_id,
        contract_reference=f"C-{challenge.id}",
        value_pence=pence,
        signed_on=date(2026, 9, 1),
        prepared_at=clock.now(),
        state="active",
        state_since=clock.now(),
    )
    session.add(made)
    session.flush()
    return made


def test_coordinators_see_stages_firms_and_where_the_money_goes(scene: Scene, visit: Visit) -> None:
    page = said(visit(scene.coordinator), "/network/insight")
    assert "Open for responses 1" in page
    assert "Partnership active 3" in page
    assert "Writing the brief" not in page
    assert "2026 3 0" in page
    assert "Micro firms (up to 10 people) 1 £10,000 16.7" in page
    assert "Social enterprises and charities 1 £20,000 33.3" in page
    assert "Where the money of Evenholt City Council goes" in page
    assert "Within: Own area £10,000 33.3" in page
    assert "Within: County or combined authority £30,000 100" in page
    assert "Place not known £30,000" in page
    assert "not to be added up" in page
    assert "Of the 50% of which the place is known" in page


def test_the_public_sees_no_names_and_each_table_is_a_file(scene: Scene, client: FlaskClient) -> None:
    page = said(client, "/insight")
    assert "Challenges by stage" in page
    assert "Amberley" not in page
    assert "Evenholt" not in page
    rows = client.get("/insight/kinds.csv").get_data(as_text=True).splitlines()
    assert rows[0].endswith("Firms,Contracts,Value,Per cent of the value")
    assert "Micro firms (up to 10 people),1" in rows[1]
    assert client.get("/insight/circles.csv").status_code == 404


def test_where_money_goes_is_for_coordinators(scene: Scene, visit: Visit, client: FlaskClient) -> None:
    path = f"/network/insight/{scene.reference}/circles.csv"
    assert "Within: Own area" in visit(scene.coordinator).get(path).get_data(as_text=True)
    assert visit(scene.officer).get(path).status_code == 403
    assert visit(scene.officer).get("/network/insight").status_code == 403
    assert visit(scene.coordinator).get("/network/insight?authority=nobody").status_code == 404


def test_coordinators_see_a_line_for_each_body(database: Database, scene: Scene, visit: Visit) -> None:
    with database.writing() as session:
        other = make.authority(session, name="Zeal Homes")
        _contract(session, other, 400_000, postcode="ZZ1 1AA")
    page = said(visit(scene.coordinator), "/network/insight")
    assert "Evenholt City Council 4 1 3 £60,000 16.7 33.3 3 3" in page
    assert "Zeal Homes 1 0 1 £4,000 100.0 0.0 1 1" in page
    assert "Evenholt City Council £60,000 33.3 100.0 100.0 100.0 0.0 £30,000" in page
    assert "Zeal Homes £4,000 – – – – – £4,000" in page
    rows = visit(scene.coordinator).get("/network/insight/bodies.csv").get_data(as_text=True).splitlines()
    assert rows[1].startswith("Evenholt City Council,4,1,3,")
    for path in ("bodies", "contracts", "payments"):
        assert visit(scene.coordinator).get(f"/network/insight/{path}.csv").status_code == 200
        assert visit(scene.officer).get(f"/network/insight/{path}.csv").status_code == 403
    assert visit(scene.coordinator).get("/network/insight/stages.csv").status_code == 404


def test_a_contract_with_a_firm_on_an_island_is_money_outside_the_united_kingdom(
    database: Database, scene: Scene, visit: Visit
) -> None:
    with database.writing() as session:
        _contract(session, session.get_one(Organisation, scene.council), 3_000_000, postcode="GY1 1AA")
    page = said(visit(scene.coordinator), "/network/insight")
    assert "Evenholt City Council £90,000 16.7 50.0 50.0 50.0 50.0 £30,000" in page
    assert "Outside the United Kingdom £30,000 50" in page


def test_payments_of_each_body_are_told_by_its_own_circles_as_a_range(
    app: Flask, database: Database, scene: Scene, visit: Visit
) -> None:
    with database.writing() as session:
        council = session.get_one(Organisation, scene.council)
        networked.tries(session, council, NetworkOption.IMPORT_REPLACEMENT)
        make.supplier(session, name="Ourselves Ltd", postcode="ZZ1 1AA")
    rows = [("03/05/2023", "Ourselves Ltd", "300", "Print"), ("03/05/2023", "Faraway plc", "700", "Print")]
    earlier = ("03/05/2021", "Faraway plc", "9,000", "Print")
    brought_in(app, visit(scene.officer), scene.reference, table(*rows, earlier))
    page = said(visit(scene.coordinator), "/network/insight")
    assert "Evenholt City Council 2023 to 2024 £1,000 30% to 100% 30% to 100% 30% to 100% 0% to 70% £700" in page
    with database.writing() as session:
        session.execute(delete(OptionTrial))
    assert "2023 to 2024" not in said(visit(scene.coordinator), "/network/insight")


def test_reasons_for_withdrawing_are_counted_and_small_counts_hidden(
    database: Database, scene: Scene, client: FlaskClient
) -> None:
    with database.writing() as session:
        council = session.get_one(Organisation, scene.council)
        over = make.challenge(session, state="no_solution", lead=council)
        still = make.challenge(session, state="open", lead=council)
        for where, reason, number in (
            (over, WithdrawalReason.NO_TIME, 6),
            (over, WithdrawalReason.NOT_READY, 2),
            (still, WithdrawalReason.TOO_MUCH, 9),
        ):
            for _ in range(number):
                make.response(session, where, state="withdrawn", end_reason=f"{reason.label}. Secret words")
    page = said(client, "/insight")
    assert "We do not have the time 6" in page
    assert "What we make is not ready yet fewer than 5" in page
    assert "All reasons together not told" in page
    assert "It asks for more than it is worth" not in page
    assert "Secret words" not in page


def test_stages_take_days_beside_those_that_were_promised(
    database: Database, scene: Scene, client: FlaskClient
) -> None:
    noon = clock.now().replace(hour=12)  # far from midnight, whatever the clocks did meanwhile
    with database.writing() as session:
        challenge = make.challenge(session, state="assessment", lead=session.get_one(Organisation, scene.council))
        for days, before, after in ((40, "articulation", "open"), (5, "open", "assessment")):
            journal.record(
                session,
                CLOCK,
                "showcase.move",
                ("showcase", challenge.id),
                challenge_id=challenge.id,
                at=noon - timedelta(days=days),
                before=before,
                after=after,
            )
    rows = client.get("/insight/times.csv").get_data(as_text=True).splitlines()
    assert rows[1].startswith("Open for responses,1,")
    assert rows[1].endswith(",35")


def test_the_number_of_queries_does_not_depend_on_the_rows(database: Database, scene: Scene, visit: Visit) -> None:
    client, path = visit(scene.coordinator), f"/network/insight?authority={scene.reference}"
    with counted() as few:
        said(client, path)
    with database.writing() as session:
        council = session.get_one(Organisation, scene.council)
        for number in range(6):
            make.authority(session)
            _contract(session, council, 500_000, headcount=number, postcode="ZZ3 1AA")
            make.challenge(session, state="open", lead=council)
    with counted() as many:
        said(client, path)
    assert len(many) == len(few)
    assert len(many) < 40


def test_a_body_without_circles_says_that_nothing_is_known(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        other = make.authority(session)
        _contract(session, other, 100_000, postcode="ZZ1 1AA")
        figure = by_circle(session, other)
        assert [line[0] for line in figure.rows] == ["Within: United Kingdom", "Place not known"]
        assert figure.rows[1][1] == "£1,000"
