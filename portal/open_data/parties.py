"""The bodies and firms a release names."""

from collections.abc import Iterable, Iterator

from portal.open_data.facts import MOST_STAFF_OF_AN_SME, SOCIAL, Facts
from portal.open_data.values import Body, filled
from portal.organisations.models import Organisation


def party_id(organisation: Organisation) -> str:
    """How a release refers to a body: by its public number where it has one."""
    if organisation.ppon:
        return f"GB-PPON-{organisation.ppon}"
    if organisation.company_number:
        return f"GB-COH-{organisation.company_number}"
    return f"local-{organisation.reference}"


def reference_to(organisation: Organisation) -> Body:
    """A body as other parts of a release point at it."""
    return {"id": party_id(organisation), "name": organisation.name}


def parties(facts: Facts, suppliers: Iterable[Organisation]) -> list[Body]:
    """The buying bodies, and the firms that may be named by now; nobody's person is ever among them."""
    found = [_party(facts.lead, ["buyer", "procuringEntity"]), *(_party(each, ["buyer"]) for each in facts.joint)]
    by_id = {each["id"]: each for each in found}
    for firm in suppliers:
        known = by_id.setdefault(party_id(firm), _supplier(firm))
        known["roles"] = sorted({*known["roles"], "supplier"})
    return list(by_id.values())


def _supplier(organisation: Organisation) -> Body:
    return _party(organisation, ["supplier"], filled(scale=_scale(organisation), vcse=_is_social(organisation)))


def _party(organisation: Organisation, roles: list[str], details: Body | None = None) -> Body:
    numbers = list(_numbers(organisation))
    return filled(
        id=party_id(organisation),
        name=organisation.name,
        identifier=numbers[0] if numbers else None,
        additionalIdentifiers=numbers[1:],
        roles=sorted(roles),
        details=details,
    )


def _numbers(organisation: Organisation) -> Iterator[Body]:
    if organisation.ppon:
        yield {"scheme": "GB-PPON", "id": organisation.ppon, "legalName": organisation.name}
    if organisation.company_number:
        yield {"scheme": "GB-COH", "id": organisation.company_number, "legalName": organisation.name}


def _scale(organisation: Organisation) -> str | None:
    if organisation.headcount is None:
        return None
    return "sme" if organisation.headcount < MOST_STAFF_OF_AN_SME else "large"


def _is_social(organisation: Organisation) -> bool:
    return organisation.supplier_kind in SOCIAL
