"""One-file offline animation of a simulated day: people, water, shelters."""

from .animation import write_animation
from .scene import Scene

__all__ = ["Scene", "write_animation"]
