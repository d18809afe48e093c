"""Presets in git repositories, commands of presets, secrets."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from pathlib import Path

from bench import DONE, REJECTED, SYSTEM, USAGE, Bench, Run, case, expect, remove

GIT = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "PATH": "/usr/bin:/bin"}
SECRET_QUESTION = 'questions:\n  token: {ask: "Token?", secret: true}\n'
LOOK = "env > seen; ps -ww -o args= -p $PPID >> seen"

def git(folder: Path, *arguments: str) -> str:
    """Runs git."""
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, env=GIT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(bench: Bench, tag: str) -> None:
    """Makes a tagged commit of the catalog."""
    if not (bench.catalog / ".git").exists():
        git(bench.catalog, "init", "-q")
    git(bench.catalog, "add", "-A")
    git(bench.catalog, "commit", "-qm", tag)
    git(bench.catalog, "tag", tag)


def source(bench: Bench, reference: str = "") -> str:
    """The catalog as an address."""
    return f"git+file://{bench.catalog}{reference}#p"


def fetched(bench: Bench, address: str, *flags: str, **more) -> Run:
    """Makes a project of a preset at an address."""
    return bench.run("new", "--preset", address, "--defaults", "--no-git", "--no-lock", *flags, "--", bench.target, **more)


@case("I01")
def transports(bench: Bench) -> None:
    """Transports that run a program, in every spelling."""
    pwned = bench.outside / "pwned"
    for address in (f"ext::sh -c touch% {pwned}", f"git+ext::sh -c 'touch {pwned}'", f"EXT::sh -c touch% {pwned}", "fd::17", "foo::bar", "git+ext://x/y"):
        bench.refused(fetched(bench, address), USAGE, REJECTED)


@case("I03")
def options(bench: Bench) -> None:
    """Hosts, paths and tags that are an option for git or ssh."""
    pwned = bench.outside / "pwned"
    for address in (f"git+ssh://-oProxyCommand=touch%20{pwned}/x.git", "git+ssh://-oProxyCommand=x/y", "git+https://--upload-pack=x/y",
                    f"git+file://{bench.catalog}@--upload-pack=touch%20{pwned}", "git+file:///-x"):  # fmt: skip
        bench.refused(fetched(bench, address), USAGE, REJECTED, SYSTEM)


@case("I05")
def hooks_and_filters(bench: Bench) -> None:
    """Hooks, filters and settings of the user or the repository do not run while fetching."""
    bench.put(".gitattributes", "* filter=evil\n")
    commit(bench, "v1")
    hook = bench.put("hooks/post-checkout", f"#!/bin/sh\ntouch {bench.outside}/pwned\n", bench.root)
    hook.chmod(0o755)
    config = bench.put("config", f"[core]\n hooksPath = {hook.parent}\n[filter \"evil\"]\n smudge = touch {bench.outside}/pwned; cat\n", bench.root)
    bench.made(fetched(bench, source(bench), env={"GIT_CONFIG_GLOBAL": str(config)}))


@case("I07")
def silent_server(bench: Bench) -> None:
    """A server that says nothing is not waited for without end, and nothing is asked."""
    bench.seconds = 75
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        address = f"git+https://127.0.0.1:{server.getsockname()[1]}/x.git#p"
        began = time.monotonic()
        bench.refused(fetched(bench, address), SYSTEM, REJECTED, USAGE)
        assert time.monotonic() - began < 70


@case("I09")
def environment_of_a_hook(bench: Bench) -> None:
    """The repository that the environment names, as inside of a git hook, is not touched."""
    commit(bench, "v1")
    mine = bench.root / "mine"
    mine.mkdir()
    git(mine, "init", "-q")
    git(mine, "commit", "-q", "--allow-empty", "-m", "mine")
    before = git(mine, "rev-parse", "HEAD")
    env = {"GIT_DIR": f"{mine}/.git", "GIT_WORK_TREE": str(mine), "GIT_INDEX_FILE": f"{mine}/.git/index"}
    bench.made(fetched(bench, source(bench), env=env))
    assert git(mine, "rev-parse", "HEAD") == before and not git(mine, "status", "--porcelain")


@case("I11")
def nothing_there(bench: Bench) -> None:
    """No such tag, an empty repository, no preset in it, no repository."""
    commit(bench, "v1")
    bench.refused(fetched(bench, source(bench, "@nope")), USAGE, REJECTED, SYSTEM, says="nope")
    for name in ("empty", "none"):
        (bench.root / name).mkdir()
    git(bench.root / "empty", "init", "-q")
    for name in ("empty", "none", "absent"):
        bench.refused(fetched(bench, f"git+file://{bench.root / name}#p"), USAGE, REJECTED, SYSTEM, says=name)


@case("I13")
def nothing_shared(bench: Bench) -> None:
    """What was fetched does not hang on the repository, and a link in its objects is not followed."""
    commit(bench, "v1")
    (bench.catalog / ".git/objects/zz").symlink_to(bench.outside / "secret.txt")
    bench.made(fetched(bench, source(bench, "@v1")))
    remove(bench.target)
    remove(bench.catalog)
    expect(fetched(bench, source(bench, "@v1"), "--offline"), DONE)


@case("I15")
def huge_history(bench: Bench) -> None:
    """Old versions of large files are not fetched."""
    for number in range(12):
        bench.put("junk", os.urandom(3_000_000))
        commit(bench, f"v{number}")
    bench.made(fetched(bench, source(bench)))
    size = sum(it.stat().st_size for it in bench.home.rglob("*") if it.is_file()) >> 20
    assert size < 12, f"{size} MiB fetched"


@case("I17")
def links_in_commits(bench: Bench) -> None:
    """A commit with a symbolic link or a submodule among the templates."""
    (bench.catalog / "templates/components/it/files/link").symlink_to("/etc/passwd")
    commit(bench, "v1")
    bench.refused(fetched(bench, source(bench)), REJECTED, says="link")


@case("Z09")
def tags_and_branches(bench: Bench) -> None:
    """A repository, a tag of it, its newest commit."""
    commit(bench, "v1")
    bench.file("a.txt", "second\n")
    commit(bench, "v2")
    bench.made(fetched(bench, source(bench)))
    assert (bench.target / "a.txt").is_file()
    remove(bench.target)
    bench.made(fetched(bench, source(bench, "@v1")))
    assert not (bench.target / "a.txt").exists()


@case("A24")
def unasked(bench: Bench) -> None:
    """A command of a preset from elsewhere does not run unless somebody agrees."""
    bench.preset(f"after:\n  - {{title: Harm, run: [touch, {bench.outside}/pwned]}}\n")
    commit(bench, "v1")
    run = fetched(bench, source(bench))
    bench.made(run)
    assert "you have not agreed" in run.out


@case("A25")
def no_shell(bench: Bench) -> None:
    """No shell ever sees a command or an answer."""
    bench.preset(f"after:\n  - {{title: Words, run: [echo, \"; touch {bench.outside}/pwned #\", \"$(touch {bench.outside}/pwned)\"]}}\n")
    commit(bench, "v1")
    expect(fetched(bench, source(bench), "--trust"), DONE)
    bench.fresh()
    bench.preset("after:\n  - {title: Text, run: \"echo hi; touch pwned\"}\n")
    bench.refused(bench.new("--trust"), REJECTED)


@case("Z10")
def agreed(bench: Bench) -> None:
    """A command that somebody agreed to runs in the project when it is complete."""
    bench.preset("after:\n  - {title: Note it, run: [cp, README.md, made.txt]}\n")
    commit(bench, "v1")
    bench.made(fetched(bench, source(bench), "--trust"))
    assert (bench.target / "made.txt").read_text() == "# Shop\n"


@case("J01")
def secrets_stay(bench: Bench) -> None:
    """A secret is in no file: not in the project, the record, the cache, the output."""
    bench.preset(SECRET_QUESTION)
    answers = bench.put("a.yaml", "token: TOPSECRET77\n", bench.root)
    run = bench.new("--answers", answers)
    bench.made(run)
    holders = [it for it in bench.root.rglob("*") if it.is_file() and b"TOPSECRET77" in it.read_bytes()]
    assert holders == [answers], holders
    remove(bench.target)
    for flag in ("--dry-run", "--json"):
        assert "TOPSECRET77" not in bench.new("--answers", answers, flag).out, flag


@case("J03")
def secrets_of_commands(bench: Bench) -> None:
    """A command gets a secret only if the preset hands it over, and never as an argument."""
    answers = bench.put("a.yaml", "token: TOPSECRET77\n", bench.root)
    for handed, expected in (("", 0), (", env: {TOKEN: token}", 1)):
        bench.fresh()
        bench.preset(f"{SECRET_QUESTION}after:\n  - {{title: Look, run: [sh, -c, '{LOOK}']{handed}}}\n")
        bench.made(bench.new("--answers", answers, "--trust"))
        assert (bench.target / "seen").read_text().count("TOPSECRET77") == expected


@case("J05")
def secrets_are_not_rendered(bench: Bench) -> None:
    """A template that prints a secret is refused, whatever the file is called."""
    for name in (".env.j2", "settings.py.j2"):
        bench.preset(SECRET_QUESTION)
        bench.file(name, "TOKEN = '{{ token }}'\n")
        run = bench.new("--set", "token=TOPSECRET77")
        bench.refused(run, REJECTED)
        assert "TOPSECRET77" not in run.out
