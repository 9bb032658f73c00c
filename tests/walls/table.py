"""Who sees what: the law's table as rows in words, written here a second time and independent of the product.

`nothing` is no existence: the 404 of an unknown reference. `line`: of a draft that it exists, its author, when it was
saved. `summary`: reference, country, kind, group, public status, date sent. `full`: everything but the columns beside.
`invited`: inviting organization, country, kind, title. `signed`: that, and the answers that were signed. Letters
`both`: those that the Office addressed to the signing organization too.
"""

from dataclasses import dataclass

WRITER = {"answer", "write", "add_document", "withdraw", "result", "invite", "consent", "refuse"}
OFFICER = {
    "take",
    "ask",
    "accept",
    "decline",
    "no_means",
    "prepare",
    "give",
    "close",
    "reopen",
    "assign",
    "unassign",
    "note",
    "link",
    "unlink",
    "ask_to_publish",
    "publish",
    "take_off",
}
MAY = {
    "–": set(),
    "author": {"edit", "share", "delete", "send", "invite"},
    "heir": {"take_over"},
    "author+heir": {"edit", "share", "delete", "send", "take_over", "invite"},
    "writer": WRITER,
    "officer": OFFICER,
    "note": {"note"},
    "asked": {"sign", "decline_to_sign"},
    "signer": {"withdraw_signature"},
    "writer+note": WRITER | {"note"},
}
JOINT = {"invite", "sign", "decline_to_sign", "withdraw_signature"}
# What the state of the request lets happen, whoever asks.
NOW = {
    "draft": {"edit", "share", "delete", "send", "take_over"} | JOINT,
    "question_out": {"answer", "write", "add_document", "withdraw", "accept", "decline", "no_means"}
    | {"assign", "unassign", "note", "link", "unlink"}
    | JOINT,
    "in_examination": {"write", "add_document", "withdraw", "ask", "accept", "decline", "no_means"}
    | {"assign", "unassign", "note", "link", "unlink"}
    | JOINT,
    "declined": {"note", "link", "unlink", "reopen", "withdraw_signature"},
    "withdrawn": {"note", "link", "unlink"},
}
EVERY_ACTION = WRITER | OFFICER | MAY["author"] | MAY["heir"] | JOINT

# who | sees | Q12, M6, contacts | letters | documents | notes, override reasons | may do
TABLE = """
sent, draft, shown · anonymous                                  | nothing | – | – | – | – | –
sent, draft, shown · account without any place                  | nothing | – | – | – | – | –
sent, draft, shown · another union of the same country          | nothing | – | – | – | – | –
sent, draft, shown · administrator of another union             | nothing | – | – | – | – | –
sent, draft, shown · employers of the same country              | nothing | – | – | – | – | –
sent, draft, shown · ministry of the same country               | nothing | – | – | – | – | –
sent, draft, shown · ministry of another country                | nothing | – | – | – | – | –
sent, draft, shown · two organizations, neither filed           | nothing | – | – | – | – | –
sent, draft, shown · former writer                              | nothing | – | – | – | – | –
sent, draft, shown · former administrator                       | nothing | – | – | – | – | –
sent, draft, shown · disabled writer                            | nothing | – | – | – | – | –
sent, draft, shown · superuser                                  | nothing | – | – | – | – | –
sent, draft, shown · Branch, not yet confirmed                  | nothing | – | – | – | – | –
sent, draft, shown · Branch, post ended                         | nothing | – | – | – | – | –
sent, draft, shown · Branch, account disabled                   | nothing | – | – | – | – | –
sent, draft, shown · ACTRAV, post ended                         | nothing | – | – | – | – | –
sent, draft, shown · specialist, post ended                     | nothing | – | – | – | – | –
sent, draft, shown · specialist of another station              | nothing | – | – | – | – | –
sent, draft, shown · ACT/EMP                                    | nothing | – | – | – | – | –
sent, draft, shown · ACT/EMP officer who is somebody else's member | nothing | – | – | – | – | –

draft, shown · author                                           | full    | yes | write | write | – | author
draft, shown · other writer of the organization                 | nothing | – | – | – | – | –
draft, shown · reader of the organization                       | nothing | – | – | – | – | –
draft, shown · administrator of the organization                | line    | – | – | – | – | –
draft, shown · ACTRAV                                           | nothing | – | – | – | – | –
draft, shown · specialist of the station                        | nothing | – | – | – | – | –
draft · Branch                                                  | nothing | – | – | – | – | –
shown · Branch                                                  | full    | yes | – | read | – | –
shown · Branch after it was taken back                          | nothing | – | – | – | – | –
draft · author who is an administrator                          | line+full | yes | write | write | – | author
draft · author who became a reader                              | nothing | – | – | – | – | –
draft · author who left                                         | nothing | – | – | – | – | –
draft · author who left and now administers another union       | nothing | – | – | – | – | –
draft · shared to edit                                          | full    | yes | write | write | – | author
draft · shared to edit with a reader of the organization        | full    | yes | read | read | – | –
draft · shared to read with a writer of the organization        | full    | yes | read | read | – | –
draft · shared to read                                          | full    | yes | read | read | – | –
draft · share taken back                                        | nothing | – | – | – | – | –
draft · shared with somebody who left                           | nothing | – | – | – | – | –
draft · shared with an officer who is no member                 | nothing | – | – | – | – | –
draft whose author left · administrator                         | line    | – | – | – | – | heir
draft whose author's account was closed · administrator         | line    | – | – | – | – | heir
draft whose author left · other writer of the organization      | nothing | – | – | – | – | –
draft whose author left · administrator of another union        | nothing | – | – | – | – | –
draft whose author left · administrator with whom it is shared  | line+full | yes | write | write | – | author+heir
draft whose author left · administrator who took it over        | line+full | yes | write | write | – | author
sent, then its author left · administrator                      | full    | yes | write | write | – | writer
sent · writer with whom the draft was shared to edit            | full    | yes | write | write | – | writer
draft · reader beside whom it is shared with a colleague        | nothing | – | – | – | – | –
draft · writer beside whom it is shared with a colleague        | nothing | – | – | – | – | –

sent · writer                                                   | full    | yes | write | write | – | writer
sent · author                                                   | full    | yes | write | write | – | writer
sent · administrator                                            | full    | yes | write | write | – | writer
sent · reader                                                   | full    | yes | read | read | – | –
sent · author who became a reader                               | full    | yes | read | read | – | –
sent · author who left                                          | nothing | – | – | – | – | –
sent · colleague with whom the draft was shared to edit, a reader | full  | yes | read | read | – | –
sent · reader of it, writer of another union                    | full    | yes | read | read | – | –
sent · Branch                                                   | full    | yes | write | write | yes | officer
sent · ACTRAV                                                   | full    | yes | read | read | yes | note
sent · specialist of the station                                | full    | yes | read | read | yes | note
sent · writer and specialist of the station                     | full    | yes | write | write | yes | writer+note
sent · reader and specialist of another station                 | full    | yes | read | read | – | –
sent · superuser with a Branch post                             | full    | yes | write | write | yes | officer
sent, others may know (P3) · ministry of the same country       | nothing | – | – | – | – | –
sent, others may know (P3) · employers of the same country      | nothing | – | – | – | – | –

sent with employers (A9) · ACT/EMP                              | summary | – | – | – | – | –
sent with employers (A9) · ACTRAV                               | full    | yes | read | read | yes | note
sent with employers (A9) · employers of the same country        | nothing | – | – | – | – | –
sent, A9 left from another kind of help · ACT/EMP               | nothing | – | – | – | – | –
joint draft · writer of the invited organization                | invited | – | – | – | – | asked
joint draft · administrator of the invited organization         | invited | – | – | – | – | asked
joint draft · reader of the invited organization                | nothing | – | – | – | – | –
joint draft · who left the invited organization                 | nothing | – | – | – | – | –
joint draft · another union of the same country                 | nothing | – | – | – | – | –
joint draft · ACT/EMP officer who writes for the invited organization | invited | – | – | – | – | asked
joint draft, signed · writer of the other organization          | invited+signed+summary | – | – | – | – | signer
joint draft, signed · reader of the other organization          | nothing | – | – | – | – | –
joint draft, signed · another union of the same country         | nothing | – | – | – | – | –
joint draft, declined · writer of the other organization        | nothing | – | – | – | – | –
joint draft, expired · writer of the other organization         | nothing | – | – | – | – | –
joint draft, taken back · writer of the other organization      | nothing | – | – | – | – | –
joint draft, signature withdrawn · writer of the other organization | nothing | – | – | – | – | –
joint draft, changed since it was signed · writer of the other organization | invited | – | – | – | – | asked
joint, sent · writer of the invited organization                | invited | – | – | – | – | asked
joint, sent and signed · writer of the other organization       | invited+signed+summary | – | – | – | – | signer
joint, sent and signed · ministry of the same country           | nothing | – | – | – | – | –
joint, sent and signed · writer                                 | full    | yes | write | write | – | writer
joint, sent and signed · Branch                                 | full    | yes | write | write | yes | officer
joint, letter to both · writer of the other organization        | invited+signed+summary | – | both | – | – | signer
joint, letter to both · administrator of the other organization | invited+signed+summary | – | both | – | – | signer
joint, letter to both · reader of the other organization        | nothing | – | – | – | – | –
joint, letter to both · who left the other organization         | nothing | – | – | – | – | –
joint, letter to both · ministry of the same country            | nothing | – | – | – | – | –
joint, letter to both · writer                                  | full    | yes | write | write | – | writer
joint, letter to both · another organization that signed after it | invited+signed+summary | – | – | – | – | signer
joint, letter to both, signature withdrawn · writer of the other organization | nothing | – | – | – | – | –
joint, letter to both, changed since it was signed · writer of the other organization | invited | – | – | – | – | asked
joint, letter to both, signed anew · its writer | invited+signed+summary | – | both | – | – | signer
joint, declined by the Office · writer of the invited organization | nothing | – | – | – | – | –
joint, signed, declined by the Office · writer of the other one | invited+signed+summary | – | – | – | – | signer
joint, signed, withdrawn · writer of the other organization     | nothing | – | – | – | – | –

government's request · Branch                                   | full    | yes | write | write | yes | officer
government's request · ACTRAV                                   | full    | yes | read | read | yes | note
government's request · ACT/EMP                                  | full    | yes | read | read | yes | note
government's request · union of the same country                | nothing | – | – | – | – | –
employers' request · Branch                                     | full    | yes | write | write | yes | officer
employers' request · ACTRAV                                     | summary | – | – | – | – | –
employers' request · ACT/EMP                                    | full    | yes | read | read | yes | note
employers' request · specialist of the station                  | full    | yes | read | read | yes | note
employers' request · union of the same country                  | nothing | – | – | – | – | –

routing of the Bureau ended · ACTRAV                            | nothing | – | – | – | – | –
information of the Bureau ended · ACT/EMP                       | nothing | – | – | – | – | –
station routed as informed · specialist                         | nothing | – | – | – | – | –
re-routed · specialist of the station before                    | nothing | – | – | – | – | –
re-routed · specialist of the station now                       | full    | yes | read | read | yes | note
assigned by name · officer of another station                   | full    | yes | write | write | yes | note
assigned by name · once another has it                          | nothing | – | – | – | – | –
assigned by name · once the post ended                          | nothing | – | – | – | – | –
headquarters serves the country · specialist                    | nothing | – | – | – | – | –
"""


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    who: str
    sees: frozenset[str]
    sensitive: bool
    letters: str
    documents: str
    notes: bool
    may: frozenset[str]


def rows() -> list[Row]:
    """The table's rows; a row that names several states of a request is one for each."""
    found = []
    for line in filter(None, TABLE.splitlines()):
        who, sees, sensitive, letters, documents, notes, may = (cell.strip() for cell in line.split("|"))
        states, _dot, person = who.partition(" · ")
        several = states.split(", ") if set(states.split(", ")) <= {"sent", "draft", "shown"} else [states]
        found += [
            Row(
                f"{state} · {person}",
                frozenset(sees.split("+")),
                sensitive == "yes",
                letters,
                documents,
                notes == "yes",
                frozenset(MAY[may]),
            )
            for state in several
        ]
    return found
