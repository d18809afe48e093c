"""Exceptions of the application."""

from __future__ import annotations


class AppError(Exception):
    """Base of every exception that the application raises itself.

    Example:
        ```python
        from shop.domain.errors import AppError, NotFoundError

        try:
            raise NotFoundError("Nothing is called x")
        except AppError as error:
            print(error)
        # Nothing is called x
        ```

        <!-- As a doctest:
        >>> try:
        ...     raise NotFoundError("Nothing is called x")
        ... except AppError as error:
        ...     print(error)
        Nothing is called x

        -->
    """


class ValidationError(AppError):
    """Input breaks a rule of the domain; the text may be shown to the caller.

    Example:
        ```python
        from shop.domain.errors import ValidationError


        def checked(name: str) -> str:
            if not name:
                raise ValidationError("Name is empty")
            return name


        try:
            checked("")
        except ValidationError as error:
            print(error)
        # Name is empty
        ```

        <!-- As a doctest:
        >>> def checked(name: str) -> str:
        ...     if not name:
        ...         raise ValidationError("Name is empty")
        ...     return name
        >>> try:
        ...     checked("")
        ... except ValidationError as error:
        ...     print(error)
        Name is empty

        -->
    """


class NotFoundError(AppError):
    """What was asked for does not exist; the text may be shown to the caller.

    Example:
        ```python
        from shop.domain.errors import AppError, NotFoundError

        error = NotFoundError("Nothing is called x")
        isinstance(error, AppError)
        # True
        ```

        <!-- As a doctest:
        >>> error = NotFoundError("Nothing is called x")
        >>> isinstance(error, AppError)
        True

        -->
    """


class ExternalServiceError(AppError):
    """A system that the application depends on failed; the text is for the log.

    Example:
        ```python
        from shop.domain.errors import ExternalServiceError

        try:
            raise ExternalServiceError("No answer in time") from TimeoutError()
        except ExternalServiceError as error:
            print(repr(error.__cause__))
        # TimeoutError()
        ```

        <!-- As a doctest:
        >>> try:
        ...     raise ExternalServiceError("No answer in time") from TimeoutError()
        ... except ExternalServiceError as error:
        ...     print(repr(error.__cause__))
        TimeoutError()

        -->
    """


class ConfigurationError(AppError):
    """The configuration is incomplete or wrong; the text is for the operator.

    Example:
        ```python
        from shop.domain.errors import ConfigurationError

        str(ConfigurationError("Missing: database_url"))
        # 'Missing: database_url'
        ```

        <!-- As a doctest:
        >>> str(ConfigurationError("Missing: database_url"))
        'Missing: database_url'

        -->
    """


class ConflictError(AppError):
    """A change contradicts what is stored; the text may be shown to the caller.

    Example:
        ```python
        from shop.domain.errors import AppError, ConflictError

        try:
            raise ConflictError("E-mail address is in use")
        except AppError as error:
            print(error)
        # E-mail address is in use
        ```

        <!-- As a doctest:
        >>> try:
        ...     raise ConflictError("E-mail address is in use")
        ... except AppError as error:
        ...     print(error)
        E-mail address is in use

        -->
    """


class ForbiddenError(AppError):
    """Somebody may not do what they ask for; the text may be shown to the caller.

    Example:
        ```python
        from shop.domain.errors import AppError, ForbiddenError

        try:
            raise ForbiddenError("Not for viewers")
        except AppError as error:
            print(error)
        # Not for viewers
        ```

        <!-- As a doctest:
        >>> try:
        ...     raise ForbiddenError("Not for viewers")
        ... except AppError as error:
        ...     print(error)
        Not for viewers

        -->
    """
