"""A malware scanner of our own, which speaks ClamAV's protocol and finds EICAR."""

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

Behaviour = Callable[[socket.socket], None]


def exactly(connection: socket.socket, size: int) -> bytes:
    received = b""
    while len(received) < size:
        piece = connection.recv(size - len(received))
        if not piece:
            raise EOFError
        received += piece
    return received


def content_of(connection: socket.socket) -> bytes:
    assert exactly(connection, 10) == b"zINSTREAM\0"
    content = b""
    while size := struct.unpack("!L", exactly(connection, 4))[0]:
        content += exactly(connection, size)
    return content


def daemon(connection: socket.socket) -> None:
    found = b"EICAR" in content_of(connection)
    connection.sendall(b"stream: Eicar-Test-Signature FOUND\0" if found else b"stream: OK\0")


def answering(answer: bytes) -> Behaviour:
    def behave(connection: socket.socket) -> None:
        content_of(connection)
        connection.sendall(answer)

    return behave


def hanging_up_with_an_answer(connection: socket.socket) -> None:
    exactly(connection, 10)
    connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
    connection.shutdown(socket.SHUT_RD)


@contextmanager
def serving(behave: Behaviour, path: Path | None = None) -> Iterator[str]:
    listener = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    listener.bind(str(path) if path else ("127.0.0.1", 0))
    listener.listen()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            behave(connection)

    thread = Thread(target=serve)
    thread.start()
    try:
        yield f"unix:{path}" if path else f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        thread.join(timeout=5)
        listener.close()
