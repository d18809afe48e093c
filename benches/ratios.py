#!/usr/bin/env python3
"""Time `scaffold` against yardsticks in one run: ratios, since machines differ and this one is busy.

    ratios.py SCAFFOLD [--copier PATH] [--rounds N]

Every round runs every contestant once, in an order that rotates; a ratio is taken within a round, and
the median over the rounds is printed. The workload of copier is a template of 60 files of 2 kB. The program
is copied first, as an installation does.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

FILES = 60


def copier_template(folder: Path) -> None:
    """Write a template of FILES small files with a variable in each."""
    folder.mkdir()
    (folder / "copier.yml").write_text("name: shop\n_subdirectory: files\n")
    for number in range(FILES):
        path = folder / "files" / f"part{number % 7}" / f"file{number}.txt.jinja"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"file {number} of {{{{ name }}}}\n" + "a line of plain text\n" * 95)


def seconds(command: list[str]) -> float:
    """Run a command that has to succeed; return its wall time."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scaffold")
    parser.add_argument("--copier", default=shutil.which("copier"))
    parser.add_argument("--rounds", type=int, default=11)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copier_template(root / "template")
        program = str(shutil.copy(arguments.scaffold, root / "scaffold"))
        new = [program, "new", "{out}", "--preset", "strict", "--defaults", "--set", "name=shop"]
        new += ["--no-git", "--no-lock"]
        contestants = {
            "/bin/true": ["/bin/true"],
            "scaffold --version": [program, "--version"],
            "scaffold new --dry-run": [*new, "--dry-run"],
            "scaffold new": new,
        }
        if arguments.copier:
            contestants["copier copy"] = [arguments.copier, "copy", "--defaults", "--quiet", str(root / "template"), "{out}"]
        times: dict[str, list[float]] = {name: [] for name in contestants}
        for turn in range(arguments.rounds + 1):
            names = list(contestants)
            shift = turn % len(names)
            for name in names[shift:] + names[:shift]:
                out = str(root / f"out-{turn}-{name.replace(' ', '-').replace('/', '')}")
                took = seconds([word.replace("{out}", out) for word in contestants[name]])
                if turn:  # the first round warms up
                    times[name].append(took)
    for name, taken in times.items():
        print(f"{name:26} {statistics.median(taken) * 1000:9.2f} ms")
    print()
    ratio("cold start / /bin/true", times["scaffold --version"], times["/bin/true"])
    if "copier copy" in times:
        ratio("copier copy / scaffold new", times["copier copy"], times["scaffold new"])


def ratio(name: str, over: list[float], under: list[float]) -> None:
    """Print the median of the ratios within rounds."""
    print(f"{name:26} {statistics.median(a / b for a, b in zip(over, under, strict=True)):9.2f}")


if __name__ == "__main__":
    main()
