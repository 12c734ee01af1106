"""What is said of figures and provinces in a language: in the same words wherever they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from api.map.figures import EXACT, STATED, Cell, Figure, Measure
from api.map.queries import Point
from api.pages.formatting import number_text
from graph.model.namespaces import BASE, ID

_SIGNS: Final = {EXACT: "", "<=": "≤ ", ">=": "≥ ", "<": "< ", ">": "> "}
_ABOUT: Final = "≈ "
_MEASURES: Final = {
    Measure.RANK: {"vi": "Thứ hạng", "en": "Rank"},
    Measure.VALUE: {"vi": "Điểm", "en": "Score"},
    Measure.GRADE: {"vi": "Xếp loại", "en": "Grade"},
}
_STATUSES: Final = {
    "derived": {"vi": "suy ra", "en": "derived"},
    "doubtful": {"vi": "đáng ngờ", "en": "doubtful"},
    "disputed": {"vi": "có tranh chấp", "en": "disputed"},
}
_SAID: Final = {
    Measure.RANK: {"vi": "thứ {amount}/{basis}", "en": "rank {amount} of {basis}"},
    Measure.VALUE: {"vi": "{amount} điểm", "en": "{amount} points"},
    Measure.GRADE: {"vi": "loại {amount}", "en": "grade {amount}"},
}
_MISSING: Final = {"vi": "chưa có số liệu", "en": "no figure yet"}
_ANOTHER: Final = {"vi": "nguồn khác", "en": "another source"}
_PROVINCES: Final = {"vi": "{basis} tỉnh, thành phố", "en": "{basis} provinces"}


class Wording:
    """The words of a language.

    Args:
        language: ``vi`` or ``en``.

    """

    def __init__(self, language: str) -> None:
        self._language = language

    @property
    def missing(self) -> str:
        """Say that there is no figure."""
        return _MISSING[self._language]

    def label(self, labels: Mapping[str, str]) -> str:
        """Give the label in the language, else another; empty if there is none."""
        return labels.get(self._language) or next(iter(labels.values()), "")

    def title(self, labels: Mapping[str, str]) -> str:
        """Give the label as it begins a line."""
        label = self.label(labels)
        return label[:1].upper() + label[1:]

    def place(self, point: Point) -> str:
        """Give the name of a unit."""
        return point.name if self._language == "vi" else point.labels.get(self._language, point.name)

    def provinces(self, basis: int) -> str:
        """Say how many provinces an edition is of."""
        return _PROVINCES[self._language].format(basis=basis)

    def measure(self, measure: Measure) -> str:
        """Say how something is measured."""
        return _MEASURES[measure][self._language]

    def status(self, key: str) -> str:
        """Say how far a figure can be relied on."""
        return _STATUSES.get(key, {}).get(self._language, key)

    def amount(self, figure: Figure) -> str:
        """Give a number or grade, with a sign if it is not exact."""
        content = figure.grade if figure.number is None else number_text(figure.number, self._language)
        return _SIGNS.get(figure.comparator, _ABOUT) + content

    def said(self, cell: Cell | None, basis: int) -> str:
        """Say what is known of a province in an edition, in a few words."""
        if cell is None:
            return self.missing
        figure = cell.figure
        text = _SAID[figure.measure][self._language].format(amount=self.amount(figure), basis=basis)
        if figure.status != STATED:
            text += f" ({self.status(figure.status)})"
        if cell.others:
            others = ", ".join(map(self.amount, cell.others))
            text += f" ({_ANOTHER[self._language]}: {others})"
        return text


def page_of(iri: str) -> str:
    """Give the path of the page of a thing or concept of ours."""
    return "/page/" + iri.removeprefix(ID.iri).removeprefix(BASE)
