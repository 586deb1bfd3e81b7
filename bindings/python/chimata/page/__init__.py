"""One-file offline animations: a simulated day of a town, and crowds in areas."""

from .animation import write_animation
from .crowd import CrowdScene, write_crowd
from .scene import Scene

__all__ = ["CrowdScene", "Scene", "write_animation", "write_crowd"]
