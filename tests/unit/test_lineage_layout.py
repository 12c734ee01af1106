"""The layout of lineages: boxes in columns that never overlap, flows that begin and end at boxes."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from api.charts.lineage import Box, Diagram, Flow, FlowKind, State, lay_out


@st.composite
def lineages(draw: st.DrawFn) -> tuple[list[State], list[Flow]]:
    sizes = draw(st.lists(st.integers(0, 7), min_size=1, max_size=5))
    states = [
        State(f"{column}-{number}", column, through=draw(st.booleans()), labelled=draw(st.booleans()))
        for column, size in enumerate(sizes)
        for number in range(size)
    ]
    pairs = [(one.key, other.key) for one in states for other in states if other.column == one.column + 1]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=20, unique=True)) if pairs else []
    return states, [Flow(one, other, draw(st.sampled_from(FlowKind))) for one, other in chosen]


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@given(lineages())
def test_no_two_boxes_overlap(lineage: tuple[list[State], list[Flow]]) -> None:
    boxes = lay_out(*lineage).boxes.values()
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))


@given(lineages())
def test_what_is_written_above_a_box_overlaps_no_other(lineage: tuple[list[State], list[Flow]]) -> None:
    boxes = lay_out(*lineage).boxes
    for state in lineage[0]:
        if state.labelled and not state.through:
            box = boxes[state.key]
            label = replace(box, y=box.y - 15, height=15)
            assert label.y > 0
            assert not any(overlap(label, other) for other in boxes.values())


@given(lineages())
def test_every_state_is_drawn_within_the_diagram(lineage: tuple[list[State], list[Flow]]) -> None:
    states, flows = lineage
    diagram = lay_out(states, flows)
    assert set(diagram.boxes) == {state.key for state in states}
    for box in diagram.boxes.values():
        assert 0 <= box.x <= box.x + box.width <= diagram.width
        assert 0 <= box.y <= box.y + box.height <= diagram.height


@given(lineages())
def test_every_flow_leads_from_one_box_to_the_other(lineage: tuple[list[State], list[Flow]]) -> None:
    states, flows = lineage
    diagram = lay_out(states, flows)
    paths = [curve.path for curve in diagram.curves]
    for flow in flows:
        before, after = diagram.boxes[flow.before], diagram.boxes[flow.after]
        start, end = f"M{before.x + before.width:g} {before.middle:g}C", f" {after.x:g} {after.middle:g}"
        assert any(path.startswith(start) and path.endswith(end) for path in paths)


@given(lineages())
def test_columns_follow_each_other_with_a_gap_for_each_date(
    lineage: tuple[list[State], list[Flow]],
) -> None:
    states, flows = lineage
    diagram = lay_out(states, flows)
    columns = max((state.column for state in states), default=-1) + 1
    assert len(diagram.gaps) == max(0, columns - 1)
    assert list(diagram.gaps) == sorted(diagram.gaps)


def laid_out(*flows: tuple[str, str]) -> Diagram:
    keys = dict.fromkeys(key for flow in flows for key in flow)
    return lay_out([State(key, int(key[0])) for key in keys], [Flow(*flow, FlowKind.WHOLE) for flow in flows])


def test_units_are_ordered_so_that_flows_do_not_cross() -> None:
    boxes = laid_out(("0a", "1x"), ("0b", "1y"), ("0c", "1x"), ("0d", "1y")).boxes
    of_x, of_y = {boxes["0a"].y, boxes["0c"].y}, {boxes["0b"].y, boxes["0d"].y}
    assert max(of_x) < min(of_y) or max(of_y) < min(of_x)


def test_one_unit_and_its_only_successor_lie_at_the_same_height() -> None:
    states = [State("0", 0), State("1", 1, labelled=True)]
    diagram = lay_out(states, [Flow("0", "1", FlowKind.WHOLE)])
    assert diagram.boxes["0"].middle == diagram.boxes["1"].middle


def test_a_lineage_of_nothing_is_empty() -> None:
    assert lay_out([], []).boxes == {}
