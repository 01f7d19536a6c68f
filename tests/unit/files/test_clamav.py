"""Asking the malware scanner, with a daemon of our own that speaks its protocol."""

import io
import socket
from pathlib import Path

import pytest

from portal.files.clamav import ClamAV, ScannerUnavailable, scanner_from_address
from tests.support.scanner import answering, daemon, hanging_up_with_an_answer, serving


@pytest.mark.parametrize(
    ("content", "signature"),
    [
        (b"hello", None),
        (b"", None),
        (b"x" * 300_000, None),
        (b"x" * 100_000 + b"EICAR", "Eicar-Test-Signature"),
    ],
)
def test_the_daemon_gets_the_whole_content_and_its_answer_is_understood(content: bytes, signature: str | None) -> None:
    with serving(daemon) as address:
        scan = ClamAV(address).scan(io.BytesIO(content))
    assert (scan.signature, scan.is_clean) == (signature, signature is None)


def test_a_unix_socket_does_as_well(tmp_path: Path) -> None:
    with serving(daemon, tmp_path / "clamd") as address:
        assert not ClamAV(address).scan(io.BytesIO(b"EICAR")).is_clean


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK and more\0", b"\xff\0"])
def test_an_answer_that_is_not_plain_is_no_all_clear(answer: bytes) -> None:
    with serving(answering(answer)) as address, pytest.raises(ScannerUnavailable):
        ClamAV(address).scan(io.BytesIO(b"hello"))


def test_a_daemon_that_refuses_while_we_send_is_heard(tmp_path: Path) -> None:
    refused = pytest.raises(ScannerUnavailable, match="size limit exceeded")
    with serving(hanging_up_with_an_answer, tmp_path / "clamd") as address, refused:
        ClamAV(address).scan(io.BytesIO(b"x" * 5_000_000))


def test_a_daemon_that_is_silent_or_away_is_no_all_clear(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        silent = f"127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(ScannerUnavailable, match="timed out"):
            ClamAV(silent, timeout_seconds=0.05).scan(io.BytesIO(b"hello"))
    for away in (silent, str(tmp_path / "nowhere")):
        with pytest.raises(ScannerUnavailable):
            ClamAV(away).scan(io.BytesIO(b"hello"))


def test_without_an_address_there_is_no_scanner() -> None:
    assert scanner_from_address(None) is None
    assert scanner_from_address("") is None
    assert isinstance(scanner_from_address("scanner:3310"), ClamAV)


@pytest.mark.parametrize("address", ["scanner", "3310", "scanner:port", "http://scanner:3310/"])
def test_an_address_that_is_none_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(ValueError, match=r"neither host:port nor the path of a socket\.$"):
        ClamAV(address)
