"""Rich text: what is shown of what people type and paste, however hostile."""

import re
from html.parser import HTMLParser
from threading import Thread

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.text import CLEANER_VERSION, plain, render, render_pasted_html, rich_text
from portal.text.allowed import TAGS
from portal.text.cleaner import clean


class _Inventory(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.tags.add(tag)


def assert_harmless(html: str) -> None:
    found = _Inventory(html)
    assert found.tags <= TAGS, found.tags - TAGS
    for tag, name, value in found.attributes:
        assert name in {"href", "rel", "colspan", "rowspan", "scope", "start"}, (tag, name)
        if name == "href":
            assert re.match(r"https?://[^/]|mailto:|tel:", value, re.IGNORECASE), value


HOSTILE = [
    "<script>alert('canary')</script>",
    "<SCRIPT SRC=//evil.example/canary.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script><script>canary</script>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A&#x61vascript&colon;alert(1)'>x</a>",
    "<a href='java&Tab;script:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='//evil.example/'>x</a>",
    "<a href='/sign-out'>x</a>",
    "<a href='blob:https://evil.example/1'>x</a>",
    "<a href='https://ok.example/' onclick='alert(1)' style='color:red' ping=//evil.example>x</a>",
    "<p onmouseover=alert(1) style='position:fixed;inset:0'>x</p>",
    "<style>body{display:none}</style>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi xlink:href='data:x,<script>alert(1)</script>'>x</mi></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,x'></object><embed src=x>",
    "<form action=//evil.example><input name=password><button>Sign in</button></form>",
    "<meta http-equiv=refresh content='0;url=//evil.example'><base href=//evil.example>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><x/>",
    "<b><i><b><table><a href='https://a.example'><tr><td><p></b></i>",
    "<p><ul><li><p><table><p></ul></table>",
    "</p></div></body></html><h1>x",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<a href='https://a.example' href='javascript:alert(1)'>x</a>",
    "<<a href='javascript:alert(1)'>x</a>",
    "<a/href='javascript:alert(1)'/onclick=alert(1)>x",
    "<td colspan='9999999999' rowspan='-1'>x</td>",
    "[x](javascript:alert(1)) [x](JAVASCRIPT&colon;alert(1)) [x](data:text/html,x) <javascript:alert(1)>",
    "![x](javascript:alert(1)) ![words](https://a.example/x.png)",
    "[x]: javascript:alert(1)\n[x]",
    "`<script>` and <script>alert(1)</script>",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_input_comes_out_harmless_as_markdown_and_as_html(source: str) -> None:
    for html in (render(source), render_pasted_html(source)):
        assert_harmless(html)
        assert clean(html) == html


@pytest.mark.parametrize("source", HOSTILE[:4])
def test_the_inside_of_a_pasted_script_is_not_left_behind_as_words(source: str) -> None:
    assert "canary" not in render_pasted_html(source)


_FRAGMENTS = st.one_of(
    st.sampled_from(
        [
            f"<{tag}>"
            for tag in sorted(TAGS | {"h1", "h2", "script", "svg", "div", "form", "select", "main", "plaintext"})
        ]
        + [f"</{tag}>" for tag in sorted(TAGS | {"h1", "h2", "script", "svg", "div", "form", "select", "main"})]
        + [
            "<a href='https://a.example/?a=1&b=<2>'>",
            "<a href=javascript:x>",
            "<a x=1>",
            "<b x=2>",
            "<td colspan=2>",
        ]
        + [
            "<!--",
            "-->",
            "<",
            ">",
            "&",
            "&amp;",
            "&lt;",
            "&#60;",
            "&nbsp",
            '"',
            "'",
            "`",
            "\n\n",
            "\n- ",
            "# ",
            "|",
        ]
        + ["\x00", "\ud800", "\u202e"]
    ),
    st.text(max_size=8),
)
_SOUP = st.lists(_FRAGMENTS, max_size=30).map("".join)


@settings(deadline=None)
@given(_SOUP)
@example("<a href=https://a.example><table><a href=https://b.example>")
@example("<table><p><li>")
def test_whatever_comes_in_only_the_list_comes_out_and_cleans_to_itself(source: str) -> None:
    for html in (render(source), render_pasted_html(source)):
        assert_harmless(html)
        assert render_pasted_html(html) == html
        html.encode("utf-8")


def test_markdown_becomes_paragraphs_lists_tables_and_links_we_do_not_vouch_for() -> None:
    html = render("One\nline\n\n- *a*\n- **b** ~~c~~\n\n[Page](https://a.example/?x=1&y=2)\n\n|A|B|\n|-|-:|\n|1|2|\n")
    assert "<p>One<br>\nline</p>" in html
    assert "<li><strong>b</strong> <s>c</s></li>" in html
    assert '<a href="https://a.example/?x=1&amp;y=2" rel="nofollow noopener">Page</a>' in html
    assert "<th>A</th>" in html
    assert "<td>2</td>" in html


def test_a_link_without_a_safe_address_keeps_its_words() -> None:
    assert render_pasted_html("<p>See <a href='/x'>the <em>rules</em></a>.</p>") == "<p>See the <em>rules</em>.</p>"


def test_a_pasted_rel_or_target_does_not_replace_ours() -> None:
    html = render_pasted_html("<a rel='opener' target='_blank' href='https://a.example'>x</a>")
    assert html == '<a href="https://a.example" rel="nofollow noopener">x</a>'


@pytest.mark.parametrize(
    ("source", "headings"),
    [
        ("# A\n\n## B\n\n### C", ["h3", "h4", "h5"]),
        ("## A\n\n#### B", ["h3", "h4"]),
        ("###### A", ["h3"]),
        ("# A\n\n## B\n\n### C\n\n#### D\n\n##### E", ["h3", "h4", "h5", "h6", "h6"]),
    ],
)
def test_headings_begin_below_those_of_the_page_and_skip_no_level(source: str, headings: list[str]) -> None:
    assert re.findall(r"<(h\d)>", render(source)) == headings


def test_html_typed_into_markdown_is_shown_as_typed() -> None:
    assert render("a <b>b</b>") == "<p>a &lt;b&gt;b&lt;/b&gt;</p>\n"


@pytest.mark.parametrize(
    "source", ["<table><li>words", "<table><p>words</table>", "<table><h2>words", "<table><b>words"]
)
def test_words_in_a_broken_table_are_not_lost(source: str) -> None:
    assert plain(render_pasted_html(source)) == "words"


def test_a_picture_leaves_its_words() -> None:
    assert render("![A *map*](https://a.example/map.png)") == "<p>A *map*</p>\n"


def test_what_no_database_can_store_is_left_out() -> None:
    assert render("a\x00b\ud800c\r\nd") == "<p>abc<br>\nd</p>\n"


@pytest.mark.parametrize(
    "source",
    [
        "<blockquote>" * 20_000,
        "".join(f"<b x={n}>" for n in range(5_000)) + "<p>" * 5_000,
        "<script" * 50_000,
        "<" * 50_000,
    ],
)
def test_absurd_depth_is_answered_in_words_and_in_good_time(source: str) -> None:
    html = render_pasted_html(source + "end")
    assert_harmless(html)
    assert len(html) < 10 * len(source)


def test_rich_text_keeps_its_source_and_the_version_that_cleaned_it() -> None:
    text = rich_text("<p onclick=x>hello</p>", "html")
    assert (text.source, text.html) == ("<p onclick=x>hello</p>", "<p>hello</p>")
    assert text.cleaner_version == CLEANER_VERSION
    assert not text.is_stale


def test_threads_do_not_share_a_parser() -> None:
    wrong: list[str] = []

    def work(word: str) -> None:
        for _ in range(30):
            if render(f"**{word}**") != f"<p><strong>{word}</strong></p>\n":
                wrong.append(word)

    threads = [Thread(target=work, args=(f"word{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
