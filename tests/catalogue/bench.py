"""A place to run the program in, and what has to hold after every run."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

SECONDS = 20
"""No run may take longer."""
MEBIBYTES = 300
"""No run may need more memory."""

# The exit codes that are documented in `scaffold --help`.
DONE, FINDINGS, USAGE, REJECTED, REFUSED, CONSENT, LIMIT, SYSTEM = range(8)

# Thousands of files are made and removed: not on a disk, where there is a choice.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

SECRET = "SECRET-0xC0FFEE"
FILES = "templates/components/it/files"
CATALOG = {
    "presets/p.yaml": 'preset: p\ntitle: P\ndescription: D.\npython: ["3.13"]\nlayouts: [flat]\ncomponents:\n  - use: [it]\n',
    "templates/roles.yaml": 'roles:\n  package: {doc: The package., place: "{file}"}\n  data: {doc: Data., place: "/data/{file}"}\n',
    "templates/versions.yaml": "packages: {}\nimages: {}\n",
    "templates/layouts/flat.yaml": 'layout: flat\ndescription: Flat.\npackage: "src/{package}"\nroles: {}\nlayers: []\n',
    "templates/components/it/component.yaml": "description: It.\n",
    f"{FILES}/README.md.j2": "# {{ title }}\n",
}


@dataclass
class Run:
    """What a run left behind."""

    code: int
    out: str
    seconds: float
    mebibytes: int


@dataclass
class Bench:
    """A folder with a small catalog, a target that is absent, and a folder outside that nobody may touch."""

    program: Path
    root: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="catalogue-", dir=MEMORY)))
    seconds: float = SECONDS
    worst: Run = field(default_factory=lambda: Run(0, "", 0.0, 0))

    def __post_init__(self) -> None:
        self.catalog, self.home = self.root / "catalog", self.root / "home"
        self.outside, self.out, self.temporary = self.root / "outside", self.root / "out", self.root / "tmp"
        self.target = self.out / "shop"
        for folder in (self.home, self.outside, self.out, self.temporary):
            folder.mkdir()
        (self.outside / "secret.txt").write_text(SECRET)
        (self.outside / "secret.yaml").write_text(f"preset: {SECRET}\n")
        self.fresh()

    def fresh(self) -> None:
        """Makes the catalog anew and removes the target."""
        for folder in (self.catalog, self.target):
            remove(folder)
        for path, text in CATALOG.items():
            self.put(path, text)

    def put(self, path: str, contents: str | bytes = "x\n", root: Path | None = None) -> Path:
        """Writes a file, of the catalog unless a root is named."""
        file = (root or self.catalog) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
        return file

    def file(self, path: str, contents: str | bytes = "x\n") -> Path:
        """Writes a file of the component."""
        return self.put(f"{FILES}/{path}", contents)

    def preset(self, lines: str) -> None:
        """Adds lines to the preset."""
        self.put("presets/p.yaml", CATALOG["presets/p.yaml"] + lines)

    def run(self, *arguments: str | bytes | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> Run:
        """Runs the program with a time limit, and checks what has to hold for every run."""
        environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(self.home), "TMPDIR": str(self.temporary), "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1", "SECRET_ENV": SECRET, "XDG_CACHE_HOME": str(self.home / ".cache"), **(env or {}),
        }  # fmt: skip
        log = self.root / "log"
        began = time.monotonic()
        with log.open("wb") as output:
            process = subprocess.Popen(
                [self.program, *arguments], cwd=cwd or self.root, env=environment,
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
            while True:
                done, status, usage = os.wait4(process.pid, os.WNOHANG)
                if done:
                    break
                if time.monotonic() - began > self.seconds:
                    process.kill()
                time.sleep(0.002)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
        run = Run(process.returncode, log.read_text(errors="replace"), seconds, usage.ru_maxrss >> 10)
        if run.mebibytes > self.worst.mebibytes:
            self.worst = run
        self.always(run)
        return run

    def new(self, *arguments: str | Path, target: str | bytes | Path | None = None, catalog: bool = True, **more) -> Run:
        """Makes a project of the catalog's preset."""
        flags = ["--catalog", self.catalog, "--preset", "p"] if catalog else []
        flags += ["--defaults", "--no-git", "--no-lock"]
        return self.run("new", *flags, *arguments, "--", target or self.target, **more)

    def always(self, run: Run) -> None:
        """What holds for every run."""
        assert run.code >= 0, f"killed by signal {-run.code} after {run.seconds:.1f} s: {run.out[-200:]}"
        assert run.code < 8 or run.code > 128, f"exit {run.code}: {run.out[-300:]}"
        for word in ("panicked at", "stack overflow", "memory allocation of"):
            assert word not in run.out, run.out[-300:]
        assert run.mebibytes <= MEBIBYTES, f"{run.mebibytes} MiB of memory"
        assert not re.search(r"\x1b\]|\x1b\[2J|\x07", run.out), "control bytes of the input reached the terminal"
        assert sorted(it.name for it in self.outside.iterdir()) == ["secret.txt", "secret.yaml"], "wrote outside"
        assert (self.outside / "secret.txt").read_text() == SECRET, "wrote outside"
        assert not [it for it in self.home.iterdir() if it.name != ".cache"], "wrote to the home folder"
        assert not list(self.temporary.iterdir()), "left something in the temporary folder"
        left = [it.name for it in self.out.iterdir() if it.name.startswith(".scaffold")]
        assert not left, f"left beside the target: {left}"
        if self.target.is_dir():
            for path in self.target.rglob("*"):
                mode = path.lstat().st_mode
                assert stat.S_ISREG(mode) or stat.S_ISDIR(mode), f"{path} is a special file"
                assert not mode & 0o6000, f"{path} has special bits"

    def refused(self, run: Run, *codes: int, says: str = "") -> None:
        """Checks that a run was refused with one of `codes`, wrote nothing, and said why."""
        expect(run, *codes, says=says)
        assert not self.target.exists(), "the target is there"
        assert SECRET not in run.out, "a secret was shown"

    def made(self, run: Run) -> None:
        """Checks that a run made the project."""
        expect(run, DONE)
        assert (self.target / "README.md").read_text() == "# Shop\n", "the project is not whole"

    def close(self) -> None:
        """Removes everything."""
        remove(self.root)


def remove(folder: Path) -> None:
    """Removes a folder, however deep it is."""
    subprocess.run(["rm", "-rf", "--", folder], check=True)


def expect(run: Run, *codes: int, says: str = "") -> None:
    """Checks the exit code, and that the message has `says`."""
    assert run.code in codes, f"exit {run.code}, not {' or '.join(map(str, codes))}: {plain(run.out)[:300]}"
    assert re.search(says, plain(run.out)), f"the message lacks `{says}`: {plain(run.out)[:300]}"


def plain(text: str) -> str:
    """Text without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


Case = Callable[[Bench], None]
CASES: dict[str, tuple[str, Case]] = {}


def case(name: str) -> Callable[[Case], Case]:
    """Enters a case; the first line of its docstring says what it is about."""

    def enter(function: Case) -> Case:
        assert name not in CASES, name
        CASES[name] = ((function.__doc__ or "").strip().splitlines()[0], function)
        return function

    return enter
