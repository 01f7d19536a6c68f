"""Which tests must run in one process, said where pytest-xdist hands them out: behind the `@` of a test's name.

pytest-xdist 3.8 writes it to an attribute that pytest 9.2 no longer reads, and its groups came apart without a word.
"""

from collections.abc import Iterable

import pytest
from _pytest.nodeid import NodeId


def name_groups(items: Iterable[pytest.Item]) -> None:
    """Give every test that has a group its name."""
    for item in items:
        group = _group_of(item)
        if group and not item.nodeid.endswith(f"@{group}"):
            item._id = NodeId.parse(f"{item.nodeid}@{group}")


def _group_of(item: pytest.Item) -> str:
    """The group of its marks, on each database of the world by itself: to go from one to the other builds it anew."""
    marks = sorted({str(mark.args[0]) for mark in item.iter_markers("xdist_group")})
    of_test = getattr(item, "callspec", None)
    if marks and of_test and "world" in of_test.params:
        marks.append(of_test.params["world"])
    return " ".join(marks)
