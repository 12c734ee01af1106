"""The columns of a lineage: which unit stands where, as it was called then."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from api.charts.lineage import FlowKind
from api.entity_pages.unit_states import Columns, Span, in_columns, spans_of
from api.units.steps import Step, StepKind
from graph.model.namespaces import ID

DATES = ("2010-01-01", "2015-01-01", "2020-01-01", "2025-07-01")


def unit(key: str) -> NamedNode:
    return ID[f"unit/2004/{key}"]


def transfer(date: str, before: str, after: str, *, whole: bool = True) -> Step:
    change = ID[f"change/{date}/{after}"]
    return Step(date, StepKind.TRANSFER, unit(before), unit(after), whole, change)


def names(columns: Columns) -> dict[tuple[str, int], str | None]:
    return {
        (columns.units[state.key].unit.value.rpartition("/")[2], state.column): (
            None if state.through else span.name if (span := columns.units[state.key].span) else ""
        )
        for state in columns.states
    }


def kinds(columns: Columns) -> set[tuple[str, str, FlowKind]]:
    def place(key: str) -> str:
        return f"{columns.units[key].unit.value.rpartition('/')[2]}{key.partition(' ')[0]}"

    return {(place(flow.before), place(flow.after), flow.kind) for flow in columns.flows}


def test_a_split_unit_stands_before_the_units_that_got_its_parts() -> None:
    steps = [transfer("2025-07-01", "a", key, whole=False) for key in "xy"]
    found = in_columns(unit("a"), steps, {unit("a"): [Span("Xã A", "", "2025-07-01")]})
    assert names(found) == {("a", 0): "Xã A", ("x", 1): "", ("y", 1): ""}
    assert kinds(found) == {("a0", "x1", FlowKind.PART), ("a0", "y1", FlowKind.PART)}
    assert found.dates == ["2025-07-01"]


def test_a_unit_that_was_renamed_has_a_box_for_each_name() -> None:
    spans = [Span("Huyện A", "", "2015-05-16"), Span("Thị xã A", "2015-05-16", "2025-07-01")]
    found = in_columns(unit("a"), [transfer("2025-07-01", "a", "x")], {unit("a"): spans})
    assert names(found) == {("a", 0): "Huyện A", ("a", 1): "Thị xã A", ("x", 2): ""}
    assert ("a0", "a1", FlowKind.SAME) in kinds(found)


def test_other_units_are_called_as_they_were_just_before_they_changed() -> None:
    spans = {
        unit("b"): [Span("Xã B", "", "2020-01-01"), Span("Phường B", "2020-01-01", "2025-07-01")],
    }
    found = in_columns(unit("x"), [transfer("2025-07-01", "b", "x")], spans)
    assert names(found)["b", 0] == "Phường B"


def test_a_unit_that_goes_on_while_others_change_is_passed_through() -> None:
    steps = [
        transfer("2010-01-01", "a", "c"),
        transfer("2015-01-01", "b", "d"),
        transfer("2020-01-01", "c", "e"),
        transfer("2020-01-01", "d", "e"),
    ]
    spans = {unit("c"): [Span("Xã C", "2010-01-01", "2020-01-01")]}
    assert names(in_columns(unit("e"), steps, spans))["c", 2] is None


def test_a_unit_stands_before_its_parts_and_these_before_what_they_became_on_the_same_day() -> None:
    steps = [
        Step("2025-07-01", StepKind.PARTS, unit("district"), unit("c"), whole=False),
        transfer("2025-07-01", "c", "x"),
    ]
    found = in_columns(unit("district"), steps, {})
    assert {key: column for (key, column), _ in names(found).items()} == {"district": 0, "c": 1, "x": 2}
    assert kinds(found) == {("district0", "c1", FlowKind.DERIVED), ("c1", "x2", FlowKind.WHOLE)}


def test_spans_of_one_name_are_joined_when_only_the_parent_changed() -> None:
    found = spans_of([Span("Xã A", "", "2008-08-01"), Span("Xã A", "2008-08-01", "")])
    assert found == [Span("Xã A")]


def test_spans_are_not_joined_over_a_time_without_the_unit() -> None:
    apart = [Span("Xã A", "", "2008-08-01"), Span("Xã A", "2010-01-01", "")]
    assert spans_of(apart) == apart


STEPS = st.lists(
    st.builds(
        Step,
        date=st.sampled_from(DATES),
        kind=st.sampled_from([StepKind.TRANSFER, StepKind.PARTS]),
        before=st.sampled_from([unit(key) for key in "abcd"]),
        after=st.sampled_from([unit(key) for key in "cdef"]),
        whole=st.booleans(),
    ).filter(lambda step: step.before != step.after),
    max_size=12,
    unique=True,
)


@given(STEPS)
def test_whatever_the_steps_each_flow_leads_to_the_next_column(steps: list[Step]) -> None:
    found = in_columns(unit("a"), steps, {})
    column_of = {state.key: state.column for state in found.states}
    assert len(column_of) == len(found.states)
    assert all(column_of[flow.after] == column_of[flow.before] + 1 for flow in found.flows)
    assert len([flow for flow in found.flows if flow.kind is not FlowKind.SAME]) == len(steps)
    assert list(found.dates) == sorted(found.dates)
