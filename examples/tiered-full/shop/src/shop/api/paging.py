"""Numbers and pages in the addresses of endpoints."""

from typing import Annotated, Final

import fastapi

PAGE_LIMIT: Final = 100
# The largest number that the columns hold.
NUMBER_LIMIT: Final = 2**31 - 1

Number = Annotated[int, fastapi.Path(ge=1, le=NUMBER_LIMIT)]
Limit = Annotated[int, fastapi.Query(ge=1, le=PAGE_LIMIT)]
Offset = Annotated[int, fastapi.Query(ge=0, le=NUMBER_LIMIT)]
