"""The query that the endpoint shows to those who have none."""

from typing import Final

EXAMPLE: Final = """\
PREFIX vndx: <https://w3id.org/vndx/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

# Các tỉnh, thành phố từ ngày 01/07/2025 · The provinces since 1 July 2025
SELECT ?code ?name WHERE {
  ?province a vndx:Province ;
    vndx:era <https://w3id.org/vndx/concept/era/2025> ;
    vndx:code ?code ;
    skos:prefLabel ?name .
  FILTER(lang(?name) = "vi")
}
ORDER BY ?code
"""
