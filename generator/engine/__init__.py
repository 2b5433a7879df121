"""Where work runs, behind the one interface of `concurrent.futures.Executor`."""

from generator.engine.chunks import Progress, Work, chunk_by_size, chunk_evenly, run_chunks
from generator.engine.cluster import open_cluster
from generator.engine.engine import Engine, count_cores, open_engine
from generator.engine.executors import InProcess, prepare_workers

__all__ = [
    "Engine",
    "InProcess",
    "Progress",
    "Work",
    "chunk_by_size",
    "chunk_evenly",
    "count_cores",
    "open_cluster",
    "open_engine",
    "prepare_workers",
    "run_chunks",
]
