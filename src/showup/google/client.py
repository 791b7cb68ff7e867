"""Google's own client for one of its APIs, made of the description that came with it."""

from googleapiclient.discovery import Resource, build
from googleapiclient.errors import UnknownApiNameOrVersion

from showup.google.connection import Connection
from showup.ports import SourceProblem


def client(api: str, version: str, connection: Connection, address: str) -> Resource:
    """The client for an API at this address; nothing is asked for it.

    Raises:
        SourceProblem: the description is not among the files of Google's package.
    """
    options = {"api_endpoint": address}
    try:
        return build(api, version, http=connection, static_discovery=True, client_options=options)
    except UnknownApiNameOrVersion as missing:
        sentence = f"Google's client was installed without its description of “{api}”."
        raise SourceProblem(sentence, "Install showup anew.", lasting=True) from missing
