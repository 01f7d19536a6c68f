import pytest

from portal.law.companies import company_number, postcode, ppon, share_code


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01234567", "01234567"),
        ("1234567", "01234567"),
        ("12", "00000012"),
        ("sc 123456", "SC123456"),
        ("SC1234", "SC001234"),
        ("NI012345", "NI012345"),
        ("IP12345R", "IP12345R"),
        ("R0000123", "R0000123"),
        (" 99-014-207 ", "99014207"),
    ],
)
def test_company_numbers_are_padded_and_kept_in_capitals(typed: str, kept: str) -> None:
    assert company_number(typed) == kept


@pytest.mark.parametrize("typed", ["", "123456789", "ABC12345", "SC12345678", "hello", "SC", "١٢٣٤٥٦٧٨"])
def test_what_is_no_company_number_gets_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="Companies House"):
        company_number(typed)


@pytest.mark.parametrize(
    ("typed", "kept"), [("b30 2tt", "B30 2TT"), ("SW1A1AA", "SW1A 1AA"), ("wv6  0tl", "WV6 0TL"), ("M1-1AE", "M1 1AE")]
)
def test_postcodes_are_kept_with_their_blank(typed: str, kept: str) -> None:
    assert postcode(typed) == kept


@pytest.mark.parametrize("typed", ["", "B30", "12345", "B30 2T", "BBB3 2TT", "B30 2TTT"])
def test_what_is_no_postcode_gets_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="postcode"):
        postcode(typed)


@pytest.mark.parametrize("typed", ["PXYZ-1234-ABCD", "pxyz 1234 abcd", "PXYZ1234ABCD", "GB-PPON-PXYZ-1234-ABCD"])
def test_platform_numbers_are_kept_with_their_dashes(typed: str) -> None:
    assert ppon(typed) == "PXYZ-1234-ABCD"


@pytest.mark.parametrize("typed", ["", "PXYZ", "1234-PXYZ-ABCD", "PXYZ-1234-ABC", "PXYZ-1234-ABCDE", "ÄXYZ-1234-ABCD"])
def test_what_is_no_platform_number_gets_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="Central Digital Platform"):
        ppon(typed)


@pytest.mark.parametrize("typed", ["h4TnV9pQ", " h4Tn-V9pQ ", "h4Tn V9pQ"])
def test_a_share_code_keeps_its_capitals(typed: str) -> None:
    assert share_code(typed) == "h4TnV9pQ"


@pytest.mark.parametrize("typed", ["", "h4TnV9p", "h4TnV9pQ1", "h4TnV9p!", "h4TnV9pé", "h4TnV9p\u0663"])
def test_what_is_no_share_code_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="eight letters and digits"):
        share_code(typed)
