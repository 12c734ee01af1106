"""JSON Schemas of entity JSON, one for each class: made from the ontology, the shapes and the context.

``python -m graph.vocabulary.json_schema`` writes ``ontology/json-schemas.json``, ``--check`` only says
whether it is up to date. The file is one JSON Schema (draft 2020-12) with the classes under ``$defs``.
For each class

- the properties are those that its closed shape allows, what the ontology infers from these (properties
  above them and inverse ones), and those whose domain the class is; no others;
- how a value is written follows from the context (`graph.vocabulary.json_ld_context`);
- those are required that its shapes require of every instance.

Patterns and value ranges of the shapes are left to SHACL: their regular expressions are of another kind.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph.model.namespaces import PREFIXES, VNDX
from graph.vocabulary.files import CONTEXT, ONTOLOGY, REUSED_TERMS, SCHEMAS, SHAPES, read_turtle
from graph.vocabulary.json_schema_parts import (
    ALWAYS,
    ENTITY,
    PLAIN_TYPES,
    REQUIRED,
    SCHEMA_BASE,
    SCHEMA_DIALECT,
    SHARED,
    STRING,
    Schema,
)


class SchemaMaker:
    """Makes the schemas.

    Args:
        ontology: own terms, and the terms of other vocabularies that are used.
        shapes: the SHACL shapes.
        context: the value of ``@context``.

    """

    def __init__(self, ontology: Graph, shapes: Graph, context: Mapping[str, Any]) -> None:
        self._ontology = ontology
        self._shapes = shapes
        self._types = {
            _expand(value): key
            for key, value in context.items()
            if isinstance(value, str) and key not in PREFIXES and not value.startswith("@")
        }
        self._terms = {
            _expand(value["@id"]): (key, value) for key, value in context.items() if isinstance(value, dict)
        }
        self._values: dict[str, Schema] = {}
        self._properties = sorted(
            {
                found
                for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
                for found in ontology.subjects(RDF.type, kind)
                if isinstance(found, URIRef)
            }
        )

        closed = (URIRef(iri) for iri in self._types)
        stated = {found for cls in closed for allowed in self._closed_lists(cls) for found in allowed}
        # Own properties that no shape allows and no domain restricts: rules give them to things of any class.
        free = {found for found in self._properties if not self._domains(found)}
        self._of_rules = {found for found in free if found.startswith(VNDX.iri)} - stated

    def schemas(self) -> dict[str, Schema]:
        """Give the schema of each class that has a closed shape, by its key in the context."""
        return {
            name: self._schema(URIRef(iri), name)
            for iri, name in sorted(self._types.items(), key=lambda found: found[1])
            if self._closed_lists(URIRef(iri))
        }

    def values(self) -> dict[str, Schema]:
        """Give the schemas of the values of the properties that the schemas of classes refer to."""
        return dict(sorted(self._values.items()))

    def _schema(self, cls: URIRef, name: str) -> Schema:
        properties: Schema = {
            **ALWAYS,
            "type": {"allOf": [{"$ref": "#/$defs/Types"}, {"contains": {"const": name}}]},
        }
        for predicate in sorted(self._allowed(cls) - {RDF.type}):
            key, schema = self._value(predicate)
            reference = f"property.{key.replace(':', '.')}"
            self._values[reference] = schema
            properties[key] = {"$ref": f"#/$defs/{reference}"}
        required = {
            key for predicate in self._required(cls) if (key := self._value(predicate)[0]) in properties
        }
        return {
            "title": name,
            **self._described(cls),
            "type": "object",
            "required": [*REQUIRED, "type", *sorted(required - {"type"})],
            "properties": properties,
            "additionalProperties": False,
        }

    def _value(self, predicate: URIRef) -> tuple[str, Schema]:
        """Give the key of a property and the schema of what stands under it."""
        if str(predicate) not in self._terms:
            return _compact(predicate), {
                **self._described(predicate),
                "type": "array",
                "items": {"$ref": "#/$defs/Value"},
            }
        key, definition = self._terms[str(predicate)]
        described = self._described(predicate)
        container = definition.get("@container", [])
        many = "@set" in container
        if "@language" in container:
            return key, {**described, "$ref": "#/$defs/Texts" if many else "#/$defs/Text"}
        one = self._one_value(definition, predicate)
        return key, {**described, "type": "array", "items": one, "minItems": 1} if many else {
            **described,
            **one,
        }

    def _one_value(self, definition: Mapping[str, Any], predicate: URIRef) -> Schema:
        kind = definition.get("@type", "")
        if kind == "@id":
            return {"$ref": "#/$defs/Node"}
        if kind in PLAIN_TYPES:
            return dict(PLAIN_TYPES[kind])
        allowed = [
            value for shape in self._shapes.subjects(SH.path, predicate) for value in self._listed(shape)
        ]
        if allowed and not kind:
            return {"enum": sorted(set(allowed))}
        if not kind and self._ontology.value(predicate, RDFS.range) == XSD.string:
            return dict(STRING)
        return (
            {"$ref": "#/$defs/Value"} if kind is None else {"anyOf": [STRING, {"$ref": "#/$defs/TypedValue"}]}
        )

    def _listed(self, shape: Node) -> Iterator[str]:
        """Go through the texts that a shape gives as the only ones."""
        found = self._shapes.value(shape, SH["in"])
        for value in Collection(self._shapes, found) if found is not None else ():
            if isinstance(value, Literal):
                yield str(value)

    def _allowed(self, cls: URIRef) -> set[URIRef]:
        """Give the properties that instances of a class may have."""
        lists = self._closed_lists(cls)
        stated = set.intersection(*lists)
        kin = self._above(cls)
        inferred = {found for found in self._properties if self._domains(found) & kin}
        inferred |= self._of_rules
        for predicate in self._properties:
            range_ = self._ontology.value(predicate, RDFS.range)
            if range_ is None or self._classes(range_) & kin:
                inferred |= set(self._uris(self._ontology.objects(predicate, OWL.inverseOf)))
                inferred |= set(self._uris(self._ontology.subjects(OWL.inverseOf, predicate)))
        allowed = stated | inferred
        above = {
            up for found in allowed for up in self._ontology.transitive_objects(found, RDFS.subPropertyOf)
        }
        return allowed | set(self._uris(above)) | {RDFS.label, SKOS.prefLabel}

    def _closed_lists(self, cls: URIRef) -> list[set[URIRef]]:
        """Give the lists of allowed properties of the closed shapes that instances of a class must fit."""
        lists = []
        for ancestor in self._above(cls):
            for shape in self._shapes.subjects(SH.targetClass, ancestor):
                if self._shapes.value(shape, SH.closed) == Literal(lexical_or_value=True):
                    head = self._shapes.value(shape, SH.ignoredProperties)
                    ignored = set(self._uris(Collection(self._shapes, head))) if head is not None else set()
                    properties = self._shapes.objects(shape, SH.property)
                    paths = self._uris(self._shapes.value(found, SH.path) for found in properties)
                    lists.append(ignored | set(paths))
        return lists

    def _required(self, cls: URIRef) -> Iterator[URIRef]:
        """Go through the properties that shapes require of every instance of a class."""
        for ancestor in self._above(cls):
            for shape in self._shapes.subjects(SH.targetClass, ancestor):
                for found in (shape, *self._shapes.objects(shape, SH.property)):
                    path = self._shapes.value(found, SH.path)
                    least = self._shapes.value(found, SH.minCount)
                    is_violation = self._shapes.value(found, SH.severity) in (None, SH.Violation)
                    if isinstance(path, URIRef) and is_violation and int(str(least or 0)) > 0:
                        yield path

    def _above(self, cls: URIRef) -> set[URIRef]:
        """Give a class and those above it."""
        return set(self._uris(self._ontology.transitive_objects(cls, RDFS.subClassOf)))

    def _domains(self, predicate: URIRef) -> set[URIRef]:
        return {
            found
            for domain in self._ontology.objects(predicate, RDFS.domain)
            for found in self._classes(domain)
        }

    def _classes(self, node: Node) -> set[URIRef]:
        """Give the classes that a class expression names: itself, or the members of a union."""
        if isinstance(node, URIRef):
            return {node}
        union = self._ontology.value(node, OWL.unionOf) if isinstance(node, BNode) else None
        return set(self._uris(Collection(self._ontology, union))) if union is not None else set()

    def _described(self, term: URIRef) -> Schema:
        """Give the description of a term: its definition in English, if it has one."""
        texts = (self._ontology.objects(term, found) for found in (SKOS.definition, RDFS.comment))
        english = [str(text) for found in texts for text in found if getattr(text, "language", "") == "en"]
        return {"description": min(english)} if english else {}

    @staticmethod
    def _uris(nodes: Iterable[Node | None]) -> Iterator[URIRef]:
        return (node for node in nodes if isinstance(node, URIRef))


def make_schemas(ontology: Graph, shapes: Graph, context: Mapping[str, Any]) -> Schema:
    """Give the document with the schemas of all classes under ``$defs``."""
    maker = SchemaMaker(ontology, shapes, context)
    classes = maker.schemas()
    entity = {
        "title": ENTITY,
        "description": "The JSON document of any entity.",
        "type": "object",
        "required": list(REQUIRED),
        "properties": dict(ALWAYS),
    }
    return {
        "$schema": SCHEMA_DIALECT,
        "$id": f"{SCHEMA_BASE}.json",
        "title": "Entity JSON of VNDX",
        "$ref": f"#/$defs/{ENTITY}",
        "$defs": {**SHARED, **maker.values(), ENTITY: entity, **classes},
    }


def render(schemas: Schema) -> str:
    """Give the text of the document, one definition a line."""
    head = {key: value for key, value in schemas.items() if key != "$defs"}
    start = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(found, ensure_ascii=False)}"
        for name, found in schemas["$defs"].items()
    )
    return f'{start},\n "$defs": {{\n{lines}\n }}\n}}\n'


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else name


def _compact(term: URIRef) -> str:
    for prefix, namespace in PREFIXES.items():
        if term.startswith(namespace):
            return f"{prefix}:{term.removeprefix(namespace)}"
    return str(term)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the schemas, or check them; give 0 when they are up to date in the end."""
    parser = argparse.ArgumentParser(
        prog="json_schema", description="Make ontology/json-schemas.json from ontology, shapes and context."
    )
    parser.add_argument("--check", action="store_true", help="write nothing, fail if it is out of date")
    options = parser.parse_args(arguments)
    context = json.loads(CONTEXT.read_bytes())["@context"]
    shapes = read_turtle(sorted(SHAPES.glob("*.ttl")))
    wanted = render(make_schemas(read_turtle([ONTOLOGY, REUSED_TERMS]), shapes, context))
    if SCHEMAS.is_file() and SCHEMAS.read_text(encoding="utf-8") == wanted:
        return 0
    if options.check:
        sys.stderr.write(f"{SCHEMAS.name} is out of date: run python -m graph.vocabulary.json_schema\n")
        return 1
    SCHEMAS.write_text(wanted, encoding="utf-8")
    sys.stdout.write(f"{SCHEMAS.name} written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
