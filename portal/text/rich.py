"""Rich text: Markdown as typed or HTML as pasted, rendered, then cleaned by one allow-list.

Cleaning is slow (tens of milliseconds for a long text), so it is done once, when the text is saved. A stored
text remembers the version of the cleaner that passed it; when the rules change, `CLEANER_VERSION` grows and
whatever was stored under a smaller one is rendered again from its source.
"""

import html as entities
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from portal.text.cleaner import clean

CLEANER_VERSION: Final = 1

SourceFormat = Literal["markdown", "html"]


@dataclass(frozen=True)
class RichText:
    """A text with its source, kept to be edited and cleaned anew, and the HTML that may be shown."""

    source: str
    source_format: SourceFormat
    html: str
    cleaner_version: int

    @property
    def is_stale(self) -> bool:
        """Whether the rules of cleaning have changed since this text was cleaned."""
        return self.cleaner_version != CLEANER_VERSION


def rich_text(source: str, source_format: SourceFormat = "markdown") -> RichText:
    """The source together with its cleaned HTML, ready to be stored."""
    renderer = render if source_format == "markdown" else render_pasted_html
    storable = tidy(source)
    return RichText(storable, source_format, renderer(storable), CLEANER_VERSION)


def render(source: str) -> str:
    """Cleaned HTML of Markdown; typed HTML is shown as text, and a typed line break is kept."""
    return clean(str(_MARKDOWN.render(tidy(source))))


def render_pasted_html(html: str) -> str:
    """Cleaned HTML of HTML pasted or imported from elsewhere."""
    return clean(tidy(html))


def tidy(text: str) -> str:
    """The text without what no database can store (NUL, lone surrogates) or reader see (controls)."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _image_as_its_words(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Pictures are not shown, but the words written for those who cannot see them are."""
    return entities.escape(tokens[index].content)


def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    parser.add_render_rule("image", _image_as_its_words)
    return parser


_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MARKDOWN: Any = _markdown()
