"""The Common Procurement Vocabulary: what is bought, by official codes that are found in plain words."""

from portal.network.categories.models import Category
from portal.network.categories.queries import categories_called, is_imported, named_as

__all__ = ["Category", "categories_called", "is_imported", "named_as"]
