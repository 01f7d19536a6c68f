"""What is written to people about their organisations."""

from sqlalchemy.orm import Session, joinedload

from portal.organisations.models import JoinRequest, Organisation
from portal.outbox.messages import Mail, message


@message("organisations.join_asked")
def join_asked(session: Session, request_id: int) -> Mail | None:
    """To a supplier's administrators: somebody asks to join; nothing once that is decided."""
    asked = _request(session, request_id)
    if asked.decided_at is not None:
        return None
    name = asked.organisation.name
    context = {"person": asked.person, "organisation": name}
    path = f"/organisations/{asked.organisation.reference}"
    return Mail(f"Somebody asks to join {name}", "mail/organisations/join_asked.txt", context, path)


@message("organisations.join_decided")
def join_decided(session: Session, request_id: int) -> Mail:
    """To whoever asked to join."""
    asked = _request(session, request_id)
    name = asked.organisation.name
    context = {"organisation": name, "accepted": asked.accepted}
    return Mail(f"You asked to join {name}", "mail/organisations/join_decided.txt", context, "/account/organisations")


@message("organisations.removed")
def removed(session: Session, organisation_id: int) -> Mail:
    """To whoever was removed from an organisation."""
    name = session.get_one(Organisation, organisation_id).name
    context = {"organisation": name}
    return Mail(f"You no longer belong to {name}", "mail/organisations/removed.txt", context, "/account/organisations")


def _request(session: Session, key: int) -> JoinRequest:
    with_names = [joinedload(JoinRequest.organisation), joinedload(JoinRequest.person)]
    return session.get_one(JoinRequest, key, options=with_names)
