"""Where work runs, behind the one interface of `concurrent.futures.Executor`."""

from generator.engine.executors import InProcess, count_cores, open_executor

__all__ = ["InProcess", "count_cores", "open_executor"]
