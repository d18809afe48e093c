"""Endpoints for users."""

import uuid
from http import HTTPStatus
from typing import Annotated, Any, Final

import fastapi

from shop.api.dependencies import get_user_service
from shop.api.schemas import ErrorResponse, UserInput, UserResponse
from shop.services.users import UserService

type Responses = dict[int | str, dict[str, Any]]

PAGE_LIMIT: Final = 100
ANY_ERROR: Final[Responses] = {
    HTTPStatus.UNPROCESSABLE_ENTITY.value: {"model": ErrorResponse},
    HTTPStatus.SERVICE_UNAVAILABLE.value: {"model": ErrorResponse},
}
NOT_FOUND: Final[Responses] = {HTTPStatus.NOT_FOUND.value: {"model": ErrorResponse}}
CONFLICT: Final[Responses] = {HTTPStatus.CONFLICT.value: {"model": ErrorResponse}}

UserServiceDep = Annotated[UserService, fastapi.Depends(get_user_service)]
UserBody = Annotated[UserInput, fastapi.Body()]
UserIdPath = Annotated[uuid.UUID, fastapi.Path(description="Identifier of the user")]
Limit = Annotated[int, fastapi.Query(ge=1, le=PAGE_LIMIT)]
Offset = Annotated[int, fastapi.Query(ge=0, lt=2**31)]

router = fastapi.APIRouter(prefix="/users", tags=["users"], responses=ANY_ERROR)


@router.get("")
async def list_users(
    service: UserServiceDep, limit: Limit = 20, offset: Offset = 0
) -> list[UserResponse]:
    """List users, the oldest first.

    Args:
        service: Use cases around users.
        limit: How many users to list at most.
        offset: How many users to leave out.

    Returns:
        The users.
    """
    users = await service.page(limit, offset)
    return [UserResponse.from_entity(user) for user in users]


@router.post("", status_code=HTTPStatus.CREATED, responses=CONFLICT)
async def register_user(body: UserBody, service: UserServiceDep) -> UserResponse:
    """Add a user.

    Args:
        body: Data of the user.
        service: Use cases around users.

    Returns:
        The new user.
    """
    return UserResponse.from_entity(await service.register(body.email, body.name))


@router.get("/{user_id}", responses=NOT_FOUND)
async def read_user(user_id: UserIdPath, service: UserServiceDep) -> UserResponse:
    """Show a user.

    Args:
        user_id: Identifier of the user.
        service: Use cases around users.

    Returns:
        The user.
    """
    return UserResponse.from_entity(await service.get(user_id))


@router.put("/{user_id}", responses=NOT_FOUND | CONFLICT)
async def change_user(
    user_id: UserIdPath, body: UserBody, service: UserServiceDep
) -> UserResponse:
    """Replace the data of a user.

    Args:
        user_id: Identifier of the user.
        body: New data of the user.
        service: Use cases around users.

    Returns:
        The user with the new data.
    """
    user = await service.change(user_id, body.email, body.name)
    return UserResponse.from_entity(user)


@router.delete("/{user_id}", status_code=HTTPStatus.NO_CONTENT, responses=NOT_FOUND)
async def remove_user(user_id: UserIdPath, service: UserServiceDep) -> None:
    """Forget a user.

    Args:
        user_id: Identifier of the user.
        service: Use cases around users.
    """
    await service.remove(user_id)
