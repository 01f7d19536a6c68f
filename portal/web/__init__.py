"""The Flask glue every page shares: who may enter, the request's session, errors, forms, filters and headers."""

from portal.web.access import PUBLIC, SIGNED_IN, access
from portal.web.identity import current_actor
from portal.web.paging import Page, page_number
from portal.web.transaction import after_refusal, database, db_session, let_go

__all__ = [
    "PUBLIC",
    "SIGNED_IN",
    "Page",
    "access",
    "after_refusal",
    "current_actor",
    "database",
    "db_session",
    "let_go",
    "page_number",
]
