"""Endpoints for users."""

import uuid
from http import HTTPStatus
from typing import Annotated, Any, Final

import fastapi

from shop.api.dependencies import EventPublisherDep, UserServiceDep
from shop.api.schemas import CreateUserRequest, ErrorResponse, UserResponse
from shop.domain.models.event import Event

type Responses = dict[int | str, dict[str, Any]]

PAGE_LIMIT: Final = 100
ANY_ERROR: Final[Responses] = {
    status.value: {"model": ErrorResponse}
    for status in (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE)
}
CONFLICT: Final[Responses] = {HTTPStatus.CONFLICT.value: {"model": ErrorResponse}}
NOT_FOUND: Final[Responses] = {HTTPStatus.NOT_FOUND.value: {"model": ErrorResponse}}

UserBody = Annotated[CreateUserRequest, fastapi.Body()]
UserIdPath = Annotated[uuid.UUID, fastapi.Path(description="Identifier of the user")]
Limit = Annotated[int, fastapi.Query(ge=1, le=PAGE_LIMIT)]
Offset = Annotated[int, fastapi.Query(ge=0, lt=2**31)]

router = fastapi.APIRouter(prefix="/users", tags=["users"], responses=ANY_ERROR)


@router.post("", status_code=HTTPStatus.CREATED, responses=CONFLICT)
async def create_user(
    body: UserBody,
    service: UserServiceDep,
    events: EventPublisherDep,
    after_response: fastapi.BackgroundTasks,
) -> UserResponse:
    """Add a user.

    Args:
        body: Data of the user.
        service: Business logic around users.
        events: Tells others of the new user.
        after_response: Runs what the client need not wait for.

    Returns:
        The new user.
    """
    user = await service.create(body.email, body.name)
    after_response.add_task(events.publish, Event("user.created", user.id))
    return UserResponse.model_validate(user)


@router.get("")
async def list_users(
    service: UserServiceDep, limit: Limit = 20, offset: Offset = 0
) -> list[UserResponse]:
    """List users, the oldest first.

    Args:
        service: Business logic around users.
        limit: How many users to list at most.
        offset: How many users to leave out.

    Returns:
        The users.
    """
    users = await service.list_page(limit, offset)
    return [UserResponse.model_validate(user) for user in users]


@router.get("/{user_id}", responses=NOT_FOUND)
async def read_user(user_id: UserIdPath, service: UserServiceDep) -> UserResponse:
    """Show a user.

    Args:
        user_id: Identifier of the user.
        service: Business logic around users.

    Returns:
        The user.
    """
    return UserResponse.model_validate(await service.get(user_id))


@router.delete("/{user_id}", status_code=HTTPStatus.NO_CONTENT, responses=NOT_FOUND)
async def remove_user(user_id: UserIdPath, service: UserServiceDep) -> None:
    """Forget a user.

    Args:
        user_id: Identifier of the user.
        service: Business logic around users.
    """
    await service.remove(user_id)
