"""Do-not-disturb, as far as a notification server tells: what is shown meanwhile waits, or goes by unseen."""

from typing import Any

import jeepney
from jeepney import MessageFlag

from showup.bus import Bus
from showup.desktop.call import NAME, SERVER
from showup.ports import NotifierAway

_XFCE = jeepney.DBusAddress("/org/xfce/Xfconf", bus_name="org.xfce.Xfconf", interface="org.xfce.Xfconf")
_OWN = {
    "dunst": jeepney.Properties(jeepney.DBusAddress(SERVER.object_path, NAME, "org.dunstproject.cmd0")).get("paused"),
    "Xfce Notify Daemon": jeepney.new_method_call(
        _XFCE, "GetProperty", "ss", ("xfce4-notifyd", "/do-not-disturb")
    ),  # a setting that is not set is an error: nobody asked for silence
}
"""Servers with a way of their own to tell, by the name they give themselves."""


def is_quiet(bus: Bus) -> bool:
    """Whether the server shows nothing now. One that cannot be asked, or has no word for it, is not quiet.

    The others are asked for `Inhibited`, a property that KDE Plasma has beside the specification.
    """
    try:
        name, *_ = bus.call(jeepney.new_method_call(SERVER, "GetServerInformation"), "ssss")
        (answer,) = bus.call(_question(name), "v")
    except NotifierAway:
        return False
    return bool(answer == ("b", True))


def _question(server: str) -> Any:  # noqa: ANN401 - jeepney publishes no types
    asked = _OWN.get(server) or jeepney.Properties(SERVER).get("Inhibited")
    asked.header.flags |= MessageFlag.no_auto_start
    return asked
