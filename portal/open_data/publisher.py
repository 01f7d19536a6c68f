"""Who publishes: the region's name, the portal's own address and the prefix of its identifiers, set by the wiring."""

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Names what is published here. `prefix` begins every identifier (`ocid`) and can't be mistaken for official."""

    region: str = "Anchor network"
    base_url: str = "http://localhost"
    prefix: str = "local-portal"

    def address(self, path: str) -> str:
        """A whole address on this portal."""
        scheme, host, *_ = urlsplit(self.base_url)
        return urlunsplit((scheme, host, path, "", ""))

    def ocid(self, reference: str) -> str:
        """The identifier of everything that is published of one challenge."""
        return f"{self.prefix}-{reference}"


class _Kept:
    publisher = Publisher()


def publish_as(publisher: Publisher) -> None:
    """Say, once at the start, who publishes."""
    _Kept.publisher = publisher


def publisher() -> Publisher:
    """Who publishes here."""
    return _Kept.publisher
