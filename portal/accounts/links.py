"""Links that are mailed: each works once, for a time, and for what it was made for.

A token is made from a random salt in the row and the portal's key, so that the worker can write it into the mail
again whenever it sends, while neither a copy of the database nor the key alone opens anything.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, joinedload

from portal.accounts.identity import token_digest
from portal.accounts.models import LinkPurpose, MailedLink
from portal.db import clock

LASTS = {
    LinkPurpose.CONFIRM: timedelta(hours=24),
    LinkPurpose.START: timedelta(hours=24),
    LinkPurpose.RESET: timedelta(hours=1),
    LinkPurpose.INVITE: timedelta(days=14),
}

_key = secrets.token_bytes(32)


class LinkSpent(Exception):
    """The link was used, withdrawn or replaced, is too old, or never was one of ours."""


def use_key(key: str) -> None:
    """Make every token with the portal's own key; without it they are good for this process only."""
    global _key  # noqa: PLW0603
    _key = key.encode()


def make(session: Session, purpose: LinkPurpose, email: str, **fields: Any) -> MailedLink:
    """A new link for an address, not yet mailed."""
    now = clock.now()
    link = MailedLink(
        purpose=purpose,
        salt=secrets.token_urlsafe(32),
        email=email,
        made_at=now,
        expires_at=now + LASTS[purpose],
        **fields,
    )
    link.token_digest = token_digest(token_of(link))
    session.add(link)
    session.flush()
    return link


def token_of(link: MailedLink) -> str:
    """The token that goes into the mail."""
    digest = hmac.digest(_key, f"{link.purpose.value}:{link.salt}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def stamp(what: str, key: int) -> str:
    """A token that says, signed, what somebody may do by a link without signing in; it works as often as it is used."""
    digest = hmac.digest(_key, f"{what}:{key}".encode(), hashlib.sha256)
    return f"{key}-{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def stamped(what: str, token: str) -> int | None:
    """The key in such a token; None where it is not ours."""
    text = token.partition("-")[0]
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    return int(text) if hmac.compare_digest(stamp(what, int(text)).encode(), token.encode()) else None


def living(session: Session, purpose: LinkPurpose, token: str) -> MailedLink | None:
    """The link this token opens, as long as it may be used."""
    return session.scalars(_living(purpose, token).options(joinedload(MailedLink.sent_by))).first()


def use(session: Session, purpose: LinkPurpose, token: str) -> MailedLink:
    """Spend the link, once even if two ask at the same moment. Raises `LinkSpent`.

    Every link to the address is locked first, in the order of their ids: spending one may take back the others.
    """
    email = session.scalar(select(MailedLink.email).where(MailedLink.token_digest == token_digest(token)))
    of_address = select(MailedLink.id).where(MailedLink.email == email).order_by(MailedLink.id)
    session.execute(of_address.with_for_update())
    link = session.scalars(_living(purpose, token).execution_options(populate_existing=True)).first()
    if link is None:
        raise LinkSpent
    link.used_at = clock.now()
    return link


def withdraw(session: Session, purpose: LinkPurpose, email: str) -> None:
    """Take back what an address was sent for this purpose and did not use."""
    session.execute(
        update(MailedLink)
        .where(
            MailedLink.purpose == purpose,
            MailedLink.email == email,
            MailedLink.used_at.is_(None),
            MailedLink.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=clock.now())
    )


def _living(purpose: LinkPurpose, token: str) -> Select[MailedLink]:
    return select(MailedLink).where(
        MailedLink.token_digest == token_digest(token),
        MailedLink.purpose == purpose,
        MailedLink.used_at.is_(None),
        MailedLink.withdrawn_at.is_(None),
        MailedLink.expires_at > clock.now(),
    )
