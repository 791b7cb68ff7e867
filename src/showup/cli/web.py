"""`showup web`: the record as a page in the person's own browser."""

import signal
import time
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

import click

from showup import private
from showup.cli.parts import running
from showup.cli.reload import signalled
from showup.config import Paths, load
from showup.core.problem import Problem

if TYPE_CHECKING:
    from showup.web.service import Page

_PATIENCE = 20.0
"""Seconds in which a running showup has to answer; it may be reading a calendar."""
_A_MOMENT = 0.05
_ADDRESS = 100
"""Bytes."""


@click.command()
@click.option("--print-url", is_flag=True, help="Print the address with its one-time code, and open nothing.")
def web(print_url: bool) -> None:
    """Open the record as a page in your browser.

    A running showup serves it, and this command ends; without one it serves the page itself, until Ctrl-C. Either way
    it is closed after half an hour in which nobody looked. The address is good once and for two minutes.
    """
    from showup import wiring

    settings = load()
    wiring.store(settings).close()  # a record that cannot be opened is said here, where it is read
    page = wiring.page(lambda: settings, lambda said: click.echo(said, err=True))
    served = running(settings.paths)
    address = _by_the_daemon(page, settings.paths) if served else page.open()
    _hand_over(f"http://{address}/open?code={page.codes.new()}", print_url=print_url)
    if not served:
        _until_the_end(page)


def _by_the_daemon(page: "Page", paths: Paths) -> str:
    """Where the running showup serves it. An address that was there before may be that of somebody else by now."""
    page.told.unlink(missing_ok=True)
    waited = 0.0
    while not signalled(paths, signal.SIGUSR1) and waited < _PATIENCE:  # it is only just starting
        time.sleep(_A_MOMENT)
        waited += _A_MOMENT
    while waited < _PATIENCE:
        if page.told.exists():
            return private.read(page.told, _ADDRESS).decode("ascii")
        time.sleep(_A_MOMENT)
        waited += _A_MOMENT
    raise Problem("The running showup did not open the page.", "What it says may tell why; else start it anew.")


def _hand_over(url: str, *, print_url: bool) -> None:
    from showup.desktop.opening import open_link

    try:
        opened = not print_url and open_link(url)
    except Problem:  # no program to open it with: then the person does
        opened = False
    if opened:
        click.echo("The page opens in your browser.")
    elif print_url:
        click.echo(url)
    else:
        click.echo(f"Open this in your browser, within two minutes:\n{url}")


def _until_the_end(page: "Page") -> None:
    """Until Ctrl-C, or until nobody looks any more."""
    told: SimpleQueue[None] = SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: told.put(None))
    click.echo("It is served by this command. Ctrl-C ends it.", err=True)
    while page.wait(0):
        try:
            told.get(timeout=1)
            break
        except Empty:
            pass
    page.close()
