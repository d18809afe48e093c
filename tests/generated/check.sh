#!/usr/bin/env bash
# check.sh [postgresql|sqlite]: outside checkers on the generated project in the current folder.
set -euo pipefail
database=${1:-none}

validate-pyproject pyproject.toml
folder=.
[ -e Dockerfile ] || folder=docker
hadolint --failure-threshold warning "$folder/Dockerfile"
check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/ci.yml
zizmor --offline --pedantic .github/workflows/ci.yml
if [ -e "$folder/docker-compose.yml" ]; then
    check-jsonschema --builtin-schema vendor.compose-spec "$folder/docker-compose.yml"
fi
# What is not followed stands in the project, with the reason.
sp-repo-review .
uv run --with deptry deptry src
uv run ruff check --no-fix --no-cache --select E,F,W,I,N,UP,B,S,A,C4,SIM,ARG,PTH,PL,RUF,PERF src
uv run pytest -q -W error --cov-fail-under=95

if [ "$database" != none ]; then
    variable=$(grep -oE '^[A-Z_]*DATABASE_URL' .env.example)
    case "$database" in
        sqlite) url="sqlite+aiosqlite:///$(mktemp -d)/shop.sqlite3" ;;
        postgresql) url=postgresql+psycopg://shop:change-me@localhost:5432/shop ;;
    esac
    set -a
    . ./.env.example
    set +a
    export "$variable=$url"
    uv run alembic downgrade base
    uv run alembic upgrade head
    uv run alembic check
    uv run alembic downgrade base
    uv run alembic upgrade head
    # A migration that is written from the tables runs, passes the linter, and leaves nothing to compare.
    uv run alembic downgrade base
    rm alembic/versions/*.py
    uv run alembic revision --autogenerate -m "create all tables"
    uv run ruff check --no-fix --no-cache alembic
    uv run alembic upgrade head
    uv run alembic check
    uv run alembic downgrade base
    git checkout -q alembic
    git clean -fdq alembic
fi

# The formatter is the one that the project has.
formatted="ruff format"
grep -q '"black' pyproject.toml && formatted=black

# What git holds is a project that installs.
clone=$(mktemp -d)
git clone -q . "$clone/shop"
(
    cd "$clone/shop"
    uv sync -q --locked
    uv run ruff check --no-fix --no-cache .
    uv run $formatted --check .
    # The order of the layers is held: an import that leads outwards is found.
    uv run lint-imports --no-logo
    read -r outer inner < <(uv run python -c 'if True:
        import pathlib, tomllib
        contract = tomllib.loads(pathlib.Path("pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
        print(contract["layers"][0].split()[0], contract["layers"][-1].split()[0])')
    file=src/${inner//.//}.py
    [ -e "$file" ] || file=${file%.py}/__init__.py
    echo "import $outer" >>"$file"
    if uv run lint-imports >imports.txt; then exit 1; fi
    grep -q BROKEN imports.txt
)
rm -rf "$clone"
test -z "$(git status --porcelain)"
