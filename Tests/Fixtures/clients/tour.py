"""A program that was written with a client generated from /openapi.json: python tour.py ADDRESS TOKEN"""
import io
import json
import sys

from fourrunr import AuthenticatedClient
from fourrunr.api.changes import get_changes
from fourrunr.api.jobs import get_jobs, post_jobs_by_name_pause, post_jobs_by_name_resume
from fourrunr.api.leads import (delete_leads_by_id, get_leads, get_leads_by_id, get_leads_export, get_leads_search,
                                patch_leads_by_id, post_leads, post_leads_import, put_leads_by_id)
from fourrunr.api.runs import get_runs_by_id
from fourrunr.api.statistics import get_stats_leads
from fourrunr.models import GetLeadsExportFormat, LeadPatch, PostLeadsBody, Problem, PutLeadsByIdBody
from fourrunr.types import File

client = AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2], raise_on_unexpected_status=True)

# Create, twice with one key.
body = PostLeadsBody(full_name="Ada King", company="Engines", email="ada@engines.example")
made = post_leads.sync_detailed(client=client, body=body, idempotency_key="one")
assert made.status_code == 201 and made.parsed.result == "new", made
again = post_leads.sync_detailed(client=client, body=body, idempotency_key="one")
assert again.status_code == 201 and again.content == made.content
number = made.parsed.lead.id
wrong = post_leads.sync(client=client, body=PostLeadsBody(email="nope"))
assert isinstance(wrong, Problem) and wrong.status == 400 and wrong.errors[0].field == "email", wrong

# Import, and follow the run.
rows = "".join(f"Person {chr(65 + n)}arson,Company {n},p.{chr(97 + n)}arson@company{n}.example\n" for n in range(26))
file = File(payload=io.BytesIO(("full_name,company,email\n" + rows).encode()), file_name="people.csv")
started = post_leads_import.sync_detailed(client=client, body=file, name="people.csv")
assert started.status_code == 202, started
run = started.parsed
while run.status in ("pending", "running"):
    run = get_runs_by_id.sync(run.id, client=client)
assert run.status == "success" and run.output_data["new"] == 26, run

# Page through.
seen, cursor = [], None
while True:
    page = get_leads.sync(client=client, limit=10, **({"cursor": cursor} if cursor else {}))
    seen += [lead.id for lead in page.leads]
    cursor = page.next_
    if cursor is None:
        break
assert len(seen) == len(set(seen)) == 27, seen
assert get_stats_leads.sync(client=client).total == 27
assert [lead.id for lead in get_leads_search.sync(client=client, q="king").leads] == [number]

# Edit with the ETag; a second edit with the old one is a conflict.
shown = get_leads_by_id.sync_detailed(str(number), client=client)
tag = shown.headers["ETag"]
edited = patch_leads_by_id.sync_detailed(str(number), client=client, body=LeadPatch(title="CEO"), if_match=tag)
assert edited.status_code == 200 and edited.parsed.title == "CEO", edited
stale = patch_leads_by_id.sync_detailed(str(number), client=client, body=LeadPatch(title="CFO"), if_match=tag)
assert stale.status_code == 412 and isinstance(stale.parsed, Problem), stale
put = put_leads_by_id.sync_detailed(
    str(number), client=client, body=PutLeadsByIdBody.from_dict(edited.parsed.to_dict()), if_match=edited.headers["ETag"])
assert put.status_code == 200 and put.parsed.revision == edited.parsed.revision, put

# Changes since, export, jobs.
after = get_changes.sync(client=client, limit=200).after
assert delete_leads_by_id.sync_detailed(str(number), client=client, if_match="*").status_code == 204
changes = get_changes.sync(client=client, after=after).changes
assert [(change.deleted, change.lead.id) for change in changes] == [(True, number)], changes
lines = get_leads_export.sync_detailed(client=client, format_=GetLeadsExportFormat.JSONL).content.decode().splitlines()
assert len(lines) == 26 and json.loads(lines[0])["company"].startswith("Company"), lines[:1]
job = get_jobs.sync(client=client).jobs[0].name
assert post_jobs_by_name_pause.sync(job, client=client).paused
assert not post_jobs_by_name_resume.sync(job, client=client).paused
print("well")
