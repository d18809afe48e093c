"""Texts that clients send."""

from typing import Annotated

import pydantic

# PostgreSQL stores every character but this one.
Text = Annotated[
    str, pydantic.StringConstraints(strip_whitespace=True, pattern=r"^[^\x00]*$")
]
