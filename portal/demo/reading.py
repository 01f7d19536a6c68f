"""Turn TOML tables into dataclasses, strictly: a wrong, missing or empty key is an error naming its file and key.

A table becomes a dataclass by its keys. A row of values (``["Showcase", 2000, 12]``) becomes one by the order of its
fields, which keeps long lists of marks readable in the texts.
"""

import tomllib
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Shape = TypeVar("Shape")


class TextError(ValueError):
    """A demonstration text is wrong; the message names the file and the key."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")


def read_table(path: Path) -> dict[str, Any]:
    """Read one TOML file. Raises TextError where it is missing or is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TextError(path.name, "this file is missing") from None
    except tomllib.TOMLDecodeError as error:
        raise TextError(path.name, f"not TOML: {error}") from None


def shape(kind: type[Shape], value: object, where: str) -> Shape:
    """Build one dataclass from a table or a row. Raises TextError at the first key that does not fit."""
    if not is_dataclass(kind):
        raise TypeError(f"{kind!r} is not a dataclass")
    hints = get_type_hints(kind)
    table = _as_table(fields(kind), value, where)
    unknown = table.keys() - hints.keys()
    if unknown:
        raise TextError(f"{where}.{min(unknown)}", "no such key")
    missing = [field.name for field in fields(kind) if _is_required(field) and field.name not in table]
    if missing:
        raise TextError(f"{where}.{missing[0]}", "is missing")
    return kind(**{key: _value(hints[key], item, f"{where}.{key}") for key, item in table.items()})


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _as_table(known: tuple[Field[Any], ...], value: object, where: str) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        return value
    if not isinstance(value, list):
        raise TextError(where, "should be a table")
    if len(value) > len(known):
        raise TextError(where, f"has {len(value)} values where {len(known)} fit")
    return {field.name: item for field, item in zip(known, value, strict=False)}


def _value(hint: Any, value: object, where: str) -> object:
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(option for option in get_args(hint) if option is not type(None))
    if get_origin(hint) is tuple:
        return _items(get_args(hint)[0], value, where)
    if is_dataclass(hint) and isinstance(hint, type):
        return shape(hint, value, where)
    if type(value) is not hint:
        raise TextError(where, f"should be {hint.__name__}, not {type(value).__name__}")
    if isinstance(value, str):
        return _text(value, where)
    return value


def _items(hint: Any, value: object, where: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise TextError(where, "should be a list")
    return tuple(_value(hint, item, f"{where}[{number}]") for number, item in enumerate(value))


def _text(value: str, where: str) -> str:
    text = value.strip()
    if not text:
        raise TextError(where, "is empty")
    return text
