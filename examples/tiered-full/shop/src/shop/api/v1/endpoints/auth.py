"""Endpoints for signing in."""

from http import HTTPStatus
from typing import Annotated

import fastapi
from fastapi.security import OAuth2PasswordRequestForm

from shop.api.contract import errors
from shop.api.dependencies import AuthServiceDep, SettingsDep, limit_rate
from shop.api.security import COOKIE, unauthorized
from shop.core.config import Environment
from shop.core.security import TokenUse
from shop.models.user import User
from shop.schemas.auth import LoginRequest, RefreshRequest, TokenResponse

router = fastapi.APIRouter(
    tags=["auth"],
    dependencies=[fastapi.Depends(limit_rate)],
    responses=errors(HTTPStatus.UNAUTHORIZED),
)


class TokenIssuer:
    """Hands tokens out: in the body for programs, and in a cookie for browsers."""

    def __init__(
        self,
        response: fastapi.Response,
        auth_service: AuthServiceDep,
        settings: SettingsDep,
    ) -> None:
        """Keep what is needed.

        Args:
            response: Carries the cookie.
            auth_service: Makes the tokens.
            settings: Settings of the application.
        """
        self._response = response
        self._auth_service = auth_service
        self._settings = settings

    def issue(self, user: User | None) -> TokenResponse:
        """Hand new tokens to a user.

        Args:
            user: The user, or nothing if the credentials were wrong.

        Raises:
            HTTPException: If there is no user.

        Returns:
            The tokens.
        """
        if user is None:
            raise unauthorized("Invalid credentials")
        access_token = self._auth_service.create_access_token(user)
        self._response.headers["Cache-Control"] = "no-store"
        # Other sites cannot make a browser send the cookie, and no script can read it.
        self._response.set_cookie(
            COOKIE,
            access_token,
            max_age=60 * self._settings.access_token_minutes,
            httponly=True,
            samesite="strict",
            secure=self._settings.environment is not Environment.LOCAL,
        )
        return TokenResponse(
            access_token=access_token,
            refresh_token=self._auth_service.create_refresh_token(user),
        )


IssuerDep = Annotated[TokenIssuer, fastapi.Depends()]


@router.post("/login")
async def login(
    login_data: LoginRequest, auth_service: AuthServiceDep, issuer: IssuerDep
) -> TokenResponse:
    """Exchange an e-mail address and a password for tokens.

    Args:
        login_data: The address and the password.
        auth_service: Checks them.
        issuer: Hands the tokens out.

    Returns:
        The tokens.
    """
    password = login_data.password.get_secret_value()
    return issuer.issue(await auth_service.authenticate(login_data.email, password))


@router.post("/token")
async def create_token(
    form: Annotated[OAuth2PasswordRequestForm, fastapi.Depends()],
    auth_service: AuthServiceDep,
    issuer: IssuerDep,
) -> TokenResponse:
    """Sign in as the OAuth2 password flow has it; the documentation page does so.

    Args:
        form: The address, as user name, and the password.
        auth_service: Checks them.
        issuer: Hands the tokens out.

    Returns:
        The tokens.
    """
    return issuer.issue(await auth_service.authenticate(form.username, form.password))


@router.post("/refresh")
async def refresh(
    body: RefreshRequest, auth_service: AuthServiceDep, issuer: IssuerDep
) -> TokenResponse:
    """Exchange a refresh token for new tokens.

    Args:
        body: The refresh token.
        auth_service: Checks it.
        issuer: Hands the tokens out.

    Returns:
        The tokens.
    """
    user = await auth_service.identify(body.refresh_token, TokenUse.REFRESH)
    return issuer.issue(user)


@router.post("/logout", status_code=HTTPStatus.NO_CONTENT)
async def logout(response: fastapi.Response) -> None:
    """Take the cookie back.

    Args:
        response: Carries the cookie.
    """
    response.delete_cookie(COOKIE)
