"""Style sheets and scripts under names that carry their content's hash, so that browsers may keep them for ever."""

import json
from pathlib import Path

from flask import Flask, Response, current_app, request

_FOR_EVER = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    """Give templates `asset('portal.css')`, and let built files be cached for ever."""
    manifest = Path(app.static_folder or "static") / "build" / "manifest.json"
    names: dict[str, str] = json.loads(manifest.read_text()) if manifest.exists() else {}
    folder = f"{app.static_url_path}/build"
    app.extensions["assets"] = names

    def asset(name: str) -> str:
        return f"{folder}/{names.get(name, name)}"

    app.add_template_global(asset)

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            response.headers["Cache-Control"] = _FOR_EVER
        return response


def built(name: str) -> Path:
    """Where a built file is, for the few that must answer at an address of their own."""
    names: dict[str, str] = current_app.extensions["assets"]
    return Path(current_app.static_folder or "static") / "build" / names.get(name, name)


def absolute(path: str) -> str:
    """A whole address for mails and feeds, from a path of the portal's own."""
    return f"{current_app.config['PORTAL_BASE_URL'].rstrip('/')}{path}"
