"""The one blueprint of this feature."""

from flask import Blueprint

blueprint = Blueprint("debriefs", __name__)
