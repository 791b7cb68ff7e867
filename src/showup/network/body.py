"""What a web server answers: unpacked as it comes, bounded, and kept out of memory if it is large."""

import hashlib
import http.client
import tempfile
import weakref
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

SIZE_LIMIT = 300_000_000
_CHUNK = 1 << 16
_MEMORY = 1 << 20
_GZIP = 16 + zlib.MAX_WBITS


class TooLarge(Exception):  # noqa: N818 - it says what the body is
    """The body is larger than 300 MB, packed or unpacked."""


class CutOff(Exception):  # noqa: N818 - it says what the body is
    """The body ended before its announced end."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Body:
    """An answer's content, in an unnamed file that goes when it is let go of.

    `digest` is of the unpacked content: packed twice it is not the same bytes, as the time is packed with it.
    """

    file: BinaryIO
    digest: bytes


def spool(response: http.client.HTTPResponse) -> Body:
    """Read an answer to its end.

    Raises:
        TooLarge, CutOff: see there.
        OSError, http.client.HTTPException: the connection failed.
        zlib.error: it is packed wrongly.
    """
    packed = response.headers.get("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip")
    hashed = hashlib.blake2b()
    file = tempfile.SpooledTemporaryFile(max_size=_MEMORY)  # noqa: SIM115 - it outlives this function
    try:
        for chunk in _bounded(_unpacked(_sent(response), packed=packed)):
            hashed.update(chunk)
            file.write(chunk)
    except BaseException:
        file.close()
        raise
    body = Body(cast("BinaryIO", file), hashed.digest())
    weakref.finalize(body, file.close)
    return body


def _sent(response: http.client.HTTPResponse) -> Iterator[bytes]:
    while chunk := response.read(_CHUNK):
        yield chunk
    if response.length:  # what was announced and did not come
        raise CutOff


def _bounded(chunks: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > SIZE_LIMIT:
            raise TooLarge
        yield chunk


def _unpacked(chunks: Iterator[bytes], *, packed: bool) -> Iterator[bytes]:
    if not packed:
        yield from chunks
        return
    unpacker = zlib.decompressobj(_GZIP)
    begun = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if unpacker.eof:  # a gzip file may have several parts
                unpacker = zlib.decompressobj(_GZIP)
            yield unpacker.decompress(rest, _CHUNK * 16)
            rest = unpacker.unconsumed_tail or unpacker.unused_data
            begun = True
    if begun and not unpacker.eof:
        raise CutOff
