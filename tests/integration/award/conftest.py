from collections.abc import Iterator

import pytest

from portal.db import clock
from portal.notices.models import Notice
from portal.notices.pathway import NOTICE
from portal.partnerships.models import Partnership, Phase
from portal.partnerships.pathway import PARTNERSHIP, PHASE
from portal.responses.models import Response
from portal.responses.pathway import RESPONSE
from portal.workflow import register
from tests.support.awarded import MONDAY


@pytest.fixture(autouse=True)
def _joined() -> None:
    """The machines of these rooms, whatever else the wiring joins."""
    for model, machine in ((Notice, NOTICE), (Partnership, PARTNERSHIP), (Phase, PHASE), (Response, RESPONSE)):
        register(model, machine)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.stopped_at(MONDAY):
        yield
