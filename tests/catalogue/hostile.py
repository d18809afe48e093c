"""Presets by somebody who means harm: paths, links, special files, manifests."""

from __future__ import annotations

import os
import socket

from bench import FILES, LIMIT, REFUSED, REJECTED, SECRET, USAGE, Bench, case, expect, remove

PLACE = f"{FILES}/@data/evil.txt"


def layout(bench: Bench, package: str = "src/{package}", data: str = "/data/{file}") -> None:
    """Sends the files of one role to a place, with a file to send."""
    text = f"layout: flat\ndescription: Flat.\npackage: {yaml(package)}\nroles: {{data: {yaml(data)}}}\nlayers: []\n"
    bench.put("templates/layouts/flat.yaml", text)
    bench.put(PLACE)


def yaml(text: str) -> str:
    """A double-quoted text."""
    return '"' + "".join(c if c.isalnum() or c in "/{}. -_" else f"\\U{ord(c):08x}" for c in text) + '"'


@case("A01")
def up(bench: Bench) -> None:
    """A pattern of a layout that leads to ../x."""
    for pattern in ("/../evil.txt", "../../../evil.txt", "//outside/evil.txt", "/a/../../evil.txt"):
        layout(bench, data=pattern)
        bench.refused(bench.new(), REJECTED, says="evil")


@case("A03")
def package_up(bench: Bench) -> None:
    """A package folder outside of the project."""
    for package in ("../../outside", "/tmp/x", "src/../../outside"):
        layout(bench, package=package, data="{file}")
        bench.refused(bench.new(), REJECTED)


@case("A05")
def separators(bench: Bench) -> None:
    """Backslashes and drive letters, which are paths elsewhere."""
    for pattern in ("/..\\..\\outside\\evil.txt", "/C:/evil.txt", "/a\\b"):
        layout(bench, data=pattern)
        bench.refused(bench.new(), REJECTED)


@case("A07")
def control_bytes(bench: Bench) -> None:
    """Control bytes and newlines in a path."""
    for pattern in ("/a\nb", "/a\x1b]0;PWN\x07b", "/a\tb", "/a\x7fb"):
        layout(bench, data=pattern)
        bench.refused(bench.new(), REJECTED)


@case("A09")
def link_to_secret(bench: Bench) -> None:
    """A symbolic link to a file outside, relative and absolute."""
    for target in ("../../../../../outside/secret.txt", str(bench.outside / "secret.txt"), "/etc/passwd"):
        bench.fresh()
        (bench.catalog / FILES / "a.txt").symlink_to(target)
        bench.refused(bench.new(), REJECTED, says="a.txt")


@case("A11")
def link_chain(bench: Bench) -> None:
    """A chain of links, a link into nothing, a linked folder."""
    folder = bench.catalog / FILES
    (folder / "one").symlink_to("two")
    (folder / "two").symlink_to(bench.outside / "later.txt")
    bench.refused(bench.new(), REJECTED, says="one|two")
    bench.fresh()
    (folder / "dir").symlink_to(bench.outside)
    bench.refused(bench.new(), REJECTED, says="dir")


@case("A13")
def special_files(bench: Bench) -> None:
    """A named pipe, a socket, a device, a link to /dev/zero."""
    folder = bench.catalog / FILES
    os.mkfifo(folder / "pipe")
    bench.refused(bench.new(), REJECTED, says="pipe")
    bench.fresh()
    (folder / "zero").symlink_to("/dev/zero")
    bench.refused(bench.new(), REJECTED, says="zero")
    bench.fresh()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(folder / "socket"))
        bench.refused(bench.new(), REJECTED, says="socket")
    bench.fresh()
    if os.geteuid() == 0:
        os.mknod(folder / "device", 0o20644, os.makedev(1, 5))
        bench.refused(bench.new(), REJECTED, says="device")


@case("A15")
def include_outside(bench: Bench) -> None:
    """A template that includes a file outside of the catalog."""
    for name in ("../../outside/secret.txt", str(bench.outside / "secret.txt"), "/etc/passwd", "README.md.j2"):
        for statement in (f"{{% include '{name}' %}}", f"{{% import '{name}' as x %}}{{{{ x }}}}"):
            bench.file("a.txt.j2", statement)
            bench.refused(bench.new(), REJECTED)
    (bench.catalog / "templates/partials").mkdir()
    (bench.catalog / "templates/partials/x.txt").symlink_to(bench.outside / "secret.txt")
    bench.refused(bench.new(), REJECTED, says="x.txt")


@case("A17")
def manifest_outside(bench: Bench) -> None:
    """A manifest that names a file outside."""
    bench.preset("persona: ../../outside/secret.yaml\n")
    assert SECRET not in bench.new().out
    for key in ("extends", "include"):
        bench.fresh()
        bench.preset(f"{key}: ../../outside/secret.yaml\n")
        bench.refused(bench.new(), REJECTED, USAGE)
    bench.fresh()
    bench.put("presets/p.yaml", "!include ../outside/secret.yaml\n")
    bench.refused(bench.new(), REJECTED)


@case("A19")
def git_folder(bench: Bench) -> None:
    """A file in .git, in every spelling that some system takes for it."""
    for path in ("/.git/hooks/post-checkout", "/.GIT/config", "/git~1/config", "/.git /config"):
        layout(bench, data=path)
        bench.refused(bench.new(), REJECTED, says="git")
    bench.fresh()
    bench.file(".git/hooks/post-checkout", "#!/bin/sh\n")
    bench.made(bench.new())
    assert not (bench.target / ".git").exists()


@case("A21")
def own_record(bench: Bench) -> None:
    """A file that forges the program's own record or journal."""
    for path in ("/.scaffold/project.yaml", "/.scaffold/base/x", "/.SCAFFOLD/project.yaml", "/.scaffold-into-x/COMMIT"):
        layout(bench, data=path)
        bench.refused(bench.new(), REJECTED, says="scaffold")


@case("A23")
def commands(bench: Bench) -> None:
    """A command of a preset in place of the one that makes the lock file."""
    command = f"touch {bench.outside}/pwned"
    bench.put("templates/components/it/component.yaml", f"description: It.\ncontext: {{manager: {{lock: '{command}', run: '{command}'}}}}\n")
    flags = ["--catalog", bench.catalog, "--preset", "p", "--defaults"]
    run = bench.run("new", *flags, bench.target)
    expect(run, 0, says="could run code of the preset")
    bench.run("preset", "lint", bench.catalog)
    # Whoever trusts a preset agrees to the commands that were shown, and this was none of them.
    remove(bench.target)
    expect(bench.run("new", *flags, "--trust", bench.target), 0, says="not a command that runs unasked")


@case("A27")
def only_declared(bench: Bench) -> None:
    """Only declared values are visible: no user, home, folder, time or chance."""
    for name in ("cwd", "home", "user", "now", "target", "env", "SECRET_ENV", "debug()", "now()", "random()"):
        bench.file("a.txt.j2", f"{{{{ {name} }}}}")
        bench.refused(bench.new(), REJECTED, says="a.txt.j2:1")


@case("A37")
def aliases(bench: Bench) -> None:
    """YAML whose aliases multiply."""
    bench.preset("a: &a " + "x" * 100_000 + "\nb: [" + ",".join(["*a"] * 100_000) + "]\n")
    bench.refused(bench.new(), REJECTED, LIMIT)


@case("A38")
def yaml_bombs(bench: Bench) -> None:
    """YAML that nests too deep, is too long, or has too many values."""
    for text in ("x: " + "{a: " * 60_000, "x: " + "[" * 100_000, "x: [" + "1, " * 400_000 + "]", "#" * 2_000_000):
        bench.preset(text)
        bench.refused(bench.new(), REJECTED, LIMIT)


@case("A39")
def tags(bench: Bench) -> None:
    """YAML tags are never acted on."""
    for tag in ('!!python/object/apply:os.system ["touch pwned"]', "!include ../outside/secret.yaml", "!env SECRET_ENV", "!!binary AAAA"):
        bench.preset(f"style: {{a: {tag}}}\n")
        bench.refused(bench.new(), REJECTED, says=r"p\.yaml:\d+")


@case("A41")
def yaml_traps(bench: Bench) -> None:
    """Plain words that YAML takes for something else are mistakes with a place."""
    for value in ("3.10", "no", "0o17", "2026-01-01", "~", "[1]"):
        bench.put("presets/p.yaml", f"preset: p\ntitle: P\ndescription: D.\npython: [{value}]\nlayouts: [flat]\ncomponents: [{{use: [it]}}]\n")
        run = bench.new()
        expect(run, REJECTED, says=r"p\.yaml:4:")
        assert not bench.target.exists()


@case("A43")
def unknown_key(bench: Bench) -> None:
    """An unknown key, with the nearest one that is known."""
    bench.preset("questoins: {}\n")
    bench.refused(bench.new(), REJECTED, says="`questions`")


@case("A45")
def collisions(bench: Bench) -> None:
    """Names that are one on systems that ignore case or the form of Unicode."""
    for one, two in (("readme.md", "x"), ("caf\u00e9.txt", "cafe\u0301.txt"), ("Dir/a", "dir/b"), ("\u01c4.txt", "\u01c6.txt")):
        bench.fresh()
        bench.file(one)
        bench.file(two)
        bench.refused(bench.new(), REJECTED, says="differ|one name|same")


@case("A47")
def file_and_folder(bench: Bench) -> None:
    """One path is a file and a folder."""
    layout(bench, data="/a/b")
    bench.file("a")
    bench.refused(bench.new(), REJECTED, says="folder")


@case("A49")
def modes(bench: Bench) -> None:
    """Of the modes of files only the right to run them could matter, and the manifest says that."""
    for mode in (0o4755, 0o2777, 0o644):
        bench.file("run").chmod(mode)
        bench.put("templates/components/it/component.yaml", "description: It.\nfiles: {run: {executable: true}}\n")
        bench.made(bench.new())
        assert oct((bench.target / "run").stat().st_mode) == "0o100755"
        assert oct((bench.target / "README.md").stat().st_mode) == "0o100644"
        bench.fresh()


@case("A51")
def many_files(bench: Bench) -> None:
    """More files than a catalog may have; folders 2 000 deep; too many bytes."""
    for number in range(20_100):
        if number % 200 == 0:
            (bench.catalog / FILES / f"d{number}").mkdir()
        (bench.catalog / FILES / f"d{number - number % 200}/{number}").touch()
    bench.refused(bench.new(), LIMIT, says="20000 files")
    bench.fresh()
    here = os.open(bench.catalog / FILES, os.O_DIRECTORY)
    for _ in range(2_000):
        os.mkdir("d", dir_fd=here)
        here, above = os.open("d", os.O_DIRECTORY, dir_fd=here), here
        os.close(above)
    os.close(here)
    bench.refused(bench.new(), REJECTED, LIMIT)
    bench.fresh()
    for number in range(5):
        with (bench.catalog / FILES / f"big{number}").open("wb") as file:
            file.truncate(60 << 20)
    bench.refused(bench.new(), LIMIT, says="bytes")


@case("A53")
def invisible(bench: Bench) -> None:
    """Bidirectional and zero-width characters in names are refused, and shown escaped."""
    for pattern in ("/a\u202etxt.exe", "/a\u200bb", "/a\u2066b"):
        layout(bench, data=pattern)
        run = bench.new()
        bench.refused(run, REJECTED)
        assert not set("\u202e\u200b\u2066") & set(run.out.replace(str(bench.root), "")), "shown raw"


@case("A55")
def circle_of_conditions(bench: Bench) -> None:
    """Questions whose conditions refer to each other."""
    choice = "choices: {x: {label: X}, y: {label: Y}}, default: x"
    bench.preset(f"questions:\n  a: {{ask: A, {choice}, when: {{b: y}}}}\n  b: {{ask: B, {choice}, when: {{a: y}}}}\n")
    run = bench.run("preset", "lint", bench.catalog)
    expect(run, 1, says=r"\ba\b.*\bb\b|\bb\b.*\ba\b")


@case("A59")
def circle_of_components(bench: Bench) -> None:
    """Components that need each other."""
    bench.put("templates/components/it/component.yaml", "description: It.\nrequires: [that]\n")
    bench.put("templates/components/that/component.yaml", "description: That.\nrequires: [it]\n")
    bench.refused(bench.new(), REJECTED, says="it.*that|that.*it")


@case("D13")
def target_in_catalog(bench: Bench) -> None:
    """The target is inside of the catalog, or is the catalog."""
    expect(bench.new(target=bench.catalog / "templates/shop"), 0, REFUSED)
    assert len(list((bench.catalog / "templates/shop").rglob("*"))) < 30, "copied into itself"
    expect(bench.new(target=bench.catalog, catalog=True), REFUSED)
