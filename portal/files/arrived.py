"""A file that has come in: looked into, its content kept, and not yet named by any row."""

from dataclasses import dataclass
from datetime import datetime

from portal.files.models import StoredFile


class NotTaken(ValueError):
    """A file was not taken in; the message is a sentence for whoever sent it."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The digest and size in bytes of content that the store keeps, what it is, and a name that is safe to show."""

    digest: str
    size: int
    mime: str
    name: str

    def as_row(self, uploaded_by_id: int | None, at: datetime) -> StoredFile:
        """The row that names it."""
        told = {"digest": self.digest, "size": self.size, "mime": self.mime, "name": self.name}
        return StoredFile(**told, uploaded_by_id=uploaded_by_id, uploaded_at=at)
