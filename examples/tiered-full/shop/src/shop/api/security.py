"""Who sends a request, and what that person may do."""

from collections.abc import Collection
from http import HTTPStatus
from typing import Annotated, Final

import fastapi
from fastapi.openapi.models import OAuthFlowPassword, OAuthFlows
from fastapi.security import OAuth2
from fastapi.security.utils import get_authorization_scheme_param
from starlette.requests import HTTPConnection

from shop.api.dependencies import AuthServiceDep
from shop.models.user import Permission, User

COOKIE: Final = "access_token"


def unauthorized(detail: str) -> fastapi.HTTPException:
    """Build the answer to somebody who is not signed in.

    Args:
        detail: What is wrong.

    Returns:
        The exception to raise.
    """
    return fastapi.HTTPException(
        HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": "Bearer"}
    )


class OAuth2PasswordBearerWithCookie(OAuth2):
    """Finds the access token of a request, in its header or else in its cookie."""

    def __init__(self, token_url: str) -> None:
        """Describe the flow for the documentation.

        Args:
            token_url: Where a password is exchanged for a token.
        """
        password = OAuthFlowPassword(tokenUrl=token_url)
        super().__init__(flows=OAuthFlows(password=password), auto_error=False)

    async def __call__(self, request: HTTPConnection) -> str | None:
        """Find the token.

        Args:
            request: The request.

        Returns:
            The token, or nothing if there is none.
        """
        header = request.headers.get("Authorization")
        scheme, token = get_authorization_scheme_param(header)
        if scheme.lower() == "bearer":
            return token
        return request.cookies.get(COOKIE)


oauth2_scheme = OAuth2PasswordBearerWithCookie("/api/v1/token")
TokenDep = Annotated[str | None, fastapi.Depends(oauth2_scheme)]


async def get_optional_user(
    token: TokenDep, auth_service: AuthServiceDep
) -> User | None:
    """Find out who sends a request that needs no token.

    Args:
        token: The token of the request.
        auth_service: Checks the token.

    Raises:
        HTTPException: If there is a token that is not valid.

    Returns:
        The user, or nothing if there is no token.
    """
    if token is None:
        return None
    user = await auth_service.identify(token)
    if user is None:
        raise unauthorized("Invalid token")
    return user


OptionalUser = Annotated[User | None, fastapi.Depends(get_optional_user)]


async def get_current_user(user: OptionalUser) -> User:
    """Find out who sends a request.

    Args:
        user: The user, if there is a token.

    Raises:
        HTTPException: If there is none.

    Returns:
        The user.
    """
    if user is None:
        raise unauthorized("Not authenticated")
    return user


CurrentUser = Annotated[User, fastapi.Depends(get_current_user)]


class RoleBasedAccess:
    """Lets only those users pass whose role has all permissions that are required."""

    def __init__(self, required_permissions: Collection[Permission]) -> None:
        """Keep the permissions.

        Args:
            required_permissions: All of them are required.
        """
        self.required_permissions = frozenset(required_permissions)

    async def __call__(self, current_user: CurrentUser) -> User:
        """Check the user.

        Args:
            current_user: Who sends the request.

        Raises:
            HTTPException: If a permission is missing.

        Returns:
            The same user.
        """
        if not self._has_permissions(current_user):
            raise fastapi.HTTPException(
                HTTPStatus.FORBIDDEN, "Insufficient permissions"
            )
        return current_user

    def _has_permissions(self, user: User) -> bool:
        """Compare what is required with what the user's role allows.

        Args:
            user: The user.

        Returns:
            Whether nothing is missing.
        """
        return self.required_permissions <= user.permissions
