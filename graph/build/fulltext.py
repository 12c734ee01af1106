"""The full-text index: one row an entity, in SQLite with FTS5.

Texts stand in the index twice: as they are, and folded (`graph.model.text.fold`), because FTS5's own
`remove_diacritics` does not fold đ. Whoever searches folds the query in the same way.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from graph.build.schema import Schema
from graph.model.namespaces import RDF, SKOS, VNDX
from graph.model.ntriples import split, token
from graph.model.ntriples_terms import literal_parts
from graph.model.text import fold

SCHEMA = """
CREATE TABLE entity(
  id INTEGER PRIMARY KEY,      -- also the rowid in entity_text
  iri TEXT NOT NULL UNIQUE,
  class TEXT NOT NULL,         -- the most specific own class, as IRI; the first one by name if several
  label_vi TEXT NOT NULL,      -- empty without one
  label_en TEXT NOT NULL,
  aliases TEXT NOT NULL,       -- JSON array of further names
  codes TEXT NOT NULL,         -- JSON array of official codes and other keys
  numbers TEXT NOT NULL        -- JSON array of document numbers
) STRICT;
CREATE INDEX entity_class ON entity(class);
CREATE TABLE entity_key(       -- codes and document numbers, folded, for exact look-ups
  key TEXT NOT NULL,
  id INTEGER NOT NULL REFERENCES entity(id),
  PRIMARY KEY (key, id)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE entity_text USING fts5(
  label, alias, code, number, label_folded, alias_folded,
  prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
);
"""

_TYPE = token(RDF["type"])
_LABEL = token(SKOS["prefLabel"])
_ALIASES = frozenset(
    token(term)
    for term in (SKOS["altLabel"], VNDX["officialName"], VNDX["name"], VNDX["title"], VNDX["displayedTitle"])
)
_CODES = frozenset(
    token(VNDX[name]) for name in ("code", "iso31662Code", "hascCode", "fipsCode", "nameAscii")
)
_NUMBERS = frozenset({token(VNDX["number"])})
_VERSION_OF = token(VNDX["versionOf"])


@dataclass
class Entity:
    """A row of the index.

    Attributes:
        iri: of the entity.
        classes: the classes that files state, as N-Triples terms.
        labels: preferred labels by language.
        aliases: other names.
        codes: official codes.
        numbers: document numbers.

    """

    iri: str
    classes: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    aliases: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)


Row = tuple[str, str, str, str, str, str, str]


def entities(texts: Iterable[bytes]) -> dict[str, Entity]:
    """Collect, by N-Triples term, what the index needs of each subject in the texts of some graphs.

    The names of a dated version of a unit count as names of the unit.
    """
    found: dict[str, Entity] = {}
    versions: dict[str, str] = {}
    for text in texts:
        for subject, predicate, value in split(text):
            if predicate in _READ:
                entity = found.get(subject)
                if entity is None:
                    entity = found[subject] = Entity(subject[1:-1])
                _collect(entity, predicate, value)
            elif predicate == _VERSION_OF:
                versions[subject] = value
    for version, versioned in versions.items():
        if version in found and versioned in found:
            found[versioned].aliases |= found[version].aliases
    return found


def rows(found: dict[str, Entity], schema: Schema) -> list[Row]:
    """Give the rows of the index, sorted by IRI: the entities that have a preferred label and a class."""
    return sorted(_row(entity, schema) for entity in found.values() if entity.labels and entity.classes)


def digest(index_rows: Iterable[Row]) -> str:
    """Give the SHA-256 of the rows and of the layout of the index."""
    result = hashlib.sha256(SCHEMA.encode())
    for row in index_rows:
        result.update("\x1f".join(row).encode() + b"\n")
    return result.hexdigest()


def write_index(path: Path, index_rows: Iterable[Row]) -> int:
    """Write the index and give the number of its entities.

    Raises:
        OSError: if the file cannot be written.

    """
    try:
        return _write(path, index_rows)
    except sqlite3.OperationalError as error:
        raise OSError(f"the full-text index {path.name} cannot be written: {error}") from error


def _write(path: Path, index_rows: Iterable[Row]) -> int:
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + SCHEMA)
        number = 0
        for number, row in enumerate(index_rows, start=1):
            _insert(database, number, row)
        database.execute("INSERT INTO entity_text(entity_text) VALUES ('optimize')")
        database.execute("COMMIT")
        database.execute("ANALYZE")
        database.execute("VACUUM")
    return number


_READ = frozenset({_TYPE, _LABEL}) | _ALIASES | _CODES | _NUMBERS


def _collect(entity: Entity, predicate: str, value: str) -> None:
    if predicate == _TYPE:
        entity.classes.add(value)
        return
    text, language = literal_parts(value)
    if predicate == _LABEL:
        entity.labels[language] = text
    elif predicate in _ALIASES:
        entity.aliases.add(text)
    elif predicate in _CODES:
        entity.codes.add(text)
    else:
        entity.numbers.add(text)


def _row(entity: Entity, schema: Schema) -> Row:
    own = [cls for cls in entity.classes if cls[1:-1].startswith(VNDX.iri)] or sorted(entity.classes)
    label_vi, label_en = entity.labels.get("vi", ""), entity.labels.get("en", "")
    aliases = sorted(entity.aliases - {label_vi, label_en})
    return (
        entity.iri,
        schema.most_specific(own)[0][1:-1],
        label_vi,
        label_en,
        json.dumps(aliases, ensure_ascii=False),
        json.dumps(sorted(entity.codes), ensure_ascii=False),
        json.dumps(sorted(entity.numbers), ensure_ascii=False),
    )


def _insert(database: sqlite3.Connection, number: int, row: Row) -> None:
    _, _, label_vi, label_en, *lists = row
    aliases, codes, numbers = (json.loads(values) for values in lists)
    labels = [label for label in (label_vi, label_en) if label]
    database.execute("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, *row))
    database.executemany(
        "INSERT INTO entity_key VALUES (?, ?)", sorted({(fold(key), number) for key in [*codes, *numbers]})
    )
    database.execute(
        "INSERT INTO entity_text(rowid, label, alias, code, number, label_folded, alias_folded)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, *map(_text, (labels, aliases, codes, numbers)), _folded(labels), _folded(aliases)),
    )


def _text(values: Iterable[str]) -> str:
    return "\n".join(values)


def _folded(values: Iterable[str]) -> str:
    return _text(_unique(fold(value) for value in values))


def _unique(values: Iterable[str]) -> Iterator[str]:
    yield from dict.fromkeys(values)
