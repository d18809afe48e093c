"""Documents, answers and targets as they come, by mistake or on purpose."""

from __future__ import annotations

import os
from pathlib import Path

from bench import DONE, LIMIT, REFUSED, REJECTED, SECRET, SYSTEM, USAGE, Bench, case, expect, remove

PERSONA = "# Python\n\n- Use FastAPI and uv.\n- Use Python 3.13.\n"

def document(bench: Bench, text: str | bytes) -> Path:
    """Writes a document."""
    return bench.put("agent.md", text, bench.root)


@case("B01")
def long_document(bench: Bench) -> None:
    """A document of ten megabytes."""
    bench.seconds = 10
    expect(bench.run("distill", document(bench, "# Python\n\n" + "lorem ipsum dolor\n" * 600_000)), LIMIT)


@case("B03")
def quadratic(bench: Bench) -> None:
    """Inputs on which readers of Markdown are known to take quadratic time."""
    for text in (
        "[" * 200_000, "![" * 100_000, "*a **a " * 50_000, "a<!--" * 60_000, "[a](<b" * 50_000, "<" * 200_000,
        "[a]: " + "x" * 100_000 + "\n\n" + "[a] " * 50_000, "a <![CDATA[" * 25_000, "`" * 100_000 + "a" + "` " * 50_000,
        "|" + "a|" * 2_000 + "\n|" + "-|" * 2_000 + "\n" + "|\n" * 20_000, "> " * 50_000 + "a", "- " * 50_000 + "a",
        "\n".join("  " * level + "- a" for level in range(600)), "# " * 100_000, "~~~yaml\n" + "{a: " * 60_000 + "\n~~~\n",
        "```yaml\na: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*{'a' if not i else f'b{i - 1}'}, *{'a' if not i else f'b{i - 1}'}]\n" for i in range(40)) + "```\n",
        "```toml\na = " + "[" * 60_000 + "\n```\n", "```python\nx = " + "(" * 90_000 + "\n```\n", "```text\n" + "\u2502   " * 20_000 + "\u2514\u2500\u2500 a\n```\n",
    ):  # fmt: skip
        bench.seconds = 15
        expect(bench.run("distill", "--facts", document(bench, "# Python\n\n" + text)), DONE, REJECTED, LIMIT)


@case("B05")
def braces_are_text(bench: Bench) -> None:
    """Template syntax in a document is text: evaluated nowhere."""
    text = PERSONA + '\n# Role {{ 7*7 }}\n\n{% include "/etc/passwd" %}\n{{ SECRET_ENV }}\n'
    run = bench.new("--persona", document(bench, text), catalog=False)
    expect(run, DONE)
    for path in bench.target.rglob("*"):
        if path.is_file() and ".scaffold" not in path.parts:
            contents = path.read_text(errors="replace")
            assert SECRET not in contents and "root:" not in contents, path
    assert SECRET not in run.out


@case("B07")
def no_document(bench: Bench) -> None:
    """The document is a folder, a named pipe, a device, missing."""
    (bench.root / "d.md").mkdir()
    os.mkfifo(bench.root / "f.md")
    for path in (bench.root / "d.md", bench.root / "f.md", Path("/dev/zero"), bench.root / "none.md"):
        expect(bench.run("distill", path), USAGE, REJECTED, LIMIT, SYSTEM, says=path.name)


@case("B09")
def links_are_text(bench: Bench) -> None:
    """Links, images and includes of a document are never followed."""
    secret = bench.outside / "secret.txt"
    text = f"{PERSONA}\n![x](file://{secret})\n[a]({secret})\n!include {secret}\n@import \"{secret}\"\n{{{{#include {secret}}}}}\n"
    run = bench.new("--persona", document(bench, text), catalog=False)
    expect(run, DONE)
    assert SECRET not in run.out
    assert not [it for it in bench.target.rglob("*") if it.is_file() and SECRET in it.read_text(errors="replace")]


@case("B13")
def line_ends(bench: Bench) -> None:
    """The same facts with LF, CRLF and a byte order mark."""
    lf = bench.run("distill", document(bench, PERSONA)).out
    for other in (PERSONA.replace("\n", "\r\n"), "\ufeff" + PERSONA):
        assert bench.run("distill", document(bench, other)).out == lf, repr(other[:12])


@case("C01")
def answer_is_no_path(bench: Bench) -> None:
    """Answers that look like paths do not become one."""
    for value in ("../../outside/evil", "/etc/evil", "..", "a/../../x", "~/.bashrc", ".git/config"):
        bench.refused(bench.new("--set", f"name={value}"), USAGE, REJECTED)


@case("C03")
def names(bench: Bench) -> None:
    """Names of projects that bite."""
    for value in ("", ".", "..", "-rf", "--help", "/", "~", "con", "nul", ".git", "a\nb", "x" * 300, "import", "a" + "\u202e"):
        run = bench.new("--set", f"name={value}")
        bench.refused(run, USAGE, REJECTED)


@case("C05")
def long_answer(bench: Bench) -> None:
    """An answers file of fifty megabytes, and one that nests."""
    bench.seconds = 5
    path = bench.put("a.yaml", "description: " + "x" * 50_000_000, bench.root)
    bench.refused(bench.new("--answers", path), LIMIT, USAGE)
    for text in ("[" * 500_000, "{a: " * 100_000, "a: &a [1]\n" + "b: [*a]\n"):
        path = bench.put("a.yaml", text, bench.root)
        bench.refused(bench.new("--answers", path), LIMIT, USAGE, REJECTED)


@case("C07")
def wrong_answers(bench: Bench) -> None:
    """All wrong answers are named at once, with the nearest right one."""
    bench.preset("questions:\n  database: {ask: D, choices: {\"no\": {label: Without}, \"yes\": {label: With}}, default: \"no\"}\n")
    run = bench.new("--set", "databse=yes", "--set", "pythn=3.13")
    bench.refused(run, USAGE, says="`database`")
    assert "`python`" in run.out


@case("C09")
def end_of_input(bench: Bench) -> None:
    """The input ends before the answers do."""
    expect(bench.run("new", "--catalog", bench.catalog), USAGE, says="preset")
    expect(bench.run("new", "--catalog", bench.catalog, "--preset", "p"), USAGE, says="folder")
    bench.refused(bench.new("--answers", "-", "--set", "pythn=1"), USAGE)


@case("C11")
def environment(bench: Bench) -> None:
    """The environment is no source of answers."""
    bench.preset("questions:\n  colour: {ask: C, choices: {red: {label: R}, blue: {label: B}}, default: red}\n")
    bench.file("a.txt.j2", "{{ colour }}")
    bench.made(bench.new(env={"colour": "blue", "COLOUR": "blue", "SCAFFOLD_COLOUR": "blue"}))
    assert (bench.target / "a.txt").read_text() == "red\n"


@case("D01")
def occupied(bench: Bench) -> None:
    """The target is not empty."""
    bench.target.mkdir()
    (bench.target / "notes.txt").write_text("mine")
    expect(bench.new(), REFUSED, says="notes.txt")
    assert [it.name for it in bench.target.iterdir()] == ["notes.txt"]


@case("D03")
def target_is_link(bench: Bench) -> None:
    """The target is a link to a folder elsewhere."""
    elsewhere = bench.root / "elsewhere"
    elsewhere.mkdir()
    bench.target.symlink_to(elsewhere)
    expect(bench.new(), REFUSED, says="symbolic link")
    assert not list(elsewhere.iterdir()), "wrote through the link"
    bench.target.unlink()


@case("D07")
def read_only(bench: Bench) -> None:
    """The parent may not be written to; root may, so it is asked to make a folder below a file."""
    parent = bench.out / "keep"
    parent.write_text("mine")
    expect(bench.new(target=parent / "shop"), REFUSED, SYSTEM, says="keep")
    assert parent.read_text() == "mine"


@case("D11")
def strange_targets(bench: Bench) -> None:
    """Blanks, quotes, newlines, a leading dash, emoji, bytes that are no text."""
    for name in (b"a b", b"q'\"x", b"n\nl", b"-dash", "\U0001f980".encode(), b"bad\xff", b"a$(touch pwned)b", b"x;y"):
        target = os.fsencode(bench.out) + b"/" + name
        run = bench.new("--set", "name=shop", target=target)
        expect(run, DONE, USAGE)
        assert run.code or os.path.exists(target + b"/README.md"), name
    assert not (bench.root / "pwned").exists()


@case("D15")
def umask(bench: Bench) -> None:
    """The user's umask holds."""
    bench.file("run")
    bench.put("templates/components/it/component.yaml", "description: It.\nfiles: {run: {executable: true}}\n")
    for mask, modes in ((0o077, "700 600"), (0o022, "755 644")):
        before = os.umask(mask)
        try:
            bench.made(bench.new())
        finally:
            os.umask(before)
        assert modes == " ".join(oct((bench.target / name).stat().st_mode & 0o7777)[2:] for name in ("run", "README.md"))
        remove(bench.target)


@case("Z01")
def ordinary(bench: Bench) -> None:
    """An ordinary preset."""
    bench.put("templates/components/it/files/@package/main.py.j2", '"""It."""\n\nNAME = "{{ project }}"\n')
    bench.made(bench.new())
    assert 'NAME = "shop"' in (bench.target / "src/shop/main.py").read_text()


@case("Z02")
def name_in_path(bench: Bench) -> None:
    """A name with a dash in paths, where Python takes none."""
    bench.file("@package/main.py", '"""It."""\n')
    expect(bench.new("--set", "name=my-shop"), DONE)
    assert (bench.target / "src/my_shop/main.py").is_file()


@case("Z03")
def partial(bench: Bench) -> None:
    """A template that includes another one of the catalog."""
    bench.put("templates/partials/head.txt", "head of {{ project }}\n")
    bench.file("a.txt.j2", "{% include 'head.txt' %}tail\n")
    bench.made(bench.new())
    assert (bench.target / "a.txt").read_text() == "head of shop\ntail\n"


@case("Z04")
def dot_files(bench: Bench) -> None:
    """Names with dots, and names that only look like .git."""
    paths = (".gitignore", ".gitattributes", ".gitkeep", ".github/workflows/ci.yml", ".env.example", "git/x", ".config/a", "..a", "a..b", "com0", "scaffold/x")
    for path in paths:
        bench.file(path)
    bench.made(bench.new())
    assert all((bench.target / path).read_text() == "x\n" for path in paths)


@case("Z05")
def other_scripts(bench: Bench) -> None:
    """Names and texts beyond ASCII, with blanks."""
    bench.file("caf\u00e9 \u65e5.txt.j2", "na\u00efve \U0001f980 {{ project }}")
    bench.made(bench.new())
    assert (bench.target / "caf\u00e9 \u65e5.txt").read_text() == "na\u00efve \U0001f980 shop\n"


@case("Z06")
def braces_in_copies(bench: Bench) -> None:
    """Braces in a file that is copied, and in one with other delimiters."""
    bench.file("raw.yml", "${{ secrets.X }} {% x %}\n")
    bench.file("both.yml.sq.j2", "${{ secrets.X }} [[ project ]]\n")
    bench.made(bench.new())
    assert (bench.target / "raw.yml").read_text() == "${{ secrets.X }} {% x %}\n"
    assert (bench.target / "both.yml").read_text() == "${{ secrets.X }} shop\n"


@case("Z07")
def targets(bench: Bench) -> None:
    """An empty folder, and one below folders that do not exist."""
    bench.target.mkdir()
    bench.made(bench.new())
    expect(bench.new(target=bench.out / "a/b/shop"), DONE)
    assert (bench.out / "a/b/shop/README.md").is_file()


@case("Z11")
def choice_of_components(bench: Bench) -> None:
    """A component that an answer chooses."""
    bench.put("presets/p.yaml", (bench.catalog / "presets/p.yaml").read_text() + "  - {use: [more], when: {more: \"yes\"}}\n"
              'questions:\n  more: {ask: M, choices: {"no": {label: Without}, "yes": {label: With}}, default: "no"}\n')  # fmt: skip
    bench.put("templates/components/more/component.yaml", "description: More.\n")
    bench.put("templates/components/more/files/more.txt")
    bench.made(bench.new())
    assert not (bench.target / "more.txt").exists()
    remove(bench.target)
    bench.made(bench.new("--set", "more=yes"))
    assert (bench.target / "more.txt").read_text() == "x\n"


@case("Z12")
def ordinary_document(bench: Bench) -> None:
    """A document of ordinary size."""
    expect(bench.run("distill", document(bench, PERSONA)), DONE)
    expect(bench.new("--persona", document(bench, PERSONA), catalog=False), DONE)


@case("Z13")
def big_but_fair(bench: Bench) -> None:
    """Five thousand files, forty megabytes in one of them, a loop of ten thousand turns."""
    for number in range(5_000):
        bench.file(f"d{number % 50}/f{number}.txt.j2", "{{ project }}\n")
    model = bench.file("model.bin", os.urandom(40_000_000))
    bench.file("loop.txt.j2", "{% for i in range(10000) %}{{ i }},{% endfor %}")
    bench.made(bench.new())
    assert (bench.target / "model.bin").read_bytes() == model.read_bytes()
    assert (bench.target / "loop.txt").read_text().endswith("9999,\n")
    assert (bench.target / "d49/f4999.txt").read_text() == "shop\n"


@case("A57")
def exact_bytes(bench: Bench) -> None:
    """A copied file keeps its bytes: line ends, no newline at the end, nothing at all, a byte order mark."""
    files = {"c.txt": b"a\r\nb\r\n", "n.txt": b"x", "e.txt": b"", "b.txt": b"\xef\xbb\xbfx\n", "z.bin": bytes(range(256))}
    for name, contents in files.items():
        bench.file(name, contents)
    bench.made(bench.new())
    for name, contents in files.items():
        assert (bench.target / name).read_bytes() == contents, name
