"""The blueprint all pages of support share."""

from flask import Blueprint

from portal.support.ledger import hours

blueprint = Blueprint("support", __name__)
blueprint.add_app_template_filter(hours, "hours")
