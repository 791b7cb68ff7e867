"""A phone for a real kdeconnectd: finds it, lets itself be paired, and tells of calls as its standard input says.

Run inside the network namespace of the daemon. The protocol is KDE Connect's own, version 7: an identity in the clear,
then TLS in which whoever opened the connection is the server, then a line of JSON for each packet.
"""

import json
import select
import socket
import ssl
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DEVICE = "0123456789abcdef0123456789abcdef_phone"
_PORT = 1716
_YEAR = timedelta(days=365)


def certificate(folder: Path) -> Path:
    """The phone's own, signed by itself, named by its device."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, DEVICE),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "KDE"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "KDE Connect"),
        ]
    )
    born = datetime(2025, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(10)
        .not_valid_before(born)
        .not_valid_after(born + 10 * _YEAR)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "phone.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def packet(kind: str, **body: Any) -> bytes:  # noqa: ANN401 - whatever JSON holds
    return json.dumps({"id": 1, "type": f"kdeconnect.{kind}", "body": body}).encode() + b"\n"


IDENTITY = packet(
    "identity",
    deviceId=DEVICE,
    deviceName="Lab phone",
    deviceType="phone",
    protocolVersion=7,
    incomingCapabilities=["kdeconnect.telephony.request_mute", "kdeconnect.ping"],
    outgoingCapabilities=["kdeconnect.telephony", "kdeconnect.ping"],
    tcpPort=_PORT,
)


def main(folder: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder))
    plain = connected()
    plain.sendall(IDENTITY)
    with context.wrap_socket(plain, server_side=True) as line:
        say("connected")
        buffer = b""
        while True:
            for ready in select.select([line, sys.stdin], [], [])[0]:
                if ready is line:
                    came = line.recv(1 << 16)
                    *packets, buffer = (buffer + came).split(b"\n")
                    for one in packets:
                        agree(line, json.loads(one))
                    if not came:
                        return
                elif event := sys.stdin.readline().strip():
                    line.sendall(packet("telephony", event=event, phoneNumber="+15550100", contactName="Acme HR"))
                else:
                    return


def connected() -> socket.socket:
    """The daemon takes a moment to listen."""
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", _PORT))
        except OSError:
            time.sleep(0.1)
    sys.exit("nobody listens")


def agree(line: ssl.SSLSocket, told: dict[str, Any]) -> None:
    """Let itself be paired."""
    if told["type"] == "kdeconnect.pair" and told["body"].get("pair"):
        line.sendall(packet("pair", pair=True))
        say("paired")


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


main(Path(sys.argv[1]))
