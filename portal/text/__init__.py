"""Text as people type and paste it: cleaned to be shown, and flattened to be searched, counted and fed."""

from portal.text.flat import fold, plain, words
from portal.text.mending import mended
from portal.text.rich import (
    CLEANER_VERSION,
    RichText,
    SourceFormat,
    render,
    render_pasted_html,
    rich_text,
    tidy,
)

__all__ = [
    "CLEANER_VERSION",
    "RichText",
    "SourceFormat",
    "fold",
    "mended",
    "plain",
    "render",
    "render_pasted_html",
    "rich_text",
    "tidy",
    "words",
]
