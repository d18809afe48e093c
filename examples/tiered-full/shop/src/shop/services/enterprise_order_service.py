"""Use cases around orders that are paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shop.models.audit import AuditEntry
from shop.models.order import OrderStatus
from shop.services.order_service import OrderService

if TYPE_CHECKING:
    from shop.integrations.notification_service import NotificationService
    from shop.integrations.payment_gateway import PaymentGateway
    from shop.models.order import Order
    from shop.models.user import User
    from shop.monitoring.metrics import MetricsService
    from shop.monitoring.tracing import TracingService
    from shop.repositories.order_repository import OrderRepository
    from shop.schemas.order import CreateOrderRequest


class EnterpriseOrderService(OrderService):
    """Takes orders, with payment, audit trail, trace and confirmation."""

    def __init__(
        self,
        order_repo: OrderRepository,
        payment_gateway: PaymentGateway,
        notification_service: NotificationService,
        metrics: MetricsService,
        tracing: TracingService,
    ) -> None:
        """Keep what is needed.

        Args:
            order_repo: Keeps the orders.
            payment_gateway: Collects the money.
            notification_service: Has orders confirmed.
            metrics: Counts the orders.
            tracing: Records spans.
        """
        super().__init__(order_repo, metrics)
        self.payment_gateway = payment_gateway
        self.notification_service = notification_service
        self.tracing = tracing

    async def create_order(self, order_data: CreateOrderRequest, user: User) -> Order:
        """Take an order, and have it confirmed.

        Args:
            order_data: What is ordered.
            user: Who orders it.

        Raises:
            ExternalServiceError: If it cannot be stored or paid.

        Returns:
            The order.
        """
        with self.tracing.start_span("create_order", {"user_id": user.key}) as span:
            order = await super().create_order(order_data, user)
            span.set_attribute("order_id", order.key)
            await self.notification_service.send_order_confirmation(order)
            return order

    async def _process_order(self, order_data: CreateOrderRequest, user: User) -> Order:
        """Store an order, collect the money, and write both down.

        The order is stored first: should the payment fail, it stays behind as placed,
        and nobody has paid for an order that does not exist.

        Args:
            order_data: What is ordered.
            user: Who orders it.

        Raises:
            ExternalServiceError: If it cannot be stored or paid.

        Returns:
            The order.
        """
        order = await super()._process_order(order_data, user)
        order.payment_reference = await self.payment_gateway.charge(order)
        order.status = OrderStatus.PAID
        entry = AuditEntry(
            actor=user.email, action="order paid", subject=f"order {order.key}"
        )
        await self.order_repo.update(order, entry)
        return order
