"""A small region in which everybody has something to hide from somebody: for tests over every route.

`people` says who there is and where each belongs, `stories` builds what they are in the middle of, `addresses` fills
in the address of every endpoint, `oracle` says what each of them should be answered.
"""

from tests.support.world.addresses import Address, addresses
from tests.support.world.oracle import Expected, expected
from tests.support.world.people import ANONYMOUS, CAST, EVERYBODY, WALKERS
from tests.support.world.region import World, build

__all__ = [
    "ANONYMOUS",
    "CAST",
    "EVERYBODY",
    "WALKERS",
    "Address",
    "Expected",
    "World",
    "addresses",
    "build",
    "expected",
]
