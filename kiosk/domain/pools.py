"""Pools: who may call a waiting ticket. "s:HT" is any counter of the service, "c:3" only that counter."""

from __future__ import annotations

from kiosk.domain.service import Office

SERVICE, COUNTER = "s:", "c:"


def service_pool(service: str) -> str:
    return f"{SERVICE}{service}"


def counter_pool(counter: str) -> str:
    return f"{COUNTER}{counter}"


def counter_of_pool(pool: str) -> str | None:
    """The only counter that may call from the pool; None for a pool of a service."""
    return pool.removeprefix(COUNTER) if pool.startswith(COUNTER) else None


def pools_of(office: Office, counter: str) -> list[str]:
    """The pools a counter calls from: its own, then those of its services. Raises UnknownCounter."""
    return [counter_pool(counter), *(service_pool(service) for service in office.counter(counter).services)]
