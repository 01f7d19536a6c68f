"""The evaluation report: for who may, only once scores are opened, and with every score, reason and change."""

from io import BytesIO
from threading import Barrier, Thread
from zipfile import ZipFile

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from portal.assessment import services
from portal.assessment.models import Assignment, Moderation
from portal.assessment.queries import opened_standing
from portal.challenges.models import Lot
from portal.db import Database
from portal.documents import pdfs_are_made
from portal.machine import MoveRefused, NotNow
from tests.support.assessed import Scene, scene
from tests.support.page import Page
from tests.support.people import signed_in
from tests.support.required import is_missing


@pytest.fixture
def apart(app: Flask, database: Database) -> Scene:
    """Every sheet is locked, and the panel lies far apart on the first response's fit."""
    made = scene(database)
    made.seat()
    for assessor in range(3):
        made.mark(assessor, 0, 5 if assessor == 0 else 1, 4)
        made.mark(assessor, 1, 3, 3)
        made.mark(assessor, 2, 1, 2)
    return made


def base(made: Scene) -> str:
    return f"/challenges/{made.reference}/assessment"


def test_there_is_no_report_before_the_scores_are_open_and_none_for_an_assessor(app: Flask, apart: Scene) -> None:
    officer = signed_in(app, apart.officer)
    for ending in ("pdf", "xlsx"):
        assert officer.get(f"{base(apart)}/report.{ending}").status_code == 409
    apart.open_scores()
    for person in (apart.assessors[0], apart.owner, apart.firms[0]):
        assert signed_in(app, person).get(f"{base(apart)}/report.xlsx").status_code in {403, 404}


def test_the_tables_say_who_scored_what_and_what_was_agreed(app: Flask, apart: Scene) -> None:
    apart.open_scores()
    agree(apart, 2, "=They looked again.")
    agree(apart, 3, "Once more.")
    answer = signed_in(app, apart.officer).get(f"{base(apart)}/report.xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=evaluation-")
    with ZipFile(BytesIO(answer.data)) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
        formulas = [name for name in book.namelist() if "worksheets" in name and b"<f>" in book.read(name)]
    for said in ("They looked again.", "Once more.", "Ash Buses", apart.assessors[1].name, "Sheet locked"):
        assert said in texts
    assert "All scores opened together" in texts
    assert "Lot" not in texts
    assert formulas == []


def test_the_ranking_names_the_lots_only_where_there_are_several(app: Flask, database: Database) -> None:
    made = scene(database)
    with database.writing() as session:
        session.add(Lot(round_id=made.inside(session).round.id, number=2, title="Rural routes"))
    made.seat()
    for assessor in range(3):
        for response in range(3):
            made.mark(assessor, response, 3, 3)
    made.open_scores()
    answer = signed_in(app, made.officer).get(f"{base(made)}/report.xlsx")
    with ZipFile(BytesIO(answer.data)) as book:
        assert "<t>Lot</t>" in book.read("xl/sharedStrings.xml").decode()


def test_the_document_says_the_same(app: Flask, apart: Scene) -> None:
    if not pdfs_are_made():
        is_missing("pdf", "Pango is not installed (on Debian: apt install libpangoft2-1.0-0).")
    apart.open_scores()
    agree(apart, 2, "They looked again.")
    answer = signed_in(app, apart.officer).get(f"{base(apart)}/report.pdf")
    assert answer.status_code == 200
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert "Lot" not in text
    for said in ("Evaluation report", "They looked again.", "1, 1, 5", "Sheet locked"):
        assert said in " ".join(text.split()).replace("5, 1, 1", "1, 1, 5").replace("1, 5, 1", "1, 1, 5")


def test_the_ranking_tells_whether_other_weights_would_change_the_order(app: Flask, apart: Scene) -> None:
    apart.open_scores()
    agree(apart, 2, "They looked again.")
    shown = signed_in(app, apart.officer).get(f"{base(apart)}/ranking").text
    Page(shown)
    assert "Would the order change with other weights?" in shown
    assert "The same order" in shown
    assert "report.xlsx" in shown


def test_the_panel_meets_or_a_sheet_is_locked_but_never_on_scores_that_changed(app: Flask, database: Database) -> None:
    """Two assessors lock while the scores are opened: opening sees all of them locked, or is refused."""
    made = scene(database)
    made.seat()
    for assessor in range(3):
        for response in range(3):
            made.mark(assessor, response, 4 if assessor else 1, 4, lock=(assessor, response) not in {(0, 0), (1, 0)})
    barrier, ends = Barrier(3), []

    def act(who: int | None) -> None:
        try:
            with database.writing() as session:
                officer, inside = made.actor(session, made.officer), made.inside(session)
                actor = officer if who is None else made.actor(session, made.assessors[who])
                sheet = None if who is None else made.sheet(session, who, 0)
                if database.dialect == "postgresql":
                    barrier.wait(5)
                if sheet is None:
                    services.open_scores(session, officer, inside)
                else:
                    services.lock(session, actor, sheet)
            ends.append("open" if who is None else "locked")
        except (MoveRefused, NotNow):
            ends.append("refused")

    threads = [Thread(target=act, args=(who,)) for who in (None, 0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends.count("locked") == 2
    with database.reading() as session:
        assert set(session.scalars(select(Assignment.state))) == {"locked"}
        officer, inside = made.actor(session, made.officer), made.inside(session)
        if "open" not in ends:
            with pytest.raises(NotNow):
                opened_standing(session, officer, inside)
        else:
            assert all(len(each.sheets) == 3 for each in opened_standing(session, officer, inside).judged)
        assert session.scalars(select(Moderation)).all() == []


def agree(made: Scene, after: int, reason: str) -> None:
    """The panel meets on the first response's fit."""
    with made.database.writing() as session:
        officer, inside, response = made.actor(session, made.officer), made.inside(session), made.response(session, 0)
        judged = opened_standing(session, officer, inside).of(response.id)
        assert judged is not None
        point = judged.points[0]
        seen = services.what_was_seen(session, response.id, point.criterion.id, point.values)
        services.moderate(session, officer, inside, response, point.criterion, services.Meeting(after, reason, seen))
