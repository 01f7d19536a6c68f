"""Where the pages of bodies hang."""

from flask import Blueprint

blueprint = Blueprint("organisations", __name__)
