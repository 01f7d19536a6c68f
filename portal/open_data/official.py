"""The same process as the official platform publishes it."""

from portal.law.ocids import FIND_A_TENDER, platform_of
from portal.open_data.facts import Facts
from portal.open_data.values import Body, filled

RELATIONSHIP = "officialProcess"
"""Our own code in the standard's open list, which has none for the same process published by somebody else."""

_PACKAGE = "https://www.find-tender.service.gov.uk/api/1.0/ocdsReleasePackages/{}"


def official_processes(facts: Facts) -> list[Body]:
    """Each official process this challenge is linked with, by its identifier there, which is never one of ours."""
    latest = {each.ocid: each for each in facts.official}
    return [
        filled(
            id=each.ocid,
            relationship=[RELATIONSHIP],
            title=f"The same process on {platform_of(each.ocid) or 'the official platform'}",
            scheme="ocid",
            identifier=each.ocid,
            uri=_PACKAGE.format(each.number) if each.ocid.startswith(FIND_A_TENDER) else each.address,
        )
        for each in latest.values()
    ]
