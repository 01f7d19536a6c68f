"""What a firm says of itself. Each act locks the firm, so that two of its people cannot cross, and indexes it anew."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal import journal
from portal.db import clock, expect_version, hold
from portal.machine import NotNow
from portal.network.categories import Category
from portal.network.register.models import FirmCategory
from portal.network.register.queries import categories_of, profile_of
from portal.network.register.saying import weights_of
from portal.network.words import SubjectKind, index
from portal.organisations.models import FirmProfile, Organisation
from portal.policy import Actor

MOST_CATEGORIES = 20


def save_profile(
    session: Session, actor: Actor, organisation: Organisation, version: int | None, *, shown: bool, **said: Any
) -> FirmProfile:
    """Keep what a firm says and whether it agrees to be shown.

    Raises `Conflict` if a colleague changed it meanwhile, `NotNow` for a firm that has not said who it is.
    """
    hold(session, organisation)
    profile = profile_of(session, organisation)
    if profile is None:
        profile = FirmProfile(organisation_id=organisation.id)
        session.add(profile)
    else:
        expect_version(profile, version)
    organisation.summary = said.pop("summary")
    for name, value in said.items():
        setattr(profile, name, value)
    if shown and organisation.provisional:
        raise NotNow("Say who you are before you are shown in the register.")
    profile.shown_at = (profile.shown_at or clock.now()) if shown else None
    session.flush()
    index_firm(session, organisation=organisation)
    journal.record(session, actor, "register.profile_saved", ("organisation", organisation.id), shown=shown)
    return profile


def add_category(session: Session, actor: Actor, organisation: Organisation, category: Category) -> None:
    """Let a firm be found by something it supplies. Raises `NotNow` beyond as many as tell anything."""
    hold(session, organisation)
    has = categories_of(session, [organisation.id]).get(organisation.id, [])
    if category.code in {each.code for each in has}:
        return
    if len(has) >= MOST_CATEGORIES:
        raise NotNow(f"Choose at most {MOST_CATEGORIES} categories. Take wider ones.")
    session.add(FirmCategory(organisation_id=organisation.id, code=category.code))
    session.flush()
    index_firm(session, organisation=organisation)
    journal.record(session, actor, "register.category_added", ("organisation", organisation.id), code=category.code)


def remove_category(session: Session, actor: Actor, organisation: Organisation, code: str) -> None:
    """No longer; doing it twice changes nothing."""
    hold(session, organisation)
    session.execute(
        delete(FirmCategory).where(FirmCategory.organisation_id == organisation.id, FirmCategory.code == code)
    )
    index_firm(session, organisation=organisation)
    journal.record(session, actor, "register.category_removed", ("organisation", organisation.id))


def index_firm(session: Session, *, organisation: Organisation) -> None:
    """Let a firm be found by what it says now. Subscribed to `organisations.described`."""
    if not organisation.is_supplier:
        return
    index(session, SubjectKind.FIRM, organisation.id, weights_of(session, organisation))
