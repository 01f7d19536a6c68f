"""The same as one plain table: a row for each challenge, as its latest release tells it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from portal.documents import csv_line
from portal.open_data.models import PublishedRelease
from portal.open_data.values import Body

COLUMNS = (
    "ocid",
    "title",
    "buyer",
    "status",
    "method",
    "category",
    "value_including_vat",
    "opened",
    "closes",
    "responses_assessed",
    "responses_from_small_firms",
    "responses_from_social_enterprises",
    "suppliers",
    "awarded_value_including_vat",
    "signed",
    "page",
    "social_outcomes",
    "social_outcomes_seen",
)


def lines(releases: Iterable[PublishedRelease], *, heading: bool) -> Iterator[str]:
    """CSV lines of these releases. A cell that a spreadsheet would run as a formula is made inert."""
    if heading:
        yield csv_line(COLUMNS)
    for each in releases:
        yield csv_line(_row(json.loads(each.content)))


def _row(release: Body) -> Iterator[Any]:
    tender: dict[str, Any] = release["tender"]
    statistics = {each["measure"]: each["value"] for each in release.get("bids", {}).get("statistics", [])}
    contracts = release.get("contracts", [])
    current = [each for each in release.get("awards", []) if each["status"] != "cancelled"]
    yield release["ocid"]
    yield tender["title"]
    yield release["buyer"]["name"]
    yield tender["status"]
    yield tender.get("procurementMethodDetails", "")
    yield tender.get("mainProcurementCategory", "")
    yield tender.get("value", {}).get("amountGross", "")
    yield tender.get("tenderPeriod", {}).get("startDate", "")
    yield tender.get("tenderPeriod", {}).get("endDate", "")
    for name in ("finalStageBids", "smeFinalStageBids", "vcseFinalStageBids"):
        yield statistics.get(name, "")
    yield "; ".join(supplier["name"] for award in current for supplier in award["suppliers"])
    yield sum(each.get("value", {}).get("amountGross", 0) for each in contracts) or ""
    yield min((each["dateSigned"] for each in contracts if "dateSigned" in each), default="")
    yield release["links"][0]["href"]
    yield "; ".join(each["title"] for each in tender.get("targets", []))
    yield "; ".join(sorted({each["title"] for contract in contracts for each in _delivered(contract)}))


def _delivered(contract: Body) -> list[Body]:
    """The outcomes of which something was seen under a contract."""
    found: list[Body] = contract.get("implementation", {}).get("metrics", [])
    return found
