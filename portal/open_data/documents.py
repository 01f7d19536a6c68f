"""Notices and published briefs as documents of the section they belong to."""

from collections.abc import Iterable, Iterator

from portal.law.notices import NoticeKind
from portal.notices.models import Notice
from portal.open_data.facts import Facts
from portal.open_data.publisher import publisher
from portal.open_data.values import Body, filled, moment

PLANNING = frozenset({NoticeKind.UK1, NoticeKind.UK2, NoticeKind.UK3})
TENDER = frozenset({NoticeKind.UK4, NoticeKind.BELOW_THRESHOLD_TENDER, NoticeKind.UK12})
AWARD = frozenset({NoticeKind.UK5, NoticeKind.UK6})
CONTRACT = frozenset({NoticeKind.UK7, NoticeKind.UK10})
IMPLEMENTATION = frozenset({NoticeKind.UK8, NoticeKind.UK9, NoticeKind.UK11})

_TYPES = {
    NoticeKind.UK1: "plannedProcurementNotice",
    NoticeKind.UK2: "marketEngagementNotice",
    NoticeKind.UK3: "plannedProcurementNotice",
    NoticeKind.UK4: "tenderNotice",
    NoticeKind.BELOW_THRESHOLD_TENDER: "tenderNotice",
    NoticeKind.UK5: "awardNotice",
    NoticeKind.UK6: "awardNotice",
    NoticeKind.UK7: "contractNotice",
    NoticeKind.UK8: "implementationNotice",
    NoticeKind.UK9: "implementationNotice",
    NoticeKind.UK10: "contractNotice",
    NoticeKind.UK11: "contractTerminationNotice",
    NoticeKind.UK12: "tenderCancellationNotice",
}
"""Which type of document each notice is: as Find a Tender's own packages have it."""


def notices_in(notices: Iterable[Notice], kinds: frozenset[NoticeKind]) -> list[Body]:
    """The notices of a section; the official platform's number is the document's identifier."""
    return [_notice(each) for each in notices if each.kind in kinds]


def _notice(notice: Notice) -> Body:
    return filled(
        id=notice.reference,
        documentType=_TYPES[notice.kind],
        noticeType=notice.kind.code,
        title=notice.kind.title,
        description=f"{notice.kind.legal_name} on Find a Tender",
        url=f"https://www.find-tender.service.gov.uk/Notice/{notice.reference}",
        datePublished=moment(notice.published_at),
        format="text/html",
        language="en",
    )


def briefs(facts: Facts) -> Iterator[Body]:
    """Every published version of the brief."""
    for version in facts.versions:
        path = f"/challenges/{facts.challenge.reference}/versions/{version.number}"
        yield filled(
            id=f"brief-{version.number}",
            documentType="technicalSpecifications",
            title=f"The brief, version {version.number}",
            url=publisher().address(path),
            datePublished=moment(version.published_at),
            format="text/html",
            language="en",
        )
