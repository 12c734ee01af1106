"""The layout of the index: what `graph.build` writes and search reads."""

from __future__ import annotations

import hashlib
from typing import Final

SCHEMA: Final = """
CREATE TABLE entity(
  id INTEGER PRIMARY KEY,      -- the prior and a hash of the IRI; also the rowid in entity_text
  iri TEXT NOT NULL UNIQUE,
  class TEXT NOT NULL,         -- the most specific own class, as IRI; the first one by name if several
  era TEXT NOT NULL,           -- of units: 2004, 2025
  valid_from TEXT NOT NULL,    -- empty if unknown
  valid_to TEXT NOT NULL,      -- the first day on which it is valid no more; empty without one
  provinces TEXT NOT NULL      -- IRIs, each between spaces
) STRICT;
CREATE TABLE display(
  id INTEGER PRIMARY KEY REFERENCES entity(id),
  label_vi TEXT NOT NULL,      -- empty without one
  label_en TEXT NOT NULL,
  description_vi TEXT NOT NULL,
  description_en TEXT NOT NULL,
  digest TEXT NOT NULL         -- of everything that the row was made of
) STRICT;
CREATE TABLE name(
  id INTEGER NOT NULL REFERENCES entity(id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,          -- label, alias, title, code, number
  text TEXT NOT NULL,          -- as it is
  key TEXT NOT NULL,           -- its folded words
  PRIMARY KEY (id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE name_key(         -- names by their folded words without spaces
  compact TEXT NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (compact, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_key_id ON name_key(id);
CREATE TABLE document_number(
  serial INTEGER NOT NULL,
  id INTEGER NOT NULL,
  symbols TEXT NOT NULL,       -- folded, sorted, between spaces
  year TEXT NOT NULL,          -- empty without one
  PRIMARY KEY (serial, id, symbols, year)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_number_id ON document_number(id);
CREATE TABLE class(
  iri TEXT PRIMARY KEY,
  label_vi TEXT NOT NULL,
  label_en TEXT NOT NULL,
  line TEXT NOT NULL           -- JSON array of IRIs: its own, then those of classes above it
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE entity_text USING fts5(
  name, context, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE word USING fts5vocab(entity_text, 'col');
"""

LAYOUT: Final = int.from_bytes(hashlib.sha256(SCHEMA.encode()).digest()[:3], "big")
"""Tells this layout from others; an index has it as its ``user_version``."""
