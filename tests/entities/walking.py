"""The contract of entity documents, checked for one entity after the other over HTTP."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from urllib.parse import urlsplit

from jsonschema_rs import Draft202012Validator
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from graph.vocabulary.files import CONTEXT, SCHEMAS

BASE = "https://w3id.org/vndx/"
ENTITY_KINDS = tuple(BASE + kind for kind in ("id/", "concept/", "graph/"))
# Counts of the graph itself: they say nothing in words.
PARTITIONS = BASE + "id/void/"
VOCABULARY = tuple(BASE + part for part in ("ontology", "shapes"))
MOST_BYTES = 1_000_000
MEDIA_TYPES = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "csv": "text/csv; charset=utf-8",
}
SYNTAXES = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
}
CONTEXT_IRI = f"{BASE}context/v1.jsonld"


@dataclass
class Reply:
    """What a server sent back."""

    status: int
    headers: HTTPResponse
    body: bytes

    def header(self, name: str) -> str:
        return self.headers.getheader(name, "")


@dataclass
class Walk:
    """Checks entities one by one; what is wrong is gathered as sentences.

    Attributes:
        base: the address of the server.
        store: the snapshot that it serves.
        problems: what is wrong.
        links: the own IRIs that occur in documents.

    """

    base: str
    store: Store
    problems: list[str] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    entities: int = 0

    def __post_init__(self) -> None:
        address = urlsplit(self.base)
        self._connection = HTTPConnection(str(address.hostname), address.port, timeout=60)

    def get(self, path: str, **headers: str) -> Reply:
        try:
            self._connection.request("GET", path, headers=headers)
            response = self._connection.getresponse()
        except RemoteDisconnected:  # the server ends a connection that was idle while a document was checked
            self._connection.close()
            self._connection.request("GET", path, headers=headers)
            response = self._connection.getresponse()
        return Reply(response.status, response, response.read())

    def check(self, iri: str) -> None:
        """Check all documents of an entity."""
        self.entities += 1
        name = name_of(iri)
        documents = {extension: self.get(f"/data/{name}.{extension}") for extension in MEDIA_TYPES}
        for extension, reply in documents.items():
            self._check_headers(iri, name, extension, reply)
        if any(reply.status != 200 for reply in documents.values()):
            return
        document = json.loads(documents["json"].body)
        try:
            found = {extension: triples_in(extension, reply.body) for extension, reply in documents.items()}
        except (SyntaxError, ValueError) as error:
            self.problems.append(f"{iri}: a document cannot be read: {error}")
            return
        turtle = found["ttl"]
        for extension, triples in found.items():
            if not same(triples, turtle):
                self.problems.append(f"{iri}: {extension} has other triples than ttl")
        self._check_whole(iri, document, turtle)
        self._check_schema(iri, document)
        self._check_identity(iri, name)
        self.links |= {iri for triple in turtle for iri in own_iris(triple)}

    def check_link(self, iri: str) -> None:
        """Check that an own IRI leads to a document."""
        parts = urlsplit(iri)
        reply = self.get(parts.path.removeprefix("/vndx"), accept="text/turtle")
        if reply.status not in (200, 303):
            self.problems.append(f"{iri} does not dereference: {reply.status}")

    def check_incoming(self, iri: str) -> None:
        """Check that the pages of links that the JSON names give as many as it says."""
        document = json.loads(self.get(f"/data/{name_of(iri)}.json").body)
        for key, kind in document["incoming"].items():
            page = json.loads(self.get(kind["url"]).body)
            listed = [item["id"] for item in page["items"]]
            if page["total"] != kind["count"] or len(listed) != min(kind["count"], page["limit"]):
                self.problems.append(f"{iri}: incoming {key}: {kind['count']}, but {page['total']} on pages")
            if "items" in kind and [item["id"] for item in kind["items"]] != listed:
                self.problems.append(f"{iri}: incoming {key}: the items differ from those of the page")

    def _check_headers(self, iri: str, name: str, extension: str, reply: Reply) -> None:
        expected = {
            "content-type": MEDIA_TYPES[extension],
            "access-control-allow-origin": "*",
            "cache-control": "public, no-cache",
            "content-location": "",
        }
        wrong = {key: reply.header(key) for key, value in expected.items() if reply.header(key) != value}
        if reply.status != 200 or wrong:
            self.problems.append(f"{iri}: {extension} is {reply.status} with {wrong}")
        if not reply.header("etag").startswith('"'):
            self.problems.append(f"{iri}: {extension} has no strong ETag")
        if not iri.startswith(PARTITIONS) and not reply.header("content-language"):
            self.problems.append(f"{iri}: {extension} has no Content-Language")
        if len(reply.body) > MOST_BYTES:
            self.problems.append(f"{iri}: {extension} has {len(reply.body)} bytes")
        link = reply.header("link")
        for other, media_type in {**MEDIA_TYPES, "html": "text/html"}.items():
            plain = media_type.partition(";")[0]
            target = f"/page/{name}" if other == "html" else f"/data/{name}.{other}"
            if (f'<{target}>; rel="alternate"; type="{plain}"' in link) != (other != extension):
                self.problems.append(f"{iri}: {extension} has wrong links to {other}")
        for wanted in (f'<{iri}>; rel="canonical"', '</ontology>; rel="describedby"', 'rel="license"'):
            if wanted not in link:
                self.problems.append(f"{iri}: {extension} lacks the link {wanted}")

    def _check_whole(self, iri: str, document: dict[str, object], turtle: set[Triple]) -> None:
        """Check that all that is said of an entity is in its document, but for what it says is omitted."""
        said = {q.triple for q in self.store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph())}
        if not (said <= turtle or "omitted" in document):
            self.problems.append(f"{iri}: {len(said - turtle)} triples are missing")
        of_the_graph = all(self.store.quads_for_pattern(*parts(t), DefaultGraph()) for t in turtle)
        if not of_the_graph:
            self.problems.append(f"{iri}: there are triples that are not in the graph")

    def _check_schema(self, iri: str, document: dict[str, object]) -> None:
        names = [name for name in document.get("type", []) if name in classes_with_schema()]  # type: ignore[attr-defined]
        for name in names or ["Entity"]:
            for error in validator(name).iter_errors(document):
                place = "/".join(map(str, error.instance_path))
                self.problems.append(
                    f"{iri}: {place} does not fit the schema of {name}: {error.message[:200]}"
                )

    def _check_identity(self, iri: str, name: str) -> None:
        reply = self.get(urlsplit(iri).path.removeprefix("/vndx"), accept="text/turtle")
        if (reply.status, reply.header("location")) != (303, f"/data/{name}.ttl"):
            self.problems.append(f"{iri}: {reply.status} leads to {reply.header('location')}")


def name_of(iri: str) -> str:
    return iri.removeprefix(BASE).removeprefix("id/")


def parts(triple: Triple) -> tuple[object, object, object]:
    return triple.subject, triple.predicate, triple.object


def same(one: set[Triple], other: set[Triple]) -> bool:
    """Say whether two sets are the same; entities have no blank nodes, so that this is isomorphism."""
    return one == other and not any(isinstance(t.object, BlankNode) for t in one)


def own_iris(triple: Triple) -> Iterator[str]:
    for term in parts(triple):
        if isinstance(term, NamedNode) and term.value.startswith(BASE):
            yield term.value


@cache
def context() -> dict[str, object]:
    found = json.loads(CONTEXT.read_bytes())["@context"]
    assert isinstance(found, dict)
    return found


@cache
def classes_with_schema() -> frozenset[str]:
    return frozenset(name for name, found in schema_file()["$defs"].items() if "title" in found)


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({**schema_file(), "$ref": f"#/$defs/{name}"})


@cache
def schema_file() -> dict[str, dict[str, dict[str, object]]]:
    found = json.loads(SCHEMAS.read_bytes())
    assert isinstance(found, dict)
    return found


def triples_in(extension: str, body: bytes) -> set[Triple]:
    """Read the triples of a document, whichever format it is in."""
    if extension == "csv":
        return set(rows_in(body))
    if extension in ("json", "jsonld"):
        document = json.loads(body)
        assert document["@context"] == CONTEXT_IRI
        text = json.dumps(document | {"@context": context()})
        return {quad.triple for quad in parse(text, RdfFormat.JSON_LD)}
    quads = list(parse(body, SYNTAXES[extension]))
    graphs = {str(quad.graph_name) for quad in quads}
    if (extension == "trig") != all(graph.startswith(f"<{BASE}graph/") for graph in graphs):
        raise ValueError(f"{extension} has the graphs {graphs}")
    return {quad.triple for quad in quads}


def rows_in(body: bytes) -> Iterator[Triple]:
    for row in csv.DictReader(io.StringIO(body.decode(), newline="")):
        value: NamedNode | Literal
        if row["kind"] == "iri":
            value = NamedNode(row["object"])
        elif row["language"]:
            value = Literal(row["object"], language=row["language"])
        else:
            value = Literal(row["object"], datatype=NamedNode(row["datatype"]))
        yield Triple(NamedNode(row["subject"]), NamedNode(row["predicate"]), value)
