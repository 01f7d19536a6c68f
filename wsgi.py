"""The WSGI entry point: `flask --app wsgi …` and the server both start here."""

import sys

from config import ConfigurationError
from portal.application import create_app
from portal.db import DatabaseAddressError

try:
    app = create_app()
except (ConfigurationError, DatabaseAddressError) as problem:
    sys.exit(f"The portal cannot start. {problem}")
