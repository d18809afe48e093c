"""Endpoint for auditors."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated

import fastapi

from shop.api.contract import errors
from shop.api.dependencies import AuditRepoDep, limit_rate
from shop.api.paging import Limit, Offset
from shop.api.security import RoleBasedAccess
from shop.models.audit import AuditEntry
from shop.models.user import Permission, User
from shop.schemas.audit import AuditEntryResponse

Auditor = Annotated[User, fastapi.Depends(RoleBasedAccess([Permission.READ_AUDIT]))]

router = fastapi.APIRouter(
    tags=["audit"],
    dependencies=[fastapi.Depends(limit_rate)],
    responses=errors(HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN),
)


@router.get("/audit", response_model=list[AuditEntryResponse])
async def list_entries(
    _: Auditor, audit_repo: AuditRepoDep, limit: Limit = 20, offset: Offset = 0
) -> Sequence[AuditEntry]:
    """List what was done, the newest first.

    Args:
        _: Who asks.
        audit_repo: Reads the audit trail.
        limit: How many entries to list at most.
        offset: How many entries to leave out.

    Returns:
        The entries.
    """
    return await audit_repo.page(limit, offset)
