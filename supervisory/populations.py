"""Which comments or cases a published figure counts, and which figures contradict their own source.

The files do not say it in a column: it follows from the document and the paragraph (T6, T7 of the requirements are
settled here).
"""

from supervisory.models.statistic import Population

Place = tuple[str, int | None, str]  # document, paragraph, body

BY_PLACE: dict[Place, Population] = {
    ("001", 39, "CEACR"): Population.OBSERVATIONS,
    ("004", 194, "CEACR"): Population.OBSERVATIONS_AND_DIRECT_REQUESTS,
    ("004", 194, "CAS"): Population.CASES,
    ("004", 194, "CFA"): Population.CASES,
}
CONFERENCE = {  # paragraph 40 speaks of three populations; the beginning of the measure tells them apart
    "special paragraphs": Population.SPECIAL_PARAGRAPHS,
    "conclusions on individual cases": Population.INDIVIDUAL_CASES,
    "cases where Office assistance": Population.REPORTING_CASES,
    "further cases where assistance": Population.REPORTING_CASES,
}
INCONSISTENT = {  # document, paragraph, beginning of the measure
    ("004", 194, "ratifications registered of the child labour Conventions"),
    ("004", 199, "member States that had ratified the child labour Conventions"),
}


def population_of(document: str, paragraph: int | None, body: str, measure: str) -> Population:
    """What a figure counts. `OTHER` where it is not about comments or cases."""
    if (document, paragraph, body) == ("001", 40, "CAS"):
        return next(what for start, what in CONFERENCE.items() if measure.startswith(start))
    if measure.startswith("requests for technical assistance"):
        return Population.REQUESTS
    return BY_PLACE.get((document, paragraph, body), Population.OTHER)


def is_inconsistent(document: str, paragraph: int | None, measure: str) -> bool:
    """Whether the source gives figures that cannot all be right."""
    return any((document, paragraph) == (d, p) and measure.startswith(start) for d, p, start in INCONSISTENT)
