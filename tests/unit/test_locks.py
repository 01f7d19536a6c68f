"""The locks say exactly what is installed, and nothing about where it was fetched from."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"]


def pinned(lock: str) -> dict[str, str]:
    """Each package's part of the lock, by its name and version."""
    parts = re.split(r"^(?=\S)", (ROOT / lock).read_text(), flags=re.MULTILINE)
    return {part.split()[0]: part for part in parts if part.strip()}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_a_version_and_a_hash(lock: str) -> None:
    loose = [name for name, part in pinned(lock).items() if "==" not in name or "--hash=sha256:" not in part]
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_address(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text()


@pytest.mark.parametrize("lock", ["requirements-dev.txt", "requirements-node.txt"])
def test_what_runs_is_what_was_tested(lock: str) -> None:
    assert pinned("requirements.txt").keys() <= pinned(lock).keys()


def test_node_packages_name_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_the_look_is_compiled_from_the_version_its_macros_expect() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert packages["node_modules/govuk-frontend"]["version"] == "6.3.0"
