"""Planning: articles → every page that shall exist. Pure: no disk, no clock, no template."""

from generator.plan.plan import PlanOptions, make_plan

__all__ = ["PlanOptions", "make_plan"]
