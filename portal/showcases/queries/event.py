"""Finding events, and which firms show there in which order."""

from collections.abc import Sequence

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import Challenge
from portal.challenges.queries import visible_inside
from portal.policy import Actor, Permission
from portal.responses.models import Response, ResponseMember
from portal.showcases.models import Appearance, PanelSeat, ShowcaseEvent
from portal.support.models import SupportPlan


def _events() -> Select[ShowcaseEvent]:
    return (
        select(ShowcaseEvent)
        .join(Challenge, Challenge.id == ShowcaseEvent.challenge_id)
        .options(joinedload(ShowcaseEvent.challenge).joinedload(Challenge.lead))
    )


def event_of(session: Session, challenge: Challenge) -> ShowcaseEvent | None:
    """The challenge's event, once one is planned."""
    return session.scalars(_events().where(ShowcaseEvent.challenge_id == challenge.id)).first()


def event_inside(session: Session, actor: Actor, reference: str) -> ShowcaseEvent | None:
    """The event of a challenge, for its team."""
    return session.scalars(_events().where(Challenge.reference == reference, visible_inside(actor))).first()


def event_for_guest(session: Session, actor: Actor, reference: str) -> ShowcaseEvent | None:
    """An event, for the guests who accepted their invitation to it."""
    mine = actor.ids(Permission.SHOWCASE_ATTEND)
    return session.scalars(
        _events().where(ShowcaseEvent.reference == reference, ShowcaseEvent.challenge_id.in_(mine))
    ).first()


def event_to_attend(session: Session, actor: Actor, reference: str) -> ShowcaseEvent | None:
    """An event, for everybody who comes to it: its guests, its panel and the challenge's team."""
    on_panel = exists().where(PanelSeat.event_id == ShowcaseEvent.id, PanelSeat.person_id == actor.person_id)
    invited = ShowcaseEvent.challenge_id.in_(actor.ids(Permission.SHOWCASE_ATTEND))
    return session.scalars(
        _events().where(ShowcaseEvent.reference == reference, or_(on_panel, invited, visible_inside(actor)))
    ).first()


def shown_plan(session: Session, actor: Actor, reference: str) -> SupportPlan | None:
    """The plan behind a response that is to be shown: for its own firm, and for the challenge's team."""
    mine = select(ResponseMember.response_id).where(
        ResponseMember.organisation_id.in_(actor.ids(Permission.RESPONSE_WRITE)),
        ResponseMember.accepted_at.is_not(None),
    )
    return session.scalars(
        select(SupportPlan)
        .join(Response, Response.id == SupportPlan.response_id)
        .join(Challenge, Challenge.id == SupportPlan.challenge_id)
        .where(Response.reference == reference, or_(Response.id.in_(mine), visible_inside(actor)))
        .options(
            joinedload(SupportPlan.challenge).joinedload(Challenge.lead),
            joinedload(SupportPlan.response).joinedload(Response.organisation),
            joinedload(SupportPlan.response).joinedload(Response.challenge),
        )
    ).first()


def appearance_of(session: Session, plan: SupportPlan) -> Appearance | None:
    """The firm's place in the running order, once the event is planned."""
    return session.scalars(
        select(Appearance)
        .where(Appearance.response_id == plan.response_id)
        .options(
            joinedload(Appearance.event).joinedload(ShowcaseEvent.challenge),
            joinedload(Appearance.response).joinedload(Response.challenge),
            joinedload(Appearance.response).joinedload(Response.organisation),
        )
    ).first()


def appearances_of(session: Session, event: ShowcaseEvent) -> Sequence[Appearance]:
    """The running order: every firm that still goes on."""
    return session.scalars(
        select(Appearance)
        .join(SupportPlan, SupportPlan.response_id == Appearance.response_id)
        .where(Appearance.event_id == event.id, SupportPlan.state != "out")
        .options(
            joinedload(Appearance.event).joinedload(ShowcaseEvent.challenge),
            joinedload(Appearance.response).joinedload(Response.organisation),
            joinedload(Appearance.response).joinedload(Response.challenge),
        )
        .order_by(Appearance.position, Appearance.id)
    ).all()
