"""Clients that are signed in."""

from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.identity import begin_sign_in
from portal.accounts.models import Person


def signed_in(app: Flask, person: Person) -> FlaskClient:
    """A client with a living sign-in of this person."""
    with app.extensions["database"].writing() as session:
        token = begin_sign_in(session, person)
    client: FlaskClient = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client
