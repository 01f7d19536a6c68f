"""Firms that answer together: the lead asks partners, they accept, and one may leave again."""

from collections.abc import Iterator
from datetime import datetime

from portal.challenges.models import RoundKind
from portal.demo import shapes
from portal.demo.walking.calls import Call
from portal.demo.walking.walk import Act, Acts, Walk, there
from portal.organisations.models import Organisation
from portal.responses import queries as found
from portal.responses import services as responses
from portal.responses.models import Response

PARTNERS_SHARE = 30
"""Per cent of the work that goes to a partner."""
PARTNERS_PART = "Tries it with the people it is for, and writes down what they say"


def own(walk: Walk, act: Act, kind: RoundKind, firm: str) -> Response:
    """A firm's response, as its own people find it."""
    return there(found.own(act.session, act.actor, walk.responses[kind, firm]))


def invite(walk: Walk, act: Act, call: Call, said: shapes.Response, response: Response) -> None:
    """The lead asks everybody who is to answer with it."""
    for partner in said.partners:
        address = f"{walk.world.answers_for(partner)}@demo.example"
        part = said.partners_part or PARTNERS_PART
        walk.invitations[call.kind, said.firm, partner] = responses.invite_partner(
            act.session, act.actor, response, address, share_percent=PARTNERS_SHARE, part=part
        )


def join(walk: Walk, call: Call, said: shapes.Response, partner: str) -> None:
    """A partner accepts."""
    with walk.acting(walk.world.answers_for(partner)) as act:
        key = walk.invitations[call.kind, said.firm, partner]
        reference = act.session.get_one(Organisation, walk.world.organisations[partner]).reference
        responses.accept_invitation(act.session, act.actor, key, reference)


def leave(walk: Walk, call: Call, said: shapes.Response, gone: shapes.PartnerGone) -> None:
    """A partner leaves, and says why."""
    with walk.acting(walk.world.answers_for(gone.firm)) as act:
        responses.leave(act.session, act.actor, own(walk, act, call.kind, said.firm), reason=gone.reason)


def gone_while_open(walk: Walk, call: Call, said: shapes.Response) -> Iterator[tuple[datetime, shapes.PartnerGone]]:
    """Who leaves before the deadline, and when."""
    for gone in said.left:
        if gone.day < call.deadline:
            yield walk.world.moment(gone.day, 16), gone


def leave_late(walk: Walk, call: Call) -> Acts:
    """Partners that leave once the responses are opened: nobody can be held in."""
    for said in call.responses:
        for gone in said.left:
            if gone.day >= call.deadline:
                yield walk.at(gone.day, 16)
                leave(walk, call, said, gone)
