"""A wrong configuration stops the portal with one sentence that says what to do."""

from pathlib import Path
from typing import Any

import pytest

import config
from portal.db import Database, DatabaseAddressError

KEY = "k" * 32


def load(tmp_path: Path, **environment: str) -> dict[str, Any]:
    return config.load({"PORTAL_INSTANCE": str(tmp_path), "PORTAL_SECRET_KEY": KEY} | environment)


def test_nothing_set_means_sqlite_files_and_mail_below_the_instance_folder(tmp_path: Path) -> None:
    found = load(tmp_path)
    assert found["PORTAL_DATABASE_URL"] == f"sqlite:///{tmp_path / 'portal.sqlite3'}"
    assert found["PORTAL_FILES_URL"] == (tmp_path / "files").as_uri()
    assert found["PORTAL_MAIL_URL"] == (tmp_path / "mail").as_uri()
    assert found["PORTAL_DEMO"] is False


@pytest.mark.parametrize("key", ["", "short"])
def test_no_secret_key_outside_the_demonstration_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(config.ConfigurationError, match="Set PORTAL_SECRET_KEY"):
        load(tmp_path, PORTAL_SECRET_KEY=key)
    assert load(tmp_path, PORTAL_SECRET_KEY="", PORTAL_DEMO="1")["SECRET_KEY"]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(config.ConfigurationError, match="cannot be made"):
        load(tmp_path, PORTAL_INSTANCE=str(tmp_path / "file" / "below"))


@pytest.mark.parametrize("address", ["not an address", "mysql://somewhere/portal"])
def test_a_database_that_cannot_be_used_is_refused(address: str) -> None:
    with pytest.raises(DatabaseAddressError, match="PORTAL_DATABASE_URL"):
        Database(address)


def test_a_scanner_that_cannot_be_found_is_refused(tmp_path: Path) -> None:
    assert load(tmp_path)["PORTAL_CLAMAV_URL"] == ""
    assert load(tmp_path, PORTAL_CLAMAV_URL="/run/clamd")["PORTAL_CLAMAV_URL"] == "/run/clamd"
    with pytest.raises(config.ConfigurationError, match="PORTAL_CLAMAV_URL"):
        load(tmp_path, PORTAL_CLAMAV_URL="http://scanner/")


def test_the_base_address_sets_trusted_hosts_and_secure_cookies(tmp_path: Path) -> None:
    found = load(tmp_path, PORTAL_BASE_URL="https://portal.example.org")
    assert set(found["TRUSTED_HOSTS"]) == {"127.0.0.1", "localhost", "portal.example.org"}
    assert found["SESSION_COOKIE_SECURE"] is True
    with pytest.raises(config.ConfigurationError, match="whole address"):
        load(tmp_path, PORTAL_BASE_URL="portal")


@pytest.mark.parametrize("prefix", ["ocds-h6vhtk", "with space", "slash/", "é"])
def test_a_prefix_that_looks_official_or_breaks_an_address_is_refused(tmp_path: Path, prefix: str) -> None:
    with pytest.raises(config.ConfigurationError, match="PORTAL_OCID_PREFIX"):
        load(tmp_path, PORTAL_OCID_PREFIX=prefix)
    assert load(tmp_path)["PORTAL_OCID_PREFIX"] == "local-portal"
