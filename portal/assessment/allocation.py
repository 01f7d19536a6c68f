"""Who reads what: spreading responses over a panel so that everybody has about the same to do."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[int, int]
"""A response and a person."""


def spread(
    responses: Sequence[int],
    people: Sequence[int],
    *,
    each: int | None,
    taken: Iterable[Pair] = (),
    barred: Iterable[Pair] = (),
) -> list[Pair]:
    """The pairs to add so that every response has `each` people (None: all of them).

    `taken` pairs stand and count; `barred` ones (somebody stood down from that response) are never made again. The
    person with least to do comes first, so nobody's load grows past another's by more than it must.
    """
    standing, never = set(taken), set(barred)
    load = Counter(person for _, person in standing)
    added: list[Pair] = []
    for response in responses:
        able = [p for p in people if (response, p) not in never and (response, p) not in standing]
        has = sum(1 for answered, _ in standing if answered == response)
        wanted = len(able) if each is None else max(0, each - has)
        for person in sorted(able, key=lambda p: (load[p], people.index(p)))[:wanted]:
            load[person] += 1
            added.append((response, person))
    return added


def least_laden(loads: Mapping[int, int]) -> int | None:
    """The person with least to do, the first named of equals; None where nobody is left."""
    return min(loads, key=loads.__getitem__, default=None)
