"""How a figure came about, as sources say it: the closed list of SDMX natures (code list CL_NATURE), in our words."""

NATURES: dict[str, str] = {
    "C": "country data",
    "CA": "country data, adjusted",
    "E": "estimated",
    "G": "global monitoring",
    "M": "modelled",
    "N": "not relevant",
    "NA": "nature of the data not available",
    "": "nature of the data not said",
}
"""Code → words, in the order in which they are preferred (ours, a proposal): country data, then estimates."""


def nature_words(code: str) -> str:
    """The words of a nature; a code that is not in the list is named as it is."""
    return NATURES.get(code, f"nature {code}")
