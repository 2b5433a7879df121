"""Planning: articles → every page that shall exist. Pure: no disk, no clock, no template."""

from generator.plan.patch import Patcher, moves_nothing
from generator.plan.plan import PlanOptions, make_plan

__all__ = ["Patcher", "PlanOptions", "make_plan", "moves_nothing"]
