"""Where somebody goes on after signing in: only ever to a page of the portal's own."""

from urllib.parse import urlsplit

LONGEST = 300


def own_path(path: str | None) -> str | None:
    """The path, if it leads to a page of ours and cannot be read by a browser as anybody else's; otherwise None."""
    if not path or len(path) > LONGEST or not path.startswith("/") or path.startswith("//"):
        return None
    if "\\" in path or any(ord(sign) <= 32 or ord(sign) == 127 for sign in path):
        return None
    try:
        parts = urlsplit(path)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc or parts.path.startswith("//") else path
