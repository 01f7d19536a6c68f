import pytest

from portal.db import Database
from tests.support.assessed import Scene, scene


@pytest.fixture
def seated(database: Database) -> Scene:
    """A panel of three, each of whom has all three responses to assess."""
    made = scene(database)
    made.seat()
    return made


@pytest.fixture
def judged(seated: Scene) -> Scene:
    """Every sheet is locked: totals of 88, 64 and 28 per cent, and no score far from the others."""
    for assessor in range(3):
        seated.mark(assessor, 0, 4, 5)
        seated.mark(assessor, 1, 3, 3 + (assessor == 0))
        seated.mark(assessor, 2, 1, 2)
    return seated
