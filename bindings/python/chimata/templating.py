"""Pages from the templates of the package."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, Template


def page_template(name: str) -> Template:
    """The template `name`, which escapes what is put into it; import late, Jinja takes time to load."""
    environment = Environment(
        loader=PackageLoader("chimata"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name)
