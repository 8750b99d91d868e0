"""Serve an application on this machine, as a browser needs it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from socket import socket
from threading import Thread
from typing import Literal

from flask import Flask
from typing_extensions import override
from werkzeug.serving import WSGIRequestHandler, make_server


class _Quiet(WSGIRequestHandler):
    """Writes nothing of what was asked for."""

    @override
    def log(self, type: str, message: str, *args: object) -> None:
        return


@contextmanager
def served(app: Flask, port: int = 0, *, encrypted: bool = False) -> Iterator[str]:
    """Serve an application on this machine, and give its address there.

    Args:
        app: The application.
        port: Where; any free one by default.
        encrypted: Whether over https, with a certificate that nobody knows.
    """
    certificate: Literal["adhoc"] | None = "adhoc" if encrypted else None
    server = make_server(
        "127.0.0.1", port, app, threaded=True, request_handler=_Quiet, ssl_context=certificate
    )
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"{'https' if encrypted else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def free_port() -> int:
    """Give a port of this machine that nobody has at this moment."""
    with closing(socket()) as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
