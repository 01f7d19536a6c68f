"""Finding prompts, cases and what is on offer. What belongs to an authority without the option is not found."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import Challenge
from portal.network.hands_on.models import HelpGiven, IdlePrompt, SupportOffer
from portal.network.options import NetworkOption, bodies_with, options_tried
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission
from portal.responses.models import HelpRequest


def with_option() -> Select[int]:
    """The ids of the authorities that have hands-on support on."""
    return bodies_with(NetworkOption.HANDS_ON_SUPPORT)


def own_prompt(session: Session, actor: Actor, reference: str) -> IdlePrompt | None:
    """The prompt that one of this person's firms got for a challenge."""
    return session.scalars(
        select(IdlePrompt)
        .join(IdlePrompt.challenge)
        .where(
            Challenge.reference == reference,
            Challenge.lead_id.in_(with_option()),
            IdlePrompt.organisation_id.in_(actor.ids(Permission.RESPONSE_WRITE)),
        )
        .options(joinedload(IdlePrompt.challenge, innerjoin=True))
        .order_by(IdlePrompt.id)
    ).first()


def has_asked(session: Session, prompt: IdlePrompt) -> bool:
    """Whether the firm has said yes already."""
    asked = select(HelpRequest.id).where(
        HelpRequest.challenge_id == prompt.challenge_id, HelpRequest.organisation_id == prompt.organisation_id
    )
    return session.scalar(asked) is not None


def _cases(actor: Actor) -> Select[HelpRequest]:
    """What this adviser has taken on, who asked first."""
    return (
        select(HelpRequest)
        .join(Challenge, Challenge.id == HelpRequest.challenge_id)
        .where(HelpRequest.taken_by_id == actor.person_id, Challenge.lead_id.in_(with_option()))
        .options(joinedload(HelpRequest.organisation), joinedload(HelpRequest.asked_by))
        .order_by(HelpRequest.contacted_at.is_not(None), HelpRequest.asked_at, HelpRequest.id)
    )


def cases(session: Session, actor: Actor) -> Sequence[HelpRequest]:
    """An adviser's own cases: first those that nobody has spoken with; a hundred at most."""
    return session.scalars(_cases(actor).limit(100)).all()


def own_case(session: Session, actor: Actor, key: int) -> HelpRequest | None:
    """One of an adviser's own cases."""
    return session.scalars(_cases(actor).where(HelpRequest.id == key)).first()


def given_in(session: Session, those: Iterable[HelpRequest]) -> dict[int, int]:
    """How often something was offered in each case, by its id."""
    ids = [each.id for each in those]
    rows = select(HelpGiven.request_id, func.count()).where(HelpGiven.request_id.in_(ids))
    return {request: number for request, number in session.execute(rows.group_by(HelpGiven.request_id))}  # noqa: C416


def log_of(session: Session, case: HelpRequest) -> Sequence[HelpGiven]:
    """What was offered in a case, the latest first."""
    rows = select(HelpGiven).where(HelpGiven.request_id == case.id).options(joinedload(HelpGiven.offer))
    return session.scalars(rows.order_by(HelpGiven.offered_at.desc(), HelpGiven.id.desc()).limit(200)).all()


def offered_to(session: Session, those: Iterable[HelpRequest]) -> Counter[int]:
    """In how many of these cases each offer of the directory was made, by the offer's id."""
    ids = [each.id for each in those]
    rows = select(HelpGiven.offer_id, func.count(HelpGiven.request_id.distinct())).where(
        HelpGiven.request_id.in_(ids), HelpGiven.offer_id.is_not(None)
    )
    return Counter({offer: number for offer, number in session.execute(rows.group_by(HelpGiven.offer_id)) if offer})


def directory(session: Session, organisation_id: int | None = None) -> Sequence[SupportOffer]:
    """What is on offer, by body and name: of one body, or of all; five hundred at most."""
    rows = (
        select(SupportOffer)
        .join(SupportOffer.organisation)
        .options(joinedload(SupportOffer.organisation, innerjoin=True))
        .where(SupportOffer.removed_at.is_(None))
    )
    if organisation_id is not None:
        rows = rows.where(SupportOffer.organisation_id == organisation_id)
    return session.scalars(rows.order_by(Organisation.name, SupportOffer.name, SupportOffer.id).limit(500)).all()


def is_anywhere(session: Session) -> bool:
    """Whether any authority has hands-on support on."""
    return NetworkOption.HANDS_ON_SUPPORT in options_tried(session)
