"""Content kept in an object store (S3 and its like), through the extra `objects`."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import BinaryIO, Final, cast

from portal.files.store import NotKept, Stored, StoreUnavailable, checked, copy_hashed

try:
    import obstore
    from obstore.store import from_url
except ImportError as error:
    raise StoreUnavailable("Keeping files in an object store needs the extra “objects” installed.") from error

IN_MEMORY: Final = 1024 * 1024
"""Bytes of a content held in memory while it is read; more goes through a temporary file."""


class ObjectStore:
    """A bucket, or a prefix within one: an object for each content, named by its digest.

    Keys, region and endpoint come from the environment, as the makers of the store document them.
    """

    def __init__(self, url: str) -> None:
        """Opens the store; nothing is sent before the first content.

        Raises:
            StoreUnavailable: the address cannot be understood.
        """
        try:
            self._objects = from_url(url)
        except Exception as error:
            raise StoreUnavailable(f"The object store “{url}” cannot be used as configured.") from error

    def put(self, stream: BinaryIO) -> Stored:
        """Sends the content once its digest is known; objects appear whole or not at all."""
        with TemporaryFile() as arriving:
            stored = copy_hashed(stream, cast("BinaryIO", arriving))
            arriving.seek(0)
            obstore.put(self._objects, stored.digest, cast("BinaryIO", arriving))
        return stored

    def open(self, digest: str) -> BinaryIO:
        """The content, to be read and closed."""
        try:
            answer = obstore.get(self._objects, checked(digest))
        except FileNotFoundError as error:
            raise NotKept(digest) from error
        content = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by whoever reads
        for piece in answer.stream():
            content.write(piece)
        content.seek(0)
        return cast("BinaryIO", content)

    def delete(self, digest: str, untouched_for: timedelta = timedelta(0)) -> bool:
        """Forgets the content, unless it is younger."""
        with suppress(FileNotFoundError, NotKept):
            found = obstore.head(self._objects, checked(digest))
            if found["last_modified"] <= datetime.now(UTC) - untouched_for:
                obstore.delete(self._objects, digest)
                return True
        return False

    def digests(self, untouched_for: timedelta = timedelta(0)) -> Iterator[str]:
        """The digests kept and not put again for so long."""
        latest = datetime.now(UTC) - untouched_for
        for page in obstore.list(self._objects):
            for found in page:
                with suppress(NotKept):
                    if found["last_modified"] <= latest:
                        yield checked(found["path"])
