"""A connection that can be cut from outside, and that goes where it should and nowhere else."""

import http.client
import os
import ssl
import threading
import urllib.error
import urllib.request
from functools import lru_cache
from socket import SHUT_RDWR, socket
from typing import IO
from urllib.parse import urlsplit


class RedirectionError(urllib.error.URLError):
    """The server sends elsewhere than to a web address, or from a private connection to an open one."""


def trusted() -> ssl.SSLContext:
    """Whom a private connection trusts: the machine's authorities, or those of SSL_CERT_FILE and SSL_CERT_DIR.

    Raises:
        OSError: these cannot be read.
    """
    return _trusted(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@lru_cache(maxsize=1)
def _trusted(*_: str | None) -> ssl.SSLContext:
    """Reading all authorities takes 25 ms, which is more than all the rest of asking for an unchanged calendar."""
    return ssl.create_default_context()


class Line:
    """The connections made for one request. A server that drips keeps every single wait short; only this ends it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: list[socket] = []
        self.is_cut = False

    def opener(self, context: ssl.SSLContext, *, following: bool = True) -> urllib.request.OpenerDirector:
        """Return what opens http and https, through the proxies of the environment, and no other kind of address.

        Unless it is `following`, a redirection is an HTTPError like any other.
        """
        opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.UnknownHandler(),
            _Http(self),
            _Https(self, context),
            *([_Redirect()] if following else []),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
        ):
            opener.add_handler(handler)
        return opener

    def add(self, connected: socket) -> None:
        """Note a connection."""
        with self._lock:
            self._sockets.append(connected)
            late = self.is_cut
        if late:
            self.cut()

    def cut(self) -> None:
        """End all of them: whoever waits for them wakes with an error."""
        with self._lock:
            self.is_cut = True
            for each in self._sockets:
                try:
                    socket.shutdown(each, SHUT_RDWR)  # not SSLSocket's own, which is not made for a second thread
                except OSError:  # it has ended by itself
                    continue


class _Http(urllib.request.HTTPHandler):
    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        line = self._line

        class Connection(http.client.HTTPConnection):
            def connect(self) -> None:
                super().connect()
                line.add(self.sock)

        return self.do_open(Connection, req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, line: Line, context: ssl.SSLContext) -> None:
        super().__init__(context=context)
        self._line, self._tls = line, context

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        line = self._line

        class Connection(http.client.HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                line.add(self.sock)

        return self.do_open(Connection, req, context=self._tls)


class _Redirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(  # noqa: PLR0917 - the library's own signature
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        fp.close()  # what it says besides is not read: it has no bounds
        allowed = ("https",) if req.type == "https" else ("http", "https")
        if urlsplit(newurl).scheme not in allowed:
            raise RedirectionError("redirection")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
