"""Who lives in the world, and where each of them belongs. The oracle knows nothing else of anybody."""

from typing import Any

import pytest

from portal.policy import Role

HERE, ELSEWHERE = "the council", "the other council"
HUB, OTHER_HUB = "the hub", "the other hub"
FIRM, RIVAL, PARTNER_FIRM = "the firm", "the rival", "the partner firm"
PORTAL = "the portal"
EVERY_STORY = "every challenge of the council but one"
SIDE_STORY = "the challenge beside"

ANONYMOUS = "anonymous"
CAST: dict[str, tuple[tuple[Role, str], ...]] = {
    "owner": ((Role.CHALLENGE_OWNER, HERE),),
    "officer": ((Role.PROCUREMENT_OFFICER, HERE),),
    "officer2": ((Role.PROCUREMENT_OFFICER, HERE),),
    "budget": ((Role.BUDGET_HOLDER, HERE),),
    "authority-admin": ((Role.AUTHORITY_ADMINISTRATOR, HERE),),
    "deputy": ((Role.DEPUTY, EVERY_STORY),),
    "deputy-beside": ((Role.DEPUTY, SIDE_STORY),),
    "opener": ((Role.OPENER, EVERY_STORY),),
    "assessor": ((Role.ASSESSOR, EVERY_STORY),),
    "assessor-beside": ((Role.ASSESSOR, SIDE_STORY),),
    "guest": ((Role.SHOWCASE_GUEST, EVERY_STORY),),
    "other-owner": ((Role.CHALLENGE_OWNER, ELSEWHERE),),
    "other-officer": ((Role.PROCUREMENT_OFFICER, ELSEWHERE),),
    "other-budget": ((Role.BUDGET_HOLDER, ELSEWHERE),),
    "other-authority-admin": ((Role.AUTHORITY_ADMINISTRATOR, ELSEWHERE),),
    "adviser": ((Role.SUPPORT_ADVISER, HUB),),
    "other-adviser": ((Role.SUPPORT_ADVISER, OTHER_HUB),),
    "firm": ((Role.SUPPLIER_ADMINISTRATOR, FIRM),),
    "firm-member": ((Role.SUPPLIER_MEMBER, FIRM),),
    "rival": ((Role.SUPPLIER_ADMINISTRATOR, RIVAL),),
    "partner-firm": ((Role.SUPPLIER_MEMBER, PARTNER_FIRM),),
    "coordinator": ((Role.COORDINATOR, PORTAL),),
    "admin": ((Role.ADMINISTRATOR, PORTAL),),
    "newcomer": (),
}
"""Everybody with an account, by a short name, with the roles they hold and where."""

EVERYBODY = (*CAST, ANONYMOUS)

TOGETHER = pytest.mark.xdist_group("walk of the firms")
"""For tests that compare what several firms are shown."""


def _walker(who: str) -> Any:
    firms = {FIRM, RIVAL} & {where for _role, where in CAST.get(who, ())}
    return pytest.param(who, marks=TOGETHER if firms else pytest.mark.xdist_group(f"walk of {who}"))


WALKERS = [_walker(who) for who in EVERYBODY]
"""Everybody, for tests of what a walk over all pages shows: those of one person run in one process, on one walk."""
