"""The tables of a challenge: itself, its design thinking, its brief, its rounds, and its questions."""

from portal.challenges.models.brief import Amendment, BriefSection, BriefVersion, Deal, DealStage, MustHave
from portal.challenges.models.challenge import (
    Challenge,
    ChallengeAuthor,
    ChallengeLink,
    ChallengeParty,
    ConflictDeclaration,
    ConflictReview,
    LinkKind,
    Part,
)
from portal.challenges.models.design import EngagementSession, HowMightWe, UserNeed
from portal.challenges.models.following import ChallengeFollow
from portal.challenges.models.official import OfficialNotice
from portal.challenges.models.rounds import (
    Criterion,
    DeadlineChange,
    Incident,
    Lot,
    Opening,
    Question,
    Round,
    RoundKind,
    ScoreDescriptor,
    ScoringMethod,
)
from portal.challenges.models.searched import SEARCH_DDL, SearchedChallenge

__all__ = [
    "SEARCH_DDL",
    "Amendment",
    "BriefSection",
    "BriefVersion",
    "Challenge",
    "ChallengeAuthor",
    "ChallengeFollow",
    "ChallengeLink",
    "ChallengeParty",
    "ConflictDeclaration",
    "ConflictReview",
    "Criterion",
    "DeadlineChange",
    "Deal",
    "DealStage",
    "EngagementSession",
    "HowMightWe",
    "Incident",
    "LinkKind",
    "Lot",
    "MustHave",
    "OfficialNotice",
    "Opening",
    "Part",
    "Question",
    "Round",
    "RoundKind",
    "ScoreDescriptor",
    "ScoringMethod",
    "SearchedChallenge",
    "UserNeed",
]
