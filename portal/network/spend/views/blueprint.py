"""The one blueprint of this feature, and who may do what in it."""

from typing import Any

from flask import Blueprint, request

from portal.network.options import NetworkOption, when_on
from portal.network.queries import authority_seen
from portal.network.spend.queries import file_seen
from portal.policy import Permission

blueprint = Blueprint("spend", __name__)

SEES = (Permission.CHALLENGE_SEE, Permission.NETWORK_SEE)
WRITES = Permission.CHALLENGE_START
AUTHORITY = when_on(NetworkOption.IMPORT_REPLACEMENT, authority_seen)
FILE = when_on(NetworkOption.IMPORT_REPLACEMENT, file_seen, body=lambda file: file.organisation_id)
MOST_BYTES = 250 * 1024 * 1024
"""A million payments fit into half of it. Only the page that takes payments files takes that much."""


@blueprint.url_value_preprocessor
def _take_large_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Said before anything reads the form, the check of its token included."""
    if endpoint == "spend.send":
        request.max_content_length = MOST_BYTES
