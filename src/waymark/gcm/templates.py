"""Templates of papers: which sections a paper has, in which order, with which prompt; data, never code."""

from dataclasses import dataclass
from functools import cache

from waymark.gcm.errors import NotFoundError
from waymark.gcm.files import catalogue_path, read_yaml
from waymark.gcm.frameworks import objectives
from waymark.gcm.lists import Mark
from waymark.gcm.vocabulary import as_mark

SCOPES = ("document", "each-objective", "each-target")
"""A section is written once, or once per objective of the Compact, or once per target of the other framework.
A scope "objectives 1 3 7" is once per objective named."""


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """One section: `key` is what the writer of a paper looks for, `prompt` says in plain words what belongs there."""

    key: str
    heading: str
    prompt: str
    scope: str
    mark: Mark

    @property
    def objectives(self) -> tuple[str, ...]:
        """The codes of the objectives the section is repeated for; empty for a section written once."""
        if self.scope == "each-objective":
            return tuple(one.code for one in objectives())
        if self.scope.startswith("objectives "):
            return tuple(self.scope.split()[1:])
        return ()


@dataclass(frozen=True, slots=True)
class Template:
    """A paper template. `version` changes with every edit that changes a section; editions name it."""

    code: str
    version: str
    title: str
    mark: Mark
    source: str
    locator: str
    note: str
    sections: tuple[TemplateSection, ...]


@cache
def template_codes() -> tuple[str, ...]:
    """The codes of the templates in the catalogue, sorted."""
    return tuple(sorted(path.stem for path in catalogue_path("paper-templates").glob("*.yaml")))


@cache
def template(code: str) -> Template:
    """The paper template called `code`, such as "voluntary-gcm-review".

    Raises NotFoundError when the catalogue does not hold it.
    """
    if code not in template_codes():
        raise NotFoundError(
            f'paper template "{code}"',
            "the catalogue has no template of this code",
            expected=f"one of {', '.join(template_codes())}",
            todo="Correct the code",
        )
    row = read_yaml("paper-templates", f"{code}.yaml")
    return Template(
        code=code,
        version=row["version"],
        title=row["title"],
        mark=as_mark(row["mark"]),
        source=row["source"],
        locator=row["locator"],
        note=row["note"],
        sections=tuple(
            TemplateSection(
                key=part["key"],
                heading=part["heading"],
                prompt=part["prompt"],
                scope=part["scope"],
                mark=as_mark(part["mark"]),
            )
            for part in row["sections"]
        ),
    )
