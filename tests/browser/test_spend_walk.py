"""A payments file from the wizard to a draft challenge, as an authority's people live it at a desk and on a phone."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import FilePayload, expect
from sqlalchemy import delete

from portal.network.options import NetworkOption, OptionTrial
from portal.policy import Role
from tests.browser.steps.cast import Cast
from tests.browser.steps.somebody import Somebody
from tests.support import make, networked
from tests.support.browser import violations
from tests.support.paid import read_all, table

FRIDAY = datetime(2026, 11, 27, 10, tzinfo=UTC)
CONTENT = table(
    ("03/05/2025", "Alderford Data Ltd", "1,000.00", "Software", "a"),
    ("04/05/2026", "Thornmere Roofs and Walls", "500.50", "Roof repairs", "b"),
    ("05/05/2026", "Faraway plc", "2,000", "Roof repairs", "c"),
    ("07/05/2026", "Mrs Jaya Shah", "70", "Roof repairs", "d"),
    head=("Date", "Supplier Name", "Net Amount", "Expense type", ""),
)
FILE = FilePayload(name="payments.csv", mimeType="text/csv", buffer=CONTENT)


class Story:
    """A council with its circles, two firms near it, and its officers Olive at a desk and Piet on a phone."""

    def __init__(self, cast: Cast) -> None:
        cast.clock.set(FRIDAY)
        self.cast = cast
        with cast.database.writing() as session:
            city = make.authority(session, name="Evenholt City Council")
            networked.tries(session, city, NetworkOption.IMPORT_REPLACEMENT)
            networked.region(session, city)
            make.supplier(session, name="Alderford Data Ltd", postcode="ZZ1 1AA", summary="Software for councils")
            make.supplier(session, name="Thornmere Roofs Group", postcode="ZZ2 1AA", summary="We repair roofs")
            self.city, key = city.reference, city.id
        self.desk = cast.meet(Somebody, "Olive Owner", (Role.CHALLENGE_OWNER, key))
        self.phone = cast.meet(Somebody, "Piet Owner", (Role.CHALLENGE_OWNER, key), phone=True)
        cast.sign_in()

    @property
    def spend(self) -> str:
        """Where the city's money goes."""
        return f"/organisations/{self.city}/spend"

    def sends(self, who: Somebody) -> None:
        """Somebody goes to the wizard, forgets the file, and then chooses it."""
        who.visits(f"/organisations/{self.city}/options")
        who.follows("Where money goes")
        who.reads("No payments have been read yet")
        who.presses("Send a payments file")
        who.presses("Continue")
        who.reads("Choose the CSV file of payments.")
        who.main.get_by_label("Payments file", exact=True).set_input_files(files=FILE)
        who.presses("Continue")

    def says_the_columns(self, who: Somebody) -> None:
        """The guess is looked at, spoilt, refused and mended."""
        who.is_at("Which column is which?")
        expect(who.main.get_by_role("columnheader", name="Column 5")).to_be_visible()
        who.picks("Who was paid", "Choose one")
        who.presses("Read the file")
        who.reads("Choose the column that holds: who was paid.")
        who.picks("Who was paid", "Supplier Name")
        who.presses("Read the file")
        who.reads("It will be read in a moment.")
        read_all(self.cast.app)
        who.presses("See how far it is")
        who.reads("Each of its 4 rows is counted here")
        who.reads_nothing_of("Jaya")
        assert violations(who.page) == []


def row_of(*cells: str) -> re.Pattern[str]:
    """The name of a row: a phone says the name of its column before each cell."""
    return re.compile(r"(?!\d).*".join(cells))


@pytest.fixture
def story(cast: Cast) -> Story:
    """Everybody, on a Friday in November."""
    return Story(cast)


@pytest.mark.parametrize("seat", ["desk", "phone"])
def test_from_a_file_over_a_name_in_doubt_and_the_circles_to_a_draft_challenge(story: Story, seat: str) -> None:
    who: Somebody = getattr(story, seat)
    story.sends(who)
    story.says_the_columns(who)
    who.visits(story.cast.mailed(who, "spend.read"))
    who.follows("Where money goes")
    who.follows("How much stays in which circle")
    who.reads("£2,500 of £2,500 is in no circle")
    who.follows("Names in doubt")
    who.presses("The same")
    who.reads("No name is in doubt")
    who.visits(f"{story.spend}/circles")
    expect(who.main.get_by_role("row", name=row_of("County or combined authority", "£500", "100%"))).to_be_visible()
    who.reads("£2,000 of £2,500 is in no circle", "are not to be added up")
    who.follows("2025 to 2026", inside=who.main)
    expect(who.main.get_by_role("row", name=row_of("Own area", "£1,000", "100%", "100%"))).to_be_visible()
    with who.page.expect_download() as download:
        who.main.get_by_role("link", name="All years and circles as a spreadsheet").click()
    assert download.value.suggested_filename == "spend-circles.xlsx"
    wide = who.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    who.visits(story.spend)
    assert violations(who.page) == []
    who.follows("Roof repairs", inside=who.main)
    who.reads("To firms here £500", "A paragraph for a business case")
    who.presses("Begin a draft challenge")
    who.is_at("Design thinking")
    who.is_told("A draft challenge has begun.")


@pytest.mark.parametrize("seat", ["desk", "phone"])
def test_who_nobody_can_place_is_placed_by_a_person_and_may_be_outside_the_united_kingdom(
    story: Story, seat: str
) -> None:
    who: Somebody = getattr(story, seat)
    story.sends(who)
    story.says_the_columns(who)
    who.visits(f"{story.spend}/circles?year=2026")
    who.reads_nothing_of("Outside the United Kingdom")
    who.follows("say where those are whom you pay most")
    who.reads("1 name is in no circle", "1 name in doubt")
    who.presses("Say where Faraway plc is")
    who.presses("Keep it")
    who.reads("Say where it is.", "Say how you know.")
    assert violations(who.page) == []
    who.chooses("Where is it?", "At a postcode")
    who.writes("Postcode", "ZZ9 9ZZ")
    who.chooses("How do you know?", "Somebody here knows it")
    who.presses("Keep it")
    who.reads("cannot tell in which circle ZZ9 9ZZ lies")
    who.chooses("Where is it?", "Outside the United Kingdom")
    who.writes("Postcode", "")
    who.presses("Keep it")
    who.is_told("Kept: Faraway plc is outside the United Kingdom.")
    who.reads("Nobody is left to be placed")
    who.follows("Money by circle")
    who.reads("the ring around all circles: £2,000")
    outside = who.main.get_by_role("row", name=row_of("Outside the United Kingdom, in no circle", "£2,000", "100%"))
    expect(outside).to_be_visible()
    assert violations(who.page) == []
    who.follows("Flows out of the area")
    who.reads("£2,000 to £2,500 of £2,500 leaves", "Leaves the United Kingdom")
    wide = who.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    who.visits(f"{story.spend}/places/said")
    who.follows("Faraway plc", inside=who.main)
    who.unfolds("Take back what was said")
    who.presses("Take it back")
    who.is_told("Taken back: where Faraway plc is.")


def test_an_option_that_is_switched_off_is_gone(story: Story) -> None:
    with story.cast.database.writing() as session:
        session.execute(delete(OptionTrial))
    for path in (story.spend, f"{story.spend}/circles", f"{story.spend}/send", f"{story.spend}/names"):
        story.desk.visits(path)
        story.desk.is_at("Page not found")
    story.phone.visits(f"/organisations/{story.city}/options")
    expect(story.phone.main.get_by_role("link", name="Where money goes")).to_have_count(0)
