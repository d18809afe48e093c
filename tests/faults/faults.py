#!/usr/bin/env python3
"""Break a command that makes a project, in every way we know, and look at what is left.

    faults.py [--case new|nested|empty|here|clone] [--only kill,int,...] [--points N] -- COMMAND... {target}

The command makes a project at {target}. In every attempt the target is prepared anew, the command is
run and broken, and what is there is compared with what was there before and with a good run:

    kill           SIGKILL at the Nth call that changes something; then the command runs again
    int term hup   the signal at the Nth call
    eio            the Nth call fails with EIO, once
    enospc         from the Nth call on there is no room
    bytes inodes   a file system that is too small (needs the right to mount)
    race           ten runs at once

Needs Linux on x86-64 and a C compiler. Exit status 1 when anything was not as it should be.
"""

from __future__ import annotations

import argparse
import collections
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIGNALS = {"int": 130, "term": 143, "hup": 129}
REFUSED = 4
MINE = {"README.md": b"mine\n", "LICENSE": b"mine\n", ".gitignore": b"*.log\n", ".git/HEAD": b"mine\n"}


class Place:
    """A folder in which the command runs: `out` holds the target, `tmp` and `home` have to stay empty."""

    def __init__(self, root: Path, case: str, command: list[str]):
        self.root, self.case, self.command = root, case, command
        self.out, self.tmp, self.home = root / "out", root / "tmp", root / "home"
        self.target = self.out / ("a/b/shop" if case == "nested" else "shop")
        self.log = root / "log"

    def prepare(self) -> None:
        for folder in (self.out, self.tmp, self.home):
            if folder.is_mount():
                for entry in folder.iterdir():
                    shutil.rmtree(entry)
            else:
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
        if self.case in ("empty", "here", "clone"):
            self.target.mkdir()
        if self.case == "clone":
            for name, contents in MINE.items():
                (self.target / name).parent.mkdir(exist_ok=True)
                (self.target / name).write_bytes(contents)

    def argv(self, target: Path | None = None) -> list[str]:
        path = str(target or ("." if self.case == "here" else self.target))
        return [part.replace("{target}", path) for part in self.command]

    def cwd(self) -> Path:
        return self.target if self.case == "here" else self.root

    def env(self) -> dict[str, str]:
        env = {"PATH": os.environ["PATH"], "HOME": str(self.home), "TMPDIR": str(self.tmp), "LC_ALL": "C"}
        for role in ("AUTHOR", "COMMITTER"):
            env |= {f"GIT_{role}_NAME": "A", f"GIT_{role}_EMAIL": "a@b.c", f"GIT_{role}_DATE": "1700000000 +0000"}
        return env

    def run(self, point: int = 0, action: str = "", target: Path | None = None) -> tuple[int, str]:
        """Runs the command, traced if there is an action; returns its exit status and what it said."""
        tracer = [self.root / "tracer", self.out, str(point), action, self.log] if action else []
        done = subprocess.run(
            [*tracer, *self.argv(target)],
            cwd=self.cwd(),
            env=self.env(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=600,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        return done.returncode, done.stdout.decode(errors="replace")

    def state(self) -> dict[str, object] | None:
        """The target's entries, `None` when it is absent. Of a repository, what git says about it."""
        if not self.target.is_dir():
            return None
        state: dict[str, object] = {}
        if (self.target / ".git/objects").is_dir():
            for args in (["rev-parse", "HEAD"], ["status", "--porcelain"], ["fsck", "--strict"]):
                # Without its lock: on a full disk git could not even look.
                git = subprocess.run(["git", "--no-optional-locks", *args], cwd=self.target, env=self.env(), capture_output=True)
                state[" ".join(args)] = (git.returncode, git.stdout)
        for path in sorted(self.target.rglob("*")):
            name = str(path.relative_to(self.target))
            if name.startswith(".git/") or ".scaffold-into-" in name:
                continue
            mode = path.lstat().st_mode
            state[name] = (mode, path.read_bytes() if path.is_file() else None)
        return state

    def litter(self) -> list[str]:
        """What should not be there: stages, parents of an absent target, files in other folders."""
        stages = [str(path) for path in self.out.rglob(".scaffold-*-*")]
        if not self.target.exists():
            stages += [str(path) for path in self.out.iterdir() if str(path) not in stages]
        return stages + [str(path) for folder in (self.tmp, self.home) for path in folder.rglob("*")]

    def kept(self) -> bool:
        """Whether everything the user had is still there."""
        if self.case != "clone":
            return True
        contents = {name: (self.target / name).read_bytes() for name in MINE}
        ignore = contents.pop(".gitignore")
        return ignore.startswith(MINE[".gitignore"]) and all(MINE[name] == it for name, it in contents.items())


class Report:
    def __init__(self) -> None:
        self.bad = 0

    def line(self, name: str, tally: collections.Counter[str], wrong: list[str]) -> None:
        self.bad += len(wrong)
        print(f"{name:22} attempts {sum(tally.values()):4}  {dict(tally)}  bad {len(wrong)}", flush=True)
        for text in wrong[:8]:
            print("    " + text)


def judge(place: Place, before, complete) -> str:
    state = place.state()
    return "complete" if state == complete else "untouched" if state == before else "HALF"


def chosen(total: int, points: int) -> list[int]:
    if not points or total <= points:
        return list(range(1, total + 1))
    return sorted({1 + round(i * (total - 1) / (points - 1)) for i in range(points)})


def broken_at(place: Place, action: str, points: list[int], before, complete, calls: list[str]):
    tally: collections.Counter[str] = collections.Counter()
    wrong = []
    for point in points:
        if action == "eio" and calls[point - 1].startswith("chmod ") and calls[point - 1].endswith("/.git/config"):
            # By this git finds out whether the file system knows modes, and takes a failure for a no.
            tally["git's question"] += 1
            continue
        place.prepare()
        code, said = place.run(point, action)
        state = judge(place, before, complete)
        at = f"at {point} ({calls[point - 1]}): "
        # A clone is filled by a journal: between its steps it is half full, until the next run.
        # So it is when there was no room even for going back.
        journal = action in ("kill", "enospc") and any(place.target.glob(".scaffold-into-*/COMMIT"))
        tally["to be finished" if journal else state] += 1
        if state == "HALF" and not journal:
            wrong.append(at + "half-made")
        if not place.kept():
            wrong.append(at + "something of the user's is lost")
        if action == "kill" or journal:
            again, said = place.run()
            if again not in (0, REFUSED):
                wrong.append(at + f"the next run exits with {again}: {said.strip()}")
            if judge(place, before, complete) != "complete" or not place.kept():
                wrong.append(at + "not complete after the next run")
            if place.case == "nested":
                # The stage was beside `a`, where the next run had no business any more. One there has.
                place.run(target=place.out / "other")
                shutil.rmtree(place.out / "other")
        elif code == 0 and state != "complete":
            wrong.append(at + "exit 0, not complete")
        elif code != 0 and (state == "complete" or code != SIGNALS.get(action, 7)):
            wrong.append(at + f"exit {code}, {state}: {said.strip()}")
        elif action == "enospc" and code and "No space left" not in said:
            wrong.append(at + f"the cause is not named: {said.strip()}")
        litter = place.litter()
        # One refused removal of an empty stage cannot be told from a success, and is swept later.
        if litter and not (action == "eio" and code == 0):
            wrong.append(at + f"left behind: {litter[:3]}")
    return tally, wrong


def size_of(folder: Path) -> tuple[int, int]:
    paths = list(folder.rglob("*"))
    return sum(-(-path.lstat().st_size // 4096) * 4096 for path in paths if path.is_file()), len(paths)


def too_small(place: Place, by: str, points: int, before, complete, whole: tuple[int, int]):
    tally: collections.Counter[str] = collections.Counter()
    wrong = []
    # More than the result takes: a stage may hold some files twice.
    most = whole[0] // 4096 + 16 if by == "bytes" else whole[1] + 16
    for step in chosen(most, points or 40):
        subprocess.run(["umount", "-l", place.out], capture_output=True)
        place.prepare()
        options = f"size={step * 4096}" if by == "bytes" else f"size=64m,nr_inodes={step + 1}"
        if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place.out], capture_output=True).returncode:
            print(f"{by}: not run, no right to mount")
            break
        try:
            place.prepare()
        except OSError:
            continue  # Not even room for what has to be there before.
        code, said = place.run()
        state = judge(place, before, complete)
        tally[state] += 1
        if state == "HALF" or (code == 0) != (state == "complete") or not place.kept():
            wrong.append(f"{options}: exit {code}, {state}: {said.strip()}")
        elif code and "No space left" not in said:
            wrong.append(f"{options}: the cause is not named: {said.strip()}")
        if place.litter():
            wrong.append(f"{options}: left behind: {place.litter()[:3]}")
    subprocess.run(["umount", "-l", place.out], capture_output=True)
    return tally, wrong


def race(place: Place, rounds: int, before, complete):
    tally: collections.Counter[str] = collections.Counter()
    wrong = []
    for number in range(rounds):
        place.prepare()
        runs = [
            subprocess.Popen(place.argv(), cwd=place.cwd(), env=place.env(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(10)
        ]
        codes = sorted(run.wait(timeout=600) for run in runs)
        state = judge(place, before, complete)
        tally[state] += 1
        if state != "complete" or codes != [0] + [REFUSED] * 9 or not place.kept():
            wrong.append(f"round {number}: {state}, exits {codes}")
        if place.litter():
            wrong.append(f"round {number}: left behind: {place.litter()[:3]}")
    return tally, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", default="new", choices=["new", "nested", "empty", "here", "clone"])
    parser.add_argument("--only", default="kill,int,term,hup,eio,enospc,bytes,inodes,race")
    parser.add_argument("--points", type=int, default=0, help="at most so many attempts of a kind")
    parser.add_argument("command", nargs="+")
    args = parser.parse_args()
    only = args.only.split(",")
    report = Report()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as root:
        place = Place(Path(root), args.case, args.command)
        subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", place.root / "tracer", HERE / "tracer.c"], check=True)
        place.prepare()
        before = place.state()
        code, said = place.run(0, "none")
        complete = place.state()
        if code or complete == before or not place.kept() or place.litter():
            print(f"a run that nothing breaks exits with {code}, litter {place.litter()}: {said}")
            return 1
        whole = size_of(place.out)
        calls = [line.split(" ", 1)[1].replace(str(place.out), "") for line in place.log.read_text().splitlines()]
        place.prepare()
        place.run()
        if place.state() != complete:
            print("two runs that nothing breaks differ")
            return 1
        points = chosen(len(calls), args.points)
        for action in ("kill", *SIGNALS, "eio", "enospc"):
            if action in only:
                report.line(f"{args.case} {action}", *broken_at(place, action, points, before, complete, calls))
        for by in ("bytes", "inodes"):
            if by in only:
                report.line(f"{args.case} {by}", *too_small(place, by, args.points, before, complete, whole))
        if "race" in only:
            report.line(f"{args.case} race", *race(place, 10, before, complete))
    return 1 if report.bad else 0


if __name__ == "__main__":
    sys.exit(main())
