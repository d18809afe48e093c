"""Bodies around deliveries."""

import pydantic


class DeliveryResponse(pydantic.BaseModel):
    """How far a delivery has come.

    Attributes:
        status: A word of the service that delivers.
    """

    status: str
