"""What goes over the wire: the parameters, and statements with their evidence."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

MOST: int = 500

Iri = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Texts = dict[str, str]
"""A text by language."""


class EvidenceParameters(BaseModel):
    """What is asked: either what is said about a thing, or what one source says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: Iri | None = Field(
        None,
        description="the IRI of a thing: its own evidence, and that of every statement that refers to it",
        examples=["https://w3id.org/vndx/id/platform/c-thai-nguyen"],
    )
    source: Iri | None = Field(
        None,
        description="the IRI of a source: everything known from it, in the order of its text",
        examples=["https://w3id.org/vndx/id/source/004"],
    )
    limit: int = Field(50, ge=1, le=MOST, description="statements on a page", examples=[50])
    cursor: str | None = Field(
        None, max_length=400, description="where the page begins, as `next` or `previous` gave it"
    )

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if (self.about is None) == (self.source is None):
            raise ValueError("give either about or source, each an IRI of ours")
        return self


class Reference(BaseModel):
    """A thing that is referred to."""

    id: str
    type: list[str] = Field(default=[], description="its classes, by the names of the vocabulary")
    label: Texts = Field(default={}, description="by language")


class SourceModel(Reference):
    """A source: when it was published, by whom, where it is, and how far it is trusted."""

    published_date: str | None = Field(None, alias="publishedDate")
    published_not_before: str | None = Field(None, alias="publishedNotBefore")
    published_not_after: str | None = Field(None, alias="publishedNotAfter")
    publisher: list[str] = Field(default=[], description="as printed")
    url: list[str] = []
    trust: Reference | None = None


class FragmentModel(BaseModel):
    """Words of a source, at most 160 characters, and where they stand in its NFC text."""

    id: str
    source: str = Field(description="the IRI of the source; see `sources`")
    quote: list[str] = Field(description="the words")
    language: str | None = None
    start: int | None = Field(None, description="offset of the first character, from 0")
    end: int | None = Field(None, description="offset behind the last character")
    attests: list[Reference] = Field(
        default=[], description="the properties that the words back, where not the whole statement"
    )


class OpposedModel(Reference):
    """A statement in a conflict, and the sources that make it."""

    preferred: bool = Field(description="whether it is kept as the better reading")
    sources: list[str] = Field(description="the IRIs of its sources; see `sources` of the item")


class ConflictModel(Reference):
    """Statements that do not agree; all are kept."""

    kind: Reference | None = None
    note: dict[str, list[str]] = Field(default={}, description="what explains it, by language")
    statements: list[OpposedModel]


class StatementModel(BaseModel):
    """A statement: what says it, with which words, and what says otherwise."""

    statement: Reference
    relations: list[Reference] = Field(
        description="the properties by which it refers to the thing; empty for the thing itself"
    )
    evidence: list[FragmentModel] = Field(description="in the order of source and text")
    sources: list[SourceModel]
    conflicts: list[ConflictModel]


class EvidencePage(BaseModel):
    """A page of statements."""

    subject: Reference = Field(description="the thing, or the source, that was asked for")
    items: list[StatementModel]
    total: int
    limit: int
    next: str | None
    previous: str | None
    snapshot: str
