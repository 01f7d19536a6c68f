"""The one blueprint of this feature."""

from flask import Blueprint

blueprint = Blueprint("hands_on", __name__)
