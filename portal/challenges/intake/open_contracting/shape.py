"""The shape of a release of the Open Contracting Data Standard 1.1, and what in one departs from it.

The table below says of every field of the standard's release schema what it holds; a test holds it against the official
schema. `!` marks what must be there, `[…]` a list, a capital an object of the table. Fields of extensions are not
judged: the standard allows any.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

_ENDS = "documents:[Document] amendments:[Amendment] amendment:Amendment"
_TABLE: Final = {
    "Release": "ocid:word! id:word! date:moment! tag:tags! initiationType:initiation! parties:[Organization] "
    "buyer:OrganizationReference planning:Planning tender:Tender awards:[Award] contracts:[Contract] language:text "
    "relatedProcesses:[RelatedProcess]",
    "Planning": "rationale:text budget:Budget documents:[Document] milestones:[Milestone]",
    "Tender": "id:name! title:text description:text status:tenderStatus procuringEntity:OrganizationReference "
    "items:[Item] value:Value minValue:Value procurementMethod:method procurementMethodDetails:text "
    "procurementMethodRationale:text mainProcurementCategory:category additionalProcurementCategories:texts "
    "awardCriteria:text awardCriteriaDetails:text submissionMethod:texts submissionMethodDetails:text "
    "tenderPeriod:Period enquiryPeriod:Period hasEnquiries:flag eligibilityCriteria:text awardPeriod:Period "
    f"contractPeriod:Period numberOfTenderers:whole tenderers:[OrganizationReference] milestones:[Milestone] {_ENDS}",
    "Award": "id:name! title:text description:text status:awardStatus date:moment value:Value "
    f"suppliers:[OrganizationReference] items:[Item] contractPeriod:Period {_ENDS}",
    "Contract": "id:name! awardID:name! title:text description:text status:contractStatus period:Period value:Value "
    "items:[Item] dateSigned:moment implementation:Implementation relatedProcesses:[RelatedProcess] "
    f"milestones:[Milestone] {_ENDS}",
    "Implementation": "transactions:[Transaction] milestones:[Milestone] documents:[Document]",
    "Milestone": "id:name! title:text type:text description:text code:text dueDate:moment dateMet:moment "
    "dateModified:moment status:milestoneStatus documents:[Document]",
    "Document": "id:name! documentType:text title:text description:text url:text datePublished:moment "
    "dateModified:moment format:text language:text",
    "Budget": "id:name description:text amount:Value project:text projectID:name uri:text source:text",
    "Transaction": "id:name! source:text date:moment value:Value payer:OrganizationReference "
    "payee:OrganizationReference uri:text amount:Value providerOrganization:Identifier "
    "receiverOrganization:Identifier",
    "OrganizationReference": "name:filled id:key identifier:Identifier address:Address "
    "additionalIdentifiers:[Identifier] contactPoint:ContactPoint",
    "Organization": "name:text id:word identifier:Identifier additionalIdentifiers:[Identifier] address:Address "
    "contactPoint:ContactPoint roles:texts details:object",
    "Item": "id:name! description:text classification:Classification additionalClassifications:[Classification] "
    "quantity:number unit:unit",
    "Amendment": "date:moment rationale:text id:text description:text amendsReleaseID:text releaseID:text",
    "Classification": "scheme:text id:name description:text uri:text",
    "Identifier": "scheme:text id:name legalName:text uri:text",
    "Address": "streetAddress:text locality:text region:text postalCode:text countryName:text",
    "ContactPoint": "name:text email:text telephone:text faxNumber:text url:text",
    "Value": "amount:number currency:text",
    "Period": "startDate:moment endDate:moment maxExtentDate:moment durationInDays:whole",
    "RelatedProcess": "id:word relationship:texts title:text scheme:text identifier:text uri:text",
}

CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "initiation": ("tender",),
    "tenderStatus": ("planning", "planned", "active", "cancelled", "unsuccessful", "complete", "withdrawn"),
    "method": ("open", "selective", "limited", "direct"),
    "category": ("goods", "works", "services"),
    "awardStatus": ("pending", "active", "cancelled", "unsuccessful"),
    "contractStatus": ("pending", "active", "cancelled", "terminated"),
    "milestoneStatus": ("scheduled", "met", "notMet", "partiallyMet"),
    "tags": (
        *("planning", "planningUpdate", "tender", "tenderAmendment", "tenderUpdate", "tenderCancellation"),
        *("award", "awardUpdate", "awardCancellation", "contract", "contractUpdate", "contractAmendment"),
        *("implementation", "implementationUpdate", "contractTermination", "compiled"),
    ),
}
"""The standard's closed lists of codes, as far as a release of ours could come to hold one."""

SHAPES: Final[Mapping[str, Mapping[str, str]]] = {
    name: dict(field.split(":") for field in fields.split()) for name, fields in _TABLE.items()
}

_WORDS: Final[Mapping[str, tuple[type | tuple[type, ...], str]]] = {
    "text": (str, "should be text"),
    "number": ((int, float), "should be a number"),
    "whole": (int, "should be a whole number"),
    "flag": (bool, "should be true or false"),
    "object": (dict, "should be an object"),
    "name": ((str, int), "should be text or a whole number"),
    "word": (str, "should be text"),
    "filled": (str, "should be text"),
    "key": ((str, int), "should be text or a whole number"),
    "unit": (dict, "should be an object"),
}
_PRESENT: Final = {"word", "key", "unit", "tags", "initiation"}
"""What may not even be null."""


def faults(release: Any) -> Iterator[str]:
    """What is wrong with a release, each as the path to it and a few words."""
    yield from _of_object(release, "Release", "")


def _of_object(value: Any, shape: str, path: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{path} should be an object"
        return
    for name, kind in SHAPES[shape].items():
        here = f"{path}/{name}"
        if name in value:
            yield from _of_value(value[name], kind, here)
        elif kind.endswith("!"):
            yield f"{here} is missing"


def _of_value(value: Any, kind: str, path: str) -> Iterator[str]:
    plain = kind.strip("[]!")
    if value is None:
        if kind.endswith("!") or kind.startswith("[") or plain in SHAPES or plain in _PRESENT:
            yield f"{path} is null"
    elif kind.startswith("["):
        yield from _of_list(value, plain, path)
    elif plain in SHAPES:
        yield from _of_object(value, plain, path)
    elif fault := _of_leaf(value, plain, required=kind.endswith("!")):
        yield f"{path} {fault}"


def _of_list(value: Any, shape: str, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path} should be a list"
        return
    for number, each in enumerate(value):
        yield from _of_object(each, shape, f"{path}/{number}")


def _of_leaf(value: Any, kind: str, *, required: bool) -> str:
    if kind == "moment":
        return "" if _is_moment(value) else "should be a date and time such as 2026-11-23T09:30:00Z"
    if kind == "texts":
        is_list = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return "" if is_list else "should be a list of texts"
    if kind == "tags":
        known = isinstance(value, list) and value and all(each in CODES["tags"] for each in value)
        return "" if known else "should be a list of the standard’s release tags"
    if kind in CODES:
        return "" if value in CODES[kind] else f"should be one of {', '.join(CODES[kind])}"
    if value == "" and (required or kind == "filled"):
        return "is empty"
    wanted, words = _WORDS[kind]
    is_flag = isinstance(value, bool) and kind != "flag"
    return "" if isinstance(value, wanted) and not is_flag else words


def _is_moment(value: Any) -> bool:
    if not isinstance(value, str) or "T" not in value.upper():
        return False
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
