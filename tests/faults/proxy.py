"""A wire between a server and its database that can be cut."""

import socket
from contextlib import suppress
from threading import Thread

from tests.faults.clients import free_port


class Wire:
    """Passes what comes to `port` on to PostgreSQL; cut, it refuses and drops everything."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.port = free_port()
        self.ends: list[socket.socket] = []
        self.door: socket.socket | None = None
        self.join()

    def join(self) -> None:
        """Let connections through (again)."""
        self.door = socket.create_server(("127.0.0.1", self.port))
        Thread(target=self._let_in, args=[self.door], daemon=True).start()

    def cut(self) -> None:
        """Drop every connection and refuse new ones."""
        if self.door is not None:
            _drop(self.door)
        for end in self.ends:
            _drop(end)
        self.door, self.ends = None, []

    def _let_in(self, door: socket.socket) -> None:
        while True:
            try:
                near, _ = door.accept()
            except OSError:
                return
            far = socket.create_connection(self.target)
            self.ends += [near, far]
            for source, sink in ((near, far), (far, near)):
                Thread(target=_pass_on, args=[source, sink], daemon=True).start()


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while words := source.recv(65536):
            sink.sendall(words)
    _drop(sink)


def _drop(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
