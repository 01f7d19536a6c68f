"""The tables: what each page costs, beside which bare one, and whether that is what was to be reached."""

import gzip
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.measure import Cost
from bench.pages import Asked

FLAT = 4 / 3
"""The most a page may cost in the largest database, beside the smallest."""
FIRST_LOAD = 35_000
"""The most bytes, compressed, that a first page load may take beyond its HTML."""


def table(title: str, requests: Sequence[Asked], costs: dict[str, Cost], smallest: dict[str, Cost]) -> Iterator[str]:
    """One database of one size; `smallest` is what the same requests cost in the smallest one."""
    yield ""
    yield title
    yield f"  {'':30}{'CPU ms':>8}{'of it DB':>10}{'queries':>9}{'kB':>6}{'× bare':>8}{'target':>8}{'× small':>9}"
    for each in requests:
        cost = costs[each.name]
        times, growth = cost.seconds / costs[each.beside].seconds, cost.seconds / smallest[each.name].seconds
        line = f"  {each.name:30}{cost.seconds * 1000:8.2f}{cost.database_seconds * 1000:10.2f}{cost.queries:9}"
        line += f"{cost.size / 1000:6.0f}{times:8.2f}"
        is_bare = each.name == each.beside
        yield (
            line if is_bare else f"{line}{each.most:8.1f}{growth:9.2f}  {_verdict(times <= each.most, growth <= FLAT)}"
        )


def weight(html: str, static: Path) -> Iterator[str]:
    """What a browser that comes for the first time loads beside the page itself."""
    names = sorted(set(re.findall(r'(?:href|src)="/static/(build/[^"]+)"', html)))
    sizes = {name: len(gzip.compress((static / name).read_bytes())) for name in names}
    total = sum(sizes.values())
    yield ""
    most = f"{total / 1000:.1f} of {FIRST_LOAD / 1000:.0f} kB"
    yield f"First page load beyond the HTML, compressed: {most}  {_ok(total < FIRST_LOAD)}"
    for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
        yield f"  {size / 1000:6.1f} kB  {name.removeprefix('build/')}"


def _verdict(cheap: bool, flat: bool) -> str:
    return _ok(cheap) if flat else f"{_ok(cheap)}, NOT FLAT"


def _ok(reached: bool) -> str:
    return "OK" if reached else "MISSED"
