"""Absolute addresses, for documents in which a path is not enough."""

from __future__ import annotations

from fastapi import Request

from api.services import Services


def service_root(services: Services, request: Request) -> str:
    """Give where the service is, without a slash at its end.

    That is the configured public base, else the socket that the request came to; never what the Host
    header says.
    """
    if services.addresses.root:
        return services.addresses.root
    host, port = request.scope.get("server") or ("127.0.0.1", None)
    shown = f"[{host}]" if ":" in host else host
    return f"{request.scope['scheme']}://{shown}{f':{port}' if port else ''}"
