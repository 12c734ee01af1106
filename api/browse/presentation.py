"""How each collection is shown on its page: which columns and filters come first, and what leads to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.browse.column_titles import Title

VIRTUAL_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "figure": (
        *("value", "rank", "grade", "comparator", "lowerBound", "upperBound", "unitOfMeasure"),
        *("outOf", "valueAsPrinted"),
    ),
    "when": ("periodStart", "periodEnd", "asOf"),
}
"""Columns of pages that are made of several columns of a collection."""


@dataclass(frozen=True)
class Presentation:
    """How a collection is shown.

    Attributes:
        summary: what is in it, in one line.
        columns: what the table shows unless other columns are asked for.
        filters: the filters that are always in sight; the others are one click away.
        subject: the column whose text leads to the page of an item.
        breakdown: the filter by whose values the collection is counted on the overview.
        sort: how the page is sorted if nothing is said; empty for as the collection is.

    """

    summary: Title
    columns: tuple[str, ...]
    filters: tuple[str, ...]
    subject: str = "label"
    breakdown: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Group:
    """Collections that belong together on the overview."""

    key: str
    title: Title
    collections: tuple[str, ...]


GROUPS: Final = (
    Group(
        "places",
        ("Địa phương", "Places"),
        ("provinces", "communes", "districts", "units"),
    ),
    Group("policy", ("Chủ trương, văn bản", "Policy"), ("documents", "programmes", "targets")),
    Group("activity", ("Việc đã làm", "What is done"), ("platforms", "events", "products")),
    Group("figures", ("Số liệu", "Figures"), ("observations", "indicators")),
    Group(
        "agents", ("Tổ chức, cá nhân", "Organisations and people"), ("organisations", "people", "memberships")
    ),
    Group("trust", ("Nguồn và độ tin cậy", "Sources and trust"), ("sources", "claims", "conflicts")),
)
"""The overview, in its order; every collection is in one group."""

PRESENTATIONS: Final[Mapping[str, Presentation]] = {
    "provinces": Presentation(
        (
            "34 tỉnh, thành phố từ 1/7/2025 và 63 tỉnh, thành phố trước đó, với tỉnh kế tục.",
            "The 34 provinces since 1 July 2025 and the 63 before, with what became of each.",
        ),
        ("label", "code", "era", "areaKm2", "population", "administrativeCentre", "succeededBy"),
        ("q", "era", "type"),
        breakdown="era",
        sort="-validFrom",
    ),
    "districts": Presentation(
        (
            "Quận, huyện, thị xã, thành phố thuộc tỉnh: cấp huyện kết thúc ngày 30/6/2025.",
            "Districts, towns and cities under provinces: the level that ended on 30 June 2025.",
        ),
        ("label", "code", "unitType", "province", "validFrom", "validTo"),
        ("q", "province", "type"),
        breakdown="type",
    ),
    "communes": Presentation(
        (
            "Xã, phường, thị trấn, đặc khu của cả hai danh mục, với đơn vị kế tục.",
            "Communes, wards, townships and special zones of both registers, with their successors.",
        ),
        ("label", "code", "era", "partOf", "province", "succeededBy", "partlySucceededBy"),
        ("q", "province", "era", "type"),
        breakdown="era",
    ),
    "units": Presentation(
        (
            "Đơn vị hành chính mọi cấp, trước và sau ngày 1/7/2025.",
            "Administrative units of every level, before and since 1 July 2025.",
        ),
        ("label", "code", "era", "unitType", "partOf", "validFrom", "validTo"),
        ("q", "level", "province", "era", "type"),
        breakdown="level",
    ),
    "documents": Presentation(
        (
            "Nghị quyết của Đảng, luật, nghị định, quyết định, kế hoạch; kèm cơ quan ban hành và ngày.",
            "Party resolutions, laws, decrees, decisions, plans; with issuer and date.",
        ),
        ("label", "documentType", "issuer", "issueDate", "jurisdiction", "implements"),
        ("q", "type", "province", "issuer", "issued"),
        breakdown="type",
    ),
    "sources": Presentation(
        (
            "Văn bản đã đọc từng câu và trang mạng mà các bảng dữ liệu dẫn.",
            "Texts that were read sentence by sentence, and web pages that tables cite.",
        ),
        ("label", "publisherAsPrinted", "publishedDate", "language", "url"),
        ("q", "class", "published", "dated"),
        breakdown="class",
    ),
    "programmes": Presentation(
        (
            "Chương trình, đề án, phong trào mà văn bản ban hành.",
            "Programmes, projects and movements that documents adopt.",
        ),
        ("label", "programmeKind", "jurisdiction", "period", "adoptedBy"),
        ("q", "kind", "province", "period"),
        breakdown="kind",
    ),
    "platforms": Presentation(
        (
            "Ứng dụng công dân số, trung tâm điều hành (IOC), cổng dịch vụ công, sổ tay đảng viên…",
            "Citizen apps, operations centres (IOC), public-service portals, party handbooks…",
        ),
        ("label", "platformKind", "coverage", "operator", "launchDate", "website"),
        ("q", "kind", "province", "operator", "launched"),
        breakdown="kind",
    ),
    "events": Presentation(
        (
            "Lễ ra mắt, hội nghị, tập huấn, công bố xếp hạng, ngày chuyển đổi số.",
            "Launches, conferences, trainings, rankings announced, digital transformation days.",
        ),
        ("label", "eventKind", "startDate", "jurisdiction", "organiser", "launches"),
        ("q", "kind", "province", "time"),
        breakdown="kind",
    ),
    "organisations": Presentation(
        (
            "Cơ quan Đảng, chính quyền, doanh nghiệp, hợp tác xã mà nguồn nêu tên.",
            "Party bodies, authorities, companies and cooperatives that sources name.",
        ),
        ("label", "parentOrganisation", "jurisdiction", "statedIn"),
        ("q", "province", "parent"),
    ),
    "people": Presentation(
        (
            "Người mà nguồn nêu, với chức vụ vào ngày được ghi nhận.",
            "People whom sources name, with their roles on the day that they were seen in.",
        ),
        ("label", "roles", "jurisdiction"),
        ("q", "province", "organisation"),
    ),
    "memberships": Presentation(
        (
            "Ai giữ chức vụ gì, ở đâu, được ghi nhận ngày nào; không phải nhiệm kỳ.",
            "Who held which office where, seen on which day; these are no terms of office.",
        ),
        ("role", "member", "organisation", "attestedOn", "statedIn"),
        ("q", "province", "organisation", "seen"),
        subject="role",
    ),
    "products": Presentation(
        (
            "Sản phẩm OCOP mà nguồn nêu, nơi làm và sàn thương mại điện tử bán.",
            "OCOP products that sources name, where they are made and the platforms that sell them.",
        ),
        ("label", "ocopStars", "producer", "madeIn", "soldOn"),
        ("q", "province"),
    ),
    "indicators": Presentation(
        (
            "Điều được đo hoặc đặt chỉ tiêu: DTI, PCI, ICT Index, tỉ lệ kinh tế số…",
            "What is measured or aimed at: DTI, PCI, ICT Index, share of the digital economy…",
        ),
        ("label", "definition", "broader", "pillar"),
        ("q", "measured", "broader", "pillar"),
        breakdown="broader",
    ),
    "observations": Presentation(
        (
            "Giá trị, thứ hạng, xếp loại đã đo; mỗi số liệu kèm câu chữ và nguồn nêu nó.",
            "Values, ranks and grades measured; each with the words and the source that state it.",
        ),
        ("indicator", "about", "figure", "when", "status", "evidence", "statedIn"),
        ("q", "indicator", "province", "period", "status"),
        subject="figure",
        breakdown="indicator",
        sort="-date",
    ),
    "targets": Presentation(
        (
            "Chỉ tiêu, thời hạn và văn bản đặt ra.",
            "What is aimed at, by when, and which document sets it.",
        ),
        ("indicator", "figure", "deadline", "about", "setBy", "evidence"),
        ("q", "indicator", "province", "deadline"),
        subject="figure",
        breakdown="indicator",
    ),
    "claims": Presentation(
        (
            "Nhận định, phát biểu, đánh giá, các tuyên bố “đầu tiên”.",
            "Statements, quotations, evaluations, claims to be first.",
        ),
        ("label", "claimKind", "claimant", "about", "status", "statedIn"),
        ("q", "kind", "province", "status"),
        breakdown="kind",
    ),
    "conflicts": Presentation(
        (
            "Những chỗ các nguồn nói khác nhau, đặt cạnh nhau.",
            "Where sources disagree, side by side.",
        ),
        ("label", "conflictKind", "about", "note"),
        ("q", "kind", "province"),
        breakdown="kind",
    ),
}
"""By the name of the collection."""
