import pytest

from portal.law.notices import NoticeKind


def test_the_platforms_seventeen_notices_are_there_by_code() -> None:
    platform = [notice.code for notice in NoticeKind if notice is not NoticeKind.BELOW_THRESHOLD_TENDER]
    assert platform == [f"UK{number}" for number in range(1, 18)]


@pytest.mark.parametrize(
    ("code", "legal_name"),
    [
        ("UK2", "Preliminary market engagement notice"),
        ("UK4", "Tender notice"),
        ("UK5", "Transparency notice"),
        ("UK6", "Contract award notice"),
        ("UK7", "Contract details notice"),
        ("UK11", "Contract termination notice"),
        ("UK12", "Procurement termination notice"),
    ],
)
def test_the_notices_of_our_pathways_have_their_legal_names(code: str, legal_name: str) -> None:
    assert NoticeKind(code).legal_name == legal_name


def test_a_below_threshold_tender_notice_travels_as_uk4_but_is_another_notice() -> None:
    below = NoticeKind("BELOW_THRESHOLD_TENDER")
    assert below.code == NoticeKind.UK4.code
    assert below is not NoticeKind.UK4


def test_the_groups_of_notices() -> None:
    assert [n.name for n in NoticeKind if n.is_tender] == ["UK4", "BELOW_THRESHOLD_TENDER"]
    assert [n.name for n in NoticeKind if n.is_transparency] == ["UK5"]
    assert [n.name for n in NoticeKind if n.begins_a_public_procurement] == ["UK4", "UK5"]


def test_no_two_notices_share_their_words() -> None:
    assert len({notice.title for notice in NoticeKind}) == len(NoticeKind) == 18
    assert len({notice.legal_name for notice in NoticeKind}) == 18
