"""The one blueprint of this room."""

from flask import Blueprint

blueprint = Blueprint("register", __name__)
