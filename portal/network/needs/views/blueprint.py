"""The one blueprint of this room, and its finders behind the option's door."""

from flask import Blueprint

from portal.network.needs import queries
from portal.network.options import NetworkOption, when_on
from portal.network.queries import authority_seen

blueprint = Blueprint("needs", __name__)
body = when_on(NetworkOption.SHARED_NEED, authority_seen)
own_need = when_on(NetworkOption.SHARED_NEED, queries.own_need, body=lambda need: int(need.organisation_id))
