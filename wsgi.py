"""The WSGI entry point: `flask --app wsgi …` and the server both start here."""

import gc
import sys

from config import ConfigurationError
from portal.application import create_app
from portal.db import DatabaseAddressError

try:
    app = create_app()
except (ConfigurationError, DatabaseAddressError) as problem:
    sys.exit(f"The portal cannot start. {problem}")

# Routes, models and templates never become garbage. Looked through with every full collection they hold a page up for a
# third of a second, now and then; frozen they are left alone.
gc.collect()
gc.freeze()
