"""The one blueprint of this feature."""

from flask import Blueprint

blueprint = Blueprint("exclusions", __name__)
