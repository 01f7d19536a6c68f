"""The one blueprint of this room."""

from flask import Blueprint

blueprint = Blueprint("matching", __name__)
