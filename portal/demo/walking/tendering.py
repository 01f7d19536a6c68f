"""Preparing the open tender that follows market engagement, and inviting everybody to it."""

from portal.challenges.models import RoundKind
from portal.demo.walking.articulating import assess_conflicts, criteria_of, dates_of, save, seat_panel
from portal.demo.walking.calls import tender_call
from portal.demo.walking.notices import publish_due
from portal.demo.walking.walk import Acts, Walk
from portal.notices.models import Moment
from portal.workflow import fire


def prepare_tender(walk: Walk) -> Acts:
    """Criteria by the owner; dates, conflicts and the notice by the officer."""
    call = tender_call(walk)
    yield walk.at(call.released - 5, 10)
    with walk.as_owner() as act:
        save(act, "criteria", criteria_of(call.criteria, price_apart=bool(call.price_judges)), RoundKind.TENDER)
    yield walk.at(call.released - 4, 10)
    with walk.as_officer() as act:
        save(act, "dates", dates_of(walk, call), RoundKind.TENDER)
        assess_conflicts(walk.text, act)
    yield walk.at(call.released - 1, 9)
    with walk.as_officer() as act:
        publish_due(act, Moment.TENDER)


def seat_tender_panel(walk: Walk) -> Acts:
    """Put the tender's assessors on its panel."""
    call = tender_call(walk)
    yield walk.at(call.released, 16)
    with walk.as_officer() as act:
        seat_panel(walk, act, call)


def invite_tenders(walk: Walk) -> Acts:
    """From an approved business case to an open tender."""
    yield from prepare_tender(walk)
    yield walk.at(tender_call(walk).released, 10)
    with walk.as_officer() as act:
        fire(act.session, act.actor, act.challenge, "invite_tenders")
    yield from seat_tender_panel(walk)
