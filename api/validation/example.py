"""RDF to try a validation with: a platform of which the kind is missing."""

from typing import Final

EXAMPLE: Final = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vndx: <https://w3id.org/vndx/ontology#> .

<https://w3id.org/vndx/id/platform/example> a vndx:Platform ;
    skos:prefLabel "Nền tảng ví dụ"@vi .
"""
