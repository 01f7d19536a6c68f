"""How messages about joint proposals are worded. A body that has switched the option off gets none."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.network.joint.models import JointBody, JointProposal
from portal.network.options import NetworkOption, is_on
from portal.organisations.models import Organisation
from portal.outbox.messages import Mail, message


def _mail(session: Session, proposal: str, body: int, kind: str, subject: str, about: int | None = None) -> Mail | None:
    """The mail; its page is the proposal's, or that of the challenge it became, for those who take part."""
    if not is_on(session, body, NetworkOption.SHARED_NEED):
        return None
    found = session.scalars(
        select(JointProposal)
        .where(JointProposal.reference == proposal)
        .options(joinedload(JointProposal.lead), joinedload(JointProposal.challenge))
    ).first()
    to = session.get(Organisation, body)
    if found is None or to is None:
        return None
    answers = (JointBody.proposal_id == found.id, JointBody.organisation_id == about)
    answer = session.scalars(select(JointBody).where(*answers)).first() if about else None
    if about and answer is None:
        return None
    return Mail(
        subject=f"{subject}: {found.title}",
        template=f"mail/joint/{kind}.txt",
        context={"proposal": found, "lead": found.lead.name, "answer": answer},
        path=_page(found, to, kind),
    )


def _page(found: JointProposal, to: Organisation, kind: str) -> str:
    if kind == "begun" and found.challenge is not None:
        return f"/challenges/{found.challenge.reference}/design"
    return f"/organisations/{to.reference}/joint/{found.reference}"


@message("joint.asked")
def asked(session: Session, *, proposal: str, body: int) -> Mail | None:
    """To the officers of a body that is asked to join."""
    return _mail(session, proposal, body, "asked", "You are asked to buy together")


@message("joint.answered")
def answered(session: Session, *, proposal: str, body: int, about: int) -> Mail | None:
    """To the lead's officers: a body has answered."""
    return _mail(session, proposal, body, "answered", "A body has answered your proposal", about)


@message("joint.begun")
def begun(session: Session, *, proposal: str, body: int) -> Mail | None:
    """To the officers of the bodies that accepted."""
    return _mail(session, proposal, body, "begun", "The joint challenge has begun")


@message("joint.begun_without")
def begun_without(session: Session, *, proposal: str, body: int) -> Mail | None:
    """To the officers of the bodies that had not answered: it begins without them."""
    return _mail(session, proposal, body, "begun_without", "A joint challenge has begun without you")


@message("joint.withdrawn")
def withdrawn(session: Session, *, proposal: str, body: int) -> Mail | None:
    """To the officers of the bodies that were asked."""
    return _mail(session, proposal, body, "withdrawn", "A joint proposal was withdrawn")
