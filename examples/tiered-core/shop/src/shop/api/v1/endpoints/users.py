"""Endpoints for users."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Final

import fastapi

from shop.api.contract import errors
from shop.api.dependencies import UserServiceDep
from shop.api.paging import Limit, Number, Offset
from shop.api.security import CurrentUser, RoleBasedAccess
from shop.models.user import Permission, User
from shop.schemas.user import CreateUserRequest, UserDetails, UserResponse

# Hashing a password takes its time on purpose.
BULK_LIMIT: Final = 20

Reader = Annotated[User, fastapi.Depends(RoleBasedAccess([Permission.READ_USERS]))]
Writer = Annotated[User, fastapi.Depends(RoleBasedAccess([Permission.WRITE_USERS]))]

router = fastapi.APIRouter(
    prefix="/users",
    tags=["users"],
    responses=errors(HTTPStatus.UNAUTHORIZED),
)


@router.post(
    "",
    response_model=UserResponse,
    status_code=HTTPStatus.CREATED,
    responses=errors(HTTPStatus.CONFLICT),
)
async def create_user(body: CreateUserRequest, user_service: UserServiceDep) -> User:
    """Register; this needs no token.

    Args:
        body: What is known about the user.
        user_service: Use cases around users.

    Returns:
        The new user.
    """
    return await user_service.create_user(body)


@router.post(
    "/bulk",
    response_model=list[UserResponse],
    status_code=HTTPStatus.CREATED,
    responses=errors(HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT),
)
async def create_users(
    body: Annotated[
        list[CreateUserRequest], fastapi.Body(min_length=1, max_length=BULK_LIMIT)
    ],
    user_service: UserServiceDep,
    _: Writer,
) -> Sequence[User]:
    """Register several users: all of them or none.

    Args:
        body: What is known about the users.
        user_service: Use cases around users.
        _: Who does it.

    Returns:
        The new users.
    """
    return await user_service.create_users_bulk(body)


@router.get(
    "", response_model=list[UserResponse], responses=errors(HTTPStatus.FORBIDDEN)
)
async def list_users(
    user_service: UserServiceDep, _: Reader, limit: Limit = 20, offset: Offset = 0
) -> Sequence[User]:
    """List users in the order of their numbers.

    Args:
        user_service: Use cases around users.
        _: Who asks.
        limit: How many users to list at most.
        offset: How many users to leave out.

    Returns:
        The users.
    """
    return await user_service.list_users(limit, offset)


@router.get("/me", response_model=UserResponse)
async def read_me(current_user: CurrentUser) -> User:
    """Tell who is signed in.

    Args:
        current_user: Who asks.

    Returns:
        The same user.
    """
    return current_user


@router.get(
    "/{user_id}",
    response_model=UserDetails,
    responses=errors(HTTPStatus.NOT_FOUND),
)
async def read_user(
    user_id: Number, current_user: CurrentUser, user_service: UserServiceDep
) -> User:
    """Read a user: oneself, or anybody with the permission for it.

    Args:
        user_id: Number of the user.
        current_user: Who asks.
        user_service: Use cases around users.

    Returns:
        The user.
    """
    return await user_service.get_user(user_id, current_user)
