"""Real challenges of other publishers come in as briefs, with an account of every field; and only once."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.challenges.models import Challenge
from portal.policy import Role
from tests.support import make
from tests.support.people import signed_in

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "challenges"
FILES = {"challenge_gov_open.json": 29, "uk_funding_challenges.jsonl": 182}


def imported(app: Flask, path: Path) -> str:
    result = app.test_cli_runner().invoke(args=["challenges", "import", str(path)])
    assert result.exit_code == 0, result.output
    return result.output


def count(app: Flask) -> int:
    with app.extensions["database"].reading() as session:
        return session.scalar(select(func.count()).select_from(Challenge)) or 0


@pytest.mark.parametrize("name", FILES)
@pytest.mark.skipif(not FOLDER.exists(), reason="The folder of real data is not beside the project.")
def test_every_real_record_becomes_a_brief_that_renders_and_a_second_import_changes_nothing(
    app: Flask, name: str
) -> None:
    with app.extensions["database"].writing() as session:
        owner = make.person_as(session, Role.CHALLENGE_OWNER, make.authority(session))
    said = imported(app, FOLDER / name)
    assert said.splitlines()[-1] == f"{FILES[name]} taken"
    assert count(app) == FILES[name]
    with app.extensions["database"].reading() as session:
        found = session.execute(select(Challenge.reference, Challenge.state, Challenge.import_note)).all()
    assert {state for _, state, _ in found} == {"articulation"}
    client = signed_in(app, owner)
    for reference, _, _ in found:
        page = client.get(f"/challenges/{reference}/brief/preview")
        assert page.status_code == 200, reference
        assert "<script>" not in page.text.replace("<script src", "")
    again = imported(app, FOLDER / name)
    assert again.splitlines()[-1] == f"{FILES[name]} known already"
    assert count(app) == FILES[name]


def record(**fields: object) -> dict[str, object]:
    return {"title": "Cleaner canals", "id": "a-1", "sponsor": "An agency", "summary": "Cleaner water."} | fields


def test_a_refused_record_does_not_stop_the_rest(app: Flask, tmp_path: Path) -> None:
    with app.extensions["database"].writing() as session:
        make.authority(session)
    file = tmp_path / "calls.jsonl"
    lines = [record(), record(id="a-2", title=""), ["not a record"], record(id="a-3", title="Warmer homes")]
    file.write_text("\n".join(json.dumps(line) for line in lines))
    said = imported(app, file)
    assert "2 taken" in said
    assert "2 refused" in said
    assert count(app) == 2


def test_a_file_that_is_no_list_of_challenges_is_refused_in_a_sentence(app: Flask, tmp_path: Path) -> None:
    with app.extensions["database"].writing() as session:
        make.authority(session)
    file = tmp_path / "cut.json"
    file.write_text('{"_challenge": [{"title": "Cut o')
    result = app.test_cli_runner().invoke(args=["challenges", "import", str(file)])
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert count(app) == 0
