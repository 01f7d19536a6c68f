"""What firms answer: drafts, immutable snapshots, receipts, and the seal that hides them until they are opened.

Importing anything of this room puts the seal on every session.
"""

from portal.responses import seal

__all__ = ["seal"]
