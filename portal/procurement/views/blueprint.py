"""The blueprint on which every page of this feature stands."""

from flask import Blueprint

blueprint = Blueprint("procurement", __name__)
