#!/usr/bin/env python3
"""Cases of robustness: what the program does with presets, documents, answers and targets that mean harm or no harm.

    run.py [--only A,H03] [--quick] [--jobs N] PROGRAM

A case stands under its id: Z harmless twins (they have to pass, or a refusal elsewhere may have the wrong reason), A
presets, B documents, C answers, D targets, H limits, I git sources, J secrets. After every run the same holds: nothing outside of the target
changed, no panic, no control bytes on the terminal, nothing left behind, at most 20 s and 300 MiB. What stops a run in
the middle (E, F) is in `tests/faults`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
import traceback
from pathlib import Path

sys.dont_write_bytecode = True

import hostile  # noqa: E402, F401
import limits  # noqa: E402, F401
import people  # noqa: E402, F401
import sources  # noqa: E402, F401
from bench import CASES, Bench  # noqa: E402

SLOW = {"A36", "A51", "B03", "H03", "H05", "I07", "I15", "Z13"}
NOT_HERE = {
    "E, F": "a run that is stopped, has no room, or races another: tests/faults",
    "D05 D09 D17 D19 F03 F05 F07": "what changes projects that are there: no such command yet",
    "G, Z08, H07, H09, J07": "updates: no such command yet",
    "D21": "Windows is not supported",
    "B11": "no section of a document becomes a file of its own",
}


def work(name: str, program: Path) -> tuple[str, str, float, int]:
    """Runs one case: its name, what failed, seconds, the most memory of a run."""
    began = time.monotonic()
    bench = Bench(program)
    try:
        CASES[name][1](bench)
        failed = ""
    except Exception as error:  # noqa: BLE001 - whatever fails, the other cases run
        line = next((it.lineno for it in reversed(traceback.extract_tb(error.__traceback__)) if "bench.py" not in it.filename), 0)
        failed = f"line {line}: {type(error).__name__}: {error}"
    finally:
        bench.close()
    return name, failed, time.monotonic() - began, bench.worst.mebibytes


def main() -> int:
    """Runs the cases that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="ids or groups, with commas between them")
    parser.add_argument("--quick", action="store_true", help="without the cases that take seconds")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("program", type=Path)
    args = parser.parse_args()
    only = tuple(filter(None, args.only.split(",")))
    names = sorted(name for name in CASES if not only or name.startswith(only))
    if args.quick:
        names = [name for name in names if name not in SLOW]
    program = args.program.resolve()
    failures = []
    with multiprocessing.get_context("fork").Pool(args.jobs) as pool:
        for name, failed, seconds, mebibytes in pool.starmap(work, [(name, program) for name in names], chunksize=1):
            print(f"{name:4} {'FAILED' if failed else 'ok':6} {seconds:5.1f} s {mebibytes:4} MiB  {CASES[name][0]}")
            if failed:
                failures.append(name)
                print(f"     {failed}")
    if not only and not args.quick:
        for ids, reason in NOT_HERE.items():
            print(f"{ids}: {reason}")
    print(f"{len(names)} cases, {len(failures)} failed {failures or ''}")
    return bool(failures or not names)


if __name__ == "__main__":
    sys.exit(main())
