"""Official notices that come with a challenge published elsewhere."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class IncomingNotice:
    """One release as the notice it was published with: the platform's number for it, and where it can be read.

    `code` is the notice's own (UK4) where the platform gives it, `address` is empty where it gives none.
    """

    ocid: str
    number: str
    published_at: datetime
    code: str = ""
    title: str = ""
    address: str = ""
