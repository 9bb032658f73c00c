"""A draft, sent and followed, with the generated client (client.md). Needs PORTAL and KEY in the environment."""

import os
import uuid
from datetime import UTC, datetime, timedelta

from portal import AuthenticatedClient
from portal.api.requests import create_request, list_findings, list_requests, send
from portal.api.sections import change_section_situation, read_section_situation
from portal.models import KindOfHelp, NewRequest, Problem, Send, SituationIssues, SituationSection, WholeRequest

union = AuthenticatedClient(os.environ["PORTAL"], token=os.environ["KEY"], raise_on_unexpected_status=True)
act = uuid.uuid4().hex  # kept until there is an answer: a retry with it makes no second draft
new = NewRequest(kind=KindOfHelp.SEMINAR, country="CM", title="Registration of unions in the health sector")
draft = create_request.sync(client=union, body=new, idempotency_key=act)
if not isinstance(draft, WholeRequest):
    raise SystemExit(draft)

etag = read_section_situation.sync_detailed(draft.reference, client=union).headers["ETag"]
answers = SituationSection(happening="Offices of three unions were closed in March.", issues=[SituationIssues.FORMING])
change_section_situation.sync(draft.reference, client=union, body=answers, if_match=etag)

findings = list_findings.sync(draft.reference, client=union, accept_language="fr")
if findings and not isinstance(findings, Problem):
    print(*(f"{found.level}: {found.sentence}" for found in findings.results), sep="\n")

sent = send.sync(draft.reference, client=union, body=Send(declared=True), idempotency_key=uuid.uuid4().hex)
if isinstance(sent, Problem):
    print(sent.detail, *(wrong.field for wrong in sent.errors))

moved = list_requests.sync(client=union, changed_since=datetime.now(UTC) - timedelta(days=1))
if moved and not isinstance(moved, Problem):
    print(*(f"{request.reference} {request.status}" for request in moved.results), sep="\n")
