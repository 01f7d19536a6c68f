import pytest

from portal.accounts import passwords


def test_a_password_is_kept_as_argon2id_and_found_right_again() -> None:
    kept = passwords.digest("three otters in a row")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")  # the second choice of RFC 9106, section 4
    assert "otters" not in kept
    assert passwords.matches(kept, "three otters in a row")
    assert not passwords.matches(kept, "three otters in a bow")


@pytest.mark.parametrize("kept", [None, "", "not a digest at all"])
def test_nothing_matches_where_nothing_proper_is_kept(kept: str | None) -> None:
    assert not passwords.matches(kept, "")
    assert not passwords.matches(kept, "three otters in a row")


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "elevenchars",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "password1234",
        "Password2026!",
        "qwertyuiop123456789",
        "Innovation-Portal-1",
        "x" * 201,
        "otterbrook-bakery-7",
        "AmaraOtterbrook1",
    ],
)
def test_what_anybody_would_try_first_is_refused_with_a_sentence(password: str) -> None:
    said = passwords.weakness(password, ["Amara Otterbrook", "amara@otterbrook-bakery.example"])
    assert said is not None
    assert said.endswith(".")


@pytest.mark.parametrize(
    "password", ["three otters in a row", "Kestrel!window9", "ключ от старого дома", "vQ8#mw2Lp$xz"]
)
def test_a_good_password_is_taken_whatever_its_signs(password: str) -> None:
    assert passwords.weakness(password, ["Amara Otterbrook", "amara@example.org", "(*+?)"]) is None
