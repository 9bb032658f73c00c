"""Answers to every question of every section, such that no rule finds anything missing."""

from collections.abc import Mapping
from typing import Any

from requests_app.models import (
    Answered,
    Conventions,
    DirectContacts,
    DraftLaw,
    Funding,
    LabourRelations,
    NotSure,
    People,
    PoliticalWill,
    Provision,
    Seminar,
    Situation,
    Visit,
)

COMPLETE: Mapping[type[Answered], Mapping[str, Any]] = {
    Situation: {
        "happening": "Registration of three unions was refused in the health sector since January.",
        "affected": ["union_members"],
        "issues": ["forming"],
        "urgent": "no",
    },
    Conventions: {"instruments": ["C087"], "ratification": "discussed", "commented": "no"},
    PoliticalWill: {
        "wanted": "partly",
        "signs": ["statement", "talks"],
        "described": "The minister said so in public, and both sides met twice this year.",
        "objections": "Nobody that we know of.",
    },
    LabourRelations: {
        "improved": "Both sides would meet again in the joint committee.",
        "settled": "The three files would be looked at again by the registrar.",
        "parties": "all",
    },
    Seminar: {
        "form": "seminar",
        "purpose": "principles",
        "audience": ["workers"],
        "audience_text": "25 union officers of three regions",
        "people": "25",
        "outcome": "Every participant can file for registration without help.",
        "issues": ["forming"],
        "languages": ["fr"],
        "taking_part": ["workers"],
    },
    DraftLaw: {
        "text_title": "Bill on trade unions",
        "stage": "drafting",
        "sent_by": "email",
        "language": "fr",
        "provisions": "Articles 1 to 12",
        "consulted": "yes",
        "pass_on": "ask",
        "improvement": "Unions could be registered without prior approval.",
    },
    Provision: {
        "instrument": "C087",
        "article": "Article 2",
        "question": "Does Article 2 cover hospital staff?",
        "background": "The registrar says that hospital staff are public servants.",
        "pending": "no",
    },
    DirectContacts: {"procedure": "cfa", "number": "Case No. 1234", "agreed": "yes"},
    Visit: {
        "received": "yes",
        "improvement": "The registrar would hear directly what Article 2 means.",
        "who": "officials",
        "come_from": "region",
        "result": "A date by which the three files are decided.",
        "safety": "The road north is closed at night.",
    },
    NotSure: {"imagined": "Somebody who explains to both sides what the Convention says."},
    Funding: {"costs": ["time_only"]},
    People: {
        "name": "Ada Example (fictional)",
        "function": "Secretary",
        "email": "ada@example.org",
        "language": "en",
        "may_know": "only_office",
    },
}
