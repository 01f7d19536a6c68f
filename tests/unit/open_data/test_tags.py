import pytest

from portal.challenges.models import Challenge
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.open_data.tags import in_order, tag_of


@pytest.mark.parametrize(
    ("kind", "state", "move", "tag"),
    [
        (ReleaseKind.ENGAGEMENT, "open", "release", "planning"),
        (ReleaseKind.FIRST_ROUND, "open", "release", "tender"),
        (ReleaseKind.ENGAGEMENT, "open", "extend", "planningUpdate"),
        (ReleaseKind.ENGAGEMENT, "tender", "extend", "tenderUpdate"),
        (ReleaseKind.FIRST_ROUND, "open", "amend", "tenderUpdate"),
        (ReleaseKind.ENGAGEMENT, "tender", "invite_tenders", "tender"),
        (ReleaseKind.FIRST_ROUND, "activated", "activate", "contract"),
        (ReleaseKind.FIRST_ROUND, "no_solution", "close_without_solution", "tenderCancellation"),
        (ReleaseKind.FIRST_ROUND, "withdrawn", "withdraw", "tenderCancellation"),
        (ReleaseKind.FIRST_ROUND, "support", "select", None),
        (ReleaseKind.FIRST_ROUND, "assessment", "close", None),
    ],
)
def test_events_of_a_challenge(kind: ReleaseKind, state: str, move: str, tag: str | None) -> None:
    assert tag_of("challenge", move, Challenge(release_kind=kind, state=state)) == tag


def test_a_notice_counts_when_it_is_published() -> None:
    challenge = Challenge(state="award")
    assert tag_of("notice", "publish", challenge, NoticeKind.UK6) == "award"
    assert tag_of("notice", "prepare", challenge, NoticeKind.UK6) is None


@pytest.mark.parametrize("move", ["submit", "open", "choose", "withdraw"])
def test_what_happens_to_a_response_is_nobodys_business(move: str) -> None:
    assert tag_of("response", move, Challenge(state="open")) is None


@pytest.mark.parametrize(
    ("wanted", "earlier", "tags"),
    [
        (["tender"], set(), ["tender"]),
        (["tender"], {"tender"}, ["tenderUpdate"]),
        (["contract"], {"tender"}, ["award", "contract"]),
        (["contract"], {"tender", "award"}, ["contract"]),
        (["award", "award"], {"tender"}, ["award"]),
        (["implementation", "implementation"], {"contract"}, ["implementation"]),
    ],
)
def test_a_first_is_a_first_once(wanted: list[str], earlier: set[str], tags: list[str]) -> None:
    assert in_order(wanted, earlier) == tags
