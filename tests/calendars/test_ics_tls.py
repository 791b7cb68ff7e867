"""Private connections: a certificate is checked, SSL_CERT_FILE and HTTPS_PROXY are honoured."""

import select
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest

from showup.calendars.ics import IcsCalendar
from showup.ports import SourceProblem, Window
from tests.support.ics import END, GOOD, START, calendar
from tests.support.web import Web, serving

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "cert.pem"),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder / "cert.pem"


@pytest.fixture
def web(certificate: Path) -> Iterator[Web]:
    with serving() as web:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, certificate.with_name("key.pem"))
        web.socket = context.wrap_socket(web.socket, server_side=True)
        web.body = calendar(GOOD)
        yield web


def read(host: str, web: Web) -> int:
    place = IcsCalendar("work", f"webcal://{host}:{web.server_port}/private-5ecre7")
    return len(place.read(Window(START, END), frozenset()).events or ())


def test_an_unknown_certificate_is_refused(web: Web) -> None:
    with pytest.raises(SourceProblem, match="The certificate of localhost is not valid") as raised:
        read("localhost", web)
    assert "SSL_CERT_FILE" in raised.value.remedy


def test_ssl_cert_file_is_honoured(web: Web, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert read("localhost", web) == 1


def test_a_certificate_of_somebody_else_is_refused(
    web: Web, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(SourceProblem, match=r"The certificate of 127\.0\.0\.1 is not valid"):
        read("127.0.0.1", web)


def test_a_private_connection_does_not_become_an_open_one(
    web: Web, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving() as other:
        other.body = web.body
        web.fault = f"redirect {other.address}/there"
        with pytest.raises(SourceProblem, match="sends from one address to another"):
            read("localhost", web)
        assert other.paths == []


class Tunnel(StreamRequestHandler):
    """The CONNECT of RFC 9110, section 9.3.6, and nothing else."""

    def handle(self) -> None:
        asked = self.rfile.readline().decode()
        assert isinstance(self.server, Proxy)
        self.server.asked.append(asked.split()[1])
        while self.rfile.readline().strip():
            pass
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        with socket.create_connection(("127.0.0.1", self.server.target)) as there:
            ends = (self.connection, there)
            while True:
                for end in select.select(ends, (), (), 10)[0]:
                    data = end.recv(65_536)
                    if not data:
                        return
                    ends[end is self.connection].sendall(data)


class Proxy(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, target: int) -> None:
        super().__init__(("127.0.0.1", 0), Tunnel)
        self.target = target
        self.asked: list[str] = []


@contextmanager
def proxy(target: int) -> Iterator[Proxy]:
    server = Proxy(target)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_https_proxy_is_honoured(web: Web, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    for name in ("no_proxy", "NO_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    with proxy(web.server_port) as server:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.server_address[1]}")
        assert read("localhost", web) == 1
        assert server.asked == [f"localhost:{web.server_port}"]
