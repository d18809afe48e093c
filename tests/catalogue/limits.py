"""Presets that take too much: steps, memory, time, depth, size."""

from __future__ import annotations

from bench import DONE, LIMIT, REJECTED, Bench, case, expect

TEMPLATE = r"a\.txt\.j2:\d+:\d+"


def templates(bench: Bench, *texts: str, codes: tuple[int, ...] = (LIMIT,), says: str = TEMPLATE) -> None:
    """Renders each template; the refusal names its file and line."""
    for text in texts:
        bench.file("a.txt.j2", text)
        bench.refused(bench.new(), *codes, says=says)


@case("A29")
def steps(bench: Bench) -> None:
    """Nested loops of ten thousand million turns."""
    turns = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    templates(bench, turns, "{% for a in range(100000) %}" + "x" * 1_000 + "{% endfor %}")


@case("A31")
def values(bench: Bench) -> None:
    """Filters and operators that blow a value up."""
    templates(
        bench,
        "{{ ('a'*1000)|replace('a','a'*1000)|replace('a','a'*1000) }}",
        "{{ ('ab'*100000)|list|join('x'*100000) }}",
        "{{ 'A'*10**8 }}",
        "{{ ('a'*10**8)|list|length }}",
        "{{ ('ab'*10**7*4)|list|sort|length }}",
    )
    templates(
        bench,
        "{{ 'a'|indent(10**10) }}",
        "{{ '%9999999999d'|format(1) }}",
        "{{ 'A'*10**10 }}",
        "{{ range(10**10)|list|length }}",
        "{{ ([1]*10**9)|string }}",
        "{{ [1]|tojson(indent=10**10) }}",
        codes=(REJECTED,),
    )


@case("A32")
def growth(bench: Bench) -> None:
    """Values that double again and again: no step is large, and no limit on steps or results sees it."""
    templates(
        bench,
        "{% set n = namespace(a='x') %}{% for i in range(40) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
        "{% set a = 'x' * 10000 %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 30,
        "{% set a %}{% for i in range(99999) %}" + "x" * 200_000 + "{% endfor %}{% endset %}",
        "{% set n = namespace(a=[]) %}{% for i in range(30) %}{% set n.a = n.a + ['x' * 100000000] %}{% endfor %}",
    )


@case("A33")
def recursion(bench: Bench) -> None:
    """Macros and loops that call themselves."""
    templates(
        bench,
        "{% macro m(n) %}{{ m(n+1) }}{% endmacro %}{{ m(0) }}",
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        codes=(REJECTED, LIMIT),
    )
    bench.put("templates/partials/one.txt", "{% include 'two.txt' %}")
    bench.put("templates/partials/two.txt", "{% include 'one.txt' %}")
    bench.file("a.txt.j2", "{% include 'one.txt' %}")
    bench.refused(bench.new(), REJECTED, LIMIT)
    bench.put("templates/partials/one.txt", "{{ 1" + "+1" * 2_000_000 + " }}")
    bench.refused(bench.new(), LIMIT, says="262144 bytes")


@case("A35")
def nesting(bench: Bench) -> None:
    """Blocks and brackets nested without end."""
    templates(
        bench,
        "{% if true %}" * 10_000 + "{% endif %}" * 10_000,
        "{{ " + "(" * 100_000 + "1" + ")" * 100_000 + " }}",
        "{{ " + "[" * 100_000 + "]" * 100_000 + " }}",
        "{{ a" + "()" * 120_000 + " }}",
        "{{ a" + ".a" * 120_000 + " }}",
        codes=(REJECTED, LIMIT),
    )


@case("A36")
def chains(bench: Bench) -> None:
    """Operators in a row, which no parser counts as depth, end well whatever they give."""
    for text in ("+1" * 100_000, "|abs" * 60_000, "~1" * 120_000, " and 1" * 40_000, "**1" * 80_000):
        bench.file("a.txt.j2", "{{ 1" + text + " }}")
        expect(bench.new(), DONE)
        bench.fresh()
    for text in ("{% if 0 %}" + "{% elif 1 %}" * 20_000 + "{% endif %}", "{{ " + "-" * 240_000 + "1 }}"):
        bench.file("a.txt.j2", text)
        expect(bench.new(), DONE)
        bench.fresh()


@case("A61")
def python_depth(bench: Bench) -> None:
    """Python that nests deeper than any stack."""
    blocks = "\n".join(" " * level + "if a:" for level in range(3_000)) + "\n" + " " * 3_000 + "b\n"
    chains = ("(" * 100_000 + "1" + ")" * 100_000, "1" + " + 1" * 60_000, "a" + ".a" * 100_000, "a" + "(1, 2)" * 30_000)
    for text in (blocks, *(f"x = {chain}\n" for chain in chains), "x = " + "lambda: " * 30_000 + "1\n"):
        bench.file("a.py", text)
        bench.refused(bench.new(), LIMIT, says=r"a\.py.*:\d+:\d+")
    # What is fair passes: long tables, long files, and nesting that nobody writes but that fits.
    for text in ("x = [" + "(1, -2), " * 20_000 + "]\n", "x = " + "[" * 900 + "1" + "]" * 900 + "\n"):
        bench.file("a.py", text)
        expect(bench.new(), DONE)
        bench.fresh()


@case("H01")
def sources(bench: Bench) -> None:
    """A template, a file and a result over the limit; the message names the limit."""
    templates(bench, "x" * 300_000, says="262144 bytes")
    bench.fresh()
    with bench.file("big").open("wb") as file:
        file.truncate(3 << 30)
    bench.refused(bench.new(), LIMIT, says=r"\d+ bytes")


@case("H03")
def clock(bench: Bench) -> None:
    """Work that takes few steps and no memory, but long, is stopped by the clock."""
    # Minutes on any machine, so that a fast one does not end before the clock does.
    long = "{% set x = ('a'*1000000) %}{% for i in range(40000) %}{% set y = x|replace('a','b')|replace('b','a')|upper|lower %}{% endfor %}"
    templates(bench, long, says="10 seconds")


@case("H05")
def lines(bench: Bench) -> None:
    """What is said stays short, however many files there are."""
    for number in range(3_000):
        bench.file(f"d{number % 50}/{number}.txt")
    run = bench.new()
    bench.made(run)
    assert run.out.count("\n") < 100, f"{run.out.count(chr(10))} lines"
