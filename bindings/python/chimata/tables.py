"""Tables of a run: columns of the engine, handed out as pandas, GeoPandas, Arrow or Parquet."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .errors import input_error

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import pyarrow as pa


class Table:
    """A table of results; nothing is copied before it is asked for.

    Parameters
    ----------
    name : of the table
    columns : arrays of equal length
    meaning : what a column holds, with its unit
    shape : makes the geometry of the rows, if they have one
    crs : coordinate system of that geometry
    """

    def __init__(
        self,
        name: str,
        columns: Mapping[str, NDArray[Any]],
        meaning: Mapping[str, str] | None = None,
        shape: Callable[[], NDArray[Any]] | None = None,
        crs: str = "",
    ) -> None:
        self.name = name
        self._columns = dict(columns)
        self.meaning = dict(meaning or {})
        self._shape = shape
        self._crs = crs

    def __getitem__(self, column: str) -> NDArray[Any]:
        return np.asarray(self._columns[column])

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self._columns)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), ()))

    @cached_property
    def df(self) -> pd.DataFrame:
        """As a DataFrame."""
        import pandas as pd

        return pd.DataFrame({name: np.asarray(values) for name, values in self._columns.items()})

    @cached_property
    def gdf(self) -> gpd.GeoDataFrame:
        """As a GeoDataFrame in the city's coordinates (metres).

        Raises
        ------
        InputError : rows of this table have no place on the map
        """
        import geopandas as gpd

        if self._shape is None:
            raise input_error(self.name, "has no geometry", "use .df")
        return gpd.GeoDataFrame(self.df, geometry=self._shape(), crs=self._crs)

    @property
    def arrow(self) -> pa.Table:
        """As an Arrow table that shares memory with the engine where the types allow."""
        import pyarrow as pa

        return pa.table({name: pa.array(values) for name, values in self._columns.items()})

    def to_parquet(self, path: str | os.PathLike[str]) -> Path:
        """Writes the table as Parquet."""
        import pyarrow.parquet as pq

        pq.write_table(self.arrow, os.fspath(path))
        return Path(path)

    def __repr__(self) -> str:
        return f"Table({self.name!r}, {len(self):,} rows: {', '.join(self._columns)})"

    def _repr_html_(self) -> str:
        return str(self.df.head().to_html()) + f"<p>{len(self):,} rows</p>"
