"""Real sound servers with devices that nobody hears, each in a runtime folder of its own."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.support.parts import need
from tests.support.session import session

_PULSE = ("-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--log-level=error")


@dataclass
class SoundServer:
    """A running server. `spk` is its loudspeaker, `mic` its microphone."""

    kind: str
    env: dict[str, str]
    folder: Path
    parts: list[subprocess.Popen[bytes]] = field(default_factory=list)
    others: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def pactl(self, *words: str) -> str:
        done = subprocess.run(["pactl", *words], env=self.env, check=True, capture_output=True, timeout=10)
        return done.stdout.decode()

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """A program that uses the server; it is ended with it."""
        quiet = subprocess.DEVNULL
        self.others.append(subprocess.Popen(command, env=self.env, stdin=quiet, stdout=quiet, stderr=quiet))
        return self.others[-1]

    def begin(self) -> None:
        SERVERS[self.kind](self)

    def signal(self, number: int) -> None:
        for part in self.parts:
            part.send_signal(number)

    def end(self) -> None:
        for one in (*self.others, *reversed(self.parts)):
            one.kill()
            one.wait()
        self.others.clear()
        self.parts.clear()
        for left in ("native", "pid", "pipewire-0", "pulse/native"):
            (self.folder / left).unlink(missing_ok=True)


def pulseaudio(server: SoundServer) -> None:
    """Start PulseAudio."""
    need("pulseaudio", "pactl")
    socket = server.folder / "native"
    modules = (
        f"module-native-protocol-unix socket={socket} auth-anonymous=1",
        "module-null-sink sink_name=spk",
        "module-null-sink sink_name=micfeed",
        "module-remap-source source_name=mic master=micfeed.monitor",
    )
    server.env["PULSE_SERVER"] = f"unix:{socket}"
    _part(server, "pulseaudio", *_PULSE, *(word for module in modules for word in ("-L", module)))
    _wait(server, lambda: "mic" in server.pactl("list", "short", "sources"))
    _defaults(server)


def pipewire(server: SoundServer) -> None:
    """Start PipeWire, with what stands in for PulseAudio."""
    need("pipewire", "pipewire-pulse", "wireplumber", "dbus-daemon", "pactl")
    server.env["PULSE_SERVER"] = f"unix:{server.folder}/pulse/native"
    _part(server, "pipewire")
    _wait(server, (server.folder / "pipewire-0").exists)
    _part(server, "wireplumber")
    _part(server, "pipewire-pulse")
    _wait(server, lambda: bool(server.pactl("info")))
    for words in (["sink_name=spk"], ["media.class=Audio/Source/Virtual", "sink_name=mic"]):
        _wait(server, partial(server.pactl, "load-module", "module-null-sink", *words))  # it answers before it can
    _wait(server, lambda: "mic" in server.pactl("list", "short", "sources"))
    _defaults(server)


SERVERS: dict[str, Callable[[SoundServer], None]] = {"pulseaudio": pulseaudio, "pipewire": pipewire}


@contextmanager
def sound_server(kind: str) -> Iterator[SoundServer]:
    """A server with its own session bus."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="snd-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        env = stack.enter_context(session(folder))
        server = SoundServer(kind, env | {"XDG_RUNTIME_DIR": str(folder)}, folder)
        stack.callback(server.end)
        server.begin()
        yield server


def _part(server: SoundServer, *command: str) -> None:
    log = (server.folder / f"{command[0]}.log").open("ab")
    with log:
        server.parts.append(subprocess.Popen(command, env=server.env, stdout=log, stderr=log))


def _defaults(server: SoundServer) -> None:
    server.pactl("set-default-sink", "spk")
    server.pactl("set-default-source", "mic")


def _wait(server: SoundServer, ready: Callable[[], object]) -> None:
    for _try in range(200):
        try:
            if ready():
                return
        except subprocess.CalledProcessError:
            pass
        time.sleep(0.05)
    logs = "\n".join(log.read_text() for log in server.folder.glob("*.log"))
    raise TimeoutError(f"the sound server does not come up: {logs}")
