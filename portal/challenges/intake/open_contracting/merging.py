"""Releases of one process laid one over the other."""

from collections.abc import Mapping
from typing import Any


def merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """A later release laid over an earlier state, as the standard merges them.

    Objects are merged field by field, lists of things with an `id` thing by thing, and every other value is replaced.
    """
    result = dict(first)
    for name, value in second.items():
        known = result.get(name)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            result[name] = merged(known, value)
        elif _things(known) and _things(value):
            result[name] = _merged_things(known, value)
        else:
            result[name] = value
    return result


def _things(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, Mapping) and "id" in each for each in value)


def _merged_things(first: Any, second: Any) -> list[dict[str, Any]]:
    by_id = {each["id"]: dict(each) for each in first}
    for each in second:
        by_id[each["id"]] = merged(by_id.get(each["id"], {}), each)
    return list(by_id.values())
