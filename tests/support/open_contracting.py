"""The official schemas of the Open Contracting Data Standard with our extensions, from the folder of real data."""

import csv
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker

from portal.open_data.packages import EXTENSIONS

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "ocds"
Schema = dict[str, Any]


def patched(schema: Any, patch: Any) -> Any:
    """A schema with an extension's laid over it (JSON Merge Patch, RFC 7396), which is how the standard extends."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(schema) if isinstance(schema, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = patched(result.get(name), value)
    return result


def _closed(schema: Any) -> Any:
    """The schema with no field allowed that it does not name, so that a misspelt one is found."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    result = {name: _closed(value) for name, value in schema.items()}
    if isinstance(schema.get("properties"), Mapping) and "$ref" not in schema:
        result["additionalProperties"] = False
        result.pop("patternProperties", None)
    return result


@cache
def release_schema() -> Schema:
    """Schema of one release with all that our packages declare: the European profile, and what is laid over it."""
    profile, *others = EXTENSIONS
    assert "/profiles/eu/" in profile
    schema: Schema = json.loads((FOLDER / "eu-profile-1.1" / "patched" / "release-schema.json").read_text())
    for address in others:
        extension = FOLDER / "extensions" / address.split("/")[4] / "release-schema.json"
        if extension.exists():  # pagination is about packages only
            schema = patched(schema, json.loads(extension.read_text()))
    closed: Schema = _closed(schema)
    return closed


@cache
def codes(field: str) -> frozenset[str]:
    """The codes of an open codelist with what the extensions add."""
    name = f"{field}.csv"
    files = [*FOLDER.glob(f"schema-1.1.5/codelists/{name}"), *FOLDER.glob(f"e*/*/codelists/*{name}")]
    rows = (row for file in files for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    return frozenset(row["Code"] for row in rows)


def faults(release: Schema) -> Iterator[str]:
    """What is wrong with a release, each as the path to it and what is said of it; compiled ones too."""
    validator = Draft4Validator(release_schema(), format_checker=FormatChecker())
    for error in validator.iter_errors(release):
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
    yield from _uncoded(release, "")


_CODED = {
    "documentType": "documentType",
    "statistics/measure": "tatistic*",
    "roles": "partyRole",
    "scale": "partyScale",
    "submissionMethod": "submissionMethod",
    "milestones/type": "milestoneType",
    "criteria/type": "awardCriterionType",
    "numbers/weight": "criterionWeight",
    "relatedProcesses/scheme": "relatedProcessScheme",
}
"""The lists that the schema does not enforce itself, by the field, with the list it stands in where its name alone does
not tell."""


def _uncoded(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _uncoded(each, f"{path}/{number}")
    elif isinstance(value, Mapping):
        for name, each in value.items():
            listed = _CODED.get(name) or _CODED.get(f"{path.rpartition('/')[0].rpartition('/')[2]}/{name}")
            given = each if isinstance(each, list) else [each]
            yield from (f"{path}/{name}: {code} is no code" for code in given if listed and code not in codes(listed))
            yield from _uncoded(each, f"{path}/{name}")
