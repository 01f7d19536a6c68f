"""The blueprints on which this room's pages hang; their names mark the section of a challenge one is in."""

from flask import Blueprint

starting = Blueprint("starting", __name__)
design = Blueprint("design", __name__)
brief = Blueprint("brief", __name__)
