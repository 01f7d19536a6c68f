"""Which events are published, and what the standard calls them."""

from portal.challenges.models import Challenge
from portal.challenges.pathway import ChallengeState as At
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind

_BY_MOVE = {
    ("challenge", "invite_tenders"): "tender",
    ("challenge", "activate"): "contract",
    ("challenge", "reconsider"): "awardUpdate",
    ("partnership", "begin"): "contractUpdate",
    ("partnership", "end_work"): "contractTermination",
    ("partnership", "take_option"): "contractUpdate",
    ("partnership", "leave_option"): "contractUpdate",
    ("partnership", "close"): "contractTermination",
    ("phase", "start"): "implementation",
    ("phase", "pass"): "implementation",
    ("phase", "pass_with_conditions"): "implementation",
    ("phase", "fail"): "implementation",
    ("phase", "stop"): "implementation",
    ("invoice", "pay"): "implementation",
    ("seen_benefit", "confirm"): "implementation",
    ("contract_change", "take_effect"): "contractAmendment",
}
_CHANGES = frozenset({"amend", "extend", "extend_tender", "reopen", "reopen_tender"})
TAG_OF_NOTICE = {
    NoticeKind.UK2: "planningUpdate",
    NoticeKind.UK3: "planningUpdate",
    NoticeKind.UK4: "tenderUpdate",
    NoticeKind.BELOW_THRESHOLD_TENDER: "tenderUpdate",
    NoticeKind.UK5: "award",
    NoticeKind.UK6: "award",
    NoticeKind.UK7: "contractUpdate",
    NoticeKind.UK8: "implementation",
    NoticeKind.UK9: "implementation",
    NoticeKind.UK10: "contractAmendment",
    NoticeKind.UK11: "contractTermination",
    NoticeKind.UK12: "tenderCancellation",
}
_LATER = {
    "planning": "planningUpdate",
    "tender": "tenderUpdate",
    "award": "awardUpdate",
    "contract": "contractUpdate",
    "implementation": "implementationUpdate",
}


def tag_of(machine: str, move: str, challenge: Challenge, kind: NoticeKind | None = None) -> str | None:
    """The release tag of an event, or None for what is not published. `kind` is of the notice that was published."""
    if machine == "notice":
        return TAG_OF_NOTICE.get(kind) if move == "publish" and kind is not None else None
    if machine == "challenge":
        return _of_challenge(move, challenge)
    return _BY_MOVE.get((machine, move))


def _of_challenge(move: str, challenge: Challenge) -> str | None:
    engaging = challenge.release_kind is ReleaseKind.ENGAGEMENT
    if move == "release":
        return "planning" if engaging else "tender"
    if move in _CHANGES:
        return "planningUpdate" if engaging and challenge.state == At.OPEN else "tenderUpdate"
    if challenge.state == At.TENDER and move in {"approve_funding", "approve_funding_together"}:
        return "tender"
    if challenge.state in {At.NO_SOLUTION, At.NOT_FUNDED, At.WITHDRAWN}:
        return "tenderCancellation"
    return _BY_MOVE.get(("challenge", move))


def in_order(wanted: list[str], earlier: set[str]) -> list[str]:
    """The tags of one release: each once, and as an update where its first was published before.

    An award and its contract that become public in one act are both named.
    """
    found: list[str] = []
    for tag in ["award", *wanted] if "contract" in wanted and "award" not in earlier else wanted:
        known = _LATER[tag] if tag in _LATER and tag in earlier | set(found) else tag
        if known not in found and not (known.endswith("Update") and known.removesuffix("Update") in found):
            found.append(known)
    return found
