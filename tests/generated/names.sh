#!/usr/bin/env bash
# names.sh SCAFFOLD DIR: projects with hard names, databases and layouts under the real ruff, and under the real black
# where that is their formatter.
set -euo pipefail
scaffold=$1
out=$2
mkdir -p "$out"
cd "$out"

long=$(printf 'a%.0s' $(seq 60))
for name in x "$long" aaaa zzzz my-shop My.Shop_2; do
    for choice in "layered none none" "three-layer postgresql redis" "hexagonal sqlite none"; do
        read -r layout database cache <<<"$choice"
        "$scaffold" new "$layout/$name" --preset strict --defaults --layout "$layout" --set "database=$database" \
            --set "cache=$cache" --no-git --no-lock --no-record >/dev/null
    done
    for tier in mvp core full; do
        "$scaffold" new "tiered-$tier/$name" --preset tiered --defaults --tier "$tier" --no-git --no-lock --no-record >/dev/null
    done
done

ruff=$(sed -n 's/.*"ruff>=\([^"]*\)".*/\1/p' layered/x/pyproject.toml)
uv tool run --from "ruff==$ruff" ruff --version
for project in */*; do
    (cd "$project" && uv tool run --from "ruff==$ruff" ruff check --no-fix --no-cache --quiet . &&
        uv tool run --from "ruff==$ruff" ruff format --check --no-cache --quiet .) || { echo "$project"; exit 1; }
done
for name in x "$long" zzzz My.Shop_2; do
    for http in no yes; do
        "$scaffold" new "black-$http/$name" --preset three-layer --defaults --set "http=$http" --no-git --no-lock \
            --no-record >/dev/null
    done
done
pinned() { sed -n "s/.*\"$1>=\([^\"]*\)\".*/$1==\1/p" black-no/x/pyproject.toml; }
for project in black-*/*; do
    (cd "$project" && uv tool run --from "ruff==$ruff" ruff check --no-fix --no-cache --quiet . &&
        uv tool run --from "$(cd ../.. && pinned black)" black --check --quiet . &&
        uv tool run --from "$(cd ../.. && pinned isort)" isort --check-only src tests) || { echo "$project"; exit 1; }
done
if grep -rlE '\{\{|\{%' --include='*.py' --include='*.toml' --include='*.md' .; then
    echo "placeholders are left"
    exit 1
fi
