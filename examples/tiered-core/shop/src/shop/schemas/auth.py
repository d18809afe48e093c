"""Bodies around signing in."""

from typing import Final

import pydantic

TOKEN_TYPE: Final = "bearer"  # noqa: S105


class LoginRequest(pydantic.BaseModel):
    """What a client sends to sign in.

    Attributes:
        email: E-mail address.
        password: Password.
    """

    email: str
    password: pydantic.SecretStr


class RefreshRequest(pydantic.BaseModel):
    """What a client sends to stay signed in.

    Attributes:
        refresh_token: The refresh token that it got last.
    """

    refresh_token: str


class TokenResponse(pydantic.BaseModel):
    """Proof that a client is signed in.

    Attributes:
        access_token: Opens the interface for a short time.
        refresh_token: Can be exchanged for new tokens.
        token_type: How the access token is sent back.
    """

    access_token: str
    refresh_token: str
    token_type: str = TOKEN_TYPE
