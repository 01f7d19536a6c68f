"""What is done with people: registering, proving who they are, and giving and ending roles."""

from portal.accounts.services.giving import (
    end_grant,
    end_roles_within,
    give,
    invite,
    withdraw_invitation,
)
from portal.accounts.services.registering import (
    STARTED,
    accept_invitation,
    ask_to_register,
    begin_start,
    confirm,
    start_with_email,
)
from portal.accounts.services.signing_in import (
    ask_to_reset,
    change_details,
    change_password,
    end_sign_in,
    end_sign_ins,
    reset,
    sign_in,
    sign_in_again,
)

__all__ = [
    "STARTED",
    "accept_invitation",
    "ask_to_register",
    "ask_to_reset",
    "begin_start",
    "change_details",
    "change_password",
    "confirm",
    "end_grant",
    "end_roles_within",
    "end_sign_in",
    "end_sign_ins",
    "give",
    "invite",
    "reset",
    "sign_in",
    "sign_in_again",
    "start_with_email",
    "withdraw_invitation",
]
