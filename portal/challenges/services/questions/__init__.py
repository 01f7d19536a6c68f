"""Questions: asked privately, answered by two people, published to everyone at once."""

from portal.challenges.services.questions.answering import (
    approve,
    decline,
    draft_answer,
    merge,
    propose,
    separate,
    take_back,
)
from portal.challenges.services.questions.asking import agree_wording, ask, withdraw
from portal.challenges.services.questions.publishing import batch_digest, publish_batch

__all__ = [
    "agree_wording",
    "approve",
    "ask",
    "batch_digest",
    "decline",
    "draft_answer",
    "merge",
    "propose",
    "publish_batch",
    "separate",
    "take_back",
    "withdraw",
]
