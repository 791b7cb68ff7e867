"""Run a command and print, as JSON, its exit code, seconds, CPU seconds and peak megabytes: `clocked.py COMMAND…`.

A program of its own and a small one: the system counts what a process weighed before it became the command, too.
"""

import os
import sys
import time


def main(command: list[str]) -> None:
    """Its output goes nowhere, its errors where ours go."""
    silence = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    begun = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=silence)
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - begun
    figures = (os.waitstatus_to_exitcode(status), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
    print(f"[{', '.join(map(str, figures))}]")


if __name__ == "__main__":
    main(sys.argv[1:])
