"""Somebody with a password."""

import pytest
from flask import Flask

from tests.support import make, quick_passwords

PASSWORD = "three otters in a row"
DIGEST = quick_passwords.digest(PASSWORD)


@pytest.fixture
def amara(app: Flask) -> str:
    """The address of somebody with an account and a password."""
    with app.extensions["database"].writing() as session:
        make.person(session, email="amara@example.org", name="Amara Otterbrook", password_digest=DIGEST)
    return "amara@example.org"
