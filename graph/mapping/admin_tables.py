"""The tables of administrative units: their names, and the columns that the mappings read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.mapping.reader import Table, TableSet


@dataclass(frozen=True)
class TableSpec:
    """A table by name, and the columns it must have."""

    name: str
    columns: tuple[str, ...]

    def read(self, tables: TableSet) -> Table:
        """Give the table; a missing file or column is reported once and gives an empty table."""
        return tables.table(self.name, self.columns)


def _spec(name: str, columns: str) -> TableSpec:
    return TableSpec(f"admin/{name}", tuple(columns.split()))


UNIT_HISTORY: Final = _spec(
    "unit_history_2004_2025",
    "level code name_vi type parent_code full_name_vi valid_from valid_to basis_from note",
)
PROVINCES_PRE2025: Final = _spec(
    "provinces_pre2025",
    "code iso_3166_2 name_vi type name_en wikidata geonames lat lon full_name_vi name_ascii iso_name"
    " osm_relation wof_id hasc fips_gec successor_code_2025 version_until",
)
DISTRICTS_PRE2025: Final = _spec(
    "districts_pre2025",
    "code name_vi type parent_province_code full_name_vi name_ascii full_name_en wikidata wikidata_note"
    " lat lon version_from version_basis abolished_on abolition_basis",
)
COMMUNES_PRE2025: Final = _spec(
    "communes_pre2025",
    "code name_vi type parent_district_code full_name_vi name_ascii full_name_en alt_name_vi"
    " version_from version_basis",
)
PROVINCES_2025: Final = _spec(
    "provinces_2025",
    "code name_vi type name_en effective_from legal_basis admin_centre full_name_vi name_ascii change"
    " predecessor_codes wikidata_same_name_item geonames_same_name_item lat lon area_km2 population"
    " type_as_of_2026_11 type_change_from type_change_basis",
)
COMMUNES_2025: Final = _spec(
    "communes_2025",
    "code name_vi type parent_province_code full_name_vi name_ascii full_name_en change effective_from"
    " legal_basis legal_clause lat lon area_km2 type_as_of_2026_11 type_change_from type_change_basis",
)
PROVINCE_MERGERS: Final = _spec(
    "province_mergers", "old_code new_code legal_basis relation old_name_vi new_name_vi effective_from"
)
COMMUNE_MERGERS: Final = _spec(
    "commune_mergers",
    "old_commune_code new_commune_code share relation old_level nso_note legal_basis legal_clause"
    " effective_from source",
)
UNIT_CHANGES_2026: Final = _spec(
    "unit_changes_2026", "level code old_full_name_vi new_full_name_vi effective_from legal_basis"
)
LEGAL_DOCUMENTS: Final = _spec("legal_documents", "number title issued effective province_code_2025 source")
RESOLUTION_TOTALS: Final = _spec("resolution_totals", "province_code resolution total phuong xa dac_khu")
NAME_DISAGREEMENTS_2025: Final = _spec(
    "name_disagreements_2025", "code chosen tl_v3.0.2 nso_scrape_2026_02 nso_conversion_table 1027_CTK"
)
