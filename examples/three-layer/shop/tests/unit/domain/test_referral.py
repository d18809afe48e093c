"""Tests of the relationship between customers."""

from __future__ import annotations

import pytest

from shop.domain.errors import ConflictError, ValidationError
from shop.domain.relationships import Referral
from shop.domain.value_objects import CustomerStatus
from tests.fixtures.factories import CustomerFactory


class TestReferral:
    """A relationship has rules of its own."""

    def test_active_customer_refers_another(self) -> None:
        """The relationship knows both sides, and which is which."""
        referrer = CustomerFactory.build(status=CustomerStatus.ACTIVE)
        referred = CustomerFactory.build()
        referral = Referral.between(referrer, referred)
        assert referral.referrer_id == referrer.id
        assert referral.referred_id == referred.id

    @pytest.mark.parametrize(
        "status",
        [CustomerStatus.PENDING, CustomerStatus.SUSPENDED, CustomerStatus.CLOSED],
    )
    def test_others_cannot_refer(self, status: CustomerStatus) -> None:
        """Only those who do business with us bring in others.

        Args:
            status (CustomerStatus): Status of the first customer.
        """
        referrer = CustomerFactory.build(status=status)
        with pytest.raises(ConflictError, match="active customer"):
            Referral.between(referrer, CustomerFactory.build())

    def test_nobody_refers_themselves(self) -> None:
        """A relationship needs two."""
        customer = CustomerFactory.build(status=CustomerStatus.ACTIVE)
        with pytest.raises(ValidationError, match="themselves"):
            Referral.between(customer, customer)
