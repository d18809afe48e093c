#!/usr/bin/env python3
"""Time `scaffold new` of a preset in a folder against `cp -r` of the finished tree, and against copier.

    outside.py SCAFFOLD [--copier PATH] [--files 60,1000,10000] [--rounds N] [--folder DIR]

Every round runs every contestant once, into a new target, in an order that rotates; a ratio is taken within a
round, and the median over the rounds is printed. On a busy machine the processor time is the better judge. Two folders
are told apart: in memory (no `--folder`) writing to the device costs nothing, on a disk the program's one syncfs is
compared with `cp -r` and `sync -f`. The program is copied first, as an installation does: what a linker has written
in pieces takes a millisecond longer to start.

The workload is made by number: the templates of 60 files are the first of 1 000. A third of them is Python, and the
project has Ruff, so it is also tidied, which no other tool does; `text only` is the same without.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

COMPONENT = "templates/components/it"
CATALOG = {
    "presets/outside.yaml": "preset: outside\ntitle: Outside\ndescription: Many files.\n"
    'python: ["3.13"]\nlayouts: [flat]\ncomponents:\n  - use: [it]\n'
    "questions:\n  store: {ask: Store, choices: {memory: {label: M}, disk: {label: D}}, default: memory}\n",
    "templates/roles.yaml": 'roles:\n  package: {doc: The package., place: "{file}"}\n',
    "templates/versions.yaml": "packages: {}\nimages: {}\n",
    "templates/layouts/flat.yaml": 'layout: flat\ndescription: Flat.\npackage: "src/{package}"\nroles: {}\nlayers: []\n',
    f"{COMPONENT}/component.yaml": "description: It.\ncontext: {features: [http, cache, metrics, tracing]}\n",
}
WORDS = "ledger entry account balance report invoice order customer store queue event record batch price unit".split()


def python(number: int, chance: random.Random) -> str:
    """A module: a class with some methods, a condition, a loop."""
    name = chance.choice(WORDS).title() + str(number)
    methods = [
        f'    def {chance.choice(WORDS)}_{at}(self, amount: int) -> int:\n        """Return {chance.choice(WORDS)} of {{{{ project }}}}."""\n'
        f"        return self.{chance.choice(WORDS)}_total + amount * {at}\n"
        for at in range(chance.choice((3, 5, 8, 12, 40)))
    ]
    fields = "".join(f"    {word}_total: int = {len(word)}\n" for word in WORDS)
    return (
        f'"""{name} of {{{{ title }}}}."""\n\nfrom __future__ import annotations\n\nfrom dataclasses import dataclass\n\n'
        f"FEATURES = [\n{{% for feature in features %}}\n    \"{{{{ feature }}}}\",\n{{% endfor %}}\n]\n\n\n"
        f'@dataclass\nclass {name}:\n    """Stands for {name} in {{{{ package }}}}."""\n\n{fields}\n' + "\n".join(methods)
        + "{% if store == 'disk' %}\n\ndef flush() -> None:\n    \"\"\"Write.\"\"\"\n{% endif %}\n"
    )  # fmt: skip


def text(number: int, chance: random.Random) -> str:
    """A page: two conditions, a loop, a dozen values, sentences."""
    lines = [" ".join(chance.choices(WORDS, k=12)) for _ in range(chance.choice((4, 8, 12, 30, 110)))]
    lines[:8] = [f"{line} of {{{{ project }}}}" for line in lines[:8]]
    return (
        f"# Part {number} of {{{{ title }}}}\n\n{{% if store == 'memory' %}}\nKept in memory by {{{{ package }}}}.\n{{% else %}}\nKept on disk.\n"
        "{% endif %}\n\n{% for feature in features %}\n- {{ feature }} of {{ project }}\n{% endfor %}\n\n"
        "{% if python.minor == '3.13' %}\nOn {{ python.tag }}.\n{% endif %}\n\n" + ".\n".join(lines) + ".\n"
    )  # fmt: skip


def workload(files: int, with_python: bool) -> dict[str, str]:
    """Templates and files to copy, by their names below `files`."""
    made = {}
    for number in range(files):
        chance = random.Random(number)
        folder = f"part{number // 100}/group{number // 10}"
        if number % 20 == 19:
            made[f"{folder}/raw{number}.yml"] = "on: push\nenv:\n" + "".join(f"  A{at}: ${{{{ secrets.A{at} }}}}\n" for at in range(40))
        elif number % 3 == 0 and with_python:
            made[f"@package/{folder}/module{number}.py.j2"] = python(number, chance)
        else:
            made[f"docs/{folder}/page{number}.md.j2"] = text(number, chance)
    return made


def catalog(root: Path, files: dict[str, str]) -> None:
    """Write the preset."""
    for path, contents in {**CATALOG, **{f"{COMPONENT}/files/{name}": text for name, text in files.items()}}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(contents)


def copier_template(root: Path, files: dict[str, str]) -> None:
    """Write the same for copier, whose language is the same."""
    head = "".join(f"{name}: {value}\n" for name, value in {"project": "shop", "title": "Shop", "package": "shop", "store": "memory"}.items())
    (root / "files").mkdir(parents=True)
    (root / "copier.yml").write_text(f"{head}features: {{type: yaml, default: [http, cache, metrics, tracing]}}\n"
        'python: {type: yaml, default: {minor: "3.13", tag: py313}}\n_subdirectory: files\n')
    for name, contents in files.items():
        path = root / "files" / name.replace("@package", "src/shop").replace(".j2", ".jinja")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(contents)


def run(command: list[str]) -> tuple[float, float, int]:
    """Run a command that has to succeed: wall and processor time in seconds, peak memory in MiB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command}: exit {process.returncode}\n{said.decode()}")
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss >> 10


def contest(root: Path, arguments: argparse.Namespace, files: int, with_python: bool) -> dict[str, float]:
    """One table; returns the seconds of each contestant."""
    made = workload(files, with_python)
    catalog(root / "catalog", made)
    program = shutil.copy(arguments.scaffold, root / "scaffold")
    new = [str(program), "new", "{out}", "--catalog", str(root / "catalog"), "--preset", "outside", "--defaults"]
    new += ["--set", "name=shop", "--no-git", "--no-lock"]
    finished = root / "finished"
    run([word.replace("{out}", str(finished)) for word in [*new, "--no-record"]])
    contestants = {
        "cp -r": ["cp", "-r", str(finished), "{out}"],
        "scaffold new --no-record": [*new, "--no-record"],
        "scaffold new": new,
        "scaffold new --dry-run": [*new, "--dry-run"],
    }
    if arguments.folder:
        contestants["cp -r and sync -f"] = ["sh", "-c", f"cp -r {finished} {{out}} && sync -f {{out}}"]
    if arguments.copier:
        copier_template(root / "copier", made)
        contestants["copier copy"] = [arguments.copier, "copy", "--defaults", "--quiet", str(root / "copier"), "{out}"]
    times: dict[str, list[float]] = {name: [] for name in contestants}
    processor: dict[str, list[float]] = {name: [] for name in contestants}
    memory = dict.fromkeys(contestants, 0)
    rounds = max(3, arguments.rounds if files < 10_000 else arguments.rounds // 3)
    for turn in range(rounds + 1):
        names = list(contestants)
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            if name.startswith("copier") and turn > 3:
                continue
            out = root / f"out-{turn}-{names.index(name)}"
            took, busy, peak = run([word.replace("{out}", str(out)) for word in contestants[name]])
            if turn:  # the first round warms up
                times[name].append(took)
                processor[name].append(busy)
                memory[name] = max(memory[name], peak)
            if not arguments.folder:
                shutil.rmtree(out, ignore_errors=True)
    print(f"\n{files} files, {'a third of them Python' if with_python else 'text only'}")
    for name, taken in times.items():
        wall, cpu = (ratio(of[name], of["cp -r"]) for of in (times, processor))
        print(f"{name:26} {statistics.median(taken) * 1000:9.1f} ms  {wall:7.2f} x cp  processor {cpu:7.2f} x cp  {memory[name]:4} MiB")
    return {name: statistics.median(taken) for name, taken in times.items()}


def ratio(over: list[float], under: list[float]) -> float:
    """The median of the ratios within rounds."""
    return statistics.median(one / two for one, two in zip(over, under, strict=False))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scaffold")
    parser.add_argument("--copier")
    parser.add_argument("--files", default="60,1000,10000")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--folder", help="a folder on a disk; in memory without")
    arguments = parser.parse_args()
    arguments.scaffold = str(Path(arguments.scaffold).resolve())
    for with_python in (False, True):
        each = []
        for files in map(int, arguments.files.split(",")):
            with tempfile.TemporaryDirectory(dir=arguments.folder or "/dev/shm") as folder:
                seconds = contest(Path(folder), arguments, files, with_python)
            each.append((files, seconds["scaffold new --no-record"]))
        for (few, short), (many, long) in zip(each, each[1:], strict=False):
            print(f"from {few} to {many} files: {(long - short) / (many - few) * 1e6:.0f} us a file")


if __name__ == "__main__":
    main()
