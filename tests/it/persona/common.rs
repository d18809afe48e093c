//! A persona of our own for the tests, and short ways to ask for facts.

use scaffold::facts::{Facts, Field};
use scaffold::persona::{Vocabulary, read};

/// A document that states something of every kind.
pub const LANTERN: &str = "---
name: lantern-keeper
description: Builds the lantern services — small, typed, tested.
---

# Lantern keeper

## Stack

| Concern | Tool | Alternative |
| --- | --- | --- |
| Web framework | FastAPI | Flask |
| ORM | SQLAlchemy 2.0 + Alembic | Tortoise ORM |
| Linting + formatting | Ruff | black, isort |
| Type checker | `mypy --strict` | pyright |
| Task queue | Celery or arq | |
| Testing | `pytest` + `pytest-cov` + `factory-boy` | unittest |

- **Python**: 3.12+
- **Package manager**: uv, never pip
- **Database**: PostgreSQL
- Redis caches the answers of slow lamps
- HTTP client: httpx instead of requests
- Keep coverage at 85% at least
- Google-style docstrings — “every” public name 🚀
- Every image runs as a non-root user
- The probe asks `/health`

## Layout

```
lantern/
├── src/
│   └── lantern/
│       ├── __init__.py
│       └── wick.py      # burns
├── tests/
│   └── test_wick.py
└── pyproject.toml
```

## Settings

```toml
[project]
requires-python = \">=3.12\"
dependencies = [
    \"fastapi>=0.115\",
    \"structlog\",
]

[tool.ruff]
line-length = 100

[tool.ruff.lint]
select = [\"E\", \"F\", \"UP\"]
```

```dockerfile
FROM python:3.12-slim AS build
RUN uv sync --frozen
FROM gcr.io/distroless/python3
COPY --from=build /app /app
```
";

/// Reads `text`.
pub fn facts(text: &str) -> Facts {
    bytes(text.as_bytes())
}

/// Reads `bytes`.
pub fn bytes(bytes: &[u8]) -> Facts {
    read(bytes, &Vocabulary::built_in()).expect("the document is small")
}

/// The settled values of `field`.
pub fn values(facts: &Facts, field: Field) -> Vec<String> {
    facts.of(field).iter().map(|fact| fact.value.to_string()).collect()
}

/// The names of what was turned down.
pub fn alternatives(facts: &Facts) -> Vec<String> {
    facts.alternatives.iter().map(|fact| fact.value.to_string()).collect()
}

/// Everything settled, as text that can be compared.
pub fn summary(facts: &Facts) -> String {
    let mut out = scaffold::facts::json(facts);
    if let Some(object) = out.as_object_mut() {
        object.remove("kept");
    }
    out.to_string()
}
