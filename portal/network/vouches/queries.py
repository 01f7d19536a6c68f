"""Finding vouches: the network those with consent, a body its own, a firm those about it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager

from portal.network.options import NetworkOption, bodies_with
from portal.network.queries import authority_seen
from portal.network.vouches.models import Vouch
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission
from portal.web.paging import Page, page_of

_BODY, _FIRM = aliased(Organisation), aliased(Organisation)


def vouches_seen(session: Session, organisation: Organisation, words: str, *, number: int) -> Page[Vouch]:
    """What the network sees, and what this body gave itself; the latest first, by words in firm or work."""
    standing = and_(Vouch.consents.is_(True), Vouch.body_id.in_(bodies_with(NetworkOption.SHARING_INTELLIGENCE)))
    rows = _whole().where(Vouch.ended_at.is_(None), or_(standing, Vouch.body_id == organisation.id))
    if words:
        holds = (each.icontains(words, autoescape=True) for each in (_FIRM.name, Vouch.work))
        rows = rows.where(or_(*holds))
    return page_of(session, rows.order_by(Vouch.given_at.desc(), Vouch.id.desc()), number=number)


def own_vouch(session: Session, actor: Actor, reference: str, vouch: str) -> Vouch | None:
    """A vouch a body gave, for that body's people."""
    body = authority_seen(session, actor, reference)
    if body is None:
        return None
    rows = _whole().where(Vouch.body_id == body.id, Vouch.reference == vouch, Vouch.ended_at.is_(None))
    return session.scalars(rows).first()


def vouched_firm(session: Session, actor: Actor, reference: str) -> Organisation | None:
    """A firm for the people who answer for it."""
    mine = Organisation.id.in_(actor.ids(Permission.RESPONSE_WRITE))
    return session.scalars(select(Organisation).where(Organisation.reference == reference, mine)).first()


def vouches_about(session: Session, firm: Organisation) -> Sequence[Vouch]:
    """What bodies say of a firm, whether it consents or not, the latest first."""
    rows = _whole().where(_about(firm.id)).order_by(Vouch.given_at.desc(), Vouch.id.desc())
    return session.scalars(rows.limit(200)).all()


def vouch_about(session: Session, actor: Actor, reference: str, vouch: str) -> Vouch | None:
    """One of them, for the firm's people."""
    firm = vouched_firm(session, actor, reference)
    if firm is None:
        return None
    return session.scalars(_whole().where(_about(firm.id), Vouch.reference == vouch)).first()


def standing_vouch(session: Session, body: Organisation, firm: Organisation) -> Vouch | None:
    """What a body says of a firm now."""
    return session.scalars(
        select(Vouch).where(Vouch.body_id == body.id, Vouch.firm_id == firm.id, Vouch.ended_at.is_(None))
    ).first()


def _about(firm_id: int) -> Any:
    on = Vouch.body_id.in_(bodies_with(NetworkOption.SHARING_INTELLIGENCE))
    return and_(Vouch.firm_id == firm_id, Vouch.ended_at.is_(None), on)


def _whole() -> Select[Any]:
    return (
        select(Vouch)
        .join(_BODY, _BODY.id == Vouch.body_id)
        .join(_FIRM, _FIRM.id == Vouch.firm_id)
        .options(contains_eager(Vouch.body.of_type(_BODY)), contains_eager(Vouch.firm.of_type(_FIRM)))
    )
