"""Where the pages of people hang."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
