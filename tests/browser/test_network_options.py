"""The options of the network as their people live them: officers at a desk, firms on a phone, axe on each page."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select

from portal.db import clock
from portal.network.options import OptionTrial
from portal.organisations.models import FirmProfile, Organisation
from portal.policy import Role
from tests.browser.steps.cast import Cast
from tests.browser.steps.somebody import Somebody
from tests.support import make, networked

FRIDAY = datetime(2026, 11, 27, 10, tzinfo=UTC)


class Story:
    """A council and a trust that try every option here, their officers, and a painter on a phone."""

    def __init__(self, cast: Cast) -> None:
        cast.clock.set(FRIDAY)
        self.cast = cast
        with cast.database.writing() as session:
            city, trust = networked.council_and_trust(session)
            networked.region(session, city)
            firm = make.supplier(session, name="Bright Painters", postcode="ZZ1 1AA", summary="We are painters.")
            session.add(FirmProfile(organisation_id=firm.id, shown_at=clock.now()))
            self.city, self.trust, self.firm = city.reference, trust.reference, firm.reference
            self.city_id = city.id
            keys = city.id, trust.id, firm.id
        self.petra = cast.meet(Somebody, "Petra Procurement", (Role.PROCUREMENT_OFFICER, keys[0]))
        self.theo = cast.meet(Somebody, "Theo Trust", (Role.PROCUREMENT_OFFICER, keys[1]), phone=True)
        self.bryn = cast.meet(Somebody, "Bryn Bright", (Role.SUPPLIER_ADMINISTRATOR, keys[2]), phone=True)
        cast.sign_in()

    def plans(self, who: Somebody, body: str, title: str) -> None:
        """Somebody enters a planned purchase and shares it."""
        who.visits(f"/organisations/{body}/needs")
        who.presses("Enter a planned purchase")
        who.writes("What do you plan to buy?", title)
        who.writes("What kind of thing is it?", "Painting")
        who.picks("When?", "January to March 2027")
        who.writes("Estimated value (optional)", "48k")
        who.chooses("How risky is it if the supplier fails?", "Low")
        who.presses("Save")


@pytest.fixture
def story(cast: Cast) -> Story:
    """Everybody, on a Friday in November."""
    return Story(cast)


def test_two_bodies_plan_the_same_and_begin_a_joint_challenge(story: Story) -> None:
    story.plans(story.petra, story.city, "Nine libraries")
    story.plans(story.theo, story.trust, "Corridors")
    story.petra.visits(f"/organisations/{story.city}/network-needs")
    expect(story.petra.main).to_contain_text("£96,000")
    story.petra.follows("Propose to buy it together")
    story.petra.writes("What is it called?", "Paint together")
    story.petra.presses("Ask the other bodies")
    expect(story.petra.main).to_contain_text("Say why together.")
    story.petra.writes("Why together?", "Half the price.")
    story.petra.writes("Lots, one a line (optional)", "North\nSouth")
    story.petra.presses("Ask the other bodies")
    story.theo.visits(story.cast.mailed(story.theo, "joint.asked"))
    story.theo.chooses("Do you join?", "Accept")
    story.theo.presses("Send the answer")
    story.petra.visits(story.cast.mailed(story.petra, "joint.answered"))
    story.petra.presses("Begin the challenge")
    expect(story.petra.page.get_by_role("heading", level=1)).to_have_text("Design thinking")


def test_a_patch_shows_its_firms_on_a_map_and_in_a_table(story: Story) -> None:
    story.plans(story.petra, story.city, "Painting of libraries")
    story.petra.visits(f"/organisations/{story.city}/options")
    story.petra.follows("Firms of one neighbourhood")
    story.petra.writes("Look for a ward to add", "canal")
    story.petra.presses("Show the patch")
    story.petra.follows("Add")
    expect(story.petra.main).to_contain_text("1 firm in the patch")
    expect(story.petra.main.locator("circle.app-map__firm")).to_have_count(1)
    expect(story.petra.main.get_by_role("row", name="1 Bright Painters")).to_be_visible()
    expect(story.petra.main).to_contain_text("Bright Painters (says “painting”)")
    story.theo.visits(f"/organisations/{story.trust}/patch?postcode=ZZ1+1AA&km=1")
    expect(story.theo.main).to_contain_text("1 firm in the patch")


def test_a_vouch_is_seen_when_the_firm_agrees_on_its_phone(story: Story) -> None:
    story.petra.visits(f"/organisations/{story.city}/vouches")
    story.petra.presses("Vouch for a firm")
    story.petra.writes("Name of the firm", "bright")
    story.petra.presses("Look for it")
    story.petra.follows("Bright Painters")
    story.petra.writes("What did they do for you?", "Repainted two schools")
    story.petra.chooses("How large was it?", "£5,000 to £30,000")
    story.petra.chooses("Did it come on time?", "On time")
    story.petra.presses("Vouch")
    story.bryn.visits(story.cast.mailed(story.bryn, "vouches.asked"))
    story.bryn.presses("Show it")
    story.theo.visits(f"/organisations/{story.trust}/vouches")
    expect(story.theo.main).to_contain_text("Repainted two schools")
    story.bryn.presses("Do not show it")
    story.theo.visits(f"/organisations/{story.trust}/vouches")
    expect(story.theo.main).not_to_contain_text("Repainted two schools")


def test_a_firm_books_a_time_with_a_buyer_on_its_phone(story: Story) -> None:
    story.petra.visits(f"/organisations/{story.city}/events")
    story.petra.writes("What is it called?", "Meet the buyers")
    story.petra.dates("When does it begin?", datetime(2026, 12, 9, 9, 30, tzinfo=UTC))
    story.petra.writes("Where, or how do firms join?", "Town hall")
    story.petra.presses("Invite")
    story.petra.writes("Who meets the firms?", "Ann Bell, small works")
    story.petra.presses("Put on offer")
    story.bryn.visits("/meet-the-buyer")
    story.bryn.follows("Meet the buyers")
    story.bryn.presses("9:45am with Ann Bell")
    expect(story.bryn.main).to_contain_text("9:45am with Ann Bell, small works, Evenholt City Council")
    story.petra.visits(story.cast.mailed(story.petra, "events.booked"))
    story.bryn.presses("Give back")
    expect(story.bryn.main).to_contain_text("It is free for another firm.")


def test_a_body_answers_a_card_of_something_new(story: Story) -> None:
    story.petra.visits(f"/organisations/{story.city}/opportunities")
    story.petra.presses("Show something new")
    story.petra.chooses("What is new?", "A new product or service")
    story.petra.writes("Name of the firm or product", "Loops for laundry")
    story.petra.writes("What is it, and how far is it?", "A dryer. One is in use.")
    story.petra.writes("What good would it do here?", "Half the energy.")
    story.petra.dates("Until when?", date(2026, 12, 31))
    story.petra.ticks("They agree to be shown to the bodies of the network")
    story.petra.presses("Show it")
    story.theo.visits(story.cast.mailed(story.theo, "opportunities.made"))
    story.theo.chooses("Would you nurture it?", "Not now")
    story.theo.presses("Send the answer")
    expect(story.theo.main).to_contain_text("Say why not now.")
    story.theo.writes("What you can offer, or why not now", "Our laundry is under contract.")
    story.theo.presses("Send the answer")
    story.petra.visits(story.cast.mailed(story.petra, "opportunities.answered"))
    expect(story.petra.main).to_contain_text("Not now: Our laundry is under contract.")


def test_firms_find_each_other_on_their_phones(story: Story) -> None:
    with story.cast.database.writing() as session:
        challenge = make.challenge(session, state="open", lead=session.get_one(Organisation, story.city_id))
        firms = {each.name: each for each in session.scalars(select(Organisation))}
        other = make.supplier(session, name="Ladder Works")
        make.response(session, challenge, organisation=firms["Bright Painters"])
        at, key = f"/challenges/{challenge.reference}/teaming", other.id
    lara = story.cast.meet(Somebody, "Lara Ladder", (Role.SUPPLIER_ADMINISTRATOR, key), phone=True)
    story.cast.sign_in(lara)
    for who, brings in ((story.bryn, "We paint."), (lara, "We put ladders up.")):
        who.visits(at)
        who.presses("We would join with others")
        expect(who.main).to_contain_text("Say what you would bring.")
        who.writes("What would you bring?", brings)
        who.presses("We would join with others")
    story.bryn.visits(story.cast.mailed(story.bryn, "teaming.joined"))
    expect(story.bryn.main).to_contain_text("We put ladders up.")
    story.bryn.follows("Invite Ladder Works")
    story.bryn.writes("What will the partner do?", "Puts the ladders up")
    story.bryn.writes("The partner's share of the work, in whole per cent", "30")
    story.bryn.presses("Invite Ladder Works")
    expect(story.bryn.page.get_by_role("heading", level=1)).to_contain_text("Partners")
    lara.visits(at)
    lara.presses("Take it back")
    expect(lara.main).not_to_contain_text("We paint.")


def test_an_option_that_is_switched_off_is_gone(story: Story) -> None:
    with story.cast.database.writing() as session:
        assert session.get_one(Organisation, story.city_id).is_authority
        session.execute(delete(OptionTrial).where(OptionTrial.organisation_id == story.city_id))
    story.petra.visits(f"/organisations/{story.city}/options")
    for words in ("Firms of one neighbourhood", "Meet the Buyer", "Buying together", "New firms and products"):
        expect(story.petra.main.get_by_role("link", name=words)).to_have_count(0)
    story.petra.visits(f"/organisations/{story.city}/needs")
    expect(story.petra.page.get_by_role("heading", level=1)).to_contain_text("not found")
