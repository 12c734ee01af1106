"""From input files to units: everything is read and mapped, and all problems are reported together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from graph.build.example_units import example_plans
from graph.build.inputs import Inputs, Project
from graph.build.source_units import source_plans
from graph.build.table_units import table_plans
from graph.build.units import Unit, UnitPlan, realise
from graph.build.vocabulary_units import vocabulary_plans
from graph.cache import ContentCache
from graph.mapping.table_mapping import TableMapping
from graph.problems import Problems
from graph.progress import Stage


def plan_units(project: Project, inputs: Inputs, mappings: Sequence[TableMapping]) -> list[UnitPlan]:
    """Give the units of a project, sorted by the IRI of their graph.

    Raises:
        ValueError: if two units would fill one named graph.

    """
    plans = [
        *vocabulary_plans(inputs),
        *table_plans(project, inputs, mappings),
        *source_plans(inputs),
        *example_plans(inputs),
    ]
    plans.sort(key=lambda plan: plan.description.graph)
    for one, other in pairwise(plans):
        if one.description.graph == other.description.graph:
            raise ValueError(f"{one.name} and {other.name} both fill the graph {one.description.graph}")
    return plans


def make_units(
    plans: Sequence[UnitPlan], cache: ContentCache, problems: Problems, stage: Stage
) -> list[Unit]:
    """Make all units, and collect the problems of all their files.

    Raises:
        ProblemsError: with every problem found, those of `problems` from earlier included.

    """
    units: list[Unit] = []
    for plan in plans:
        unit, cached = realise(plan, cache, problems)
        units.append(unit)
        stage.advance(cached=cached)
    problems.raise_if_any()
    return units
