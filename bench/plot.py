"""A plot of what cold builds cost against the size of the archive, from the results of benchmarks."""

from __future__ import annotations

import json
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
# The same results give the same bytes; text stays text, which is small and can be searched.
mpl.rcParams.update({"svg.hashsalt": "backfile", "svg.fonttype": "none", "font.size": 9})

from matplotlib import pyplot as plt  # noqa: E402 - the backend is chosen first

_COLOURS = {
    "backfile": "#b3261e",
    "backfile, with search": "#e0776f",
    "hugo": "#1f5fa8",
    "eleventy": "#6b6b6b",
    "pelican": "#a58a2b",
}


def plot_costs(folder: Path) -> None:
    """Draw `build.svg` from `build.json`, and from `large.json` where there is one."""
    points: dict[str, dict[int, tuple[float, float]]] = {name: {} for name in _COLOURS}
    for file in ("build.json", "large.json"):
        path = folder / file
        for size, rows in (json.loads(path.read_text()) if path.exists() else {}).items():
            for name, row in rows.items():
                if name in points:
                    points[name][int(size)] = (row["wall"], row["memory"] / 1e6)
    all_sizes = sorted({size for found in points.values() for size in found})
    figure, axes = plt.subplots(1, 2, figsize=(8, 3.4), layout="constrained")
    for at, (axis, label) in enumerate(zip(axes, ("seconds", "MB of memory"), strict=True)):
        for name, found in points.items():
            sizes = sorted(found)
            if sizes:
                axis.plot(sizes, [found[size][at] for size in sizes], marker="o", markersize=4, color=_COLOURS[name], label=name)  # fmt: skip
        axis.set(xscale="log", yscale="log", xlabel="articles", ylabel=label)
        axis.set_xticks(all_sizes, [f"{size:,}" for size in all_sizes])
        axis.yaxis.set_major_formatter("{x:,g}")
        axis.minorticks_off()
        axis.grid(alpha=0.25, which="major")
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].legend(frameon=False, fontsize=8)
    figure.suptitle("A cold build, two cores", fontsize=10)
    figure.savefig(folder / "build.svg", metadata={"Date": None})
    plt.close(figure)
