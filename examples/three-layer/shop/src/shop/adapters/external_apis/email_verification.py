"""A service that knows whether mail can be delivered."""

from __future__ import annotations

import logging
from http import HTTPMethod, HTTPStatus
from typing import TYPE_CHECKING

from opentelemetry import trace

from shop.domain.contracts import EmailVerifier
from shop.domain.errors import ExternalServiceError

if TYPE_CHECKING:
    from shop.adapters.external_apis.http import HttpClient
    from shop.domain.value_objects import EmailAddress

logger = logging.getLogger(__name__)
tracer = trace.get_tracer(__name__)


class TrustingEmailVerifier(EmailVerifier):
    """Takes every address, where there is no service to ask.

    Example:
        ```python
        import asyncio

        from shop.adapters.external_apis.email_verification import (
            TrustingEmailVerifier,
        )
        from shop.domain.value_objects import EmailAddress

        asyncio.run(
            TrustingEmailVerifier().is_deliverable(EmailAddress("ada@example.com"))
        )
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.domain.value_objects import EmailAddress
        >>> asyncio.run(
        ...     TrustingEmailVerifier().is_deliverable(EmailAddress("ada@example.com"))
        ... )
        True

        -->
    """

    async def is_deliverable(self, email: EmailAddress) -> bool:
        """Trust an address.

        Args:
            email (EmailAddress): The address.

        Returns:
            bool: That mail can be delivered there.

        Example:
            ```python
            import asyncio

            from shop.adapters.external_apis.email_verification import (
                TrustingEmailVerifier,
            )
            from shop.domain.value_objects import EmailAddress

            address = EmailAddress("ada@example.com")
            asyncio.run(TrustingEmailVerifier().is_deliverable(address))
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.domain.value_objects import EmailAddress
            >>> address = EmailAddress("ada@example.com")
            >>> asyncio.run(TrustingEmailVerifier().is_deliverable(address))
            True

            -->
        """
        logger.debug("Address is not verified", extra={"email": email.value})
        return True


class HttpEmailVerifier(EmailVerifier):
    """Posts the address to a service: 2xx means deliverable, 422 means not.

    Example:
        ```python
        import asyncio
        from http import HTTPMethod, HTTPStatus

        from shop.adapters.external_apis.email_verification import HttpEmailVerifier
        from shop.adapters.external_apis.http import HttpClient
        from shop.domain.value_objects import EmailAddress


        class Answering(HttpClient):
            def __init__(self, status: HTTPStatus) -> None:
                self.status = status

            async def request(
                self, method: HTTPMethod, url: str, document: object = None
            ) -> int:
                return self.status


        verifier = HttpEmailVerifier(
            Answering(HTTPStatus.OK), "https://example.com/check"
        )
        asyncio.run(verifier.is_deliverable(EmailAddress("ada@example.com")))
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from http import HTTPMethod, HTTPStatus
        >>> from shop.adapters.external_apis.http import HttpClient
        >>> from shop.domain.value_objects import EmailAddress
        >>> class Answering(HttpClient):
        ...     def __init__(self, status: HTTPStatus) -> None:
        ...         self.status = status
        ...
        ...     async def request(
        ...         self, method: HTTPMethod, url: str, document: object = None
        ...     ) -> int:
        ...         return self.status
        >>> verifier = HttpEmailVerifier(
        ...     Answering(HTTPStatus.OK), "https://example.com/check"
        ... )
        >>> asyncio.run(verifier.is_deliverable(EmailAddress("ada@example.com")))
        True

        -->
    """

    def __init__(self, http: HttpClient, url: str) -> None:
        """Keep client and service.

        Args:
            http (HttpClient): Sends the requests.
            url (str): Where the service listens.

        Example:
            ```python
            import asyncio
            from http import HTTPMethod, HTTPStatus

            from shop.adapters.external_apis.email_verification import (
                HttpEmailVerifier,
            )
            from shop.adapters.external_apis.http import HttpClient
            from shop.domain.value_objects import EmailAddress


            class Answering(HttpClient):
                def __init__(self, status: HTTPStatus) -> None:
                    self.status = status

                async def request(
                    self, method: HTTPMethod, url: str, document: object = None
                ) -> int:
                    return self.status


            verifier = HttpEmailVerifier(
                Answering(HTTPStatus.OK), "https://example.com/check"
            )
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from http import HTTPMethod, HTTPStatus
            >>> from shop.adapters.external_apis.http import HttpClient
            >>> from shop.domain.value_objects import EmailAddress
            >>> class Answering(HttpClient):
            ...     def __init__(self, status: HTTPStatus) -> None:
            ...         self.status = status
            ...
            ...     async def request(
            ...         self, method: HTTPMethod, url: str, document: object = None
            ...     ) -> int:
            ...         return self.status
            >>> verifier = HttpEmailVerifier(
            ...     Answering(HTTPStatus.OK), "https://example.com/check"
            ... )

            -->
        """
        self._http = http
        self._url = url

    async def is_deliverable(self, email: EmailAddress) -> bool:
        """Ask about an address.

        Args:
            email (EmailAddress): The address.

        Raises:
            ExternalServiceError: If no answer can be had.

        Returns:
            bool: Whether mail can be delivered there.

        Example:
            ```python
            import asyncio
            from http import HTTPMethod, HTTPStatus

            from shop.adapters.external_apis.email_verification import (
                HttpEmailVerifier,
            )
            from shop.adapters.external_apis.http import HttpClient
            from shop.domain.value_objects import EmailAddress


            class Answering(HttpClient):
                def __init__(self, status: HTTPStatus) -> None:
                    self.status = status

                async def request(
                    self, method: HTTPMethod, url: str, document: object = None
                ) -> int:
                    return self.status


            http = Answering(HTTPStatus.UNPROCESSABLE_ENTITY)
            verifier = HttpEmailVerifier(http, "https://example.com/check")
            asyncio.run(verifier.is_deliverable(EmailAddress("ada@example.com")))
            # False
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from http import HTTPMethod, HTTPStatus
            >>> from shop.adapters.external_apis.http import HttpClient
            >>> from shop.domain.value_objects import EmailAddress
            >>> class Answering(HttpClient):
            ...     def __init__(self, status: HTTPStatus) -> None:
            ...         self.status = status
            ...
            ...     async def request(
            ...         self, method: HTTPMethod, url: str, document: object = None
            ...     ) -> int:
            ...         return self.status
            >>> http = Answering(HTTPStatus.UNPROCESSABLE_ENTITY)
            >>> verifier = HttpEmailVerifier(http, "https://example.com/check")
            >>> asyncio.run(verifier.is_deliverable(EmailAddress("ada@example.com")))
            False

            -->
        """
        with tracer.start_as_current_span("email_verification.is_deliverable"):
            status = await self._ask(email)
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return True
        if status == HTTPStatus.UNPROCESSABLE_ENTITY:
            return False
        message = f"The e-mail verification answers {status}"
        raise ExternalServiceError(message)

    async def _ask(self, email: EmailAddress) -> int:
        """Send the request.

        Args:
            email (EmailAddress): The address.

        Raises:
            ExternalServiceError: If no answer comes in time.

        Returns:
            int: The status of the answer.

        Example:
            ```python
            import asyncio
            from http import HTTPMethod, HTTPStatus

            from shop.adapters.external_apis.email_verification import (
                HttpEmailVerifier,
            )
            from shop.adapters.external_apis.http import HttpClient
            from shop.domain.value_objects import EmailAddress


            class Answering(HttpClient):
                def __init__(self, status: HTTPStatus) -> None:
                    self.status = status

                async def request(
                    self, method: HTTPMethod, url: str, document: object = None
                ) -> int:
                    return self.status


            verifier = HttpEmailVerifier(
                Answering(HTTPStatus.OK), "https://example.com/check"
            )
            asyncio.run(verifier._ask(EmailAddress("ada@example.com")))
            # <HTTPStatus.OK: 200>
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from http import HTTPMethod, HTTPStatus
            >>> from shop.adapters.external_apis.http import HttpClient
            >>> from shop.domain.value_objects import EmailAddress
            >>> class Answering(HttpClient):
            ...     def __init__(self, status: HTTPStatus) -> None:
            ...         self.status = status
            ...
            ...     async def request(
            ...         self, method: HTTPMethod, url: str, document: object = None
            ...     ) -> int:
            ...         return self.status
            >>> verifier = HttpEmailVerifier(
            ...     Answering(HTTPStatus.OK), "https://example.com/check"
            ... )
            >>> asyncio.run(verifier._ask(EmailAddress("ada@example.com")))
            <HTTPStatus.OK: 200>

            -->
        """
        try:
            return await self._http.request(
                HTTPMethod.POST, self._url, {"email": email.value}
            )
        except ExternalServiceError:
            logger.warning("E-mail verification does not answer")
            raise
