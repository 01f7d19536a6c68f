"""The forms with which evidence is attached."""

from flask_wtf.file import FileField
from wtforms import RadioField

from portal.partnerships.models import Phase
from portal.web.forms import PortalForm


class EvidenceFileForm(PortalForm):
    """A file about what happened."""

    file = FileField("Attach a file")


class TargetFileForm(EvidenceFileForm):
    """A file about one target."""

    target = RadioField("Which target does it show?", coerce=int, validate_choice=True)

    def __init__(self, phase: Phase, **given: object) -> None:
        known = [(each.number, each.text) for each in phase.targets]
        super().__init__(target=known[0][0] if len(known) == 1 else None, **given)
        self.target.choices = known
