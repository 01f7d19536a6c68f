"""Releases and records wrapped into packages of the Open Contracting Data Standard 1.1."""

import json
from collections.abc import Sequence

from portal.open_data.models import PublishedRelease
from portal.open_data.publisher import LICENCE, publisher
from portal.open_data.publishing import compiled
from portal.open_data.values import Body, filled, moment

_COMMUNITY = "https://raw.githubusercontent.com/open-contracting-extensions/{}/master/extension.json"
EXTENSIONS = (
    "https://standard.open-contracting.org/profiles/eu/latest/en/extension.json",
    _COMMUNITY.format("ocds_documentation_extension"),
    _COMMUNITY.format("ocds_pagination_extension"),
    "https://raw.githubusercontent.com/portaledcahn/ocds_Links_extension/main/extension.json",
    "https://raw.githubusercontent.com/cabinetoffice/ocds_uk_extension/main/extension.json",
)
"""What our releases use beside the standard itself: the same as Find a Tender's, as far as we use it."""


def release_package(releases: Sequence[PublishedRelease], *, path: str, links: Body | None = None) -> Body:
    """Releases as they were published, under the address at which this package stands."""
    return _wrapped(releases, path) | {"releases": [json.loads(each.content) for each in releases]} | _links(links)


def draft_package(release: Body, *, path: str) -> Body:
    """A release that is not published yet, wrapped as it would be."""
    return _wrapped([], path) | {"publishedDate": release["date"], "releases": [release]}


def record_package(releases: Sequence[PublishedRelease], *, path: str) -> Body:
    """The record of one challenge: all its releases, and what they come to."""
    record = {
        "ocid": json.loads(releases[0].content)["ocid"],
        "releases": [json.loads(each.content) for each in releases],
        "compiledRelease": compiled(list(releases)),
    }
    return _wrapped(releases, path) | {"records": [record]}


def _wrapped(releases: Sequence[PublishedRelease], path: str) -> Body:
    who = publisher()
    published = max((each.published_at for each in releases), default=None)
    return filled(
        uri=who.address(path.partition("?")[0]) + "".join(path.partition("?")[1:]),
        version="1.1",
        extensions=list(EXTENSIONS),
        publishedDate=moment(published) or "2025-02-24T00:00:00Z",
        publisher={"name": who.region, "uri": who.address("/open-data")},
        license=LICENCE,
        publicationPolicy=who.address("/open-data"),
    )


def _links(links: Body | None) -> Body:
    return {"links": links} if links else {}
