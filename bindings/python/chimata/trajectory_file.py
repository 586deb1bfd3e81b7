"""Where everybody was when, as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .errors import input_error

if TYPE_CHECKING:
    import pandas as pd


def write_trajectories(path: Path, table: pd.DataFrame) -> Path:
    """Writes a table of `Venue.trajectories` in the format that the ending of the name says."""
    if path.suffix == ".parquet":
        table.to_parquet(path)
    elif path.suffix == ".txt":
        _write_text(path, table)
    elif path.suffix in (".h5", ".hdf5"):
        _write_hdf5(path, table)
    else:
        raise input_error(str(path), f"no format for {path.suffix!r}", "use .parquet, .h5 or .txt")
    return path


def _write_hdf5(path: Path, table: pd.DataFrame) -> None:
    import h5py  # type: ignore[import-untyped]

    with h5py.File(path, "w") as out:
        group = out.create_group("trajectories")
        for column in table.columns:
            values = table[column].to_numpy()
            if values.dtype == object:
                values = values.astype(h5py.string_dtype())
            group.create_dataset(column, data=values, compression="gzip")


def _write_text(path: Path, table: pd.DataFrame) -> None:
    times = np.unique(table["time_s"])
    rate = 1 / float(np.median(np.diff(times))) if len(times) > 1 else 1.0
    frame = np.rint(table["time_s"] * rate).astype(int)
    z = table["z_m"].map("{:.4f}".format) if "z_m" in table else ["0"] * len(table)
    with path.open("w", encoding="utf-8") as out:
        out.write(f"# framerate: {rate:.6g}\n# id\tframe\tx/m\ty/m\tz/m\n")
        for person, number, x, y, height in zip(
            table["person"] + 1, frame, table["x_m"], table["y_m"], z, strict=True
        ):
            out.write(f"{person}\t{number}\t{x:.4f}\t{y:.4f}\t{height}\n")
