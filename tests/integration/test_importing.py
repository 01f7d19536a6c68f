"""Real challenges of other publishers come in as briefs, with an account of every field; and only once."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.challenges.models import Challenge, OfficialNotice
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


OFFICIAL = FOLDER.parent / "ocds"
PACKAGES = {"contracts_finder_30_releases.json": 30, "find-a-tender/037689-2026_ocds.json": 1}


@pytest.mark.parametrize("name", PACKAGES)
@pytest.mark.skipif(not OFFICIAL.exists(), reason="The folder of real data is not beside the project.")
def test_every_real_official_notice_starts_a_challenge_once(app: Flask, name: str) -> None:
    with app.extensions["database"].writing() as session:
        owner = make.person_as(session, Role.CHALLENGE_OWNER, make.authority(session))
    assert imported(app, OFFICIAL / name).splitlines()[-1] == f"{PACKAGES[name]} taken"
    with app.extensions["database"].reading() as session:
        references = session.scalars(select(Challenge.reference)).all()
        linked = session.scalars(select(OfficialNotice)).all()
    assert len(references) == len({each.challenge_id for each in linked}) == PACKAGES[name]
    assert all(each.ocid.startswith("ocds-") for each in linked)
    client = signed_in(app, owner)
    for reference in references[:3]:
        page = client.get(f"/challenges/{reference}/notices")
        assert page.status_code == 200
        assert "On official platforms" in page.text
    assert imported(app, OFFICIAL / name).splitlines()[-1] == f"{PACKAGES[name]} known already"
    assert count(app) == PACKAGES[name]


def official_release(number: str, **fields: object) -> dict[str, object]:
    release = {"ocid": "ocds-h6vhtk-00aa11", "id": number, "date": "2026-05-05T09:30:00Z", "tag": ["tender"]}
    documents = [{"id": number, "documentType": "tenderNotice", "noticeType": "UK4", "description": "Tender notice"}]
    tender = {"id": "T1", "title": "<b>Cooler</b> rooms", "documents": documents}
    return {**release, "initiationType": "tender", "tender": tender} | fields


def linked(app: Flask) -> list[tuple[str, str]]:
    with app.extensions["database"].reading() as session:
        return [
            (each.ocid, each.number) for each in session.scalars(select(OfficialNotice).order_by(OfficialNotice.id))
        ]


def test_official_notices_are_linked_to_a_challenge_that_is_here(app: Flask, tmp_path: Path) -> None:
    with app.extensions["database"].writing() as session:
        challenge = make.challenge(session, state="open")
    file = tmp_path / "package.json"
    file.write_text(json.dumps({"releases": [official_release("012345-2026"), official_release("012346-2026")]}))
    run = app.test_cli_runner().invoke
    arguments = ["challenges", "import", str(file), "--challenge", challenge.reference]
    assert run(args=arguments).output.splitlines()[-1] == "1 linked"
    assert linked(app) == [("ocds-h6vhtk-00aa11", "012345-2026"), ("ocds-h6vhtk-00aa11", "012346-2026")]
    assert run(args=arguments).output.splitlines()[-1] == "1 known already"
    assert count(app) == 1
    page = app.test_client().get(f"/challenges/{challenge.reference}").text
    assert "https://www.find-tender.service.gov.uk/Notice/012345-2026" in page
    assert "ocds-h6vhtk-00aa11" in page
    record = app.test_client().get(f"/open-data/records/local-portal-{challenge.reference}.json").json
    assert record is not None
    (related,) = record["records"][0]["compiledRelease"]["relatedProcesses"]
    assert (related["scheme"], related["identifier"]) == ("ocid", "ocds-h6vhtk-00aa11")


def test_a_later_notice_of_a_known_process_is_linked_and_the_brief_left_alone(app: Flask, tmp_path: Path) -> None:
    with app.extensions["database"].writing() as session:
        make.authority(session)
    file = tmp_path / "package.json"
    file.write_text(json.dumps({"releases": [official_release("012345-2026")]}))
    assert "1 taken" in imported(app, file)
    later = official_release("012377-2026", date="2026-05-09T09:30:00Z", tag=["tenderUpdate"])
    file.write_text(json.dumps({"releases": [later]}))
    assert "1 linked" in imported(app, file)
    assert [number for _, number in linked(app)] == ["012345-2026", "012377-2026"]
    assert count(app) == 1


def test_what_is_no_notice_is_not_linked_and_what_is_not_here_is_said(app: Flask, tmp_path: Path) -> None:
    with app.extensions["database"].writing() as session:
        challenge = make.challenge(session, state="open")
    file = tmp_path / "calls.jsonl"
    file.write_text(json.dumps(record()))
    run = app.test_cli_runner().invoke
    said = run(args=["challenges", "import", str(file), "--challenge", challenge.reference]).output
    assert "It is no official notice, so it cannot be linked." in said
    assert "There is no challenge XX-1" in run(args=["challenges", "import", str(file), "--challenge", "XX-1"]).output
    assert linked(app) == []
