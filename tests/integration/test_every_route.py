"""Every route, as everybody, on things of their own and of others: invariant 2, and no fault of ours whatever is sent.

What somebody should be answered is said by `tests.support.world.oracle`, which reads the declarations and the table
of permissions but none of the queries that hide things.
"""

from collections.abc import Iterator

import pytest

from portal.web.access import access_of
from tests.support.world import EVERYBODY, Address, Expected, World, addresses, expected
from tests.support.world.visiting import Answer, Visitor, rehearsing

LONG = "word " * 30_000
GARBAGE = {
    "long": LONG,
    "strange": "\0\x07\ud83d\ude90 \u202e'\"<script>{{7*7}}</script>%s%00;--",
    "numbers": "-99999999999999999999999",
}


@pytest.fixture
def visitor(world: World, who: str) -> Iterator[Visitor]:
    known = Visitor(world, who)
    with rehearsing(world):
        yield known


def should_be(world: World, who: str, address: Address) -> Expected:
    with world.app.app_context():
        declared = access_of(address.endpoint) if address.endpoint != "static" else None
    return expected(who, address, declared) if declared else Expected.ALLOWED


def wrong(world: World, who: str, answers: list[Answer]) -> list[str]:
    found = []
    for each in answers:
        right = should_be(world, who, each.address)
        if not right.met_by(each.status, each.location):
            found.append(f"{each.address}: {each.status} {each.location}, should be {right.value}")
    return found


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_is_for_its_people(world: World, visitor: Visitor, who: str) -> None:
    found = wrong(world, who, visitor.walk())
    assert not found, "\n".join(found)


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_empty_form_is_for_its_people(world: World, visitor: Visitor, who: str) -> None:
    posts = [each for each in addresses(world) if each.method == "POST"]
    found = wrong(world, who, [visitor.ask(each) for each in posts])
    assert not found, "\n".join(found)
