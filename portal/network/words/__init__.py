"""Words of firms and of challenges, weighed and kept so that either finds the other, the same on both databases."""

from portal.network.words.indexing import index
from portal.network.words.models import SubjectKind, WordPosting
from portal.network.words.search import Match, best, holding
from portal.network.words.telling import telling_words

__all__ = ["Match", "SubjectKind", "WordPosting", "best", "holding", "index", "telling_words"]
