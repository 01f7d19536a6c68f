"""The blueprint all pages of a showcase share."""

from flask import Blueprint

blueprint = Blueprint("showcases", __name__)
