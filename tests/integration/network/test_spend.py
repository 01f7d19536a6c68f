"""Payments files from the wizard to the pages: every row counted, nothing run, nobody's person kept."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select

from portal.challenges.models import Challenge
from portal.db import Database
from portal.network.options import NetworkOption, OptionTrial, Verdict
from portal.network.options.services import judge
from portal.network.spend import taking_in
from portal.network.spend.models import LeftOutRow, Match, Payee, Payment, SpendFile, SpendSum, Standing
from portal.network.spend.taking_in import read_on
from portal.organisations.models import Organisation
from portal.outbox.messages import worded
from portal.outbox.models import OutboxMessage
from portal.policy import CLOCK, Role
from portal.web.uploads import file_store
from tests.support import make, networked
from tests.support.page import Page
from tests.support.paid import HEAD, accept, brought_in, file_of, offered, read_all, send, table
from tests.support.people import signed_in
from tests.support.statements import counted
from tests.support.visit import said

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "spend"
real = pytest.mark.skipif(not DATA.exists(), reason="The folder of real data is not beside the project.")
REAL = ("manchester_2022-05.csv", "calderdale_2022-08.csv", "oxford_raw_oct-dec-2017.csv")
ROWS = (
    ("03/05/2022", "Alderford Data Ltd", "1,000.00", "Software repairs"),
    ("04/05/2022", "Thornmere Roofs and Walls", "£500.50", "Roof repairs"),
    ("05/05/2023", "Faraway plc", "2000", "Roof repairs"),
    ("06/05/2022", "Faraway plc", "-100", "Roof repairs"),
    ("07/05/2022", "Mrs Jaya Shah", "70", "Roof repairs"),
    ("08/05/2022", "REDACTED", "30", "Roof repairs"),
    ("x", "Faraway plc", "5", "Roof repairs"),
    ("09/05/2022", "Faraway plc", "N/A", "Roof repairs"),
)


@pytest.fixture
def authority(database: Database) -> Organisation:
    with database.writing() as session:
        made = make.authority(session)
        session.flush()
        networked.tries(session, made, NetworkOption.IMPORT_REPLACEMENT)
        make.supplier(session, name="Alderford Data Ltd", summary="Software for councils")
        make.supplier(session, name="Thornmere Roofs Group", summary="We repair roofs")
        return made


@pytest.fixture
def owner(app: Flask, database: Database, authority: Organisation) -> FlaskClient:
    with database.writing() as session:
        person = make.person_as(session, Role.CHALLENGE_OWNER, authority)
    return signed_in(app, person)


@pytest.fixture
def base(authority: Organisation) -> str:
    return f"/organisations/{authority.reference}/spend"


def total_of(name: str) -> int:
    """What a real file comes to, worked out apart."""
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    column = "Net Amount" if "Net Amount" in rows[0] else "Amount"
    return sum(round(float(row[column]) * 100) for row in rows)


@real
@pytest.mark.parametrize("name", REAL)
def test_a_real_file_comes_in_through_the_wizard_with_every_row_counted(
    app: Flask, database: Database, owner: FlaskClient, authority: Organisation, base: str, name: str
) -> None:
    page = brought_in(app, owner, authority.reference, (DATA / name).read_bytes(), name)
    shown = said(owner, page)
    assert "Each of its 800 rows is counted here" in shown
    file = file_of(database)
    assert file.standing is Standing.READ
    assert (file.rows, file.total_pence) == (800, total_of(name))
    with database.reading() as session:
        taken = session.execute(select(func.count(), func.sum(Payment.pence))).one()
        left = session.execute(select(func.count(), func.coalesce(func.sum(LeftOutRow.pence), 0))).one()
        summed = session.execute(select(func.sum(SpendSum.payments), func.sum(SpendSum.pence))).one()
        payees = session.scalars(select(Payee.name)).all()
    assert taken[0] + left[0] == 800
    assert (taken[1] or 0) + (left[1] or 0) == file.total_pence
    assert tuple(summed) == (taken[0], taken[1]) == (file.taken, file.taken_pence)
    titles = ("mr ", "mrs ", "ms ", "miss ")
    assert not [each for each in payees if "redacted" in each.lower() or each.lower().startswith(titles)]
    assert "Where money goes" in said(owner, base)
    again = send(owner, authority.reference, (DATA / name).read_bytes(), "again.csv")
    assert again.status_code == 422
    assert "This very file was sent before" in again.text


def test_every_reason_is_counted_and_both_years_are_shown(
    app: Flask, database: Database, owner: FlaskClient, authority: Organisation, base: str
) -> None:
    page = brought_in(app, owner, authority.reference, table(*ROWS))
    shown = said(owner, page)
    for words in ("A person was paid", "The name was withheld", "Its day cannot be read", "Its amount cannot be read"):
        assert words in shown
    assert "Row 5: a person was paid" in shown
    assert "Jaya" not in shown
    file = file_of(database)
    assert (file.rows, file.taken, file.taken_pence, file.total_pence) == (8, 4, 340_050, 350_550)
    overview = said(owner, base)
    assert "2022 to 2023" in overview
    assert "2023 to 2024" in overview
    assert "Roof repairs" in overview


def test_the_columns_are_remembered_for_the_next_file(
    app: Flask, owner: FlaskClient, authority: Organisation, base: str
) -> None:
    head = ("When", "Date", "Whom", "Supplier Name", "Net Amount", "Expense type")
    first = send(owner, authority.reference, table(("03/05/2022", "", "Aye Ltd", "", "5", "x"), head=head))
    guess = owner.get(first.location)
    assert "We have guessed" in guess.text
    chosen = offered(guess.text) | {"date": "0", "payee": "2", "vat": "inclusive"}
    assert owner.post(first.location, data=chosen).status_code == 302
    second = send(owner, authority.reference, table(("04/05/2022", "", "Bee Ltd", "", "5", "x"), head=head))
    known = owner.get(second.location)
    assert "the columns you chose last time" in known.text
    assert {"date": "0", "payee": "2", "vat": "inclusive"}.items() <= offered(known.text).items()


def test_what_is_missing_is_said_and_what_was_chosen_is_kept(owner: FlaskClient, authority: Organisation) -> None:
    path = send(owner, authority.reference, table(*ROWS)).location
    chosen = offered(owner.get(path).text)
    for wrong, words in (
        ({"payee": ""}, "Choose the column that holds: who was paid."),
        ({"payee": chosen["date"]}, "One column was chosen for two things."),
        ({"payee": "99"}, "Not a valid choice"),
    ):
        answer = owner.post(path, data=chosen | wrong)
        assert answer.status_code == 422
        assert words in answer.text
        assert Page(answer.text).faults() == []
    assert owner.post(path, data=chosen | {"version": "99"}).status_code == 409


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "payments.csv", "The file is empty."),
        (b"a,b\n1,2\n", "payments.csv", "No row of this file names its columns"),
        (table(*ROWS).decode().encode("utf-16"), "payments.csv", "Save it as UTF-8"),
        (b"%PDF-1.7 ...", "payments.pdf", "Payments files are CSV files"),
        (b"PK\x03\x04", "payments.csv", "The file is named .csv, but"),
        (b"x", "payments.exe", "is a program"),
    ],
)
def test_what_is_no_payments_file_is_refused_in_words(
    owner: FlaskClient, authority: Organisation, content: bytes, name: str, words: str
) -> None:
    answer = send(owner, authority.reference, content, name)
    assert answer.status_code == 422
    assert words in answer.text
    assert Page(answer.text).faults() == []


EVIL = "<script>alert(1)</script>"


def test_formulas_scripts_and_broken_letters_are_inert_and_the_spreadsheet_opens_clean(
    app: Flask, owner: FlaskClient, authority: Organisation, base: str
) -> None:
    formula = "=HYPERLINK(''http://evil.example'')"
    rows = (("03/05/2022", f"{EVIL} Ltd", "10", formula), ("03/05/2022", "CafÃ© Ltd", "10", EVIL))
    page = brought_in(app, owner, authority.reference, table(*rows), "=cmd.csv")
    for path in (page, base, f"{base}/names"):
        text = owner.get(path).text
        assert EVIL not in text
        assert Page(text).faults() == []
    detail = owner.get(f"{base}/category", query_string={"year": 2022, "name": EVIL})
    assert EVIL not in detail.text
    assert "Café Ltd" in detail.text
    answer = owner.get(f"{base}.xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.value for cell in cells} >= {formula, EVIL}
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_names_in_doubt_are_judged_by_a_person_and_the_range_narrows(
    app: Flask, database: Database, owner: FlaskClient, authority: Organisation, base: str
) -> None:
    brought_in(app, owner, authority.reference, table(*ROWS))
    with database.reading() as session:
        matched = {each.name: each.matched for each in session.scalars(select(Payee))}
        doubtful = session.scalars(select(Payee.id).where(Payee.matched == Match.DOUBTFUL)).one()
    assert matched == {
        "Alderford Data Ltd": Match.SURE,
        "Thornmere Roofs and Walls": Match.DOUBTFUL,
        "Faraway plc": Match.NONE,
    }
    category = f"{base}/category?year=2022&name=Roof+repairs"
    assert "£0 to £400" in said(owner, category)
    assert "Thornmere Roofs and Walls in the payments" in said(owner, f"{base}/names")
    assert owner.post(f"{base}/names/{doubtful}", data={"is": "firm"}).status_code == 302
    assert "No name is in doubt" in said(owner, f"{base}/names")
    after = said(owner, category)
    assert "To firms here £500" in after
    assert owner.post(f"{base}/names/{doubtful + 999}", data={"is": "firm"}).status_code == 404


def test_from_a_category_straight_to_a_draft_challenge(
    app: Flask, database: Database, owner: FlaskClient, authority: Organisation, base: str
) -> None:
    brought_in(app, owner, authority.reference, table(*ROWS))
    assert "A paragraph for a business case" in said(owner, f"{base}/category?year=2023&name=Roof+repairs")
    answer = owner.post(f"{base}/challenge", data={"year": "2023", "name": "Roof repairs"})
    assert answer.status_code == 302
    with database.reading() as session:
        challenge = session.scalars(select(Challenge)).one()
    assert challenge.title == "Buying closer to home: Roof repairs"
    assert "£2,000" in challenge.summary
    for wrong in ({"year": "2023", "name": "Nothing"}, {"year": "x", "name": "Roof repairs"}, {}):
        assert owner.post(f"{base}/challenge", data=wrong).status_code == 409


def test_a_reading_that_was_cut_off_goes_on_after_the_last_row_written(
    app: Flask, database: Database, owner: FlaskClient, authority: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "STRETCH", 3)
    page = accept(owner, send(owner, authority.reference, table(*ROWS)).location)
    assert "It will be read in a moment" in said(owner, page)
    with app.app_context():
        assert read_on(database, file_store())
    assert "3 rows so far" in said(owner, page)
    assert owner.post(f"{page}/remove").status_code == 409
    monkeypatch.setattr(taking_in, "keep", _dies)
    with app.app_context(), pytest.raises(RuntimeError):
        read_on(database, file_store())
    monkeypatch.undo()
    with database.writing() as session:
        session.scalars(select(SpendFile)).one().leased_until = None
    read_all(app)
    assert (file_of(database).rows, file_of(database).taken) == (8, 4)
    with database.reading() as session:
        told = session.scalars(select(OutboxMessage.kind)).all()
    assert told.count("spend.read") == 1


def _dies(*_given: Any) -> None:
    raise RuntimeError("the power is gone")


def test_a_file_whose_content_was_swept_says_so(
    app: Flask, database: Database, owner: FlaskClient, authority: Organisation
) -> None:
    path = send(owner, authority.reference, table(*ROWS)).location
    with app.app_context():
        file_store().delete(file_of(database).digest)
    gone = owner.get(path)
    assert gone.status_code == 410
    assert "Send it again" in gone.text
    assert send(owner, authority.reference, table(*ROWS[:2])).status_code == 302


def test_a_file_can_be_taken_out_and_sent_again(
    app: Flask, database: Database, owner: FlaskClient, authority: Organisation, base: str
) -> None:
    page = brought_in(app, owner, authority.reference, table(*ROWS))
    assert owner.post(f"{page}/remove").status_code == 302
    assert "No payments have been read yet" in said(owner, base)
    brought_in(app, owner, authority.reference, table(*ROWS))
    assert "Roof repairs" in said(owner, base)


def test_another_authority_sees_nothing_and_a_budget_holder_writes_nothing(
    app: Flask, database: Database, owner: FlaskClient, authority: Organisation, base: str
) -> None:
    page = brought_in(app, owner, authority.reference, table(*ROWS))
    with database.writing() as session:
        people = (
            make.person_as(session, Role.CHALLENGE_OWNER, make.authority(session)),
            make.person_as(session, Role.BUDGET_HOLDER, authority),
        )
    stranger, budget = (signed_in(app, each) for each in people)
    for path in (base, page, f"{base}/names", f"{base}.xlsx", f"{base}/send"):
        assert stranger.get(path).status_code == 404
    assert budget.get(base).status_code == 200
    assert "Send a payments file" not in budget.get(base).text
    assert budget.get(f"{base}/send").status_code == 403
    assert budget.post(f"{page}/remove").status_code == 403


def test_a_page_asks_the_same_whatever_the_number_of_rows(
    app: Flask, database: Database, owner: FlaskClient, authority: Organisation, base: str
) -> None:
    brought_in(app, owner, authority.reference, table(*ROWS))
    owner.get(base)
    with counted() as few:
        owner.get(base)
    rows = [("03/05/2022", f"Firm number {n} Ltd", str(n), f"Category {n % 40}") for n in range(1, 400)]
    brought_in(app, owner, authority.reference, table(*rows, head=HEAD), "many.csv")
    with counted() as lots:
        owner.get(base)
    assert len(few) == len(lots)


def test_switched_off_it_is_gone_from_pages_and_mails(
    app: Flask, database: Database, owner: FlaskClient, authority: Organisation, base: str
) -> None:
    content = table(*ROWS)
    page = brought_in(app, owner, authority.reference, content)
    assert owner.get(base).status_code == 200
    with database.writing() as session:
        judged = {"result": "Nobody looked at it.", "verdict": Verdict.STOP}
        switched = session.scalars(select(OptionTrial)).one()
        judge(session, CLOCK, session.merge(authority), switched.option, switched.version, **judged)
    for path in (base, page, f"{base}/names"):
        assert owner.get(path).status_code == 404
    assert send(owner, authority.reference, content).status_code == 404
    with database.reading() as session:
        assert worded(session, "spend.read", {"file": page.rsplit("/", 1)[1]}) is None
