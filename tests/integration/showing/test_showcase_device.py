"""Scores as a phone sends them: once each, the newest, and none for a locked sheet; and guests who never score."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import Database
from portal.showcases import queries, services
from portal.showcases.given import Change, Mark, Receipt
from portal.showcases.models import GuestFeedback, PanelChange, PanelScore, PanelSeat
from tests.integration.showing.conftest import Scene, appearances
from tests.integration.showing.staged import event_of, score, seat, showing
from tests.support.people import signed_in


def mine(session: Session, scene: Scene) -> PanelSeat:
    found = queries.own_seat(session, scene.actor(session, "judge1"), event_of(session, scene).reference)
    assert found is not None
    return found


def change(session: Session, scene: Scene, key: str, value: int, sequence: int = 1) -> Change:
    """A change of the first firm's first mark."""
    criterion = queries.criteria_of(session, scene.challenge(session))[0].id
    return Change(key, appearances(session, scene)[0].id, criterion, sequence, value, f"From {key}.")


def send(session: Session, scene: Scene, *changes: Change) -> list[Receipt]:
    return services.take_changes(session, scene.actor(session, "judge1"), mine(session, scene), changes)


def kept(session: Session) -> list[int]:
    return [each.score for each in session.scalars(select(PanelScore))]


def test_a_change_sent_twice_is_kept_once_and_answered_alike(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        seat(session, scene, "judge1")
        first = change(session, scene, "a", 3)
        assert [each.outcome for each in send(session, scene, first)] == ["taken"]
        assert [each.outcome for each in send(session, scene, first, first)] == ["taken", "taken"]
        assert len(session.scalars(select(PanelChange)).all()) == 1
        assert kept(session) == [3]


def test_the_newer_counts_whichever_comes_first(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        seat(session, scene, "judge1")
        newer, older = change(session, scene, "b", 4, 2), change(session, scene, "a", 1)
        assert [each.outcome for each in send(session, scene, newer)] == ["taken"]
        assert [each.outcome for each in send(session, scene, older)] == ["older"]
        assert kept(session) == [4]


def test_the_plain_page_counts_as_well(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        sheet = seat(session, scene, "judge1")
        send(session, scene, change(session, scene, "a", 1))
        shown = appearances(session, scene)[0]
        mark = Mark(change(session, scene, "x", 0).criterion_id, 5, "By hand.")
        services.save_scores(session, scene.actor(session, "judge1"), sheet, sheet.version, shown, [mark])
        session.flush()
        assert [each.outcome for each in send(session, scene, change(session, scene, "b", 2, 2))] == ["older"]
        assert kept(session) == [5]


def test_a_locked_sheet_takes_nothing_more_yet_confirms_what_it_took(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        early = change(session, scene, "early", 2)
        seat(session, scene, "judge1")
        send(session, scene, early)
        score_rest(session, scene)
        before = kept(session)
        receipts = {each.key: each for each in send(session, scene, early, change(session, scene, "late", 5, 99))}
        assert receipts["early"].outcome == "taken"
        assert receipts["late"].outcome == "refused"
        assert "locked your scores" in receipts["late"].words
        assert kept(session) == before
        assert session.scalars(select(PanelChange).where(PanelChange.key == "late")).first() is None


def score_rest(session: Session, scene: Scene) -> None:
    """Score everything with 2 and lock."""
    sheet, judge = mine(session, scene), scene.actor(session, "judge1")
    for appearance in appearances(session, scene):
        marks = [Mark(each.id, 2, "Fair.") for each in queries.criteria_of(session, scene.challenge(session))]
        services.save_scores(session, judge, sheet, sheet.version, appearance, marks)
        session.flush()
    services.lock_scores(session, judge, sheet, sheet.version)
    session.flush()


def at_once(*acts: Callable[[], Any]) -> None:
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        act()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_devices_at_once_agree_on_one_score(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        seat(session, scene, "judge1")
        changes = [change(session, scene, key, value) for key, value in (("phone", 1), ("tablet", 5))]
    outcomes: list[str] = []

    def device(each: Change) -> Callable[[], None]:
        def sends() -> None:
            with database.writing() as session:
                outcomes.extend(receipt.outcome for receipt in send(session, scene, each))

        return sends

    at_once(device(changes[0]), device(changes[1]), device(changes[0]))
    assert sorted(outcomes) in (["older", "taken", "taken"], ["older", "older", "taken"])
    with database.reading() as session:
        taken = [each.key for each in session.scalars(select(PanelChange)) if each.taken]
        assert len(taken) == 1
        assert kept(session) == [{"phone": 1, "tablet": 5}[taken[0]]]


def test_a_score_that_meets_the_lock_is_in_time_or_leaves_no_trace(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        sheet = score(session, scene, "judge1", (2, 2), lock=False)
        late, version = change(session, scene, "late", 5, 9), sheet.version
    outcomes: list[str] = []
    locked: list[bool] = []

    def sends() -> None:
        with database.writing() as session:
            outcomes.extend(each.outcome for each in send(session, scene, late))

    def locks() -> None:
        try:
            with database.writing() as session:
                services.lock_scores(session, scene.actor(session, "judge1"), mine(session, scene), version)
            locked.append(True)
        except Exception:  # a stale version: the score came first, and the person sees it before locking
            locked.append(False)

    at_once(sends, locks)
    with database.reading() as session:
        changed = 5 in kept(session)
        assert (outcomes == ["taken"]) is changed
        assert locked == [not changed]
        assert (mine(session, scene).locked_at is not None) is not changed


def test_what_guests_say_moves_no_ranking(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        event, guest = event_of(session, scene), scene.actor(session, "guest")
        for who in ("judge1", "judge2"):
            score(session, scene, who, (3, 4))
        before = queries.results_of(session, event)
        for appearance in appearances(session, scene):
            services.give_feedback(session, guest, event, appearance, text="The best of all.", wants_to_talk=True)
        assert queries.results_of(session, event) == before
        assert before is not None
        assert not any("best of all" in str(result) for result in before)
    assert not {"score", "criterion_id", "seat_id"} & set(GuestFeedback.__table__.columns.keys())


def test_the_phone_reads_and_sends_through_its_addresses(app: Any, database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        seat(session, scene, "judge1")
        place = f"/showcase/{event_of(session, scene).reference}/score"
        first = change(session, scene, "a", 3)
    client: Any = signed_in(app, scene.people["judge1"])
    sent = {
        "key": first.key,
        "appearance": first.appearance_id,
        "criterion": first.criterion_id,
        "sequence": 1,
        "score": 3,
        "comment": " Heard it. ",
    }
    answer = client.post(f"{place}/changes", json={"changes": [sent]})
    assert [each["outcome"] for each in answer.json["receipts"]] == ["taken"]
    state = client.get(f"{place}/state").json
    assert [(each["score"], each["comment"], each["sequence"]) for each in state["marks"]] == [(3, "Heard it.", 1)]
    assert state["locked"] is False
    unknown = client.post(f"{place}/changes", json={"changes": [sent | {"key": "b", "score": 11}]})
    assert unknown.json["receipts"][0]["outcome"] == "refused"
    wrongs: tuple[Any, ...] = (
        None,
        [],
        {"changes": 1},
        {"changes": [sent | {"score": "3"}]},
        {"changes": [sent | {"key": ""}]},
    )
    for wrong in wrongs:
        assert client.post(f"{place}/changes", json=wrong).status_code == 400
    stranger = signed_in(app, scene.people["judge2"])
    assert stranger.get(f"{place}/state").status_code == 404
    assert stranger.post(f"{place}/changes", json={"changes": [sent]}).status_code == 404
