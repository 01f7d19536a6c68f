"""Every route, as everybody, on things of their own and of others: invariant 2, and no fault of ours whatever is sent.

What somebody should be answered is said by `tests.support.world.oracle`, which reads the declarations and the table
of permissions but none of the queries that hide things.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from portal.web.access import access_of, require_declarations
from tests.support.world import ANONYMOUS, EVERYBODY, WALKERS, Address, Expected, World, addresses, expected
from tests.support.world.stories import STORIES
from tests.support.world.visiting import Answer, Visitor, fields_in, form_of, heeding, rehearsing, walk_of

NUMBERS = "-99999999999999999999999999"
STRANGE = "\0\x07 \u202e\U0001f690\ufffe '\"<script>{{7*7}}</script> %s %00 ;-- \r\n\r\nBcc: x@example.org"
LONG = "é word " * 12_000
GARBAGE = (NUMBERS, STRANGE, LONG)
IN_ADDRESS = ("-1", "99999999999999999999999", "%00", "%FF%F0%9F%9A%90'%22%3Cb%3E")
NAMES = (
    *("page", "q", "theme", "authority", "status", "next", "round", "of", "lot", "kind", "after", "brief", "to"),
    *("challenge", "email", "filters", "firm", "free", "instead", "name", "need", "number", "parts", "postcode"),
    *("response", "sent", "show", "start", "ward", "year", "letters", "km", "risk", "order", "lead", "value"),
)
"""What pages are asked behind the question mark of their addresses."""
BY_SIGNED_LINK = frozenset({"matching.one_click"})
"""What a mail program sends by itself (RFC 8058): its signed link stands in for the token of a form."""
WRITERS = (
    *("owner", "officer", "budget", "authority-admin", "assessor", "opener", "guest"),
    *("adviser", "firm", "partner-firm", "admin", "newcomer", ANONYMOUS),
)
"""One of each who can send something that the others cannot."""


@pytest.fixture
def visitor(world: World, who: str) -> Iterator[Visitor]:
    known = Visitor(world, who)
    with rehearsing(world):
        yield known


def should_be(world: World, who: str, address: Address) -> Expected:
    with world.app.app_context():
        declared = access_of(address.endpoint) if address.endpoint != "static" else None
    return expected(who, address, declared) if declared else Expected.ALLOWED


def wrong(world: World, who: str, answers: list[Answer]) -> str:
    found = ((each, should_be(world, who, each.address)) for each in answers)
    return "\n".join(
        f"{each.address}: {each.status} {each.location}, should be {right.value}"
        for each, right in found
        if not right.met_by(each.status, each.location)
    )


def faults(answers: list[Answer]) -> str:
    return "\n".join(f"{each.address}: {each.status}" for each in answers if each.status >= 500)


def filled_in(fields: set[str], rubbish: str) -> dict[str, Any]:
    """A form with rubbish in every field, and with a file of it where there is one to choose."""
    if "file" not in fields:
        return form_of(fields, rubbish)
    sent: dict[str, Any] = dict.fromkeys(fields, rubbish[:3_000])  # the client leaves longer ones open
    return {"data": sent | {"file": (BytesIO(rubbish.encode()), f"{rubbish[:300]}.pdf")}}


def posts(world: World) -> list[Address]:
    return [each for each in addresses(world) if each.method == "POST"]


def elsewhere(address: Address, path: str) -> Address:
    return Address(address.endpoint, address.method, path, address.thing)


def once_each(asked: list[Address]) -> list[Address]:
    """Without what is the same request: in a rehearsal nothing stays, and the same is answered the same."""
    return list({(each.method, each.path): each for each in asked}.values())


@pytest.mark.parametrize("who", WALKERS)
def test_every_page_is_for_its_people(world: World, who: str) -> None:
    answers = walk_of(world, who).answers
    assert wrong(world, who, answers) == ""
    pages = [each for each in answers if "<html" in each.text]
    assert [str(each.address) for each in pages if each.status != 302 and each.text.count("<h1") != 1] == []


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_act_is_for_its_people(world: World, visitor: Visitor, who: str) -> None:
    assert wrong(world, who, [visitor.ask(each) for each in posts(world)]) == ""


@pytest.mark.parametrize("who", WRITERS)
def test_nothing_that_is_sent_is_a_fault_of_ours(world: World, visitor: Visitor, who: str) -> None:
    """Those who may send something send rubbish in every field of its form, files included."""
    allowed = [each for each in posts(world) if should_be(world, who, each) is Expected.ALLOWED]
    answers = []
    for address in allowed:
        fields = fields_in(visitor.ask(address).text) | {"text", "name", "reason", "version", "page"}
        for rubbish in GARBAGE:
            answers.append(visitor.ask(address, **filled_in(fields, rubbish)))
    assert faults(answers) == ""


@pytest.mark.parametrize("who", ["owner", "officer", "adviser"])
def test_no_page_of_a_challenge_fails_at_another_state(world: World, visitor: Visitor, who: str) -> None:
    """Every page and act of a challenge is asked of the challenges at all other states, too.

    What they are answered at the state where the world has them is held by the two tests above.
    """
    asked = []
    for address in addresses(world):
        own = world.names.get(f"{address.thing.story} challenge", "")
        if own and f"/challenges/{own}" in address.path:
            others = [world.names[f"{story} challenge"] for story in STORIES if story != address.thing.story]
            asked += [elsewhere(address, address.path.replace(own, other)) for other in others]
    assert faults([visitor.ask(each) for each in once_each(asked)]) == ""


@pytest.mark.parametrize("who", ["officer", "firm", "admin"])
def test_nothing_in_an_address_is_a_fault_of_ours(world: World, visitor: Visitor, who: str) -> None:
    """Every page with rubbish behind its question mark, and with rubbish for each of its numbers and names."""
    pages = once_each([each for each in addresses(world) if each.method == "GET"])
    with heeding(world.app) as heeded:
        answers = [answer for each in pages for answer in with_rubbish_behind(visitor, each, heeded)]
    instead = [elsewhere(each, each.path.rsplit("/", 1)[0] + f"/{rubbish}") for each in pages for rubbish in IN_ADDRESS]
    assert faults(answers + [visitor.ask(each) for each in once_each(instead)]) == ""


def with_rubbish_behind(visitor: Visitor, page: Address, heeded: list[str]) -> Iterator[Answer]:
    """The answers to all that may stand behind a page's question mark.

    What never looked there does the same whatever it says, and is asked once. (A redirection is made before anybody
    looks, and repeats it.)
    """
    for rubbish in IN_ADDRESS:
        heeded.clear()
        answer = visitor.ask(elsewhere(page, f"{page.path}?" + "&".join(f"{name}={rubbish}" for name in NAMES)))
        yield answer
        if not heeded and not answer.location:
            return


@pytest.mark.parametrize("who", ["officer", "firm", ANONYMOUS])
def test_nothing_is_done_without_the_token_of_its_form(world: World, visitor: Visitor, who: str) -> None:
    world.app.config["WTF_CSRF_ENABLED"] = True
    try:
        answers = [visitor.ask(each) for each in posts(world)]
    finally:
        world.app.config["WTF_CSRF_ENABLED"] = False
    found = [each for each in answers if each.address.endpoint not in BY_SIGNED_LINK]
    assert [f"{each.address}: {each.status}" for each in found if each.status != 400] == []


def test_a_route_that_does_not_say_who_may_enter_fails_the_build(world: World) -> None:
    require_declarations(world.app)
    app = Flask("a portal with a hole")
    app.add_url_rule("/hole", "hole", lambda: "anybody")
    with pytest.raises(RuntimeError, match="hole"):
        require_declarations(app)
