"""How much time everybody gets back when the portal itself was away."""

from datetime import datetime, time, timedelta

from portal.law.calendar import LONDON, ONE_DAY, is_working_day

OPENS, CLOSES = time(9), time(17)
"""Working hours in London; a restored deadline is a full hour within them."""


def time_lost(began: datetime, ended: datetime, *, opened: datetime, deadline: datetime) -> timedelta:
    """How long firms could not work on their answers: the part of the incident that fell before the deadline."""
    lost = min(ended, deadline) - max(began, opened)
    return max(lost, timedelta())


def least_extension(began: datetime, ended: datetime, *, opened: datetime, deadline: datetime) -> datetime:
    """The earliest deadline that gives everybody back what they lost (Procurement Act 2023 s.12(2), s.54).

    The time lost is added to the deadline, or to the end of the incident where that came later, and moved on to the
    next full working hour, so that nobody is asked to answer at night.
    """
    lost = time_lost(began, ended, opened=opened, deadline=deadline)
    return next_working_hour(max(deadline, ended) + lost)


def next_working_hour(moment: datetime) -> datetime:
    """The first full hour at or after `moment` within working hours of a working day in London."""
    local = moment.astimezone(LONDON)
    if local.time() > local.time().replace(minute=0, second=0, microsecond=0):
        local = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    day = local.date()
    if local.time() > CLOSES:
        day += ONE_DAY
    if is_working_day(day) and day == local.date():
        return max(local, datetime.combine(day, OPENS, LONDON))
    while not is_working_day(day):
        day += ONE_DAY
    return datetime.combine(day, OPENS, LONDON)
