"""Known weaknesses of the pinned packages: `python -m supply.audit`.

Exit code 1 where there are any. Where no database can be asked nothing is known: that is said, and is no failure.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from supply.pins import ROOT

_LIMIT = 300
_AWAY = ("ConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError", "SSLError", "HTTPError", "ServiceError")
Report = Sequence[Mapping[str, Any]]


def asked(file: Path) -> Report | str:
    """What pip-audit tells of each package, or why it could tell nothing. Nothing is installed or resolved."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(file), "--require-hashes", "--no-deps"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return f"the database did not answer within {_LIMIT} s"
    try:
        told: Report = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        if any(word in done.stderr for word in _AWAY):
            return f"the database cannot be reached ({last[:200]})"
        raise SystemExit(f"pip-audit failed: {last[:500]}") from None
    if told and all("skip_reason" in one for one in told):
        return f"the database knows none of the packages ({told[0]['skip_reason'][:200]})"
    return told


def judged(report: Report | str, name: str) -> tuple[list[str], bool]:
    """What to print of a file, and whether it may pass."""
    if isinstance(report, str):
        return [f"{name}: SKIPPED, {report}."], True
    unknown = [one["name"] for one in report if "skip_reason" in one]
    weak = [
        f"{name}: {one['name']} {one['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'none'}"
        for one in report
        for found in one.get("vulns", ())
    ]
    lines = [f"{name}: {len(report) - len(unknown)} packages looked up, {len(weak)} known weaknesses.", *weak]
    lines += [f"{name}: not known to the database: {', '.join(unknown)}."] if unknown else []
    return lines, not weak


def main() -> int:
    """Look at every pinned list."""
    passed = True
    for file in sorted([*ROOT.glob("requirements/*.txt"), *ROOT.glob("benchmarks/requirements.txt")]):
        lines, fine = judged(asked(file), str(file.relative_to(ROOT)))
        print(*lines, sep="\n")
        passed &= fine
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
