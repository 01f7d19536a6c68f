"""Who listens to whom: what a lower room announces, an upper one acts on in the same transaction."""


def subscribe_all() -> None:
    """Subscribe every listener."""
