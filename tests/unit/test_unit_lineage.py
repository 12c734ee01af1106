"""What units became and came from: chains over several reorganisations, whole or in part, told or derived."""

from __future__ import annotations

from graph_reading_support import answer, keys_of, store_of
from pyoxigraph import NamedNode

from api.units.lineage import Lineage, trace
from api.units.steps import Direction, StepKind
from graph.model.namespaces import ID


def unit(key: str, *versions: str) -> str:
    """Write a unit; a version is written as ``first-day/end/parent``, each of which may be empty."""
    lines = []
    for number, version in enumerate(versions):
        first, end, parent = version.split("/")
        node = f"<id/unit/2004/{key}/version/{number}>"
        lines.append(
            f"<id/unit/2004/{key}> vndx:hasVersion {node} . {node} vndx:versionOf <id/unit/2004/{key}> ."
        )
        lines += [f'{node} vndx:validFrom "{first}"^^xsd:date .'] * bool(first)
        lines += [f'{node} vndx:validTo "{end}"^^xsd:date .'] * bool(end)
        lines += [f"{node} vndx:partOf <id/unit/2004/{parent}> ."] * bool(parent)
    return "\n".join(lines)


def transfer(day: str, before: str, after: str, share: str = "whole") -> str:
    change, move = f"<id/change/{day}/{after}>", f"<id/change/{day}/{after}/from/{before}>"
    return (
        f"<id/unit/2004/{before}> vndx:changedBy {change} .\n"
        f"<id/unit/2004/{after}> vndx:changedBy {change} .\n"
        f'{change} vndx:effectiveDate "{day}"^^xsd:date ; vndx:transfer {move} .\n'
        f"{move} vndx:fromUnit <id/unit/2004/{before}> ; vndx:toUnit <id/unit/2004/{after}> ;"
        f" vndx:share <concept/share/{share}> ."
    )


def node(key: str) -> NamedNode:
    return ID[f"unit/2004/{key}"]


def ends(lineage: Lineage) -> dict[str, bool]:
    return dict(zip(keys_of(found.value for found in lineage.ends), lineage.ends.values(), strict=True))


def steps(lineage: Lineage) -> list[tuple[str, str, str, bool]]:
    return [
        (step.date, *keys_of((step.before.value, step.after.value)), step.whole)  # type: ignore[misc]
        for step in lineage.steps
    ]


# a and half of b went into c in 2010; c, and d, into e in 2020, which got another name in 2022.
CHAIN = store_of(
    "\n".join(
        (
            unit("a", "/2010-01-01/"),
            unit("b", "/2010-01-01/"),
            unit("c", "2010-01-01/2020-01-01/"),
            unit("d", "/2015-01-01/", "2015-01-01/2020-01-01/"),
            unit("e", "2020-01-01/2022-01-01/", "2022-01-01//"),
            transfer("2010-01-01", "a", "c"),
            transfer("2010-01-01", "b", "c", "part"),
            transfer("2020-01-01", "c", "e"),
            transfer("2020-01-01", "d", "e"),
        )
    )
)


def test_a_chain_goes_over_several_reorganisations_to_what_there_is_now() -> None:
    found = answer(CHAIN, trace(node("a"), Direction.FORWARD))
    assert ends(found) == {"e": True}
    assert steps(found) == [
        ("2010-01-01", "a", "c", True),
        ("2020-01-01", "c", "e", True),
        ("2022-01-01", "e", "e", True),
    ]
    assert [step.kind for step in found.steps] == [StepKind.TRANSFER, StepKind.TRANSFER, StepKind.VERSION]
    assert found.open == []


def test_a_chain_ends_at_the_units_of_the_day_that_is_asked_for() -> None:
    assert ends(answer(CHAIN, trace(node("a"), Direction.FORWARD, "2015-06-01"))) == {"c": True}
    assert ends(answer(CHAIN, trace(node("a"), Direction.FORWARD, "2009-12-31"))) == {"a": True}
    day_of_change = answer(CHAIN, trace(node("a"), Direction.FORWARD, "2020-01-01"))
    assert (ends(day_of_change), len(day_of_change.steps)) == ({"e": True}, 2)


def test_a_part_of_a_unit_makes_the_whole_chain_partial() -> None:
    assert ends(answer(CHAIN, trace(node("b"), Direction.FORWARD))) == {"e": False}


def test_going_back_finds_everything_that_went_into_a_unit() -> None:
    found = answer(CHAIN, trace(node("e"), Direction.BACKWARD))
    assert ends(found) == {"a": True, "b": False, "d": True}
    assert steps(found)[0] == ("2010-01-01", "a", "c", True), "steps are told in the order of time"
    assert ends(answer(CHAIN, trace(node("e"), Direction.BACKWARD, "2012-01-01"))) == {"c": True, "d": True}


def test_changes_of_the_unit_itself_are_steps_up_to_the_day() -> None:
    assert steps(answer(CHAIN, trace(node("d"), Direction.FORWARD, "2014-01-01"))) == []
    assert steps(answer(CHAIN, trace(node("d"), Direction.FORWARD, "2016-01-01"))) == [
        ("2015-01-01", "d", "d", True)
    ]


# District p ended in 2021: its communes 1 and 2 went to q, which had 3 already; 2025 ended the districts.
PARTS = store_of(
    "\n".join(
        (
            unit("p", "/2021-01-01/"),
            unit("q", "/2025-07-01/"),
            unit("1", "/2021-01-01/p", "2021-01-01/2025-07-01/q"),
            unit("2", "/2021-01-01/p", "2021-01-01/2025-07-01/q"),
            unit("3", "/2025-07-01/q"),
            unit("x", "2025-07-01//"),
            unit("y", "2025-07-01//"),
            transfer("2025-07-01", "1", "x"),
            transfer("2025-07-01", "2", "x", "part"),
            transfer("2025-07-01", "3", "y"),
        )
    )
)


def test_a_unit_without_transfers_is_followed_by_its_parts() -> None:
    found = answer(PARTS, trace(node("p"), Direction.FORWARD, "2022-01-01"))
    (step,) = found.steps
    assert (step.kind, step.date, step.whole) == (StepKind.PARTS, "2021-01-01", True)
    assert keys_of(part.value for part in step.via) == ["1", "2"]
    assert ends(found) == {"q": True}


def test_a_chain_by_parts_stays_with_the_parts_that_it_is_about() -> None:
    assert ends(answer(PARTS, trace(node("p"), Direction.FORWARD))) == {"x": False}, "not y: that was q alone"
    assert ends(answer(PARTS, trace(node("q"), Direction.FORWARD))) == {"x": False, "y": False}


def test_going_back_finds_what_was_added_to_a_unit_that_kept_its_code() -> None:
    found = answer(PARTS, trace(node("q"), Direction.BACKWARD, "2020-06-01"))
    assert ends(found) == {"q": True, "p": True}
    assert steps(found) == [("2021-01-01", "p", "q", True)]
    assert ends(answer(PARTS, trace(node("q"), Direction.BACKWARD, "2021-01-01"))) == {"q": True}


def test_what_became_of_a_unit_is_open_where_nothing_tells() -> None:
    store = store_of(unit("a", "/2020-01-01/"))
    found = answer(store, trace(node("a"), Direction.FORWARD))
    assert (found.ends, found.steps) == ({}, [])
    assert [(each.unit, each.date) for each in found.open] == [(node("a"), "2020-01-01")]
    begun = store_of(unit("a", "2009-01-07//"))
    assert [each.date for each in answer(begun, trace(node("a"), Direction.BACKWARD)).open] == ["2009-01-07"]


def test_transfers_in_a_circle_come_to_an_end() -> None:
    store = store_of(
        "\n".join(
            (
                unit("a", "/2020-01-01/"),
                unit("b", "/2020-01-01/"),
                transfer("2020-01-01", "a", "b"),
                transfer("2020-01-01", "b", "a"),
            )
        )
    )
    assert answer(store, trace(node("a"), Direction.FORWARD)).ends == {}
