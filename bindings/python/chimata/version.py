"""The version of the engine, as compiled."""

from . import _core

__version__ = _core.version()
