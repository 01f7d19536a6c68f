"""Where the content of files is kept: by its SHA-256 digest, on a local disk or in an object store.

The same content is kept once. What a file is called, who sent it and who may read it is known to the database
alone; a store knows digests only. A crash can leave content that no row names: the worker sweeps it away by
asking for `digests` that were left untouched for a while.
"""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Final, Protocol
from urllib.parse import unquote, urlsplit

CHUNK: Final = 256 * 1024
"""Bytes held in memory at a time."""


class NotKept(LookupError):
    """The store holds nothing of this digest."""


class StoreUnavailable(Exception):
    """The store cannot be used as configured; the message is a sentence for whoever runs the portal."""


@dataclass(frozen=True)
class Stored:
    """What was put: the hexadecimal SHA-256 of the content, and its size in bytes."""

    digest: str
    size: int


class Store(Protocol):
    """Keeps content by digest. Safe to use from several threads and processes at once."""

    def put(self, stream: BinaryIO) -> Stored:
        """Keeps what can be read from the stream. When it returns, the content survives a crash."""

    def open(self, digest: str) -> BinaryIO:
        """The content, to be read and closed.

        Raises:
            NotKept: nothing of this digest is kept.
        """

    def delete(self, digest: str, untouched_for: timedelta = timedelta(0)) -> bool:
        """Forgets the content, unless somebody put it again meanwhile; whether there was anything to forget."""

    def digests(self, untouched_for: timedelta = timedelta(0)) -> Iterator[str]:
        """The digests kept and not put again for so long, by the clock of the store itself.

        A sweeper names at least a day, so that it never meets content whose row is still being written.
        """


def store_from_url(url: str) -> Store:
    """The store that an address names: a folder (`file:///srv/files` or a path), or `s3://bucket/prefix`.

    Raises:
        StoreUnavailable: the address is of no known kind, or the place cannot be written to.
    """
    parts = urlsplit(url)
    if parts.scheme in {"", "file"} and parts.netloc in {"", "localhost"} and parts.path:
        return LocalStore(Path(unquote(parts.path) if parts.scheme else url))
    if parts.scheme in _OBJECT_SCHEMES:
        from portal.files.objects import ObjectStore

        return ObjectStore(url)
    raise StoreUnavailable(f"Files cannot be kept at “{url}”: name a folder, or an address such as s3://bucket/files.")


def checked(digest: str) -> str:
    """The digest, once it is known to be one and not a path.

    Raises:
        NotKept: it is no hexadecimal SHA-256, so nothing can be kept under it.
    """
    if not _DIGEST.fullmatch(digest):
        raise NotKept(digest)
    return digest


def copy_hashed(source: BinaryIO, target: BinaryIO) -> Stored:
    """Copies a stream piece by piece, and says what went through."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(CHUNK):
        digest.update(piece)
        target.write(piece)
        size += len(piece)
    return Stored(digest.hexdigest(), size)


class LocalStore:
    """A folder: `ab/abcdef…` for each content, `arriving/` for what is still being written."""

    def __init__(self, folder: Path) -> None:
        """Makes the folder where it is missing, and clears what a crash left half written.

        Raises:
            StoreUnavailable: the folder cannot be made or written to.
        """
        self._folder = folder
        self._arriving = folder / "arriving"
        try:
            self._arriving.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._arriving):
                self._clear_half_written()
        except OSError as error:
            raise StoreUnavailable(f"The folder for files, {folder}, cannot be written to.") from error

    def put(self, stream: BinaryIO) -> Stored:
        """Writes beside, flushes to the disk, then renames: a reader sees the whole content or none."""
        descriptor, name = tempfile.mkstemp(dir=self._arriving)
        try:
            with os.fdopen(descriptor, "wb") as arriving:
                stored = copy_hashed(stream, arriving)
                arriving.flush()
                os.fsync(arriving.fileno())
            place = self._place(stored.digest)
            place.parent.mkdir(exist_ok=True)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _flush_folder(place.parent)
        _flush_folder(self._folder)
        return stored

    def open(self, digest: str) -> BinaryIO:
        """The content, to be read and closed."""
        try:
            return self._place(digest).open("rb")
        except FileNotFoundError as error:
            raise NotKept(digest) from error

    def delete(self, digest: str, untouched_for: timedelta = timedelta(0)) -> bool:
        """Forgets the content, unless it is younger."""
        with suppress(NotKept, FileNotFoundError):
            place = self._place(digest)
            if place.stat().st_mtime <= time.time() - untouched_for.total_seconds():
                place.unlink()
                return True
        return False

    def digests(self, untouched_for: timedelta = timedelta(0)) -> Iterator[str]:
        """The digests kept and not put again for so long."""
        latest = time.time() - untouched_for.total_seconds()
        for place in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            with suppress(FileNotFoundError):
                if _DIGEST.fullmatch(place.name) and place.stat().st_mtime <= latest:
                    yield place.name

    def _clear_half_written(self) -> None:
        latest = time.time() - _LONGEST_ARRIVAL.total_seconds()
        for left in self._arriving.iterdir():
            with suppress(FileNotFoundError):
                if left.stat().st_mtime < latest:
                    left.unlink()

    def _place(self, digest: str) -> Path:
        return self._folder / checked(digest)[:2] / digest


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_LONGEST_ARRIVAL: Final = timedelta(days=1)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_OBJECT_SCHEMES: Final = {"s3", "s3a", "gs", "az", "memory"}
