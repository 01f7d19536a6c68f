"""Who there is in the region: its bodies, its firms and its people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Authority:
    """A public body that brings challenges; its kind decides which thresholds apply.

    From ``second_decider_from_pounds`` on, two people decide on its money.
    """

    key: str
    name: str
    short_name: str
    kind: str
    colour: str
    postcode: str
    about: str
    directorates: tuple[str, ...]
    second_decider_from_pounds: int | None = None


@dataclass(frozen=True)
class Partner:
    """A body that supports firms and buys nothing; ``host`` names the authority it belongs to, if any."""

    key: str
    name: str
    short_name: str
    kind: str
    postcode: str
    about: str
    offers: tuple[str, ...]
    host: str | None = None


@dataclass(frozen=True)
class Region:
    """The anchor network with its authorities and partner bodies."""

    name: str
    place: str
    about: str
    authorities: tuple[Authority, ...]
    partners: tuple[Partner, ...]


@dataclass(frozen=True)
class Firm:
    """A supplier; a sole trader has no company number. ``supplies`` are codes of the vocabulary in the texts."""

    key: str
    name: str
    kind: str
    headcount: int
    postcode: str
    summary: str
    developed: str
    categories: tuple[str, ...]
    supplies: tuple[str, ...]
    company_number: str | None = None


@dataclass(frozen=True)
class Person:
    """Somebody with an account; those not ``listed`` keep the pathways honest but are not shown on the sign-in page."""

    key: str
    name: str
    job_title: str
    organisation: str
    roles: tuple[str, ...]
    directorate: str | None = None
    limit_pounds: int | None = None
    listed: bool = True

    @property
    def email(self) -> str:
        """The address this person signs in with."""
        return f"{self.key}@demo.example"
