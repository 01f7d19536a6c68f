"""What chosen firms tell of themselves before a contract above the threshold, and what the officer finds."""

from portal.demo import shapes
from portal.demo.walking.walk import Acts, Walk, there
from portal.exclusions import services as exclusions
from portal.exclusions.queries import checks_of, inside_check, own_check
from portal.exclusions.told import Told

_SHARE_CODE = "DEMO0001"
"""Of a firm of which the texts tell nothing."""


def tell_before_the_contract(walk: Walk) -> Acts:
    """Every firm that was asked answers, and the officer looks it up.

    While the award lasts, only those have answered of whom the text tells, and nobody has looked yet.
    """
    said, awarded = there(walk.text.award), walk.leaves("award")
    told = {each.firm: each for each in said.told}
    asked = [
        (reference, told.get(firm) or shapes.FirmTold(firm, _SHARE_CODE))
        for reference, firm in _asked(walk)
        if awarded or firm in told
    ]
    for reference, words in asked:
        yield walk.at(said.notice + 1, 15)
        _give(walk, reference, words)
    for reference, words in asked if awarded else ():
        yield walk.at(said.notice + 2, 10)
        _accept(walk, reference, words)


def _asked(walk: Walk) -> list[tuple[str, str]]:
    """The reference of each check with the key of its firm; none below the threshold."""
    firms = {organisation: key for key, organisation in walk.world.organisations.items()}
    with walk.as_officer() as act:
        return [(each.reference, firms[each.organisation_id]) for each in checks_of(act.session, act.challenge)]


def _give(walk: Walk, reference: str, words: shapes.FirmTold) -> None:
    told = Told(
        words.share_code,
        ground_applies=bool(words.ground),
        grounds=words.ground,
        debarred=False,
        subcontractors=[(each.name, each.part) for each in words.subcontractors],
    )
    with walk.acting(walk.world.answers_for(words.firm)) as act:
        check = there(own_check(act.session, act.actor, reference))
        exclusions.give(act.session, act.actor, check, told, version=check.version)


def _accept(walk: Walk, reference: str, words: shapes.FirmTold) -> None:
    with walk.as_officer() as act:
        check = there(inside_check(act.session, act.actor, reference))
        exclusions.accept(act.session, act.actor, check, note=words.weighed, version=check.version)
