"""Draws how much is answered right against how much is answered that should not be."""

from collections.abc import Mapping
from pathlib import Path

from benchmarks.matchers import OURS
from benchmarks.measures import Curve

_MOST_SHOWN = 0.5
_ACCEPTED = 0.05


def draw(curves: Mapping[str, Curve], file: Path) -> None:
    """A line a matcher, this project's thick; the format is that of the file's ending."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams.update({"svg.hashsalt": "accuracy", "svg.fonttype": "path"})
    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.subplots()
    for name, curve in curves.items():
        style = {"linewidth": 2.5, "color": "black"} if name == OURS else {"linewidth": 1.2}
        axes.step(curve.answered, curve.right, where="post", label=name, **style)
    axes.axvline(_ACCEPTED, color="grey", linestyle=":", linewidth=1)
    axes.set(
        xlim=(0, _MOST_SHOWN),
        ylim=(0, 1),
        xlabel="share of out-of-scope questions answered",
        ylabel="share of in-scope questions answered right",
    )
    axes.grid(alpha=0.25)
    axes.legend(loc="upper left", fontsize="small", frameon=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)
