"""The pages of responses: for firms, for the people who open and read, and for anybody with a receipt."""

from portal.responses.views import (
    clarifying,
    copies,
    drafting,
    explaining,
    files,
    invitations,
    opening,
    partners,
    reading,
    receipts,
    sections,
    starting,
    submitting,
)
from portal.responses.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "clarifying",
    "copies",
    "drafting",
    "explaining",
    "files",
    "invitations",
    "opening",
    "partners",
    "reading",
    "receipts",
    "sections",
    "starting",
    "submitting",
]
