#!/usr/bin/env -S uv run --script
# /// script
# requires-python = ">=3.12"
# dependencies = ["docker>=7.1", "pyyaml>=6.0"]
# ///
"""Build and start the image of a generated project without a container engine.

    sudo uv run tests/image/simulate.py PROJECT [--python /path/to/python3.13]

Every instruction of the Dockerfile is carried out in a private copy (an overlay) of this machine's
root folder: first the builder with the context that .dockerignore leaves, then the runtime stage,
whose process runs as PID 1, without network, as the user that the Dockerfile names. Needs Linux,
root, and a Python of the minor version that the images carry. The base images themselves take no
part: this proves the instructions, not the images.
"""

from __future__ import annotations

import argparse
import dataclasses
import fcntl
import http.client
import json
import os
import re
import shlex
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

import yaml
from docker.utils import exclude_paths

SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
LINK = "usr/bin/python"
FOREIGN = ("UV_", "VIRTUAL_ENV", "PYTHON", "PYENV_")
DEVICES = {"null": 3, "zero": 5, "full": 7, "random": 8, "urandom": 9}
TOOLS = ("ruff", "pytest", "mypy")
LEAKS = (".env", ".git", ".scaffold", ".venv", "tests", "README.md")

type Instruction = tuple[str, str]


class Failure(Exception):
    """The image would not be as it should be."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is simulated: the project, its Dockerfile in stages, and the interpreter of the images."""

    project: Path
    builder: list[Instruction]
    runtime: list[Instruction]
    minor: str
    python: Path
    context: list[str]


def main() -> int:
    """Run the simulation."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("project", type=Path)
    parser.add_argument("--python", type=Path, help="the interpreter that stands for the one of the images")
    arguments = parser.parse_args()
    project = arguments.project.resolve()
    builder, runtime = stages((project / "Dockerfile").read_text())
    minor = re.search(r":(\d+\.\d+)", builder[0][1])[1]
    python = (arguments.python or find_python(minor)).resolve()
    plan = Plan(project, builder, runtime, minor, python, context_of(project))

    scratch = Path(tempfile.mkdtemp(prefix="image-"))
    child = os.fork()
    if not child:
        os._exit(isolated(plan, scratch))
    _, status = os.waitpid(child, 0)
    scratch.rmdir()  # Empty: the mounts went with the child.
    return os.waitstatus_to_exitcode(status)


def isolated(plan: Plan, scratch: Path) -> int:
    """Run the simulation with mounts that nobody else sees and that end with this process."""
    try:
        os.unshare(os.CLONE_NEWNS)
        run("mount", "--make-rprivate", "/")
        run("mount", "-t", "tmpfs", "tmpfs", scratch)
        build = simulate_build(plan, scratch)
        simulate_container(plan, build, scratch)
    except Failure as failure:
        print(f"FAILED {failure}", flush=True)
        return 1
    except Exception:
        traceback.print_exc()
        return 2
    return 0


def simulate_build(plan: Plan, scratch: Path) -> Stage:
    """Carry out the builder stage and look at what it leaves behind."""
    root = new_root(scratch / "builder", plan.python)
    interpreter = root / f"usr/local/bin/python{plan.minor}"
    interpreter.unlink(missing_ok=True)
    interpreter.symlink_to(plan.python)
    leaked = [path for path in plan.context if Path(path).parts[0] in LEAKS]
    expect(not leaked, f"the context leaves out {', '.join(leaked or LEAKS)}")
    build = Stage(root, plan)
    for word, text in plan.builder[1:]:
        build.do(word, text)

    venv = root / "app/.venv/bin"
    expect(str((venv / "python").readlink()) == f"/{LINK}", f".venv/bin/python points to /{LINK}")
    expect(not [tool for tool in TOOLS if (venv / tool).exists()], "the shipped environment holds no tools")
    gate = next(text for word, text in plan.builder if word == "RUN" and "ruff check" in text)
    bad = root / "app/src" / package_of(plan.project) / "finding.py"
    bad.write_text("import os\n\neval(input())\n")
    expect(build.shell(gate, check=False) != 0, "the gate refuses a finding that cannot be repaired")
    bad.unlink()
    return build


def simulate_container(plan: Plan, build: Stage, scratch: Path) -> None:
    """Carry out the runtime stage, start its process, ask it, stop it."""
    root = new_root(scratch / "runtime", plan.python)
    (root / LINK).symlink_to(plan.python)
    container = Stage(root, plan, earlier={"builder": build.root})
    variables, servers = settings(plan.project)
    if any(value.startswith("sqlite") for value in variables.values()):
        command = compose(plan.project)["services"]["migrate"]["command"]
        code = build.start(command, variables, user="1001:1001").wait()
        expect(code == 0, "the migrations run in the builder as the user of the image")
    for word, text in plan.runtime[1:]:
        container.do(word, text)

    os.unshare(os.CLONE_NEWNET | os.CLONE_NEWPID)
    loopback_up()
    log = scratch / "log"
    process = container.start(json.loads(container.entrypoint), variables, container.uid(), log)
    try:
        status, body = health(process)
        wanted = (503, "unhealthy") if servers else (200, "healthy")
        expect((status, body["status"]) == wanted, f"GET /health answers {status} {json.dumps(body)}")
        code = container.start(probe_command(plan.project), variables, container.uid()).wait()
        expect((code == 0) == (not servers), f"the container's own probe ends with {code}")
        owner = Path(f"/proc/{process.pid}/status").read_text()
        expect(re.search(r"^Uid:\s+1001\s", owner, re.M) is not None, "the process runs as user 1001")
        process.send_signal(signal.SIGTERM)
        expect(process.wait(15) == 0, "SIGTERM ends the process in order")
        lines = log.read_text().splitlines()
        expect(all(json.loads(line) for line in lines), f"the log is JSON, {len(lines)} lines")
    except (Failure, ValueError, subprocess.TimeoutExpired) as error:
        print(log.read_text()[-4000:])
        raise Failure(error) from None
    finally:
        process.kill()


class Stage:
    """One stage of the Dockerfile, carried out below a root folder."""

    def __init__(self, root: Path, plan: Plan, earlier: dict[str, Path] | None = None) -> None:
        self.root, self.project, self.context = root, plan.project, plan.context
        self.earlier = earlier or {}
        self.env = {"PATH": SYSTEM_PATH}
        self.workdir, self.user, self.entrypoint = "/", "root", ""

    def do(self, word: str, text: str) -> None:
        """Carry out one instruction."""
        match word:
            case "ENV":
                for name, value in (part.split("=", 1) for part in shlex.split(text)):
                    self.env[name] = re.sub(r"\$(\w+)", lambda found: self.env[found[1]], value)
            case "WORKDIR":
                self.workdir = text
                (self.root / text.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case "COPY":
                self.copy(shlex.split(text))
            case "RUN":
                self.shell(text)
            case "USER":
                self.user = text
            case "ENTRYPOINT":
                self.entrypoint = text
            case "EXPOSE":
                pass
            case _:
                raise Failure(f"the simulation does not know {word}")

    def copy(self, words: list[str]) -> None:
        """Copy from the context, from an earlier stage, or uv from its image."""
        flags = dict(word[2:].split("=", 1) for word in words if word.startswith("--"))
        *sources, target = [word for word in words if not word.startswith("--")]
        place = self.root / str(Path(self.workdir, target)).lstrip("/")
        origin = flags.get("from")
        if origin in self.earlier:
            for source in sources:
                place.parent.mkdir(parents=True, exist_ok=True)
                run(
                    "cp",
                    "--archive",
                    "--no-target-directory",
                    self.earlier[origin] / source.lstrip("/"),
                    place,
                )
                if owner := flags.get("chown"):
                    run("chown", "--recursive", owner, place)
        elif origin is not None:
            expect(sources == ["/uv"], f"{origin} gives uv")
            shutil.copy(os.environ["UV"], place)
        else:
            for path in self.context:
                if "." in sources or path in sources:
                    (place / path).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(self.project / path, place / path)

    def shell(self, text: str, *, check: bool = True) -> int:
        """Run a command as RUN does; the caches of mounts are those of this machine."""
        command = re.sub(r"--mount=\S+\s+", "", text)
        print(f"run   {' '.join(command.split())[:110]}", flush=True)
        script = f"cd {shlex.quote(self.workdir)} && {command}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        done = subprocess.run(
            ["chroot", self.root, "/bin/sh", "-ec", script],
            env=kept | self.env,
            check=False,
            capture_output=True,
            text=True,
        )
        if check and done.returncode:
            raise Failure(f"{command}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
        return done.returncode

    def start(
        self, command: list[str], variables: dict[str, str], user: str, log: Path | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program below the root with nothing but the variables of the image and the project."""
        out = log.open("w") if log else None
        chroot = ["chroot", f"--userspec={user}", self.root]
        inside = ["/usr/bin/env", f"--chdir={self.workdir}", *command]
        return subprocess.Popen([*chroot, *inside], env=self.env | variables, stdout=out, stderr=out)

    def uid(self) -> str:
        """Look the user of the image up in the image."""
        for line in (self.root / "etc/passwd").read_text().splitlines():
            name, _, uid, gid, *_ = line.split(":")
            if name == self.user:
                return f"{uid}:{gid}"
        raise Failure(f"the image has no user {self.user}")


def stages(dockerfile: str) -> list[list[Instruction]]:
    """Split a Dockerfile into stages of instructions."""
    text = re.sub(r"^\s*#.*\n", "", dockerfile, flags=re.M).replace("\\\n", " ")
    found: list[list[Instruction]] = []
    for line in filter(str.strip, text.splitlines()):
        word, rest = line.split(maxsplit=1)
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest.strip()))
    return found


def new_root(place: Path, python: Path) -> Path:
    """Lay an overlay over this machine's root, without what only this machine has."""
    upper, work, root = (place / name for name in ("upper", "work", "root"))
    for folder in (upper, work, root):
        folder.mkdir(parents=True)
    run("mount", "-t", "overlay", "overlay", "-o", f"lowerdir=/,upperdir={upper},workdir={work}", root)
    run("mount", "-t", "proc", "proc", root / "proc")
    run("mount", "-t", "tmpfs", "tmpfs", root / "dev")
    for name, minor in DEVICES.items():
        os.mknod(root / "dev" / name, stat.S_IFCHR | 0o666, os.makedev(1, minor))
        (root / "dev" / name).chmod(0o666)
    (root / LINK).unlink(missing_ok=True)
    for folder in ("app", "data", "opt/gate"):
        shutil.rmtree(root / folder, ignore_errors=True)
    for name in ("passwd", "group"):
        lines = (root / "etc" / name).read_text().splitlines(keepends=True)
        (root / "etc" / name).write_text("".join(line for line in lines if ":1001:" not in line))
    for folder in python.parents[:-1]:
        (root / str(folder).lstrip("/")).chmod(0o755)
    return root


def context_of(project: Path) -> list[str]:
    """List the files of the context of the build."""
    patterns = (project / ".dockerignore").read_text().splitlines()
    kept = exclude_paths(str(project), [line for line in patterns if line and not line.startswith("#")])
    return sorted(path for path in kept if (project / path).is_file())


def package_of(project: Path) -> str:
    """Find the name of the package."""
    return next((project / "src").glob("*/__main__.py")).parent.name


def compose(project: Path) -> dict[str, Any]:
    """Read the compose file, if there is one."""
    path = project / "docker-compose.yml"
    return yaml.safe_load(path.read_text()) if path.exists() else {"services": {}}


def settings(project: Path) -> tuple[dict[str, str], list[str]]:
    """Collect the variables of the app, and the services it would need."""
    lines = (project / ".env.example").read_text().splitlines()
    variables = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    services = compose(project)["services"]
    variables |= services.get("app", {}).get("environment", {})
    filled = {
        name: re.sub(r"\$\{(\w+)\}", lambda found: variables[found[1]], value)
        for name, value in variables.items()
    }
    return filled, [name for name, service in services.items() if "build" not in service]


def probe_command(project: Path) -> list[str]:
    """Find the command with which a container asks for its own health."""
    app = compose(project)["services"].get("app")
    if app:
        return app["healthcheck"]["test"][1:]
    probe = next((project / "src").rglob("probe.py")).relative_to(project / "src")
    return ["/app/.venv/bin/python", "-m", ".".join(probe.with_suffix("").parts)]


def health(process: subprocess.Popen[bytes]) -> tuple[int, dict[str, Any]]:
    """Ask for the health until there is an answer."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=10)
        try:
            connection.request("GET", "/health")
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except OSError:
            time.sleep(0.3)
        finally:
            connection.close()
    raise Failure(f"no answer on port 8000 (exit code {process.poll()})")


def loopback_up() -> None:
    """Switch the loopback device of a new network namespace on."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))


def find_python(minor: str) -> Path:
    """Ask uv for an interpreter."""
    found = subprocess.run(
        [os.environ["UV"], "python", "find", "--no-project", "--system", minor],
        check=True,
        capture_output=True,
        text=True,
    )
    return Path(found.stdout.strip())


def run(*command: object) -> None:
    """Run a command of this machine."""
    subprocess.run([str(word) for word in command], check=True)


def expect(holds: bool, what: str) -> None:
    """Report what was looked at."""
    if not holds:
        raise Failure(what)
    print(f"ok    {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
