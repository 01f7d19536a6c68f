import pytest

from portal.accounts.returning import own_path


@pytest.mark.parametrize(
    "path", ["/home", "/challenges?q=a&page=2", "/challenges/EV-2026-001#top", "/a/b:c", "/?next=//x"]
)
def test_paths_of_ours_are_taken(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "home",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "/ /evil.example",
        "http:evil.example",
        "/" + "a" * 300,
        "/%00\x00",
        "//[",
    ],
)
def test_ways_out_of_the_portal_are_not(path: str | None) -> None:
    assert own_path(path) is None
