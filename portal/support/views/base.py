"""The blueprint all pages of support share."""

from flask import Blueprint

blueprint = Blueprint("support", __name__)
