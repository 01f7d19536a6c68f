"""What joins the rooms: machines to models, listeners to announcements, pages to the app."""

from flask import Flask

from portal import models
from portal.wiring import listeners, machines, pages, people

__all__ = ["connect", "models", "mount"]


def connect() -> None:
    """Register every machine and subscribe every listener; doing it twice changes nothing."""
    machines.register_all()
    listeners.subscribe_all()


def mount(app: Flask) -> None:
    """Put every feature's pages and commands on the app, and let it recognise its people."""
    people.recognise(app)
    pages.mount(app)
