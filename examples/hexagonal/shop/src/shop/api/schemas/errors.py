"""Bodies of error responses."""

import pydantic


class ErrorDetail(pydantic.BaseModel):
    """What went wrong.

    Attributes:
        code: Stable name of the error, for programs.
        message: Description of the error, for people.
    """

    code: str
    message: str


class ErrorResponse(pydantic.BaseModel):
    """The envelope of every error.

    Attributes:
        error: What went wrong.
    """

    error: ErrorDetail
