"""Official identifiers of processes are told apart from our own."""

import pytest

from portal.law.ocids import is_official, official_ocid, platform_of
from portal.open_data.publisher import Publisher


@pytest.mark.parametrize("typed", ["ocds-h6vhtk-068ae4", " ocds-b5fd17-e3b5f385-5989-4cf1-8849-01c247fc9c30\n"])
def test_an_official_identifier_is_taken(typed: str) -> None:
    assert official_ocid(typed) == typed.strip()


@pytest.mark.parametrize(
    "typed", ["", "068ae4", "ocds-h6vhtk", "ocds-H6VHTK-068ae4", "ocds-h6vhtk-a b", "ocds-h6vhtk-<b>"]
)
def test_anything_else_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="such as ocds-h6vhtk-068ae4"):
        official_ocid(typed)


def test_our_own_is_never_official() -> None:
    assert not is_official(Publisher().ocid("EV-2026-014"))


def test_the_platforms_we_know_are_named() -> None:
    assert platform_of("ocds-h6vhtk-068ae4") == "Find a Tender"
    assert platform_of("ocds-b5fd17-1") == "Contracts Finder"
    assert platform_of("ocds-213czf-1") == ""
