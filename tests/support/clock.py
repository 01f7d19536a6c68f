"""The portal's clock in the hands of a test."""

from datetime import datetime

from portal.db import clock


class TestClock:
    """Stops and moves `portal.db.clock`; the fixture lets it run again after the test."""

    __test__ = False

    def now(self) -> datetime:
        """What the portal takes for now, in UTC."""
        return clock.now()

    def set(self, moment: datetime) -> None:
        """Stop the clock at a moment with its zone."""
        clock.set_to(moment)

    def advance(self, **by: float) -> None:
        """Move on as `timedelta` counts: `advance(days=2, minutes=1)`; a running clock stops there."""
        clock.advance(**by)
