"""The blueprint on which every page of this feature stands."""

from flask import Blueprint

blueprint = Blueprint("partnerships", __name__)
