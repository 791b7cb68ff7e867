"""What can go wrong on the way to an address, said calmly. Only the host is named: the address is a secret."""

import http.client
import ssl
import urllib.error
import zlib
from socket import gaierror

from showup.network.body import CutOff, TooLarge
from showup.network.line import RedirectionError
from showup.ports import SourceProblem

_SOON = "It is tried again soon."
_COPY = "Copy the address again from your calendar's settings."
_ELSEWHERE = "{host} sends from one address to another, and none that may be followed has the calendar."
_CODES = {
    401: ("{host} does not allow this calendar to be read.", _COPY),
    403: ("{host} does not allow this calendar to be read.", _COPY),
    404: ("{host} has no calendar at this address.", _COPY),
    407: ("The network's proxy asks for a sign-in.", "Put its user and password into HTTPS_PROXY."),
    410: ("{host} has no calendar at this address any more.", _COPY),
    429: ("{host} was asked too often.", _SOON),
}
_KINDS: tuple[tuple[type[BaseException], str, str], ...] = (
    (TimeoutError, "{host} did not answer in time.", _SOON),
    (gaierror, "The name {host} cannot be found: the network may be down.", "Check the network, then the address."),
    (
        ssl.SSLCertVerificationError,
        "The certificate of {host} is not valid.",
        "Check the machine's date, and whether the network asks for a sign-in. For your own, set SSL_CERT_FILE.",
    ),
    (ssl.SSLError, "No private connection to {host} can be made.", "Check whether the network asks for a sign-in."),
    (ConnectionRefusedError, "{host} refuses the connection.", _SOON),
    (RedirectionError, _ELSEWHERE, _COPY),
    (TooLarge, "The calendar of {host} is larger than 300 MB.", "Choose a calendar that holds your appointments only."),
    (CutOff, "The calendar of {host} did not come whole.", _SOON),
    (http.client.IncompleteRead, "The calendar of {host} did not come whole.", _SOON),
    (zlib.error, "The calendar of {host} did not come whole.", _SOON),
    (http.client.RemoteDisconnected, "{host} ended the connection without an answer.", _SOON),
    (http.client.HTTPException, "{host} answers with something that is no web page.", _COPY),
    (OSError, "{host} cannot be reached.", "Check the network. " + _SOON),
)


def trouble(problem: Exception, host: str, remedy: str = _COPY) -> SourceProblem:
    """Say what went wrong; `remedy` is what helps where the address may be a wrong one."""
    found = _trouble(problem, host)
    return SourceProblem(found.sentence, remedy) if found.remedy == _COPY else found


def _trouble(problem: Exception, host: str) -> SourceProblem:
    if isinstance(problem, urllib.error.HTTPError):
        return _refused(problem.code, host)
    cause = problem.reason if type(problem) is urllib.error.URLError else problem
    for kind, sentence, remedy in _KINDS:
        if isinstance(cause, kind):
            return SourceProblem(sentence.format(host=host), remedy)
    return SourceProblem(f"The calendar of {host} cannot be read ({type(cause).__name__}).", _SOON)


def _refused(code: int, host: str) -> SourceProblem:
    if code in _CODES:
        sentence, remedy = _CODES[code]
        return SourceProblem(sentence.format(host=host), remedy)
    if 300 <= code < 400:
        return SourceProblem(_ELSEWHERE.format(host=host), _COPY)
    if code >= 500:
        return SourceProblem(f"{host} cannot answer just now ({code}).", _SOON)
    return SourceProblem(f"{host} does not give out this calendar ({code}).", _COPY)
