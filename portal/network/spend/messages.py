"""How the message about a file that was read is worded."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.network.options import NetworkOption, is_on
from portal.network.spend.models import SpendFile
from portal.outbox.messages import Mail, message


@message("spend.read")
def read(session: Session, *, file: str) -> Mail | None:
    """To whoever sent it: the file was read, or could not be; nothing where it, or the option, is gone meanwhile."""
    rows = select(SpendFile).where(SpendFile.reference == file).options(joinedload(SpendFile.organisation))
    found = session.scalars(rows).first()
    if found is None or not is_on(session, found.organisation_id, NetworkOption.IMPORT_REPLACEMENT):
        return None
    return Mail(
        subject=f"Your payments file {'could not be read' if found.fault else 'was read'}: {found.name}",
        template="mail/spend/read.txt",
        context={"file": found},
        path=f"/organisations/{found.organisation.reference}/spend/files/{found.reference}",
    )
