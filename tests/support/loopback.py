"""What all web servers of the tests have in common: on this machine only, quick, and silent."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Loopback(ThreadingHTTPServer):
    """A server whose threads end with the test."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """The other side hangs up whenever it likes: that is what is tested."""

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers in one packet: otherwise every reply waits 44 ms for the other side's acknowledgement."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def log_message(self, *_: object) -> None:
        return
