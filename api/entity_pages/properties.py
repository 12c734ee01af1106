"""In which group and order properties are shown, and what links to a thing are called from its side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode

from graph.model.namespaces import DCTERMS, GEO, OA, RDF, RDFS, SKOS, VNDX, VOID, Namespace

GROUPS: Final[Mapping[str, tuple[tuple[str, str], Sequence[str]]]] = {
    "what": (
        ("Là gì", "What it is"),
        (
            *(
                "statement",
                "indicator",
                "number",
                "numberAsPrinted",
                "title",
                "displayedTitle",
                "officialName",
            ),
            *("unitType", "documentType", "documentClass", "platformKind", "programmeKind", "eventKind"),
            *("claimKind", "conflictKind", "transferKind", "share", "value", "rank", "outOf", "grade"),
            *("comparator", "unitOfMeasure", "lowerBound", "upperBound", "valueAsPrinted", "hedge"),
            *("denominator", "basis", "status", "derivation", "usersAsPrinted", "pillar", "sector"),
            *("areaKm2", "population", "ocopStars", "mainTargetsAsPrinted", "dateBasis", "operatorBasis"),
            *("role", "section", "trust", "preferred"),
        ),
    ),
    "when": (
        ("Thời gian", "When"),
        (
            *("issueDate", "adoptionDate", "effectiveDate", "registerDate", "sessionDate", "startDate"),
            *("endDate", "recursOn", "launchDate", "launchedAt", "attestedOn", "asOf", "period", "deadline"),
            *("periodAsPrinted", "orientationPeriod", "publishedDate", "publishedNotBefore"),
            *("publishedNotAfter", "validFrom", "validTo", "start", "end", "usersAsOf"),
        ),
    ),
    "where": (
        ("Ở đâu", "Where"),
        (
            *("jurisdiction", "coverage", "place", "placeAsPrinted", "partOf", "administrativeCentre"),
            *("pilotedIn", "madeIn", "absentFromEra"),
        ),
    ),
    "who": (
        ("Ai", "Who"),
        (
            *("issuer", "issuerAsPrinted", "signer", "signedAs", "member", "organisation", "operator"),
            *("developer", "partner", "organiser", "organisersAsPrinted", "ledBy", "participant"),
            *("participantsAsPrinted", "claimant", "producer", "author", "authorAsPrinted", "publisher"),
            *("publisherAsPrinted", "parentOrganisation", "credit"),
        ),
    ),
    "relations": (
        ("Liên hệ", "Relations"),
        (
            *("about", "adopts", "adoptedBy", "implements", "implementsAsPrinted", "basedOn", "supersedes"),
            *(
                "supersedesAsPrinted",
                "legalBasis",
                "legalBasisAsPrinted",
                "clause",
                "setBy",
                "setByAsPrinted",
            ),
            *("methodDocument", "servesProgramme", "launches", "occasionOf", "occasion", "partOfEvent"),
            *("hasComponent", "partOfPlatform", "soldOn", "succeeds", "succeededBy", "partlySucceeds"),
            *("partlySucceededBy", "continues", "continuedBy", "changedBy", "conflictsWith"),
            *("fromUnit", "toUnit", "versionOf", "partOfSource"),
        ),
    ),
    "versions": (("Các phiên bản", "Versions"), ("hasVersion",)),
    "identifiers": (
        ("Mã định danh và liên kết", "Identifiers and links"),
        (
            *("website", "url", "code", "era", "iso31662Code", "hascCode", "fipsCode"),
            *("name", "nameAscii", "textFile", "textSha256", "tableFile"),
        ),
    ),
    "sources": (("Nguồn", "Sources"), ("statedIn", "sourceCount")),
    "notes": (("Ghi chú", "Notes"), ()),
    "other": (("Khác", "More"), ()),
}
"""By group: its title, and its properties of the own vocabulary in order."""

_FOREIGN: Final = {
    SKOS["altLabel"]: "what",
    SKOS["definition"]: "what",
    SKOS["broader"]: "relations",
    SKOS["narrower"]: "relations",
    SKOS["related"]: "relations",
    SKOS["inScheme"]: "relations",
    SKOS["exactMatch"]: "identifiers",
    SKOS["closeMatch"]: "identifiers",
    RDFS["seeAlso"]: "identifiers",
    SKOS["note"]: "notes",
    SKOS["editorialNote"]: "notes",
    RDFS["comment"]: "notes",
    VOID["triples"]: "what",
    OA["hasSource"]: "sources",
    GEO["lat"]: "identifiers",
    GEO["long"]: "identifiers",
}
_GROUP_OF: Final = {
    **_FOREIGN,
    **{VNDX[name]: group for group, (_, names) in GROUPS.items() for name in names},
}
_ORDER: Final = {
    prop: place
    for place, prop in enumerate(
        [
            SKOS["definition"],
            *(VNDX[name] for _, names in GROUPS.values() for name in names),
            *(found for found in _FOREIGN if found != SKOS["definition"]),
        ]
    )
}

_VOID_EXT: Final = Namespace("http://ldf.fi/void-ext#")

FOREIGN_LABELS: Final[Mapping[NamedNode, tuple[str, str]]] = {
    SKOS["altLabel"]: ("Tên khác", "Other names"),
    SKOS["definition"]: ("Định nghĩa", "Definition"),
    SKOS["broader"]: ("Thuộc khái niệm rộng hơn", "Broader"),
    SKOS["narrower"]: ("Gồm khái niệm hẹp hơn", "Narrower"),
    SKOS["related"]: ("Liên quan", "Related"),
    SKOS["inScheme"]: ("Trong bảng khái niệm", "In the concept scheme"),
    SKOS["topConceptOf"]: ("Khái niệm đầu của", "Top concept of"),
    SKOS["exactMatch"]: ("Trùng với", "Exact match"),
    SKOS["closeMatch"]: ("Gần trùng với", "Close match"),
    SKOS["note"]: ("Ghi chú", "Note"),
    SKOS["editorialNote"]: ("Ghi chú biên tập", "Editorial note"),
    RDFS["seeAlso"]: ("Xem thêm", "See also"),
    RDFS["comment"]: ("Mô tả", "Description"),
    OA["hasSource"]: ("Nguồn", "Source"),
    GEO["lat"]: ("Vĩ độ", "Latitude"),
    GEO["long"]: ("Kinh độ", "Longitude"),
    VOID["triples"]: ("Số bộ ba", "Triples"),
    VOID["subset"]: ("Gồm", "Contains"),
    VOID["classes"]: ("Số lớp", "Classes"),
    VOID["properties"]: ("Số thuộc tính", "Properties"),
    VOID["entities"]: ("Số thực thể", "Entities"),
    VOID["distinctSubjects"]: ("Số chủ thể khác nhau", "Distinct subjects"),
    VOID["distinctObjects"]: ("Số đối tượng khác nhau", "Distinct objects"),
    VOID["classPartition"]: ("Phần theo lớp", "Parts by class"),
    VOID["propertyPartition"]: ("Phần theo thuộc tính", "Parts by property"),
    VOID["class"]: ("Lớp", "Class"),
    VOID["property"]: ("Thuộc tính", "Property"),
    VOID["uriSpace"]: ("Phần đầu chung của các IRI", "IRIs begin with"),
    _VOID_EXT["datatypePartition"]: ("Phần theo kiểu dữ liệu", "Parts by datatype"),
    _VOID_EXT["datatype"]: ("Kiểu dữ liệu", "Datatype"),
    VOID["linkPredicate"]: ("Thuộc tính liên kết", "Linking property"),
    VOID["subjectsTarget"]: ("Tập dữ liệu của chủ thể", "Data set of the subjects"),
    VOID["objectsTarget"]: ("Tập dữ liệu của đối tượng", "Data set of the objects"),
    DCTERMS["source"]: ("Nguồn", "Source"),
    DCTERMS["license"]: ("Giấy phép", "Licence"),
    DCTERMS["language"]: ("Ngôn ngữ", "Language"),
}
"""What properties of other vocabularies are called."""

INCOMING: Final[Mapping[str, tuple[str, str]]] = {
    "about": ("Nói về đối tượng này", "About it"),
    "about Observation": ("Số liệu", "Figures about it"),
    "about Target": ("Mục tiêu", "Targets for it"),
    "about Claim": ("Nhận định", "Claims about it"),
    "about Conflict": ("Chỗ các nguồn không khớp nhau", "Where sources disagree about it"),
    "issuer": ("Văn bản do cơ quan này ban hành", "Documents issued by it"),
    "signer": ("Văn bản do người này ký", "Documents signed by this person"),
    "jurisdiction": ("Thuộc địa bàn này", "In its jurisdiction"),
    "jurisdiction Document": ("Văn bản của địa bàn này", "Documents of this unit"),
    "jurisdiction Organisation": ("Cơ quan, tổ chức của địa bàn này", "Organisations of this unit"),
    "jurisdiction Person": ("Người công tác tại địa bàn này", "People of this unit"),
    "jurisdiction Event": ("Sự kiện tại địa bàn này", "Events of this unit"),
    "jurisdiction Programme": ("Chương trình của địa bàn này", "Programmes of this unit"),
    "coverage": ("Nền tảng phục vụ địa bàn này", "Platforms that serve it"),
    "place": ("Sự kiện diễn ra tại đây", "Events held here"),
    "pilotedIn": ("Thí điểm tại đây", "Piloted here"),
    "madeIn": ("Sản phẩm làm tại đây", "Products made here"),
    "administrativeCentre": ("Là trung tâm hành chính của", "Administrative centre of"),
    "partOf": ("Gồm các đơn vị", "Units directly in it"),
    "partOfTransitive": ("Mọi đơn vị bên trong", "All units in it, at any level"),
    "partOf UnitVersion": ("Phiên bản của đơn vị từng thuộc đơn vị này", "Versions of units in it"),
    "hasPart": ("Nằm trong", "Contained in"),
    "succeededBy": ("Kế tục toàn bộ từ", "Succeeds as a whole"),
    "partlySucceededBy": ("Kế tục một phần từ", "Succeeds in part"),
    "succeeds": ("Được kế tục toàn bộ bởi", "Succeeded as a whole by"),
    "partlySucceeds": ("Được kế tục một phần bởi", "Succeeded in part by"),
    "continues": ("Nay là", "Now"),
    "continuedBy": ("Trước là", "Before"),
    "changedBy": ("Đơn vị chịu biến động này", "Units changed by it"),
    "dissolvedUnit": ("Biến động làm đơn vị này kết thúc", "Changes that ended it"),
    "createdUnit": ("Biến động lập ra đơn vị này", "Changes that created it"),
    "fromUnit": ("Chuyển giao từ đơn vị này", "Transfers from it"),
    "toUnit": ("Chuyển giao vào đơn vị này", "Transfers into it"),
    "versionOf": ("Các phiên bản", "Versions"),
    "hasVersion": ("Là phiên bản của", "Version of"),
    "legalBasis": ("Lấy văn bản này làm căn cứ", "Based in law on it"),
    "legalBasis UnitChange": ("Biến động đơn vị hành chính theo văn bản này", "Changes of units under it"),
    "legalBasis UnitVersion": ("Phiên bản đơn vị hành chính theo văn bản này", "Versions of units under it"),
    "legalBasis Event": ("Sự kiện theo văn bản này", "Events under it"),
    "implements": ("Văn bản thực hiện văn bản này", "Documents that implement it"),
    "adopts": ("Được ban hành, phê duyệt bởi", "Adopted by"),
    "adoptedBy": ("Ban hành, phê duyệt", "Adopts"),
    "basedOn": ("Văn bản căn cứ vào văn bản này", "Documents based on it"),
    "supersedes": ("Được thay thế bởi", "Superseded by"),
    "setBy": ("Do văn bản này đặt ra", "Set by it"),
    "setBy Target": ("Mục tiêu do văn bản này đặt ra", "Targets it sets"),
    "setBy Claim": ("Mục tiêu định tính do văn bản này đặt ra", "Goals in words that it sets"),
    "methodDocument": ("Chỉ số tính theo văn bản này", "Indicators measured by it"),
    "servesProgramme": ("Nền tảng phục vụ", "Platforms that serve it"),
    "launches": ("Ra mắt, thông qua tại", "Launched or adopted at"),
    "launchedAt": ("Ra mắt tại sự kiện này", "Launched here"),
    "occasionOf": ("Ban hành, công bố nhân dịp", "Issued on the occasion of"),
    "occasion": ("Nêu tại sự kiện này", "Said on this occasion"),
    "partOfEvent": ("Gồm các sự kiện", "Events that are part of it"),
    "organiser": ("Sự kiện do tổ chức này chủ trì", "Events it organised"),
    "participant": ("Sự kiện có tham dự", "Events taken part in"),
    "ledBy": ("Sự kiện do người này lãnh đạo", "Events led"),
    "claimant": ("Nhận định đã nêu", "Claims made"),
    "operator": ("Nền tảng, chương trình vận hành", "Platforms and programmes it runs"),
    "developer": ("Nền tảng do tổ chức này phát triển", "Platforms it developed"),
    "partner": ("Là đối tác trong", "Partner in"),
    "producer": ("Sản phẩm làm ra", "Products it makes"),
    "author": ("Tác phẩm, bài viết", "Works"),
    "publisher": ("Xuất bản", "Published by it"),
    "parentOrganisation": ("Tổ chức trực thuộc", "Organisations below it"),
    "member": ("Chức vụ được ghi nhận", "Roles attested"),
    "organisation": ("Người giữ chức vụ tại đây", "People with a role here"),
    "hasComponent": ("Là thành phần của", "Component of"),
    "partOfPlatform": ("Gồm các thành phần", "Components"),
    "soldOn": ("Sản phẩm bán trên nền tảng này", "Products sold on it"),
    "indicator": ("Số liệu và mục tiêu của chỉ số này", "Figures and targets of this indicator"),
    "indicator Observation": ("Số liệu của chỉ số này", "Figures of this indicator"),
    "indicator Target": ("Mục tiêu về chỉ số này", "Targets for this indicator"),
    "period": ("Trong khoảng thời gian này", "In this period"),
    "period Observation": ("Số liệu trong khoảng thời gian này", "Figures of this period"),
    "period Document": ("Văn bản cho khoảng thời gian này", "Documents for this period"),
    "orientationPeriod": ("Văn bản định hướng đến đây", "Documents that look ahead to it"),
    "conflictingStatement": ("Trong mâu thuẫn", "Part of the conflict"),
    "preferred": ("Được chọn trong mâu thuẫn", "Preferred in the conflict"),
    "conflictsWith": ("Không khớp với", "Conflicts with"),
    "hasEvidence": ("Là bằng chứng cho", "Evidence for"),
    "statedIn": ("Được nêu trong nguồn này", "Stated in this source"),
    "partOfSource": ("Gồm các phần", "Parts"),
    "transfer": ("Trong biến động", "Part of the change"),
    "unitType": ("Đơn vị loại này", "Units of this type"),
    "documentType": ("Văn bản loại này", "Documents of this type"),
    "documentClass": ("Văn bản thuộc nhóm này", "Documents of this class"),
    "platformKind": ("Nền tảng loại này", "Platforms of this kind"),
    "programmeKind": ("Chương trình loại này", "Programmes of this kind"),
    "eventKind": ("Sự kiện loại này", "Events of this kind"),
    "claimKind": ("Nhận định loại này", "Claims of this kind"),
    "conflictKind": ("Mâu thuẫn loại này", "Conflicts of this kind"),
    "transferKind": ("Chuyển giao theo hình thức này", "Transfers of this kind"),
    "share": ("Chuyển giao như vậy", "Transfers of this share"),
    "sector": ("Thuộc lĩnh vực này", "In this sector"),
    "pillar": ("Thuộc trụ cột này", "In this pillar"),
    "status": ("Số liệu có tình trạng này", "Figures of this status"),
    "basis": ("Xếp hạng trên cơ sở này", "Ranked on this basis"),
    "unitOfMeasure": ("Đo bằng đơn vị này", "Measured in this unit"),
    "era": ("Đơn vị trong danh mục này", "Units of this register"),
    "absentFromEra": ("Không có trong danh mục này", "Absent from this register"),
    "trust": ("Nguồn có mức tin cậy này", "Sources of this trust"),
    "section": ("Nguồn thuộc phần này", "Sources in this part"),
    "dateBasis": ("Ngày được xác định như vậy", "Dates determined this way"),
    "operatorBasis": ("Đơn vị vận hành được xác định như vậy", "Operators determined this way"),
    "broader": ("Khái niệm hẹp hơn", "Narrower concepts"),
    "inScheme": ("Khái niệm trong bảng này", "Concepts of this scheme"),
    "exactMatch": ("Được coi là trùng", "Matched exactly by"),
    "closeMatch": ("Được coi là gần trùng", "Matched closely by"),
    "hasSource": ("Đoạn trích từ nguồn này", "Quotations from it"),
    "source": ("Đồ thị chứa dữ kiện từ nguồn này", "Graphs that hold what it states"),
    "subset": ("Là một phần của", "Part of"),
}
"""What links are called from the side of what they lead to: by property, or property and class."""

_INCOMING_OF_OTHERS: Final = frozenset(
    {SKOS["broader"], SKOS["inScheme"], SKOS["exactMatch"], SKOS["closeMatch"], OA["hasSource"]}
    | {DCTERMS["source"], VOID["subset"]}
)
_NOT_SHOWN: Final = frozenset(
    {RDF["type"], RDFS["label"], SKOS["prefLabel"], SKOS["topConceptOf"], VNDX["partOfTransitive"]}
)


def group_of(predicate: NamedNode, *, is_link: bool) -> str:
    """Give the group of a property; ``is_link`` says whether its values are things."""
    found = _GROUP_OF.get(predicate)
    if found:
        return found
    if predicate in VNDX or predicate in SKOS:
        return "relations" if is_link else "what"
    return "other"


def order_of(predicate: NamedNode) -> tuple[int, str]:
    """Give what properties are sorted by."""
    return _ORDER.get(predicate, len(_ORDER)), predicate.value


def is_own(predicate: NamedNode) -> bool:
    """Say whether a property is of the own vocabulary or of SKOS."""
    return predicate in VNDX or predicate in SKOS


def is_named(predicate: NamedNode) -> bool:
    """Say whether a property is one that the head of a page shows, or that others imply."""
    return predicate in _NOT_SHOWN


def is_shown_incoming(predicate: NamedNode) -> bool:
    """Say whether links of a kind are shown at what they lead to: not those that repeat an own one."""
    return predicate in VNDX or predicate in _INCOMING_OF_OTHERS


def local_name(predicate: NamedNode) -> str:
    """Give the last part of the IRI of a property."""
    return predicate.value.rpartition("#")[2].rpartition("/")[2]
