"""Exceptions of the application."""


class AppError(Exception):
    """Base of every exception that the application raises itself."""


class ValidationError(AppError):
    """Input breaks a rule of the domain; the text may be shown to the caller."""


class NotFoundError(AppError):
    """What was asked for does not exist; the text may be shown to the caller."""


class ExternalServiceError(AppError):
    """A system that the application depends on failed; the text is for the log."""


class ConfigurationError(AppError):
    """The configuration is incomplete or wrong; the text is for the operator."""


class ConflictError(AppError):
    """A change contradicts what is stored; the text may be shown to the caller."""
