"""A small gazetteer: Thái Nguyên and its surroundings, before and after 2025, and units of like names."""

from __future__ import annotations

from datetime import date

from graph.matching.gazetteer import Gazetteer, Share, Succession, Unit, Version

REFORM = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)
TODAY = date(2026, 11, 21)
_BASE = "https://w3id.org/vndx/id/unit/"


def iri(key: str) -> str:
    """Give the IRI of a unit, e.g. of ``2004/19``."""
    return _BASE + key


def _unit(key: str, level: int, name: str, kind: str, parent: str = "", **more: object) -> Unit:
    era, code = key.split("/")
    words = {
        "tinh": "Tỉnh",
        "huyen": "Huyện",
        "thi-xa": "Thị xã",
        "xa": "Xã",
        "phuong": "Phường",
        "quan": "Quận",
    }
    official = f"{words.get(kind, 'Thành phố')} {name}"
    start, end = (None, REFORM) if era == "2004" else (REFORM, None)
    version = Version(name, official, kind, iri(parent) if parent else "", start, end)
    return Unit(iri(key), era, code, level, (version,), official, **more)  # type: ignore[arg-type]


def _pho_yen() -> Unit:
    days = (None, date(2015, 5, 16), date(2022, 4, 10), REFORM)
    kinds = ("huyen", "thi-xa", "thanh-pho-thuoc-tinh")
    names = ("Huyện Phổ Yên", "Thị xã Phổ Yên", "Thành phố Phổ Yên")
    versions = tuple(
        Version("Phổ Yên", official, kind, iri("2004/19"), start, end)
        for official, kind, start, end in zip(names, kinds, days, days[1:], strict=False)
    )
    return Unit(iri("2004/172"), "2004", "172", 2, versions, names[-1])


def small_gazetteer() -> Gazetteer:
    """Make the gazetteer."""
    units = (
        _unit("2004/19", 1, "Thái Nguyên", "tinh", identifiers=("VN-69",)),
        _unit("2025/19", 1, "Thái Nguyên", "tinh"),
        _unit("2004/06", 1, "Bắc Kạn", "tinh"),
        _unit("2004/15", 1, "Yên Bái", "tinh"),
        _unit("2025/15", 1, "Lào Cai", "tinh"),
        _unit("2004/66", 1, "Đắk Lắk", "tinh"),
        _unit("2004/77", 1, "Bà Rịa - Vũng Tàu", "tinh"),
        _unit("2004/79", 1, "Hồ Chí Minh", "thanh-pho-truc-thuoc-trung-uong"),
        _unit("2025/79", 1, "Hồ Chí Minh", "thanh-pho-truc-thuoc-trung-uong"),
        _unit("2004/38", 1, "Thanh Hóa", "tinh"),
        _unit("2004/407", 2, "Tĩnh Gia", "huyen", "2004/38"),
        _unit("2004/760", 2, "1", "quan", "2004/79"),
        _unit("2004/164", 2, "Thái Nguyên", "thanh-pho-thuoc-tinh", "2004/19"),
        _unit("2004/170", 2, "Võ Nhai", "huyen", "2004/19"),
        _pho_yen(),
        _unit("2004/05719", 3, "Sảng Mộc", "xa", "2004/170"),
        _unit("2004/05728", 3, "Thượng Nung", "xa", "2004/170"),
        _unit("2025/05719", 3, "Sảng Mộc", "xa", "2025/19"),
        _unit("2025/05716", 3, "Võ Nhai", "xa", "2025/19"),
        _unit("2004/05467", 3, "Tân Lập", "phuong", "2004/164"),
        _unit("2004/01999", 3, "Tân Lập", "xa", "2004/06"),
        _unit("2004/24133", 3, "Tân Lập", "phuong", "2004/66"),
    )
    passed = (
        ("2004/19", "2025/19", Share.WHOLE),
        ("2004/06", "2025/19", Share.WHOLE),
        ("2004/05719", "2025/05719", Share.WHOLE),
        ("2004/05728", "2025/05719", Share.PART),
        ("2004/05728", "2025/05716", Share.PART),
    )
    successions = tuple(
        Succession(iri(a), iri(b), share, REFORM, f"https://w3id.org/vndx/id/change/2025-07-01/{b[5:]}")
        for a, b, share in passed
    )
    return Gazetteer({unit.iri: unit for unit in units}, successions)
