"""Stores: content kept once by its digest, whole or not at all."""

import hashlib
import io
import os
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import BinaryIO

import pytest

from portal.files.store import CHUNK, LocalStore, NotKept, Store, StoreUnavailable, store_from_url

HELLO = hashlib.sha256(b"hello").hexdigest()


@pytest.fixture(params=["folder", "objects"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "objects":
        pytest.importorskip("obstore", reason="the extra “objects” is not installed")
        return store_from_url("memory:///")
    return store_from_url(f"file://{tmp_path}/files")


def read(store: Store, digest: str) -> bytes:
    with store.open(digest) as content:
        return content.read()


def test_what_is_put_can_be_read_under_its_digest(store: Store) -> None:
    stored = store.put(io.BytesIO(b"hello"))
    assert (stored.digest, stored.size) == (HELLO, 5)
    assert read(store, HELLO) == b"hello"


def test_large_and_empty_content_comes_back_unchanged(store: Store) -> None:
    for content in (b"", os.urandom(3 * CHUNK + 1)):
        assert read(store, store.put(io.BytesIO(content)).digest) == content


def test_the_same_content_is_kept_once(store: Store) -> None:
    assert store.put(io.BytesIO(b"hello")) == store.put(io.BytesIO(b"hello"))
    store.put(io.BytesIO(b"other"))
    assert sorted(store.digests()) == sorted([HELLO, hashlib.sha256(b"other").hexdigest()])


def test_what_is_deleted_is_gone_and_may_be_deleted_again(store: Store) -> None:
    store.put(io.BytesIO(b"hello"))
    store.delete(HELLO)
    store.delete(HELLO)
    assert list(store.digests()) == []
    with pytest.raises(NotKept):
        store.open(HELLO)


@pytest.mark.parametrize("digest", ["", "../secret", "/etc/passwd", HELLO.upper(), HELLO + "\n", "0" * 63])
def test_a_path_is_no_digest(store: Store, digest: str) -> None:
    with pytest.raises(NotKept):
        store.open(digest)
    store.delete(digest)


def test_the_sweeper_does_not_meet_what_has_just_arrived(store: Store) -> None:
    store.put(io.BytesIO(b"hello"))
    assert list(store.digests(untouched_for=timedelta(days=1))) == []


def test_putting_again_makes_old_content_new_to_the_sweeper(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    store.put(io.BytesIO(b"hello"))
    os.utime(tmp_path / HELLO[:2] / HELLO, (0, 0))
    assert list(store.digests(untouched_for=timedelta(days=1))) == [HELLO]
    store.put(io.BytesIO(b"hello"))
    assert list(store.digests(untouched_for=timedelta(days=1))) == []


class _BreaksOff(io.RawIOBase):
    def __init__(self) -> None:
        self.pieces: Iterator[bytes] = iter([b"a" * 100])

    def read(self, size: int | None = -1, /) -> bytes:
        try:
            return next(self.pieces)
        except StopIteration:
            raise ConnectionResetError from None


def test_an_upload_that_breaks_off_leaves_nothing_behind(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    broken: BinaryIO = _BreaksOff()  # type: ignore[assignment]
    with pytest.raises(ConnectionResetError):
        store.put(broken)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_crash_left_half_written_is_cleared_after_a_day(tmp_path: Path) -> None:
    LocalStore(tmp_path)
    old, fresh = tmp_path / "arriving" / "old", tmp_path / "arriving" / "fresh"
    old.write_bytes(b"x")
    fresh.write_bytes(b"x")
    os.utime(old, (0, 0))
    assert list(LocalStore(tmp_path).digests()) == []
    assert (old.exists(), fresh.exists()) == (False, True)


def test_memory_stays_small_while_a_large_file_arrives(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(64 * CHUNK)
    store = LocalStore(tmp_path / "files")
    tracemalloc.start()
    with path.open("rb") as stream:
        store.put(stream)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * CHUNK


def test_many_threads_may_put_the_same_content(store: Store) -> None:
    threads = [Thread(target=lambda: store.put(io.BytesIO(b"hello"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(store.digests()) == [HELLO]
    assert read(store, HELLO) == b"hello"


def test_an_address_names_the_store(tmp_path: Path) -> None:
    assert isinstance(store_from_url(str(tmp_path / "plain")), LocalStore)
    store_from_url(f"file://{tmp_path}/with%20space")
    assert (tmp_path / "with space").is_dir()


@pytest.mark.parametrize("url", ["", "ftp://a.example/files", "file://elsewhere/files", "https://a.example"])
def test_an_address_of_no_known_kind_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(StoreUnavailable, match=r"^Files cannot be kept at .*\.$"):
        store_from_url(url)


def test_a_folder_that_cannot_be_written_to_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(StoreUnavailable, match=r"cannot be written to\.$"):
        LocalStore(tmp_path / "taken")
