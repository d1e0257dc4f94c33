"""The chart of docs/performance.md: cost of a response by size of the catalogue."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.results import Series

# Sides without their size, from the slowest to the fastest at a million films.
_LINES = {
    "restx any": ("Flask-RESTX + ORM + marshmallow: any page", "#c44e52", "s--"),
    "fastapi any": ("FastAPI + ORM + pydantic: any page", "#dd8452", "^--"),
    "restx first": ("Flask-RESTX + ORM + marshmallow: first page", "#c44e52", "s:"),
    "fastapi first": ("FastAPI + ORM + pydantic: first page", "#dd8452", "^:"),
    "search long": ("Kinoteka: search in titles", "#55a868", "o-"),
    "middle": ("Kinoteka: the page in the middle", "#8172b3", "o-"),
    "last": ("Kinoteka: last page", "#64b5cd", "o-"),
    "first": ("Kinoteka: first page, never asked before", "#4c72b0", "o-"),
    "cached": ("Kinoteka: a page asked before", "#222222", "o-"),
}


def draw(by_engine: Mapping[str, Series], sizes: Sequence[int], path: Path) -> None:
    """Draw one chart for each engine, both axes logarithmic."""
    mpl.rcParams["svg.hashsalt"] = "kinoteka"  # The same figures give the same file.
    mpl.rcParams["svg.fonttype"] = "none"
    figure = Figure(figsize=(6 * len(by_engine), 6), layout="constrained")
    charts = figure.subplots(1, len(by_engine), sharey=True, squeeze=False)[0]
    for chart, (engine, series) in zip(charts, by_engine.items(), strict=True):
        for side, (label, color, style) in _LINES.items():
            known = [size for size in sizes if f"{side} {size}" in series]
            costs = [median(series[f"{side} {size}"]) * 1000 for size in known]
            chart.loglog(known, costs, style, color=color, label=label)
        chart.set_title({"sqlite": "SQLite", "postgresql": "PostgreSQL"}[engine])
        chart.set_xlabel("films in the catalogue")
        chart.set_xticks(sizes, [f"{size:,}" for size in sizes])
        chart.yaxis.set_major_formatter("{x:g}")
        chart.grid(visible=True, which="major", alpha=0.3)
    charts[0].set_ylabel("milliseconds a response, one worker under load")
    figure.legend(*charts[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
