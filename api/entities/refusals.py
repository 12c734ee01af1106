"""What is answered where there is no document: the thing is unknown, has been retired, or is elsewhere."""

from __future__ import annotations

from pyoxigraph import NamedNode
from starlette.responses import Response

from api.addresses import iri_of
from api.entities.content import Unknown
from api.entities.description import Description
from api.problems import ProblemError
from api.representation import REVALIDATE, Link
from api.services import Services
from graph.model.namespaces import DCTERMS


def refuse_retired(description: Description) -> None:
    """Raise the problem that says so if a thing has been retired, with what replaces it."""
    if not description.retired:
        return
    successors = [
        found.value for found in description.values(DCTERMS["isReplacedBy"]) if isinstance(found, NamedNode)
    ]
    detail = f"<{description.node.value}> has been retired"
    detail += f"; see {', '.join(successors)}" if successors else ""
    links = ", ".join(str(Link(found, "successor-version")) for found in successors)
    raise ProblemError("gone", detail, {"replacedBy": successors}, {"Link": links} if links else {})


def moved_to(address: str) -> Response:
    """Lead to where something is for good."""
    return Response(status_code=308, headers={"Location": address, "Cache-Control": REVALIDATE})


def unknown(services: Services, name: str, found: Unknown) -> ProblemError:
    """Give the problem that nothing is known of a name, with what was perhaps meant."""
    hint = "names are in lower case, e.g. unit/2025/19 or platform/c-thai-nguyen"
    if found.similar:
        hint = f"did you mean {', '.join(found.similar)}?"
    similar = [{"id": iri_of(other), "url": services.addresses.identity(other)} for other in found.similar]
    return ProblemError(
        "not-found", f"nothing is known of {name!r}; {hint}", {"similar": similar} if similar else {}
    )
