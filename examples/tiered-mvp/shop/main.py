"""Shop in one file: settings, users, sign-in and the endpoints."""

import contextlib
import datetime as dt
import functools
import logging
import secrets
from collections.abc import AsyncIterator, Iterator, Sequence
from http import HTTPStatus
from typing import Annotated, Final

import argon2
import jwt
import sqlalchemy as sa
from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import EmailStr, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, create_engine, select

logger = logging.getLogger("shop")

ALGORITHM: Final = "HS256"
TOKEN_TYPE: Final = "bearer"  # noqa: S105
KEY_MIN_LENGTH: Final = 32
EMAIL_MAX_LENGTH: Final = 254
NAME_MAX_LENGTH: Final = 100
PASSWORD_MIN_LENGTH: Final = 8
PASSWORD_MAX_LENGTH: Final = 128
PAGE_LIMIT: Final = 100
OFFSET_LIMIT: Final = 2**31 - 1


# Settings


class Settings(BaseSettings):
    """Everything the application can be told.

    Attributes:
        database_url: Where the SQLite file is.
        secret_key: Signs the tokens; without one, a new one is made at each start.
        token_minutes: Time until a token expires.
    """

    model_config = SettingsConfigDict(
        env_prefix="", env_file=".env", env_ignore_empty=True, extra="ignore"
    )

    database_url: str = "sqlite:///shop.sqlite3"
    secret_key: SecretStr = Field(
        default_factory=lambda: SecretStr(secrets.token_urlsafe(KEY_MIN_LENGTH)),
        min_length=KEY_MIN_LENGTH,
    )
    token_minutes: int = Field(default=30, gt=0)


@functools.cache
def get_settings() -> Settings:
    """Read the settings, once for each process.

    Returns:
        The settings.
    """
    return Settings()


SettingsDep = Annotated[Settings, Depends(get_settings)]


# Users


class UserBase(SQLModel):
    """What everybody may know about a user.

    Attributes:
        email: Address that no two users share, in lower case.
        name: Name to address the person with.
    """

    email: EmailStr = Field(max_length=EMAIL_MAX_LENGTH, index=True, unique=True)
    name: str = Field(min_length=1, max_length=NAME_MAX_LENGTH)


class User(UserBase, table=True):
    """A user as it is stored.

    Attributes:
        id: Number of the user; the database gives it.
        hashed_password: Hash of the password; without one the user cannot sign in.
    """

    __tablename__ = "users"

    id: int | None = Field(default=None, primary_key=True)
    hashed_password: str | None = Field(default=None, repr=False)


class NewUser(UserBase):
    """What a client tells about a new user.

    Attributes:
        password: Only needed by users who sign in.
    """

    password: SecretStr | None = Field(
        default=None, min_length=PASSWORD_MIN_LENGTH, max_length=PASSWORD_MAX_LENGTH
    )


class PublicUser(UserBase):
    """What a client gets to know about a user.

    Attributes:
        id: Number of the user.
    """

    id: int


class Token(SQLModel):
    """Proof of a sign-in.

    Attributes:
        access_token: The signed token.
        token_type: How it is sent back.
    """

    access_token: str
    token_type: str = TOKEN_TYPE


# Storage


@functools.cache
def get_engine() -> sa.Engine:
    """Open the database, once for each process.

    Returns:
        The engine.
    """
    return create_engine(get_settings().database_url, hide_parameters=True)


def get_session() -> Iterator[Session]:
    """Lend a session for one request.

    Yields:
        The session.
    """
    with Session(get_engine()) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]


def find_user(session: Session, email: str) -> User | None:
    """Find a user by address.

    Args:
        session: Session of the request.
        email: The address, in any case.

    Returns:
        The user, or nothing if there is none.
    """
    return session.exec(select(User).where(User.email == email.lower())).one_or_none()


# Sign-in

hasher = argon2.PasswordHasher()
# Compared when there is nothing to compare: the time of an answer tells nothing.
NO_PASSWORD: Final = hasher.hash(secrets.token_urlsafe())

bearer = OAuth2PasswordBearer(tokenUrl="token")


def verify_password(password: str, hashed_password: str | None) -> bool:
    """Compare a password with the hash that is stored.

    Args:
        password: The password as typed.
        hashed_password: The hash, or nothing if there is none.

    Returns:
        Whether they belong together.
    """
    try:
        hasher.verify(hashed_password or NO_PASSWORD, password)
    except argon2.exceptions.VerifyMismatchError:
        return False
    return hashed_password is not None


def create_access_token(email: str, settings: Settings) -> str:
    """Sign a token.

    Args:
        email: E-mail address of the user.
        settings: Hold the key and the time until the token expires.

    Returns:
        The token.
    """
    now = dt.datetime.now(dt.UTC)
    claims = {
        "sub": email,
        "iat": now,
        "exp": now + dt.timedelta(minutes=settings.token_minutes),
    }
    key = settings.secret_key.get_secret_value()
    return jwt.encode(claims, key, algorithm=ALGORITHM)


def refuse(detail: str) -> HTTPException:
    """Build the answer to somebody who is not signed in.

    Args:
        detail: What is wrong.

    Returns:
        The exception to raise.
    """
    return HTTPException(
        HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": "Bearer"}
    )


def get_current_user(
    token: Annotated[str, Depends(bearer)], session: SessionDep, settings: SettingsDep
) -> User:
    """Find the user whom a token belongs to.

    Args:
        token: The token of the request.
        session: Session of the request.
        settings: Hold the key.

    Raises:
        HTTPException: If the token or its user is not known.

    Returns:
        The user.
    """
    key = settings.secret_key.get_secret_value()
    try:
        claims = jwt.decode(
            token, key, algorithms=[ALGORITHM], options={"require": ["exp", "sub"]}
        )
    except jwt.InvalidTokenError:
        raise refuse("Invalid token") from None
    user = find_user(session, claims["sub"])
    if user is None:
        raise refuse("Invalid token")
    return user


# Endpoints


@contextlib.asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Prepare the database before the first request.

    Args:
        _: The application.

    Yields:
        Nothing; the application serves meanwhile.
    """
    logging.basicConfig(level=logging.INFO)
    SQLModel.metadata.create_all(get_engine())
    logger.info("Service started")
    yield
    get_engine().dispose()


app = FastAPI(title="Shop", description="The Shop project.", lifespan=lifespan)


@app.get("/health")
def read_health(session: SessionDep) -> dict[str, str]:
    """Tell whether the service can do its work.

    Args:
        session: Session of the request.

    Returns:
        The state of the service.
    """
    session.connection().execute(sa.select(1))
    return {"status": "healthy"}


@app.get("/users", response_model=list[PublicUser])
def list_users(
    session: SessionDep,
    limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT)] = 20,
    offset: Annotated[int, Query(ge=0, le=OFFSET_LIMIT)] = 0,
) -> Sequence[User]:
    """List users in the order of their numbers.

    Args:
        session: Session of the request.
        limit: How many users to list at most.
        offset: How many users to leave out.

    Returns:
        The users.
    """
    statement = select(User).order_by(col(User.id)).limit(limit).offset(offset)
    return session.exec(statement).all()


@app.post("/users", response_model=PublicUser, status_code=HTTPStatus.CREATED)
def create_user(new: NewUser, session: SessionDep) -> User:
    """Add a user.

    Args:
        new: The data of the user.
        session: Session of the request.

    Raises:
        HTTPException: If the address is in use.

    Returns:
        The user.
    """
    user = User(email=new.email.lower(), name=new.name)
    if new.password is not None:
        user.hashed_password = hasher.hash(new.password.get_secret_value())
    session.add(user)
    try:
        session.commit()
    except IntegrityError:
        raise HTTPException(HTTPStatus.CONFLICT, "E-mail address is in use") from None
    session.refresh(user)
    logger.info("User %s created", user.id)
    return user


@app.post("/token")
def sign_in(
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    session: SessionDep,
    settings: SettingsDep,
) -> Token:
    """Exchange an e-mail address and a password for a token.

    Args:
        form: The address, as user name, and the password.
        session: Session of the request.
        settings: Hold the key and the time until the token expires.

    Raises:
        HTTPException: If the two do not belong to a user.

    Returns:
        The token.
    """
    user = find_user(session, form.username)
    verified = verify_password(form.password, user.hashed_password if user else None)
    if user is None or not verified:
        logger.warning("Sign-in refused")
        raise refuse("Invalid credentials")
    return Token(access_token=create_access_token(user.email, settings))


@app.get("/me", response_model=PublicUser)
def read_me(user: Annotated[User, Depends(get_current_user)]) -> User:
    """Tell who is signed in.

    Args:
        user: The user.

    Returns:
        The same user.
    """
    return user
