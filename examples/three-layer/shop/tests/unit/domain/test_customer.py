"""Tests of customers as entities."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, strategies

from shop.domain.entities import Customer
from shop.domain.errors import ConflictError, ValidationError
from shop.domain.rules import (
    CUSTOMER_TRANSITIONS,
    NAME_MAX_LENGTH,
    clean_name,
)
from shop.domain.value_objects import EMAIL_MAX_LENGTH, CustomerStatus, EmailAddress
from tests.fixtures.factories import CustomerFactory

WORDS = strategies.lists(
    strategies.text(strategies.characters(categories=["L", "N", "P"]), min_size=1),
    min_size=1,
).filter(lambda words: len(" ".join(words)) <= NAME_MAX_LENGTH)
LABELS = strategies.from_regex(r"[a-z0-9]{1,20}", fullmatch=True)
ADDRESSES = strategies.builds("{}@{}.{}".format, LABELS, LABELS, LABELS)


class TestCustomerEntity:
    """A customer is valid from the beginning, and stays valid."""

    def test_customer_creation_with_valid_data(self) -> None:
        """Case and needless blanks of what was typed do not matter."""
        customer = Customer.register("  Ada   Lovelace ", " Ada@Example.COM ")
        assert customer.name == "Ada Lovelace"
        assert customer.email == EmailAddress("ada@example.com")
        assert customer.status is CustomerStatus.PENDING
        assert customer.created_at.tzinfo is dt.UTC

    @pytest.mark.parametrize(
        "name", ["", " \t", "x" * (NAME_MAX_LENGTH + 1), "Ada\x00Lovelace"]
    )
    def test_customer_business_rules_validation(self, name: str) -> None:
        """A name can be shown in a line.

        Args:
            name (str): The unfit name.
        """
        with pytest.raises(ValidationError, match="Name "):
            Customer.register(name, "ada@example.com")

    def test_unclean_data_is_refused(self) -> None:
        """Nobody can go around the rules with the constructor."""
        with pytest.raises(ValidationError, match="needless blanks"):
            CustomerFactory.build(name=" Ada")
        naive = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
        with pytest.raises(ValidationError, match="time zone"):
            CustomerFactory.build(created_at=naive)

    def test_customer_does_not_change(self) -> None:
        """A step makes a new object; the old one stays as it was."""
        customer = CustomerFactory.build()
        active = customer.move_to(CustomerStatus.ACTIVE)
        assert customer.status is CustomerStatus.PENDING
        assert active == dataclasses.replace(customer, status=CustomerStatus.ACTIVE)

    def test_representation_hides_personal_data(self) -> None:
        """A customer can be logged by accident without harm."""
        customer = CustomerFactory.build(name="Ada")
        assert "Ada" not in repr(customer)
        assert customer.email.value not in repr(customer)

    @given(WORDS)
    def test_cleaning_a_name_twice_changes_nothing(self, words: list[str]) -> None:
        """Whatever the blanks between the words, one form of the name is kept.

        Args:
            words (list[str]): Words of a name.
        """
        name = clean_name(" \t ".join(words))
        assert name == " ".join(words)
        assert clean_name(name) == name

    @given(
        current=strategies.sampled_from(CustomerStatus),
        target=strategies.sampled_from(CustomerStatus),
    )
    def test_only_listed_transitions_are_made(
        self, current: CustomerStatus, target: CustomerStatus
    ) -> None:
        """A customer gets where the rules lead, and nowhere else.

        Args:
            current (CustomerStatus): The status now.
            target (CustomerStatus): The status to be.
        """
        customer = CustomerFactory.build(status=current)
        if target in CUSTOMER_TRANSITIONS[current]:
            assert customer.move_to(target).status is target
        else:
            with pytest.raises(ConflictError, match=f"{current} cannot become"):
                customer.move_to(target)

    @given(strategies.sampled_from(CustomerStatus))
    def test_closed_is_the_only_end(self, status: CustomerStatus) -> None:
        """From every other status there is a way on, and a way to the end.

        Args:
            status (CustomerStatus): The status.
        """
        onward = CUSTOMER_TRANSITIONS[status]
        assert (CustomerStatus.CLOSED in onward) is (
            status is not CustomerStatus.CLOSED
        )


class TestEmailAddress:
    """There is one form of an address."""

    @given(ADDRESSES)
    def test_address_is_read_in_any_case(self, text: str) -> None:
        """Case and surrounding blanks do not matter.

        Args:
            text (str): The address in lower case.
        """
        assert EmailAddress.parse(f" {text.upper()} ") == EmailAddress(text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "ada",
            "ada@",
            "@example.com",
            "ada@example",
            "a da@example.com",
            "a\x00da@example.com",
        ],
    )
    def test_malformed_address_is_refused(self, text: str) -> None:
        """What cannot be an address is none.

        Args:
            text (str): The malformed address.
        """
        with pytest.raises(ValidationError, match="malformed"):
            EmailAddress.parse(text)

    def test_overlong_address_is_refused(self) -> None:
        """An address fits into its column."""
        with pytest.raises(ValidationError, match="longer than"):
            EmailAddress("a" * EMAIL_MAX_LENGTH + "@example.com")
