"""Every detector inside the sandbox of the real user unit: sound, KDE Connect, a list by Meet, and logind."""

import dataclasses
import shutil
import sqlite3
import sysconfig
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from showup.clock import SystemClock
from showup.google.token import Token
from showup.secrets import FileSecrets
from tests.detectors.test_meet_daemon import SETTINGS as GOOGLE
from tests.detectors.test_phone_real import DEVICE, kdeconnectd, separated
from tests.support import google_signin, manager
from tests.support.google_parts import signed_in
from tests.support.google_server import LIST, READ, Google
from tests.support.google_server import serving as google_serving
from tests.support.ics import calendar, vevent
from tests.support.installed import PYTHON, ROOT, install
from tests.support.meet_server import SCOPE, Meet, Meeting, Person
from tests.support.meet_server import serving as meet_serving
from tests.support.owner import stamp
from tests.support.parts import need
from tests.support.sound_desk import TALK, talk

BY_PHONE = '[[calendars]]\nname = "phone"\ntype = "ics"\npath = "~/phone.ics"\n'
SCRIPT = r"""
export PATH="$HOME/.local/bin:/usr/bin:/bin" PYTHONPATH="$HOME/lib"
export PULSE_SERVER=unix:$XDG_RUNTIME_DIR/sound  # the manager may start a server by itself, in the usual place
system=unix:path=$XDG_RUNTIME_DIR/system
dbus-daemon --session --nofork --address="$system" &
pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no --log-level=error \
    -L "module-native-protocol-unix socket=$XDG_RUNTIME_DIR/sound" \
    -L "module-null-sink sink_name=spk" -L "module-null-sink sink_name=feed" \
    -L "module-remap-source source_name=mic master=feed.monitor" >"$HOME/pulse" 2>&1 &
mkfifo "$XDG_RUNTIME_DIR/phone"
QT_QPA_PLATFORM=offscreen unshare --user --map-current-user --keep-caps --net --pid --fork --kill-child \
    sh -c 'ip link set lo up; KDECONNECTD & exec PYTHON "$HOME/lib/kde_phone.py" "$XDG_RUNTIME_DIR"' \
    <>"$XDG_RUNTIME_DIR/phone" >"$HOME/phone" 2>&1 &
kde() { gdbus call --session -d org.kde.kdeconnect -o "/modules/kdeconnect$1" -m "$2" 2>/dev/null; }
comes() { for _ in $(seq 150); do eval "$1" && return; sleep .1; done; echo "never: $1"; exit 1; }
comes '[ -S "$XDG_RUNTIME_DIR/system" ]'
PYTHON "$HOME/lib/bus_pretender.py" "$system" "$HOME/logind" >"$HOME/logind.log" 2>&1 &
comes 'grep -q ready "$HOME/logind"'
comes 'grep -q connected "$HOME/phone"'
comes 'kde "" org.kde.kdeconnect.daemon.devices | grep -q DEVICE'
kde /devices/DEVICE org.kde.kdeconnect.device.requestPair
comes 'grep -q paired "$HOME/phone"'
comes 'pactl list short sources 2>/dev/null | grep -q mic'
systemctl --user set-environment DBUS_SYSTEM_BUS_ADDRESS="$system" PULSE_SERVER="$PULSE_SERVER"
parec -d mic --client-name=Chromium --property=application.process.binary=chromium >/dev/null &
paplay -d spk --client-name=Chromium --property=application.process.binary=chromium "$HOME/talk.wav" &
showup service install
seen() { PYTHON -c "import sqlite3, sys
record = sqlite3.connect('file:$HOME/.local/share/showup/showup.sqlite?mode=ro', uri=True)
sys.exit(not record.execute(sys.argv[1]).fetchall())" "$1"; }
comes 'grep -q "held again" "$HOME/logind"'
sleep 4
echo ringing >"$XDG_RUNTIME_DIR/phone"
sleep 1
systemctl --user reload showup
comes 'seen "SELECT 1 FROM evidence WHERE sign = '"'rang'"'"'
comes 'seen "SELECT 1 FROM evidence WHERE source = '"'meet'"'"'
systemd-analyze --user security showup --no-pager | tail -1
systemctl --user stop showup
"""


def test_each_detector_sees_from_inside_the_sandbox() -> None:
    need("pulseaudio", "parec", "paplay", "gdbus", "espeak-ng", "systemd-analyze", PYTHON)
    daemon = kdeconnectd()
    separated()
    with manager.home() as home, google_serving() as google, meet_serving() as meet:
        furnish(home, google, meet)
        script = SCRIPT.replace("KDECONNECTD", daemon).replace("PYTHON ", f"{PYTHON} ").replace("DEVICE", DEVICE)
        done = manager.run(home, script)
        told = f"{done.stdout}\n{done.stderr}\n{(home / 'phone').read_text()}\n{(home / 'logind.log').read_text()}"
        assert done.returncode == 0, told
        assert (home / "logind").read_text().split("\n")[:4] == ["ready", "held", "let go", "held again"]
        with closing(sqlite3.connect(home / ".local/share/showup/showup.sqlite")) as record:
            signs = set(record.execute("SELECT source, sign FROM evidence"))
            lengths = "SELECT source, max(julianday(end) - julianday(start)) FROM coverage GROUP BY source"
            watched = {source: days * 86_400 for source, days in record.execute(lengths)}
    assert {("sound", "you_in"), ("phone", "rang"), ("meet", "you_in"), ("meet", "they_in")} <= signs, told
    assert set(watched) == {"machine", "sound", "phone", "meet"}
    assert watched["sound"] > 4, watched  # levels came all that time: a stream without them is no coverage
    assert float(done.stdout.split(": ")[-1].split()[0]) <= 3.0, told  # how exposed the running service is


def furnish(home: Path, google: Google, meet: Meet) -> None:
    """An interview by Meet, with both on its list, and one of which nobody knows how it is held."""
    begun = SystemClock().now() - timedelta(minutes=3)
    link, asked = "https://meet.google.com/abc-mnop-xyz", [{"email": "sam@example.org"}]
    hr = {"email": "ann@acme.example"}
    google.world.primary.put("a", begun, summary="Interview with Acme", hangoutLink=link, organizer=hr, attendees=asked)
    people = [Person(google_signin.NUMBER, "Sam", [(begun, None)]), Person("2", "Ann", [(begun, None)])]
    meet.meetings.append(Meeting("abc-mnop-xyz", begun, None, people))
    token = Token.read(signed_in(google).kept["google:sam@example.org"])
    token = dataclasses.replace(token, scopes=(READ, LIST, SCOPE), number=google_signin.NUMBER, expires=None)
    google.refreshing["planted-refresh"] = list(token.scopes)
    FileSecrets(home / ".config/showup/secrets").put("google:sam@example.org", token.text())
    settings = GOOGLE.replace("sound = false", "sound = true\nphone = true")
    (home / ".config/showup/config.toml").write_text(settings.format(api=google.address, meet=meet.address) + BY_PHONE)
    times = f"DTSTART:{stamp(begun)}\nDTEND:{stamp(begun + timedelta(hours=1))}"
    people_ics = "ORGANIZER:mailto:hr@initech.example\nATTENDEE:mailto:sam@example.org"
    event = vevent(f"{times}\n{people_ics}", "initech-1", "Interview with Initech")
    (home / "phone.ics").write_bytes(calendar(event))
    install(home)
    for helper in ("kde_phone", "bus_pretender"):
        shutil.copy(ROOT / f"tests/support/{helper}.py", home / "lib")
    described = "googleapiclient/discovery_cache/documents"
    (home / "lib" / described).mkdir()
    for name in ("calendar.v3.json", "meet.v2.json"):  # of all that Google describes
        shutil.copy(Path(sysconfig.get_path("purelib"), described, name), home / "lib" / described)
    talk(home, f"{TALK} {TALK}")
