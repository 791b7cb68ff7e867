"""logind as a program of its own, made of its words: answers on the bus given to it, and notes what came of it.

Run as `bus_pretender.py ADDRESS LOG`: it gives out an inhibitor, has the machine fall asleep once that is held, waits
until it is let go, and has it wake.
"""

import os
import select
import sys
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NAME = "org.freedesktop.login1"
_MANAGER = DBusAddress("/org/freedesktop/login1", interface=f"{NAME}.Manager")
_LIMIT = 20


def main(address: str, log: Path) -> None:
    with open_dbus_connection(address, enable_fds=True) as bus, log.open("a", buffering=1) as notes:
        bus.send_and_get_reply(message_bus.RequestName(NAME))
        notes.write("ready\n")
        end = _inhibited(bus)
        notes.write("held\n")
        bus.send(new_signal(_MANAGER, "PrepareForSleep", "b", (True,)))
        let_go = select.select([end], [], [], _LIMIT)[0]
        notes.write("let go\n" if let_go else "not let go\n")
        bus.send(new_signal(_MANAGER, "PrepareForSleep", "b", (False,)))
        again = _inhibited(bus)
        notes.write("held again\n")
        select.select([again], [], [], _LIMIT)  # until the program ends


def _inhibited(bus: Any) -> int:  # noqa: ANN401 - jeepney publishes no types
    """The end of an inhibitor that was asked for: it can be read once the other one is closed."""
    while True:
        asked = bus.receive()
        fields = asked.header.fields
        if asked.header.message_type is MessageType.method_call and fields[HeaderFields.member] == "Inhibit":
            ours, theirs = os.pipe()
            with os.fdopen(theirs, "wb") as given:
                bus.send(new_method_return(asked, "h", (given,)))
            return ours


main(sys.argv[1], Path(sys.argv[2]))
