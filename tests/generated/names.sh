#!/usr/bin/env bash
# names.sh SCAFFOLD DIR: projects with hard names, databases and layouts, in one folder under the real ruff.
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
if grep -rlE '\{\{|\{%' --include='*.py' --include='*.toml' --include='*.md' .; then
    echo "placeholders are left"
    exit 1
fi
