"""Texts that clients send."""

from typing import Annotated

import pydantic

# PostgreSQL stores every character but this one.
Text = Annotated[str, pydantic.Field(pattern=r"^[^\x00]*$")]
