"""What is written to people about their accounts."""

from urllib.parse import urlencode

from sqlalchemy.orm import Session, joinedload

from portal.accounts.links import token_of
from portal.accounts.models import MailedLink
from portal.outbox.messages import Mail, message
from portal.policy import Role


@message("accounts.confirm")
def confirm(session: Session, link_id: int) -> Mail:
    """To a new address: the link that makes an account."""
    link = session.get_one(MailedLink, link_id)
    return Mail("Confirm your e-mail address", "mail/accounts/confirm.txt", path=f"/register/{token_of(link)}")


@message("accounts.known")
def known(session: Session) -> Mail:
    """To somebody who registers again: there is an account already."""
    return Mail("You have an account already", "mail/accounts/known.txt", path="/sign-in")


@message("accounts.start")
def start(session: Session, link_id: int) -> Mail:
    """To somebody who begins a response with no more than an address."""
    link = session.get_one(MailedLink, link_id)
    return Mail("Go on with your response", "mail/accounts/start.txt", path=f"/start/{token_of(link)}")


@message("accounts.go_on")
def go_on(session: Session, next: str) -> Mail:
    """To somebody who began a response with the address of an account that has a password."""
    return Mail("Go on with your response", "mail/accounts/go_on.txt", path=f"/sign-in?{urlencode({'next': next})}")


@message("accounts.reset")
def reset(session: Session, link_id: int) -> Mail:
    """The link with which a new password is chosen."""
    link = session.get_one(MailedLink, link_id)
    return Mail("Choose a new password", "mail/accounts/reset.txt", path=f"/password/{token_of(link)}")


@message("accounts.password_changed")
def password_changed(session: Session) -> Mail:
    """So that nobody's password changes behind their back."""
    return Mail("Your password was changed", "mail/accounts/password_changed.txt", path="/password/forgotten")


@message("accounts.invited")
def invited(session: Session, link_id: int) -> Mail | None:
    """The link of an invitation; nothing once it is taken back."""
    link = session.get_one(MailedLink, link_id, options=[joinedload(MailedLink.sent_by)])
    if link.withdrawn_at is not None or link.role is None:
        return None
    context = {"who": link.sent_by.name if link.sent_by else "The administrator", "invitation": link}
    return Mail(f"You are invited: {link.place}", "mail/accounts/invited.txt", context, f"/invitation/{token_of(link)}")


@message("accounts.given")
def given(session: Session, role: str, place: str) -> Mail:
    """To somebody with an account who was given a role."""
    context = {"role": Role(role).label, "place": place}
    return Mail(f"You have a new role: {place}", "mail/accounts/given.txt", context, "/home")
