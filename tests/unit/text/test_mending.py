"""Text read in a wrong encoding is read right again; text that is right stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.text import mended


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("Â£40,000 â€“ too much", "£40,000 – too much"),
        ("services.\u00e2\u20ac\u00af The", "services.\u202f The"),
        ("itâ€™s the councilâ€™s", "it’s the council’s"),
        ("CafÃ©, naÃ¯ve", "Café, naïve"),
        ("Ã¢â‚¬â„¢", "’"),
        ("â€\x9dquoted", "”quoted"),
        ("\u00ef\u00bb\u00bfDate", "\ufeffDate"),
    ],
)
def test_a_wrong_reading_is_put_right(broken: str, right: str) -> None:
    assert mended(broken) == right


@pytest.mark.parametrize("text", ["", "plain", "£40,000 – too much", "Café Ångström, “quoted”", "Ârt", "日本", "Â "[0]])
def test_what_is_right_stays(text: str) -> None:
    assert mended(text) == text


@given(some.text(alphabet=some.characters(min_codepoint=0xA1, max_codepoint=0x2FFF, exclude_categories=["Cs", "Cn"])))
def test_what_was_spoilt_comes_back(text: str) -> None:
    try:
        spoilt = text.encode().decode("cp1252")
    except UnicodeDecodeError:
        return
    if mended(text) == text:
        assert mended(spoilt) == text
