"""The port of a server: it names the socket's file and, on demand, the listener on the loopback interface."""

from __future__ import annotations

import socket

from hub.core.errors import Reason, Refused
from hub.db.embedded.flags import LOOPBACK

_SOCKET_PORT = 5432  # without TCP any number does: the socket's folder is the server's own


def port_to_use(tcp_port: int | None) -> int:
    """The port to start on; 0 means any free one.

    Raises ``Refused`` EMBEDDED_PORT_TAKEN now instead of after a start that cannot succeed.
    """
    if tcp_port is None:
        return _SOCKET_PORT
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port in TIME_WAIT is free enough
        try:
            probe.bind((LOOPBACK, tcp_port))
        except OSError as error:
            raise Refused(Reason("EMBEDDED_PORT_TAKEN", params={"port": tcp_port})) from error
        port: int = probe.getsockname()[1]
        return port
