"""Every template of the portal, shown once to somebody who may see it, and once with what they filled in wrong.

The pages are asked for without a browser, which is quick: whoever `tests.support.world` has in the middle of
something is asked for everything they may open, and sends every form empty or with far too much. The first answer
of each template, and of each template with mistakes on it, is kept for the browser to look at.
"""

import re
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Any

from flask import Flask, render_template, template_rendered
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.application import create_app
from portal.assessment import services as assessing
from portal.assessment.models import Assignment
from portal.responses import services as responding
from portal.web.access import access_of
from tests.support.assessed import scene
from tests.support.people import signed_in
from tests.support.world import EVERYBODY, Address, Expected, World, addresses, expected
from tests.support.world.addresses import Thing
from tests.support.world.people import FIRM, HERE, PARTNER_FIRM
from tests.support.world.visiting import Visitor, fields_in, rehearsing

FAR_TOO_MUCH = "x" * 25_000
OUR_PAGE = '<html lang="en-GB"'
MISTAKES = "govuk-error-summary"
ELSEWHERE = (
    ("owner", "award", "brief"),
    ("owner", "award", "business-case"),
    ("budget", "business_case_direct", "business-case"),
    ("owner", "articulation", "moves/extend"),
    ("budget", "open", "brief/value"),
    ("owner", "activated", "progress"),
    ("officer", "articulation", "lots-adviser?parts="),
)
"""Pages that show something else, or nothing, where a challenge stands elsewhere."""
NOT_FILLED_IN = {"version", "more", "look"}
"""What a form carries that nobody types: the version it was read at, and buttons that add a row or look words up."""
Key = tuple[str, bool]


@dataclass(frozen=True)
class Shown:
    """A page as the portal answered it: its template, whether mistakes are on it, and where it came from."""

    template: str
    with_mistakes: bool
    came_from: str
    html: str


class Gallery:
    """What was shown so far, the first of each kind."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.shown: dict[Key, Shown] = {}
        self._template = ""
        template_rendered.connect(self._note)

    def _note(self, _app: Flask, template: Any, **_context: Any) -> None:
        self._template = template.name or ""

    def take(self, came_from: str, html: str) -> bool:
        """Keep a page, unless its like was kept; whether it was a page."""
        name, self._template = self._template, ""
        if not name or OUR_PAGE not in html:
            return False
        mistakes = MISTAKES in html
        self.shown.setdefault((name, mistakes), Shown(name, mistakes, came_from, html))
        return True

    def visit(self, client: FlaskClient, path: str, **sent: Any) -> str:
        """Get a page, or post what is sent to it; answers where it leads."""
        answer = client.post(path, data=sent) if sent else client.get(path)
        self.take(path, answer.text)
        return answer.location or path


def gather(world: World) -> Gallery:
    """Show everything there is. The world is changed by it, and good for nothing else afterwards."""
    gallery = Gallery(world.app)
    visitors = {who: Visitor(world, who) for who in EVERYBODY}
    with rehearsing(world):
        for address in addresses(world):
            _ask(gallery, world, visitors, address)
        for who, story, page in ELSEWHERE:
            path = f"/challenges/{world.names[f'{story} challenge']}/{page}"
            gallery.take(path, visitors[who].ask(Address("", "GET", path, Thing())).text)
    for part in (
        _strangers,
        _fitting,
        _newcomer,
        _officer,
        _plan,
        _assessor,
        _blind,
        _mistaken,
        _judged,
        _own_partnership,
        _mailbox,
    ):
        part(gallery, world)
    return gallery


def _ask(gallery: Gallery, world: World, visitors: dict[str, Visitor], address: Address) -> None:
    """A page as the first person whom it lets in; a form as them, too: empty, and if that was no mistake, too long."""
    if address.endpoint == "static":
        return
    with world.app.app_context():
        declared = access_of(address.endpoint)
    assert declared is not None
    may = [who for who in EVERYBODY if expected(who, address, declared) is Expected.ALLOWED]
    for who in may:
        answer = visitors[who].ask(address)
        if not gallery.take(str(address), answer.text) or answer.status in {403, 404}:
            continue
        if address.method == "GET":
            return
        break
    if address.method == "POST" and may:
        asked = visitors[may[0]].ask(Address(address.endpoint, "GET", address.path, address.thing)).text
        fields = fields_in(asked) - NOT_FILLED_IN
        sent = dict.fromkeys(fields, FAR_TOO_MUCH)
        gallery.take(f"{address}, too much", visitors[may[0]].ask(address, data=sent).text)


def _client(world: World, who: str) -> FlaskClient:
    with world.database.reading() as session:
        person = world.person(session, who)
    return signed_in(world.app, person)


def _strangers(gallery: Gallery, world: World) -> None:
    """What is said of links that are spent, addresses that lead nowhere, forms without their token, and haste."""
    client = world.app.test_client()
    for path in ("/register/a-link-that-never-was", "/nothing/here"):
        gallery.visit(client, path)
    with world.app.test_request_context():
        for status in (500, 503):
            gallery.take(f"a fault of ours, {status}", render_template(f"errors/{status}.html"))
    for setting, value in (("WTF_CSRF_ENABLED", True), ("MAX_CONTENT_LENGTH", 10)):
        before, world.app.config[setting] = world.app.config[setting], value
        gallery.visit(client, "/sign-in", email="somebody@example.org", password="something long")
        world.app.config[setting] = before
    for _ in range(30):
        gallery.visit(client, "/password/forgotten", email="in-haste@example.org")


def _fitting(gallery: Gallery, world: World) -> None:
    """Somebody answers the fit check, first with nothing and then with the first choice everywhere."""
    client, path = world.app.test_client(), f"/challenges/{world.names['open challenge']}/fit"
    asked = client.get(path).text
    said = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', asked))
    gallery.take(f"{path}, nothing said", client.get(path, query_string=said).text)
    for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*type="radio"[^>]*value="([^"]*)"', asked):
        said.setdefault(name, value)
    gallery.take(f"{path}, answered", client.get(path, query_string=said).text)


def _newcomer(gallery: Gallery, world: World) -> None:
    """Somebody registers an organisation, page after page."""
    client = _client(world, "newcomer")
    gallery.visit(client, "/register/organisation/new", name="Dunmore Works", supplier_kind="company")
    gallery.visit(client, "/register/organisation/place")
    gallery.visit(client, "/register/organisation/place", postcode="nowhere")
    led = gallery.visit(client, "/register/organisation/place", headcount="4", postcode="LE1 1AA")
    gallery.visit(client, led)


def _officer(gallery: Gallery, world: World) -> None:
    """A question is answered, and the answer checked."""
    path = f"/challenges/{world.names['open challenge']}/questions/{world.names['the question asked']}"
    client = _client(world, "officer")
    version = re.search(r'name="version"[^>]*value="(\d+)"', client.get(f"{path}/answer").text)
    assert version
    said = {"published_text": "May we?", "answer": "You may.", "version": version[1]}
    gallery.visit(client, gallery.visit(client, f"{path}/answer", **said))


def _plan(gallery: Gallery, world: World) -> None:
    """A file of planned purchases, one of its lines set aside; and a vouch that says nothing."""
    content = b"Title,Category,Quarter\nPaint,Painting,Q1 2099\nLifts,Lifts,soon\n"
    path = f"/organisations/{world.names[HERE]}/needs/file"
    vouching = f"/organisations/{world.names[HERE]}/vouches/new"
    gallery.visit(_client(world, "officer"), path, file=(BytesIO(content), "plan.csv"))
    gallery.visit(_client(world, "officer"), f"{vouching}?firm={world.names[FIRM]}", work="")


def _assessor(gallery: Gallery, world: World) -> None:
    """A sheet whose assessor has not declared their interests yet."""
    with world.database.reading() as session:
        sheets = select(Assignment.reference).where(Assignment.state == "assigned")
        reference = session.scalars(sheets.where(Assignment.person_id == world.people["assessor"])).first()
    gallery.visit(_client(world, "assessor"), f"/assessments/{reference}")


def _blind(gallery: Gallery, world: World) -> None:
    """Where responses are read under codes, interests are declared in all firms at once; a tick wants its reason."""
    made = scene(world.database)
    with world.database.writing() as session:
        made.inside(session).round.blind = True
    made.seat()
    with world.database.reading() as session:
        reference = made.sheet(session, 0, 0).reference
    client = signed_in(world.app, made.assessors[0])
    path = f"/assessments/{reference}"
    gallery.visit(client, path)
    gallery.visit(client, f"{path}/declaration", conflicted=made.responses[0], reason="")


def _mistaken(gallery: Gallery, world: World) -> None:
    """Somebody names no price, brings nothing, submits after the deadline, or moves it without saying why."""
    drafted = world.names["rival's response at open"]
    gallery.visit(
        _client(world, "rival"), f"/responses/{drafted}/sections/price", text="It.", price="a lot", version=""
    )
    gallery.visit(_client(world, "officer"), f"/challenges/{world.names['open challenge']}/moves/extend", reason="")
    gallery.visit(_client(world, "partner-firm"), f"/challenges/{world.names['open challenge']}/teaming", brings="")
    joined = world.names["firm's response at open"]
    gallery.visit(_partner(world), f"/responses/{joined}/leave", reason=FAR_TOO_MUCH)
    reference = world.names["firm's response at closed"]
    gallery.visit(_client(world, "firm"), f"/responses/{reference}/submit", declared="y", once_key="late")


def _partner(world: World) -> FlaskClient:
    """Somebody whose firm said yes to its invitation."""
    with world.database.writing() as session:
        actor, firm = world.actor(session, "partner-firm"), world.body(session, PARTNER_FIRM)
        responding.accept_invitation(session, actor, world.names["invitation at open"], firm.reference)
    return _client(world, "partner-firm")


def _judged(gallery: Gallery, world: World) -> None:
    """Scores of which some lie apart, opened: the meeting, the ranking, outcomes and what is written to a firm."""
    made = scene(world.database)
    made.seat()
    for response in range(len(made.responses)):
        for assessor in range(len(made.assessors)):
            made.mark(assessor, response, 1 if assessor == response == 0 else 5, 4)
    made.open_scores()
    client, here = signed_in(world.app, made.officer), f"/challenges/{made.reference}/assessment"
    met, written = f"{here}/moderation/{made.responses[0]}/1", f"{here}/outcomes/{made.responses[0]}"
    for path in (f"{here}/moderation", met):
        gallery.visit(client, path)
    gallery.visit(client, met, reason="")
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', client.get(met).text)
    assert seen
    gallery.visit(client, met, after="3", reason="We met.", seen=unescape(seen[1]))
    with world.database.writing() as session:
        assessing.propose(session, made.actor(session, made.officer), made.inside(session))
    for path in (f"{here}/ranking", f"{here}/outcomes", written):
        gallery.visit(client, path)
    gallery.visit(client, written, **dict.fromkeys(fields_in(client.get(written).text), FAR_TOO_MUCH))


def _own_partnership(gallery: Gallery, world: World) -> None:
    """What a partner reads at an address where the authority reads more."""
    gallery.visit(_client(world, "firm"), f"/partnerships/{world.names['partnership']}/benefits")


def _mailbox(gallery: Gallery, world: World) -> None:
    """The demonstration's mailbox and a letter in it."""
    assert world.app.test_cli_runner().invoke(args=["worker", "--once"]).exit_code == 0
    demonstration = create_app(dict(world.app.config) | {"PORTAL_DEMO": True})
    client = demonstration.test_client()
    page = client.get("/mailbox")
    gallery.take("/mailbox", page.text)
    letter = re.search(r'href="(/mailbox/[^"?]+)"', page.text)
    assert letter
    gallery.visit(client, letter[1])
    demonstration.extensions["database"].dispose()
