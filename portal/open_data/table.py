"""The same as one plain table: a row for each challenge, as its latest release tells it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from portal.documents import csv_line
from portal.open_data.models import PublishedRelease
from portal.open_data.values import Body

COLUMNS = {
    "ocid": "The challenge’s identifier here; its releases and its record have the same.",
    "title": "What the challenge is called.",
    "buyer": "The public body that leads it.",
    "status": "How far it is, in the words of the Open Contracting Data Standard (tender status).",
    "method": "The procedure.",
    "category": "Goods, services or works.",
    "value_including_vat": "The estimate with options and payments to participants, in pounds.",
    "opened": "When it opened for responses, in universal time (UTC, which London has in winter).",
    "closes": "When responses closed or will close, in universal time (UTC).",
    "responses_assessed": "How many responses were assessed in the end; empty before the award.",
    "responses_from_small_firms": "How many of them were from small or medium-sized firms.",
    "responses_from_social_enterprises": "How many were from social enterprises, charities or co-operatives.",
    "suppliers": "The firms chosen.",
    "awarded_value_including_vat": "What the contracts are worth in all, in pounds.",
    "signed": "The day on which the first contract was signed, as year-month-day.",
    "page": "The challenge’s page here.",
    "social_outcomes": "What else the contracts shall bring about.",
    "social_outcomes_seen": "Of these, what has been seen so far.",
}
"""The columns, each with what it means; the page beside the file says so too."""


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
    yield min((_signed(each) for each in contracts if "dateSigned" in each), default="")
    yield release["links"][0]["href"]
    yield "; ".join(each["title"] for each in tender.get("targets", []))
    yield "; ".join(sorted({each["title"] for contract in contracts for each in _delivered(contract)}))


def _signed(contract: Body) -> str:
    """The day of signing: the standard has it as the beginning of that day in London."""
    return str(contract["dateSigned"])[:10]


def _delivered(contract: Body) -> list[Body]:
    """The outcomes of which something was seen under a contract."""
    found: list[Body] = contract.get("implementation", {}).get("metrics", [])
    return found
