"""Whom anybody may be in the demonstration: the listed people of the library, with what they do and where."""

from functools import lru_cache

from portal.demo.library import load


@lru_cache(maxsize=1)
def listed() -> tuple[tuple[str, str, str], ...]:
    """Name, address, and job with organisation of each listed person, in the order of the texts."""
    library = load()
    region = library.region
    names = {body.key: body.name for body in region.authorities}
    names |= {partner.key: partner.name for partner in region.partners}
    names |= {firm.key: firm.name for firm in library.firms}
    return tuple(
        (person.name, person.email, f"{person.job_title}, {names[person.organisation]}")
        for person in library.people
        if person.listed
    )
