"""The panel's page on a phone, in a room where the signal comes and goes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portal.db import Database, guard_state
from portal.showcases import queries, services
from portal.showcases.given import Mark
from portal.showcases.models import PanelChange, PanelScore
from tests.integration.showing.conftest import Scene, appearances, build, event_in, make_ready, with_plans
from tests.integration.showing.staged import event_of, seat
from tests.support.people import signed_in

PHONE = {"viewport": {"width": 375, "height": 740}, "is_mobile": True, "has_touch": True}


LOSE_THE_FIRST_ANSWER = """() => {
  const real = window.fetch
  let lost = false
  window.fetch = async (...asked) => {
    const answer = await real(...asked)
    if (lost || !String(asked[0]).endsWith('/changes')) return answer
    lost = true
    await answer.text()
    throw new TypeError('Failed to fetch')
  }
}"""


@dataclass
class Phone:
    """A panel member's phone, signed in, and where its page is."""

    page: Page
    scene: Scene
    address: str
    seat_id: int

    def opens(self, firm: str) -> None:
        self.page.get_by_role("link", name=firm, exact=True).click()
        expect(self.page.get_by_role("heading", level=2, name=firm)).to_be_focused()

    def marks(self, *scores: int, why: str = "") -> None:
        for mark, score in zip(self.page.locator("[data-mark]:visible").all(), scores, strict=False):
            mark.get_by_role("radio", name=str(score), exact=True).check()
            if why:
                mark.get_by_role("textbox").fill(why)

    def says(self, *words: str) -> None:
        for each in words:
            expect(self.page.get_by_role("status")).to_contain_text(each)

    def goes_back(self) -> None:
        self.page.get_by_role("button", name="All firms").locator("visible=true").click()

    def may_go_under_ground(self) -> None:
        """Wait until the page is kept on the device."""
        ready = "path => caches.match(path).then(page => Boolean(page && navigator.serviceWorker.controller))"
        for _ in range(100):
            if self.page.evaluate(ready, self.address):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("The page was never kept on this device.")

    @property
    def kept(self) -> int:
        """How many entries of the panel's page this device holds."""
        found: int = self.page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('panel:')).length")
        return found


@pytest.fixture
def phone(app: Flask, database: Database, visitor: Callable[..., Page], live_server: str) -> Iterator[Phone]:
    """The event began a few minutes ago, and the first judge has declared."""
    with database.writing() as session:
        scene = build(session)
        with_plans(session, scene)
        make_ready(session, scene)
        reference = event_in(session, scene, days=-0.003).reference
        with guard_state():
            scene.challenge(session).state = "showcase"
        session.flush()
        seat_id = seat(session, scene, "judge1").id
    page = visitor(**PHONE)
    cookie = signed_in(app, scene.people["judge1"]).get_cookie("portal")
    assert cookie is not None
    page.context.add_cookies([{"name": "portal", "value": cookie.value, "url": live_server}])
    yield Phone(page, scene, f"/showcase/{reference}/score", seat_id)
    page.wait_for_load_state("networkidle")  # what the page still asks for in the background is answered first


def scores_of(database: Database, phone: Phone) -> list[tuple[int, str]]:
    with database.reading() as session:
        found = session.scalars(select(PanelScore).where(PanelScore.seat_id == phone.seat_id).order_by(PanelScore.id))
        return [(each.score, each.comment) for each in found]


def test_who_is_on_a_clock_and_thumbs(phone: Phone, database: Database, axe: Callable[[Page], list[str]]) -> None:
    page = phone.page
    page.goto(phone.address)
    expect(page.get_by_text("On now: Arbor Ltd")).to_be_visible()
    expect(page.get_by_role("timer")).to_contain_text("left")
    expect(page.get_by_text("Next: Bramble & Co at")).to_be_visible()
    assert axe(page) == []
    phone.opens("Arbor Ltd")
    phone.marks(4, 3, why="It spoke.")
    phone.says("Saved")
    assert axe(page) == []
    tiles = page.locator("[data-mark]:visible .govuk-radios__label, .app-firm__moves:visible a").all()
    sizes = [box for tile in tiles if (box := tile.bounding_box())]
    assert min(min(box["width"], box["height"]) for box in sizes) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert {score for score, _ in scores_of(database, phone)} <= {4, 3}
    phone.goes_back()
    expect(page.get_by_text("What is left before you can lock")).to_be_visible()


def test_two_firms_scored_without_a_signal_arrive_exactly_once(phone: Phone, database: Database) -> None:
    page = phone.page
    page.goto(phone.address)
    phone.may_go_under_ground()
    page.context.set_offline(True)
    phone.says("No signal. What you score now is kept on this phone")
    phone.opens("Arbor Ltd")
    phone.marks(2, 3, why="Heard it in the cellar.")
    phone.says("No signal: kept on this phone", "2 waiting")
    phone.goes_back()
    phone.opens("Bramble & Co")
    phone.marks(5, 4, why="Bright.")
    phone.says("4 waiting")
    assert scores_of(database, phone) == []

    page.reload()
    phone.says("No signal: kept on this phone", "4 waiting")
    expect(page.get_by_role("radio", name="5", exact=True).locator("visible=true").first).to_be_checked()

    page.context.set_offline(False)
    phone.says("Saved")
    assert sorted(scores_of(database, phone)) == sorted(
        [(2, "Heard it in the cellar."), (3, "Heard it in the cellar."), (5, "Bright."), (4, "Bright.")]
    )
    assert phone.kept == 0
    with database.reading() as session:
        assert len(session.scalars(select(PanelChange).where(PanelChange.seat_id == phone.seat_id)).all()) == 4
    page.reload()
    assert len(scores_of(database, phone)) == 4


def test_nothing_is_locked_before_everything_has_arrived(phone: Phone) -> None:
    page = phone.page
    page.goto(phone.address)
    for firm in ("Arbor Ltd", "Bramble & Co"):
        phone.opens(firm)
        phone.marks(3, 4, why="It worked in the rain.")
        phone.says("Saved")
        phone.goes_back()
    lock = page.get_by_role("button", name="Lock my scores")
    expect(lock).to_be_visible()
    expect(page.get_by_text("What is left before you can lock")).to_be_hidden()
    page.context.set_offline(True)
    phone.opens("Arbor Ltd")
    phone.marks(1, why="On second thoughts.")
    phone.goes_back()
    lock.click()
    phone.says("Not locked, because not everything has arrived yet", "1 waiting")
    page.context.set_offline(False)
    phone.says("Saved")
    page.wait_for_timeout(1_100)  # the button takes a second press within a second for a slip of the thumb
    lock.click()
    expect(page.get_by_text("Your scores are locked. Thank you.")).to_be_visible()


def test_an_answer_that_was_lost_on_the_way_keeps_nothing_twice(phone: Phone, database: Database) -> None:
    page = phone.page
    page.goto(phone.address)
    page.evaluate(LOSE_THE_FIRST_ANSWER)
    phone.opens("Arbor Ltd")
    page.locator("[data-mark]:visible").first.get_by_role("radio", name="3", exact=True).check()
    phone.says("No signal", "1 waiting")
    assert [score for score, _ in scores_of(database, phone)] == [3]
    page.evaluate("window.dispatchEvent(new Event('online'))")
    phone.says("Saved")
    with database.reading() as session:
        assert len(session.scalars(select(PanelChange)).all()) == 1


def test_what_comes_after_locking_is_refused_in_words_and_stays_to_be_read(phone: Phone, database: Database) -> None:
    page = phone.page
    page.goto(phone.address)
    phone.opens("Arbor Ltd")
    page.context.set_offline(True)
    phone.marks(1, why="Too late.")
    phone.says("No signal")
    with database.writing() as session:
        judge = phone.scene.actor(session, "judge1")
        mine = queries.own_seat(session, judge, event_of(session, phone.scene).reference)
        assert mine is not None
        for appearance in appearances(session, phone.scene):
            asked = queries.criteria_of(session, phone.scene.challenge(session))
            marks = [Mark(each.id, 4, "Good.") for each in asked]
            services.save_scores(session, judge, mine, mine.version, appearance, marks)
            session.flush()
        services.lock_scores(session, judge, mine, mine.version)
    page.context.set_offline(False)
    refused = page.get_by_role("region", name="Not taken")
    expect(refused).to_contain_text("Too late.")
    expect(refused).to_contain_text("You have locked your scores.")
    phone.says("1 score not taken. Read why below.")
    assert {score for score, _ in scores_of(database, phone)} == {4}
    page.reload()
    expect(refused).to_contain_text("Too late.")
    refused.get_by_role("button", name="I have read this").click()
    expect(refused).to_be_hidden()
    phone.says("Your scores are locked")
    assert phone.kept == 0


def test_signing_out_leaves_nothing_on_the_phone(phone: Phone) -> None:
    page = phone.page
    page.goto(phone.address)
    phone.may_go_under_ground()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    assert phone.kept == 0
    assert page.evaluate("caches.keys()") == []
    page.goto(phone.address)
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()


def test_without_script_each_firm_has_a_page_and_a_button(
    phone: Phone, visitor: Callable[..., Page], database: Database, live_server: str
) -> None:
    page = visitor(java_script_enabled=False, **PHONE)
    for cookie in phone.page.context.cookies(live_server):
        page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": live_server}])
    page.goto(phone.address)
    page.get_by_role("link", name="Arbor Ltd").click()
    page.locator("[data-mark]").first.get_by_role("radio", name="2", exact=True).check()
    page.get_by_role("button", name="Save and go to Bramble & Co").click()
    expect(page.get_by_text("Scores for Arbor Ltd saved.")).to_be_visible()
    assert scores_of(database, phone) == [(2, "")]
