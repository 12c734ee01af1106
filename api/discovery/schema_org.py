"""The dataset in the vocabulary that dataset search engines read: schema.org as JSON-LD."""

from __future__ import annotations

from typing import Any

from graph.description.dcat import DESCRIPTION, KEYWORDS, LICENCE, CatalogueFacts
from graph.model.namespaces import BASE


def schema_org(facts: CatalogueFacts, credited: list[str]) -> dict[str, Any]:
    """Give the catalogue and the dataset as one JSON-LD document, to be served or put into a page.

    Args:
        facts: of the snapshot that is served.
        credited: who is to be credited, one line each.

    """
    root = facts.root
    dataset: dict[str, Any] = {
        "@type": "Dataset",
        "@id": f"{BASE}id/dataset/vndx",
        "name": "VNDX: đồ thị tri thức mở về chuyển đổi số của các tỉnh Việt Nam",
        "alternateName": "VNDX: the open knowledge graph of how Vietnam's provinces go digital",
        "description": f"{DESCRIPTION['vi']}\n\n{DESCRIPTION['en']}",
        "url": f"{root}/",
        "sameAs": f"{BASE}id/dataset/vndx",
        "identifier": f"{BASE}id/dataset/vndx",
        "keywords": [word for word, _ in KEYWORDS],
        "inLanguage": ["vi", "en"],
        "license": LICENCE.value,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "VNDX", "url": f"{root}/"},
        "spatialCoverage": {
            "@type": "Place",
            "name": "Việt Nam",
            "geo": {"@type": "GeoShape", "box": "8.18 102.14 23.39 109.46"},
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "contentUrl": f"{root}/dumps/{file.name}",
                "encodingFormat": [file.media_type, file.compression],
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in facts.files
            if not file.name.startswith("graphs/")
        ],
        "includedInDataCatalog": {"@id": f"{BASE}catalog"},
    }
    if credited:
        dataset["creditText"] = "; ".join(credited)
    if facts.version.id:
        dataset["version"] = facts.version.id
    if facts.version.created:
        dataset["dateModified"] = facts.version.created.isoformat(timespec="seconds")
    catalogue = {
        "@type": "DataCatalog",
        "@id": f"{BASE}catalog",
        "name": "Danh mục dữ liệu của VNDX",
        "url": f"{root}/catalog",
        "license": LICENCE.value,
        "dataset": {"@id": f"{BASE}id/dataset/vndx"},
    }
    return {"@context": "https://schema.org/", "@graph": [catalogue, dataset]}
