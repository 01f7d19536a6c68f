"""Asking a ClamAV daemon whether a file carries malware, over its socket (command INSTREAM)."""

import re
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Final

CHUNK: Final = 64 * 1024
"""Bytes sent at a time."""

LONGEST_ANSWER: Final = 4096
"""Bytes; the daemon's answer is one short line."""


class ScannerUnavailable(Exception):
    """The daemon could not be asked, or did not answer the question: nothing is known about the file."""


@dataclass(frozen=True)
class Scan:
    """What the daemon found: the signature's name, or nothing."""

    signature: str | None

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return self.signature is None


class ClamAV:
    """A daemon at `host:port`, or at the path of a Unix socket."""

    def __init__(self, address: str, timeout_seconds: float = 30) -> None:
        """Remembers where to ask; the connection is made for each file.

        Raises:
            ValueError: the address is neither `host:port` nor an absolute path.
        """
        self._address = _parsed(address)
        self._timeout = timeout_seconds

    def scan(self, stream: BinaryIO) -> Scan:
        """Sends the content and waits for the answer.

        Raises:
            ScannerUnavailable: no connection, no answer in time, or an error of the daemon.
        """
        try:
            with self._connected() as connection:
                answer = _asked(connection, stream)
        except OSError as error:
            raise ScannerUnavailable(f"The malware scanner could not be asked: {error}.") from error
        return _understood(answer)

    def _connected(self) -> socket.socket:
        if isinstance(self._address, tuple):
            return socket.create_connection(self._address, timeout=self._timeout)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(self._timeout)
            connection.connect(self._address)
        except OSError:
            connection.close()
            raise
        return connection


def scanner_from_address(address: str | None) -> ClamAV | None:
    """The scanner that the configuration names, or none."""
    return ClamAV(address) if address else None


def _asked(connection: socket.socket, stream: BinaryIO) -> bytes:
    # A daemon that refuses (too large) answers and hangs up while we still send: its answer is worth reading.
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.sendall(b"zINSTREAM\0")
        while piece := stream.read(CHUNK):
            connection.sendall(struct.pack("!L", len(piece)) + piece)
        connection.sendall(struct.pack("!L", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        piece = connection.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n")


def _understood(answer: bytes) -> Scan:
    words = answer.decode("utf-8", "replace")
    if words == "stream: OK":
        return Scan(signature=None)
    if found := _FOUND.fullmatch(words):
        return Scan(signature=found[1])
    raise ScannerUnavailable(f"The malware scanner answered “{words}”.")


def _parsed(address: str) -> tuple[str, int] | str:
    path = address.removeprefix("unix:")
    if path.startswith("/"):
        return path
    if match := _HOST_AND_PORT.fullmatch(address):
        return match[1].strip("[]"), int(match[2])
    raise ValueError(f"The scanner's address “{address}” is neither host:port nor the path of a socket.")


_FOUND = re.compile(r"stream: (.+) FOUND")
_HOST_AND_PORT = re.compile(r"(?:tcp://)?([^:/]+|\[[0-9a-fA-F:]+\]):(\d{1,5})")
