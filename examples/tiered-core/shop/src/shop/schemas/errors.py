"""Bodies of error responses."""

import pydantic


class ErrorResponse(pydantic.BaseModel):
    """The form of every error.

    Attributes:
        code: Stable name of the error, for programs.
        detail: Description of the error, for people.
    """

    code: str
    detail: str
