"""The innovation partnership portal. `portal.application.create_app` makes it; the floors are in `docs/house.md`."""
