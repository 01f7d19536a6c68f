"""The portal's configuration, read from the environment once and checked before anything starts."""

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from portal.files.clamav import scanner_from_address

ROOT = Path(__file__).resolve().parent


class ConfigurationError(Exception):
    """The portal cannot start as configured; the message says why and what to do, in one sentence."""


def load(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Flask's configuration from the environment. Raises `ConfigurationError` with a sentence."""
    demonstration = environment.get("PORTAL_DEMO", "") == "1"
    instance = Path(environment.get("PORTAL_INSTANCE") or ROOT / "instance")
    base_url = environment.get("PORTAL_BASE_URL") or f"http://127.0.0.1:{environment.get('PORT') or 8000}"
    return {
        "PORTAL_DEMO": demonstration,
        "PORTAL_INSTANCE": instance,
        "PORTAL_DATABASE_URL": environment.get("PORTAL_DATABASE_URL") or _embedded_database(instance),
        "PORTAL_FILES_URL": environment.get("PORTAL_FILES_URL") or _folder(instance / "files").as_uri(),
        "PORTAL_CLAMAV_URL": _scanner(environment.get("PORTAL_CLAMAV_URL") or ""),
        "PORTAL_COMPANIES_HOUSE_KEY": environment.get("PORTAL_COMPANIES_HOUSE_KEY") or "",
        "PORTAL_MAIL_URL": environment.get("PORTAL_MAIL_URL") or _folder(instance / "mail").as_uri(),
        "PORTAL_BASE_URL": base_url,
        "PORTAL_REGION": environment.get("PORTAL_REGION") or "Anchor network",
        "PORTAL_CONTACT": environment.get("PORTAL_CONTACT") or "",
        "PORTAL_OCID_PREFIX": _prefix(environment),
        "SECRET_KEY": _secret_key(environment, demonstration),
        "TRUSTED_HOSTS": _hosts(base_url),
        "MAX_CONTENT_LENGTH": 25 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "MAX_FORM_PARTS": 2_000,
        "SESSION_COOKIE_NAME": "portal",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": base_url.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _secret_key(environment: Mapping[str, str], demonstration: bool) -> str:
    key = environment.get("PORTAL_SECRET_KEY", "")
    if not key and demonstration:
        return "known-to-everyone-and-good-for-the-demonstration-only"
    if len(key) < 32:
        raise ConfigurationError(
            "Set PORTAL_SECRET_KEY to at least 32 random characters, or PORTAL_DEMO=1 for the demonstration."
        )
    return key


def _prefix(environment: Mapping[str, str]) -> str:
    """What the identifiers of our open data begin with; `ocds-` begins those of registered publishers only."""
    prefix = environment.get("PORTAL_OCID_PREFIX") or "local-portal"
    if prefix.startswith("ocds-") or not prefix.replace("-", "").isalnum() or not prefix.isascii():
        raise ConfigurationError(
            "PORTAL_OCID_PREFIX must be letters, digits and dashes, and must not begin with ocds-, "
            "so that nobody takes our identifiers for official ones."
        )
    return prefix


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise ConfigurationError(f"The folder {path} cannot be made; check who may write there.") from None
    if not os.access(path, os.W_OK):
        raise ConfigurationError(f"The folder {path} is not writable; check who may write there.")
    return path


def _scanner(address: str) -> str:
    try:
        scanner_from_address(address)
    except ValueError:
        raise ConfigurationError("PORTAL_CLAMAV_URL must be host:port or the path of clamd's socket.") from None
    return address


def _embedded_database(instance: Path) -> str:
    return f"sqlite:///{_folder(instance) / 'portal.sqlite3'}"


def _hosts(base_url: str) -> list[str]:
    host = urlsplit(base_url).hostname
    if not host:
        raise ConfigurationError("PORTAL_BASE_URL must be a whole address, such as https://portal.example.org.")
    return list(dict.fromkeys((host, "127.0.0.1", "localhost")))
