"""The door of an option: where an authority has it off, its pages are not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from sqlalchemy.orm import Session

from portal.network.options.models import NetworkOption
from portal.network.options.queries import is_on
from portal.policy import Actor


def when_on(
    option: NetworkOption, find: Callable[..., Any], *, body: Callable[[Any], int] = lambda found: int(found.id)
) -> Callable[..., Any]:
    """A finder for `access(…, find=)` that finds nothing where the authority has the option off, so that it is 404.

    `body` says whose option it is, from what was found: the id of the thing itself unless given.

        @access(Permission.CHALLENGE_SEE, find=when_on(NetworkOption.SHARED_NEED, authority_seen))
        @access(Permission.CHALLENGE_PROCURE, find=when_on(option, inside, body=lambda challenge: challenge.lead_id))
    """

    @wraps(find)
    def found_when_on(session: Session, actor: Actor, **address: Any) -> Any:
        found = find(session, actor, **address)
        return found if found is not None and is_on(session, body(found), option) else None

    return found_when_on
