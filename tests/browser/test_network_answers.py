"""What people answer in the network: an invited firm, a body shown something new, whoever judges a trial, a trust."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.db import clock
from portal.law.thresholds import AuthorityKind
from portal.organisations.models import Organisation
from portal.policy import Role
from tests.browser.steps.cast import Cast
from tests.browser.steps.somebody import Somebody
from tests.support import make, networked

_LINES = "text => { const r = document.createRange(); r.selectNodeContents(text); return r.getClientRects().length; }"
"""On how many lines a text stands."""
FRIDAY = datetime(2026, 11, 27, 10, tzinfo=UTC)


class Story:
    """A council and a trust that try every option, and two firms that answer the council's open challenge."""

    def __init__(self, cast: Cast) -> None:
        cast.clock.set(FRIDAY)
        self.cast = cast
        with cast.database.writing() as session:
            city, trust = networked.council_and_trust(session, authority_kind=AuthorityKind.NHS)
            networked.card(session, city, title="A bench that counts")
            self.card = f"/organisations/{trust.reference}/opportunities"
            lead, partner = make.supplier(session, name="Bright Painters"), make.supplier(session, name="Ladder Works")
            asked = make.challenge(session, state="open", lead=city)
            self.response = make.response(session, asked, organisation=lead).reference
            self.city = city.reference
            self.written = make.challenge(session, state="articulation", lead=trust, title="Quiet wards").reference
            keys = city.id, trust.id, lead.id, partner.id
        self.gwen = cast.meet(Somebody, "Gwen Governs", (Role.AUTHORITY_ADMINISTRATOR, keys[0]))
        self.petra = cast.meet(Somebody, "Petra Procurement", (Role.PROCUREMENT_OFFICER, keys[0]), phone=True)
        self.theo = cast.meet(Somebody, "Theo Trust", (Role.PROCUREMENT_OFFICER, keys[1]))
        self.bryn = cast.meet(Somebody, "Bryn Bright", (Role.SUPPLIER_ADMINISTRATOR, keys[2]))
        self.lara = cast.meet(Somebody, "Lara Ladder", (Role.SUPPLIER_ADMINISTRATOR, keys[3]), phone=True)
        cast.sign_in()

    def invite(self) -> None:
        """The leader asks the other firm for a third of the work."""
        self.bryn.visits(f"/responses/{self.response}/partners")
        self.bryn.main.get_by_label("e-mail address").fill(self.lara.email)
        self.bryn.writes("What will the partner do?", "Puts the ladders up")
        self.bryn.main.get_by_label("share of the work, in whole per cent").fill("30")
        self.bryn.presses("Invite")
        self.lara.visits(self.cast.mailed(self.lara, "responses.invited"))
        self.lara.reads("Bright Painters invites you", "30%", "You answer for Ladder Works")


@pytest.fixture
def story(cast: Cast) -> Story:
    """Everybody, on a Friday in November."""
    return Story(cast)


def test_an_invited_firm_declines_and_asked_again_accepts_on_its_phone(story: Story) -> None:
    lara, bryn = story.lara, story.bryn
    story.invite()
    lara.presses("Decline")
    lara.is_told("Declined. The firm that asked you has been told.")
    bryn.visits(story.cast.mailed(bryn, "responses.partner_declined"))
    bryn.reads("30% of the work is nobody")
    bryn.presses("Take over the 30%")
    story.invite()
    lara.writes("What you will do", "Puts ladders up, and takes them down")
    lara.presses("Accept")
    lara.is_told("You stand behind this response now.")
    bryn.visits(f"/responses/{story.response}/partners")
    bryn.reads("Ladder Works, 30% of the work: Puts ladders up, and takes them down", "Accepted on 27 November 2026")


def test_a_body_would_nurture_something_new_and_the_sponsor_reads_what_it_offers(story: Story) -> None:
    theo, petra = story.theo, story.petra
    theo.visits(story.card)
    theo.reads("Waits for your answer")
    theo.follows("A bench that counts")
    theo.presses("Send the answer")
    theo.reads("There is a problem", "Choose an answer.")
    theo.chooses("Would you nurture it?", "Yes, we would nurture it")
    theo.writes("What you can offer, or why not now", "Two benches for a month.")
    theo.presses("Send the answer")
    theo.is_told("Thank you. The sponsor is told.")
    theo.visits(story.card)
    theo.reads("You would nurture it")
    petra.visits(f"/organisations/{story.city}/opportunities")
    petra.reads("You show it")
    petra.follows("A bench that counts")
    petra.reads("Marlshire Hospitals", "Would nurture it: Two benches for a month.")
    petra.reads_nothing_of("Send the answer")


def test_a_trial_is_kept_with_what_came_of_it_and_another_is_stopped(story: Story) -> None:
    gwen = story.gwen
    gwen.visits(f"/organisations/{story.city}/options/hyper-local")
    gwen.presses("Save the judgement")
    gwen.reads("There is a problem", "Say what came of it.", "Choose whether to keep it or stop it.")
    expect(gwen.page).to_have_title("Error: Hyper-local spend: Evenholt City Council – Innovation partnership portal")
    gwen.writes("What came of it?", "Six firms answered that never had before.")
    gwen.chooses("Keep it or stop it?", "Keep it")
    gwen.presses("Save the judgement")
    gwen.is_told("Hyper-local spend is kept.")
    gwen.reads("Kept since 27 November 2026")
    gwen.reads_nothing_of("Trials that were stopped")
    gwen.follows("Hyper-local spend")
    gwen.reads("Judge it again", "Kept since", "Six firms answered that never had before.")
    gwen.visits(f"/organisations/{story.city}/options/shared-need")
    gwen.writes("What came of it?", "Nothing was bought together.")
    gwen.chooses("Keep it or stop it?", "Stop it")
    gwen.presses("Save the judgement")
    gwen.reads("Trials that were stopped", "Nothing was bought together.")
    day = gwen.main.get_by_role("cell", name="27 November 2026 to").locator("span").last
    assert day.evaluate(_LINES) == 1, "a date stands on one line"


def test_a_trust_is_offered_what_it_may_reserve_and_names_who_checked(story: Story) -> None:
    theo = story.theo
    theo.visits(f"/challenges/{story.written}/brief")
    theo.follows("Reserve it for some firms")
    theo.reads("Procurement Policy Note 005", "We are not sure that this kind of body may do this.")
    areas = theo.group("Where must a firm be?").get_by_role("radio")
    expect(areas).to_have_count(2)
    for offered in ("The United Kingdom", "One county or London borough"):
        expect(theo.group("Where must a firm be?").get_by_label(offered, exact=True)).to_be_visible()
    theo.chooses("Where must a firm be?", "One county or London borough")
    theo.chooses("Which firms may answer?", "Social enterprises and charities")
    theo.writes("Why is it reserved?", "Four of them offer it.")
    theo.presses("Reserve it")
    theo.reads("Name the area, as firms know it.", "Say who checked it. We are not sure of the law here.")
    theo.writes("Name the area", "Marlshire")
    theo.writes("Who checked that you may?", "Ada Lee, solicitor, 20 November 2026")
    theo.presses("Reserve it")
    theo.is_told("Reserved. The brief says so, and the note for the file is below.")
    theo.reads("Only voluntary, community and social enterprises (VCSEs) based or established in Marlshire")
    theo.reads(
        "It does not matter where a firm’s owners are.",
        "Kind of body: NHS trust or other NHS body.",
        "Checked by: Ada Lee",
    )
    theo.presses("Take the reservation back")
    theo.is_told("Nothing is reserved any more. Everybody may answer.")


def test_a_council_may_reserve_nothing_before_the_order_of_2026(story: Story) -> None:
    story.cast.moves_to(datetime(2026, 1, 15, 10, tzinfo=UTC))
    with story.cast.database.writing() as session:
        city = session.scalars(select(Organisation).where(Organisation.reference == story.city)).one()
        written = make.challenge(session, state="articulation", lead=city, created_at=clock.now()).reference
    story.petra.visits(f"/challenges/{written}/reservation")
    story.petra.reads("Nothing can be reserved", "Before 4 February 2026 a council may not look at where a firm is")
    expect(story.petra.main.get_by_role("button", name="Reserve it")).to_have_count(0)
