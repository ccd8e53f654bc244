PRAGMA application_id = 879914610;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE leads (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    full_name TEXT, first_name TEXT, last_name TEXT,
    title TEXT, company TEXT, email TEXT, phone TEXT, linkedin_url TEXT, website TEXT, location TEXT,
    industry TEXT, company_size TEXT, ai_message TEXT,
    status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'scraped', 'cleaned', 'enriched', 'ready',
        'contacted', 'replied', 'won', 'lost', 'unsubscribed', 'bounced')),
    pipeline_stage TEXT NOT NULL DEFAULT 'new'
        CHECK (pipeline_stage IN ('new', 'processing', 'completed', 'failed')),
    verified INTEGER NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
    enriched INTEGER NOT NULL DEFAULT 0 CHECK (enriched IN (0, 1)),
    needs_enrichment INTEGER NOT NULL DEFAULT 1 CHECK (needs_enrichment IN (0, 1)),
    ready_for_outreach INTEGER NOT NULL DEFAULT 0 CHECK (ready_for_outreach IN (0, 1)),
    source TEXT,
    scraped_at TEXT, enriched_at TEXT,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
    airtable_id TEXT UNIQUE, last_synced_at TEXT,
    airtable_synced INTEGER NOT NULL DEFAULT 0 CHECK (airtable_synced IN (0, 1)),
    sync_pending INTEGER NOT NULL DEFAULT 1 CHECK (sync_pending IN (0, 1)),
    last_sync_attempt TEXT, sync_error TEXT,
    raw_data TEXT CHECK (raw_data IS NULL OR json_valid(raw_data)),
    deleted_at TEXT,
    revision INTEGER NOT NULL DEFAULT 1, opted_out_at TEXT, opted_out_by TEXT, opted_out_how TEXT, opted_in_at TEXT, merged_into INTEGER, company_id INTEGER REFERENCES companies (id) ON DELETE SET NULL,
    CHECK (email IS NOT NULL OR linkedin_url IS NOT NULL OR phone IS NOT NULL
        OR (full_name IS NOT NULL AND company IS NOT NULL))
) STRICT;
INSERT INTO leads VALUES(1,'7718374f-8d5c-4bac-bb71-e38d07ce1755','Xenia Eklund','Xenia','Eklund','CEO','Ridgeway Tooling Ltd',NULL,'+15195550141','https://www.linkedin.com/in/xeniaeklund62','https://www.ridgeway-tooling.example/','Windsor, Ontario, Canada','Manufacturing','201-500',replace('Hi Xenia,\n\nI have been following Ridgeway Tooling Ltd: Precision machining and manufacturing of moulds for the automotive industry. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,1,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:36.650','2026-03-02 02:46:36.639','2026-03-02 02:46:38.137','recSbx00000000005','2026-03-02 02:46:40.082',1,0,'2026-03-02 02:46:40.082',NULL,'{"link":"https://www.linkedin.com/in/xeniaeklund62","snippet":"Windsor, Ontario, Canada · CEO · Ridgeway Tooling Ltd · Sandbox University","title":"Xenia Eklund - CEO - Ridgeway Tooling Ltd | LinkedIn"}',NULL,4,NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO leads VALUES(2,'73e2301d-67c8-4ed9-a9e5-16b4c8e37f90','Hugo Silberstein','Hugo','Silberstein','Marketing Director','Brightwater Capital','hugo.silberstein@brightwater-capital.example','+15145550186','https://www.linkedin.com/in/hugo-silberstein-64368','https://www.brightwater-capital.example/','Montreal, Quebec, Canada','Financial services','11-50',replace('Hi Hugo,\n\nI read about Brightwater Capital: Independent investment and retirement advice for families and small firms. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,0,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:37.132','2026-03-02 02:46:36.642','2026-03-02 02:46:38.135','recSbx00000000002','2026-03-02 02:46:40.082',1,0,'2026-03-02 02:46:40.082',NULL,'{"link":"https://ca.linkedin.com/in/hugo-silberstein-64368","snippet":"Montreal, Quebec, Canada · Marketing Director · Brightwater Capital","title":"Hugo Silberstein – Marketing Director at Brightwater Capital"}',NULL,4,NULL,NULL,NULL,NULL,NULL,2);
INSERT INTO leads VALUES(3,'add2d0df-4177-4071-b223-8201db6d2368','Hugo Eklund','Hugo','Eklund','Plant Manager','Quarry Lane Bakery','hugo.eklund@quarry-lane-bakery.example','+12895550128','https://www.linkedin.com/in/hugoeklund7','https://www.quarry-lane-bakery.example/','Burlington, Ontario, Canada','Food','51-200',replace('Hi Hugo,\n\nI have been following Quarry Lane Bakery: Bread and pastry for cafés and grocery stores, baked every night. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,0,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:37.631','2026-03-02 02:46:36.643','2026-03-02 02:46:38.136','recSbx00000000003','2026-03-02 02:46:40.082',1,0,'2026-03-02 02:46:40.082',NULL,'{"link":"https://www.linkedin.com/in/hugoeklund7","snippet":"Burlington, Ontario, Canada · Plant Manager · Quarry Lane Bakery · Sandbox University","title":"Hugo Eklund - Plant Manager - Quarry Lane Ba..."}',NULL,4,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO leads VALUES(4,'06eac30a-4c68-45cf-96b5-28e0de673baa','Tamsin Rasmussen','Tamsin','Rasmussen','Head of Growth','Harborlight Logistics',NULL,'+14165550134','https://www.linkedin.com/in/tamsinrasmussen56','https://www.harborlight-logistics.example/','Toronto, Ontario, Canada','Logistics','51-200',replace('Hi Tamsin,\n\nI came across Harborlight Logistics: Freight, warehousing and customs for mid-sized importers on the Great Lakes. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,1,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:38.130','2026-03-02 02:46:36.643','2026-03-02 02:46:38.136','recSbx00000000004','2026-03-02 02:46:40.082',1,0,'2026-03-02 02:46:40.082',NULL,'{"link":"https://www.linkedin.com/in/tamsinrasmussen56","snippet":"Toronto, Ontario, Canada · Head of Growth · Harborlight Logistics","title":"Tamsin Rasmussen - Harborlight Logistics"}','2026-03-02 02:46:40.000',4,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO leads VALUES(5,'09216bba-d66e-4d97-b3f9-cac15ae23aef','Linus Pellegrino','Linus','Pellegrino','Co-Founder & CTO','Harborlight Logistics',NULL,'+14165550134','https://www.linkedin.com/in/linus-pellegrino-5202b','https://www.harborlight-logistics.example/','Toronto, Ontario, Canada','Logistics','51-200',replace('Hi Linus,\n\nI read about Harborlight Logistics: Freight, warehousing and customs for mid-sized importers on the Great Lakes. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,1,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:38.177','2026-03-02 02:46:38.162','2026-03-02 02:46:38.183','recSbx00000000006','2026-03-02 02:46:40.082',1,0,'2026-03-02 02:46:40.082',NULL,'{"link":"https://www.linkedin.com/in/linus-pellegrino-5202b","snippet":"Toronto, Ontario, Canada · Co-Founder & CTO · Harborlight Logistics · Sandbox University","title":"Linus Pellegrino - Co-Founder & CTO - Harborlight Logistics"}',NULL,4,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO leads VALUES(6,'f34f0922-1338-45ff-b0ef-afb9eca325fa','Ada King','Ada','King','Countess of Lovelace','Analytical Engines','ada@engines.example','+14155550142',NULL,NULL,NULL,NULL,NULL,NULL,'cleaned','new',0,0,1,0,'csv:people.csv',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:39.049','recSbx00000000008','2026-03-02 02:46:39.338',0,1,'2026-03-02 02:46:39.583','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','{"Company":"Analytical Engines","Email":"ada@engines.example","Favourite Colour":"blue","Full Name":"Ada King","Phone":"+1 415 555 0142","Title":"Countess"}',NULL,2,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO leads VALUES(7,'fc20b4d3-e50d-4c37-ac58-b83d160adb0b','Bob Stone','Bob','Stone','Founder','Stone & Sons','bob@stone.example',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'cleaned','new',0,0,1,0,'csv:people.csv',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:39.224','recSbx00000000009','2026-03-02 02:46:40.082',0,0,'2026-03-02 02:46:40.082',NULL,'{"Company":"Stone & Sons","Email":"bob@stone.example","Full Name":"Stone, Bob","Title":"Founder"}','2026-03-02 02:46:39.224',2,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO leads VALUES(8,'eb9055e0-4649-4961-8496-c0c183615d82','Chen Li','Chen','Li','Owner','Lantern Works','info@lanterns.example',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'cleaned','new',0,0,1,0,'csv:people.csv',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:38.717','recSbx0000000000a','2026-03-02 02:46:39.338',0,1,'2026-03-02 02:46:39.581','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','{"Company":"Lantern Works","Email":"info@lanterns.example","Favourite Colour":"red","Full Name":"Chen Li","Title":"Owner"}',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO leads VALUES(9,'9aee4105-a302-455b-995b-eb75ba4241be','Zoë Ångström','Zoë','Ångström','Daglig leder','Nordlys AS','zoe@nordlys.example',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'unsubscribed','failed',0,0,1,0,'csv:people.csv',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:38.717','recSbx0000000000b','2026-03-02 02:46:39.338',0,1,'2026-03-02 02:46:39.582','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','{"Company":"Nordlys AS","Email":"zoe@nordlys.example","Full Name":"Zoë Ångström","Title":"Daglig leder"}',NULL,1,'2026-03-02 02:46:38.717','migration','status unsubscribed',NULL,NULL,NULL);
INSERT INTO leads VALUES(10,'0ee3deb0-8d86-4402-855a-c97b5356f860','Grace Hop','Grace','Hop',NULL,'Navy Yards','grace@navy.example',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'cleaned','new',0,0,1,0,'manual',NULL,NULL,'2026-03-02 02:46:38.744','2026-03-02 02:46:38.744','recSbx0000000000c','2026-03-02 02:46:39.338',0,1,'2026-03-02 02:46:39.583','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','{"company":"Navy Yards","email":"grace@navy.example","full_name":"Grace Hop"}',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO leads VALUES(11,'1cf66719-b5a4-41a0-a40c-0ad180a765b7','Dora Refused','Dora','Refused',NULL,'Select Options','dora@select.example',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'cleaned','new',0,0,1,0,'manual',NULL,NULL,'2026-03-02 02:46:39.287','2026-03-02 02:46:39.287','recSbx0000000000g','2026-03-02 02:46:40.331',0,1,'2026-03-02 02:46:40.331','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','{"company":"Select Options","email":"dora@select.example","full_name":"Dora Refused"}',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO leads VALUES(12,'d14cf33a-3a80-4d71-a058-21b300b6c7f2','Fay Phoneless','Fay','Phoneless',NULL,'No Web',NULL,NULL,NULL,NULL,NULL,NULL,NULL,replace('Hi Fay,\n\nI read about No Web. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',0,1,1,1,'manual',NULL,'2026-03-02 02:46:40.370','2026-03-02 02:46:39.306','2026-03-02 02:46:42.369','recSbx0000000000h','2026-03-02 02:46:40.331',0,1,'2026-03-02 02:46:40.331','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','{"company":"No Web","full_name":"Fay Phoneless"}',NULL,3,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO leads VALUES(13,'5a447385-9d6a-4e6f-b5d9-b4f43558c911','Ines Fairweather','Ines','Fairweather','Head of Growth','Brightwater Capital','ines.fairweather@brightwater-capital.example','+15145550186','https://www.linkedin.com/in/inesfairweather28','https://www.brightwater-capital.example/','Montreal, Quebec, Canada','Financial services','11-50',replace('Hi Ines,\n\nI came across Brightwater Capital: Independent investment and retirement advice for families and small firms. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,0,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:42.436','2026-03-02 02:46:42.421','2026-03-02 02:46:42.444',NULL,NULL,0,1,NULL,NULL,'{"link":"https://ca.linkedin.com/in/inesfairweather28?trk=public_profile","snippet":"Montreal, Quebec, Canada · Head of Growth · Brightwater Capital","title":"Ines Fairweather - Head of Growth - Brightwater Capital | LinkedIn"}',NULL,4,NULL,NULL,NULL,NULL,NULL,2);
INSERT INTO leads VALUES(14,'3fe9f733-796e-46ff-91b5-c01171507827','Hugo Ivanov','Hugo','Ivanov','Director of Procurement','Brightwater Capital',NULL,'+15145550186','https://www.linkedin.com/in/hugoivanov52','https://www.brightwater-capital.example/',NULL,'Financial services','11-50',replace('Hi Hugo,\n\nI have been following Brightwater Capital: Independent investment and retirement advice for families and small firms. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,1,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:42.436','2026-03-02 02:46:42.423','2026-03-02 02:46:42.444',NULL,NULL,0,1,NULL,NULL,'{"link":"https://www.linkedin.com/in/hugoivanov52","title":"Hugo Ivanov – Director of Procurement at Brightwater Capital"}',NULL,4,NULL,NULL,NULL,NULL,NULL,2);
CREATE TABLE airtable_links (
    record_id TEXT PRIMARY KEY,
    lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    state TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO airtable_links VALUES('recDuplicate00001',2,'duplicate');
INSERT INTO airtable_links VALUES('recSbx00000000002',2,'linked');
INSERT INTO airtable_links VALUES('recSbx00000000003',3,'linked');
INSERT INTO airtable_links VALUES('recSbx00000000004',4,'linked');
INSERT INTO airtable_links VALUES('recSbx00000000005',1,'linked');
INSERT INTO airtable_links VALUES('recSbx00000000006',5,'linked');
INSERT INTO airtable_links VALUES('recSbx00000000008',6,'linked');
INSERT INTO airtable_links VALUES('recSbx00000000009',7,'linked');
INSERT INTO airtable_links VALUES('recSbx0000000000a',8,'linked');
INSERT INTO airtable_links VALUES('recSbx0000000000b',9,'linked');
INSERT INTO airtable_links VALUES('recSbx0000000000c',10,'linked');
INSERT INTO airtable_links VALUES('recSbx0000000000g',11,'linked');
INSERT INTO airtable_links VALUES('recSbx0000000000h',12,'linked');
CREATE TABLE lead_enrichment (
    lead_id INTEGER PRIMARY KEY REFERENCES leads (id) ON DELETE CASCADE,
    website_content TEXT, company_description TEXT, services TEXT, tone TEXT, website_insights TEXT,
    email_confidence TEXT CHECK (email_confidence IN ('real', 'pattern', 'guess')),
    email_source TEXT CHECK (email_source IN ('scraped', 'generated', 'verified')),
    email_verification_status TEXT
        CHECK (email_verification_status IN ('verified', 'unverified', 'bounced')),
    detected_traits TEXT, trait_confidence_scores TEXT, business_focus TEXT, company_size TEXT,
    enriched_at TEXT, enrichment_method TEXT, confidence_score REAL
) STRICT;
INSERT INTO lead_enrichment VALUES(1,'Ridgeway Tooling Ltd Precision machining and manufacturing of moulds for the automotive industry. We are a team of 320 people in Windsor, Ontario, Canada. Hugo Jarvinen, Managing Partner – write Farid Rasmussen, VP Sales – write Wanda Fairweather, Plant Manager – write Tamsin Ivanov, Operations Manager – write Write to info@ridgeway-tooling.example, or call +1 519 555 0141.','Precision machining and manufacturing of moulds for the automotive industry.',NULL,NULL,replace('hugo.jarvinen@ridgeway-tooling.example\nfarid.rasmussen@ridgeway-tooling.example\nwanda.fairweather@ridgeway-tooling.example\ntamsin.ivanov@ridgeway-tooling.example\ninfo@ridgeway-tooling.example\n+15195550141','\n',char(10)),NULL,NULL,NULL,NULL,NULL,'Manufacturing','201-500','2026-03-02 02:46:36.650','home page of ridgeway-tooling.example; verified: the profile was listed by a web search',0.69999999999999995559);
INSERT INTO lead_enrichment VALUES(2,'Brightwater Capital Independent investment and retirement advice for families and small firms. We are a team of 18 people in Montreal, Quebec, Canada. Priya Quill, Head of Operations – write Hugo Silberstein, Marketing Director – write Tamsin Wetherby, VP Sales – write Ines Fairweather, Head of Growth – write Write to info@brightwater-capital.example, or call +1 514 555 0186.','Independent investment and retirement advice for families and small firms.',NULL,NULL,replace('priya.quill@brightwater-capital.example\ntamsin.wetherby@brightwater-capital.example\nines.fairweather@brightwater-capital.example\ninfo@brightwater-capital.example\n+15145550186','\n',char(10)),'real','scraped','verified',NULL,NULL,'Financial services','11-50','2026-03-02 02:46:37.132','home page of brightwater-capital.example; verified: the address stands on brightwater-capital.example',0.71999999999999997335);
INSERT INTO lead_enrichment VALUES(3,'Quarry Lane Bakery Bread and pastry for cafés and grocery stores, baked every night. We are a team of 60 people in Burlington, Ontario, Canada. Hugo Eklund, Plant Manager – write Stellan Thackeray, Managing Partner – write Wanda Nakagawa, Co-Founder & CTO – write Elif Ivanov, Director of Procurement – write Write to info@quarry-lane-bakery.example, or call +1 289 555 0128.','Bread and pastry for cafés and grocery stores, baked every night.',NULL,NULL,replace('stellan.thackeray@quarry-lane-bakery.example\nwanda.nakagawa@quarry-lane-bakery.example\nelif.ivanov@quarry-lane-bakery.example\ninfo@quarry-lane-bakery.example\n+12895550128','\n',char(10)),'real','scraped','verified',NULL,NULL,'Food','51-200','2026-03-02 02:46:37.631','home page of quarry-lane-bakery.example; verified: the address stands on quarry-lane-bakery.example',0.73999999999999999111);
INSERT INTO lead_enrichment VALUES(4,'Harborlight Logistics Freight, warehousing and customs for mid-sized importers on the Great Lakes. We are a team of 140 people in Toronto, Ontario, Canada. Tamsin Thackeray, Managing Partner – write Jonas Grunwald, Co-Founder & CTO – write Chiara Hollister, Managing Partner – write Xenia Jarvinen, Marketing Director – write Write to info@harborlight-logistics.example, or call +1 416 555 0134.','Freight, warehousing and customs for mid-sized importers on the Great Lakes.',NULL,NULL,replace('tamsin.thackeray@harborlight-logistics.example\njonas.grunwald@harborlight-logistics.example\nchiara.hollister@harborlight-logistics.example\nxenia.jarvinen@harborlight-logistics.example\ninfo@harborlight-logistics.example\n+14165550134','\n',char(10)),NULL,NULL,NULL,NULL,NULL,'Logistics','51-200','2026-03-02 02:46:38.130','home page of harborlight-logistics.example; verified: the profile was listed by a web search',0.69999999999999995559);
INSERT INTO lead_enrichment VALUES(5,'Harborlight Logistics Freight, warehousing and customs for mid-sized importers on the Great Lakes. We are a team of 140 people in Toronto, Ontario, Canada. Tamsin Thackeray, Managing Partner – write Jonas Grunwald, Co-Founder & CTO – write Chiara Hollister, Managing Partner – write Xenia Jarvinen, Marketing Director – write Write to info@harborlight-logistics.example, or call +1 416 555 0134.','Freight, warehousing and customs for mid-sized importers on the Great Lakes.',NULL,NULL,replace('tamsin.thackeray@harborlight-logistics.example\njonas.grunwald@harborlight-logistics.example\nchiara.hollister@harborlight-logistics.example\nxenia.jarvinen@harborlight-logistics.example\ninfo@harborlight-logistics.example\n+14165550134','\n',char(10)),NULL,NULL,NULL,NULL,NULL,'Logistics','51-200','2026-03-02 02:46:38.177','home page of harborlight-logistics.example; verified: the profile was listed by a web search',0.70000000000000006661);
INSERT INTO lead_enrichment VALUES(12,NULL,NULL,NULL,NULL,'no web site is known',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:40.370','rule',NULL);
INSERT INTO lead_enrichment VALUES(13,'Brightwater Capital Independent investment and retirement advice for families and small firms. We are a team of 18 people in Montreal, Quebec, Canada. Priya Quill, Head of Operations – write Hugo Silberstein, Marketing Director – write Tamsin Wetherby, VP Sales – write Ines Fairweather, Head of Growth – write Write to info@brightwater-capital.example, or call +1 514 555 0186.','Independent investment and retirement advice for families and small firms.',NULL,NULL,replace('priya.quill@brightwater-capital.example\nhugo.silberstein@brightwater-capital.example\ntamsin.wetherby@brightwater-capital.example\ninfo@brightwater-capital.example\n+15145550186','\n',char(10)),'real','scraped','verified',NULL,NULL,'Financial services','11-50','2026-03-02 02:46:42.436','home page of brightwater-capital.example; verified: the address stands on brightwater-capital.example',0.71999999999999997335);
INSERT INTO lead_enrichment VALUES(14,'Brightwater Capital Independent investment and retirement advice for families and small firms. We are a team of 18 people in Montreal, Quebec, Canada. Priya Quill, Head of Operations – write Hugo Silberstein, Marketing Director – write Tamsin Wetherby, VP Sales – write Ines Fairweather, Head of Growth – write Write to info@brightwater-capital.example, or call +1 514 555 0186.','Independent investment and retirement advice for families and small firms.',NULL,NULL,replace('priya.quill@brightwater-capital.example\nhugo.silberstein@brightwater-capital.example\ntamsin.wetherby@brightwater-capital.example\nines.fairweather@brightwater-capital.example\ninfo@brightwater-capital.example\n+15145550186','\n',char(10)),NULL,NULL,NULL,NULL,NULL,'Financial services','11-50','2026-03-02 02:46:42.436','home page of brightwater-capital.example; verified: the profile was listed by a web search',0.6750000000000000444);
CREATE TABLE campaigns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    campaign_id TEXT NOT NULL UNIQUE,
    campaign_type TEXT NOT NULL CHECK (campaign_type IN ('initial', 'followup', 'recycled')),
    message_type TEXT CHECK (message_type IN ('hook', 'proof', 'fomo')),
    subject_line TEXT, message_content TEXT,
    status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'queued', 'sent', 'delivered', 'opened',
        'replied', 'failed', 'bounced', 'cancelled')),
    quality_score REAL,
    scheduled_at TEXT, sent_at TEXT, delivered_at TEXT, opened_at TEXT, replied_at TEXT,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL
, held_reason TEXT) STRICT;
INSERT INTO campaigns VALUES(1,2,'73e2301d-67c8-4ed9-a9e5-16b4c8e37f90:initial:1','initial','hook','A question about Brightwater Capital',replace('Hi Hugo,\n\nI read about Brightwater Capital: Independent investment and retirement advice for families and small firms. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.135','2026-03-02 02:46:38.135',NULL);
INSERT INTO campaigns VALUES(2,4,'06eac30a-4c68-45cf-96b5-28e0de673baa:initial:1','initial','hook','A question about Harborlight Logistics',replace('Hi Tamsin,\n\nI came across Harborlight Logistics: Freight, warehousing and customs for mid-sized importers on the Great Lakes. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.136','2026-03-02 02:46:38.136',NULL);
INSERT INTO campaigns VALUES(3,3,'add2d0df-4177-4071-b223-8201db6d2368:initial:1','initial','hook','A question about Quarry Lane Bakery',replace('Hi Hugo,\n\nI have been following Quarry Lane Bakery: Bread and pastry for cafés and grocery stores, baked every night. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.136','2026-03-02 02:46:38.136',NULL);
INSERT INTO campaigns VALUES(4,1,'7718374f-8d5c-4bac-bb71-e38d07ce1755:initial:1','initial','hook','A question about Ridgeway Tooling Ltd',replace('Hi Xenia,\n\nI have been following Ridgeway Tooling Ltd: Precision machining and manufacturing of moulds for the automotive industry. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.137','2026-03-02 02:46:38.137',NULL);
INSERT INTO campaigns VALUES(5,5,'09216bba-d66e-4d97-b3f9-cac15ae23aef:initial:1','initial','hook','A question about Harborlight Logistics',replace('Hi Linus,\n\nI read about Harborlight Logistics: Freight, warehousing and customs for mid-sized importers on the Great Lakes. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.183','2026-03-02 02:46:38.183',NULL);
INSERT INTO campaigns VALUES(6,12,'d14cf33a-3a80-4d71-a058-21b300b6c7f2:initial:1','initial','hook','A question about No Web',replace('Hi Fay,\n\nI read about No Web. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.369','2026-03-02 02:46:42.369',NULL);
INSERT INTO campaigns VALUES(7,14,'3fe9f733-796e-46ff-91b5-c01171507827:initial:1','initial','hook','A question about Brightwater Capital',replace('Hi Hugo,\n\nI have been following Brightwater Capital: Independent investment and retirement advice for families and small firms. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.444','2026-03-02 02:46:42.444',NULL);
INSERT INTO campaigns VALUES(8,13,'5a447385-9d6a-4e6f-b5d9-b4f43558c911:initial:1','initial','hook','A question about Brightwater Capital',replace('Hi Ines,\n\nI came across Brightwater Capital: Independent investment and retirement advice for families and small firms. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.444','2026-03-02 02:46:42.444',NULL);
CREATE TABLE sync_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sync_type TEXT NOT NULL, sync_status TEXT NOT NULL,
    records_processed INTEGER NOT NULL DEFAULT 0, records_created INTEGER NOT NULL DEFAULT 0,
    records_updated INTEGER NOT NULL DEFAULT 0, records_failed INTEGER NOT NULL DEFAULT 0,
    api_calls INTEGER NOT NULL DEFAULT 0,
    started_at TEXT NOT NULL, completed_at TEXT, duration_seconds REAL,
    error_message TEXT, error_details TEXT
) STRICT;
INSERT INTO sync_log VALUES(1,'pull','success',0,0,0,0,2,'2026-03-02 02:46:38.185','2026-03-02 02:46:38.438',0.25300000000000000266,NULL,NULL);
INSERT INTO sync_log VALUES(2,'push','success',5,5,0,0,1,'2026-03-02 02:46:38.438','2026-03-02 02:46:38.691',0.25300000000000000266,NULL,NULL);
INSERT INTO sync_log VALUES(3,'pull','success',5,0,0,0,1,'2026-03-02 02:46:38.768','2026-03-02 02:46:38.780',0.012000000000000000249,NULL,NULL);
INSERT INTO sync_log VALUES(4,'push','success',5,5,0,0,1,'2026-03-02 02:46:38.780','2026-03-02 02:46:39.024',0.24399999999999999467,NULL,NULL);
INSERT INTO sync_log VALUES(5,'pull','success',10,0,0,0,1,'2026-03-02 02:46:39.192','2026-03-02 02:46:39.204',0.012000000000000000249,NULL,NULL);
INSERT INTO sync_log VALUES(6,'push','success',0,0,0,0,0,'2026-03-02 02:46:39.204','2026-03-02 02:46:39.205',0.0010000000000000000208,NULL,NULL);
INSERT INTO sync_log VALUES(7,'pull','success',10,0,0,0,1,'2026-03-02 02:46:39.328','2026-03-02 02:46:39.342',0.014000000000000000291,NULL,NULL);
INSERT INTO sync_log VALUES(8,'push','partial',14,2,5,6,4,'2026-03-02 02:46:39.342','2026-03-02 02:46:40.333',0.990999999999999992,NULL,'["lead 8 (Chen Li): Status: Airtable has no option \"cleaned\"; add it to the field, or give the word another under words in airtable-fields.yaml","lead 9 (Zoë Ångström): Status: Airtable has no option \"cleaned\"; add it to the field, or give the word another under words in airtable-fields.yaml","lead 10 (Grace Hop): Status: Airtable has no option \"cleaned\"; add it to the field, or give the word another under words in airtable-fields.yaml","lead 6 (Ada King): Status: Airtable has no option \"cleaned\"; add it to the field, or give the word another under words in airtable-fields.yaml","lead 11 (Dora Refused): Status: Airtable has no option \"cleaned\"; add it to the field, or give the word another under words in airtable-fields.yaml","lead 12 (Fay Phoneless): Status: Airtable has no option \"cleaned\"; add it to the field, or give the word another under words in airtable-fields.yaml"]');
CREATE TABLE sync_status (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    operation TEXT NOT NULL CHECK (operation IN ('create', 'update', 'delete')),
    status TEXT NOT NULL CHECK (status IN ('pending', 'success', 'failed')),
    attempt_count INTEGER NOT NULL DEFAULT 0,
    last_attempt TEXT, error_message TEXT, created_at TEXT NOT NULL
, next_attempt TEXT, sent TEXT) STRICT;
INSERT INTO sync_status VALUES(1,2,'update','success',1,'2026-03-02 02:46:40.082',NULL,'2026-03-02 02:46:39.343',NULL,NULL);
INSERT INTO sync_status VALUES(2,3,'update','success',1,'2026-03-02 02:46:40.082',NULL,'2026-03-02 02:46:39.343',NULL,NULL);
INSERT INTO sync_status VALUES(3,4,'update','success',1,'2026-03-02 02:46:40.082',NULL,'2026-03-02 02:46:39.343',NULL,NULL);
INSERT INTO sync_status VALUES(4,1,'update','success',1,'2026-03-02 02:46:40.082',NULL,'2026-03-02 02:46:39.343',NULL,NULL);
INSERT INTO sync_status VALUES(5,5,'update','success',1,'2026-03-02 02:46:40.082',NULL,'2026-03-02 02:46:39.343',NULL,NULL);
INSERT INTO sync_status VALUES(6,6,'update','failed',1,'2026-03-02 02:46:39.583','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','2026-03-02 02:46:39.343','2026-03-02 02:46:42.203',NULL);
INSERT INTO sync_status VALUES(7,7,'delete','success',1,'2026-03-02 02:46:40.082',NULL,'2026-03-02 02:46:39.343',NULL,NULL);
INSERT INTO sync_status VALUES(8,8,'update','failed',1,'2026-03-02 02:46:39.581','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','2026-03-02 02:46:39.343','2026-03-02 02:46:41.776',NULL);
INSERT INTO sync_status VALUES(9,9,'update','failed',1,'2026-03-02 02:46:39.582','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','2026-03-02 02:46:39.343','2026-03-02 02:46:42.571',NULL);
INSERT INTO sync_status VALUES(10,10,'update','failed',1,'2026-03-02 02:46:39.583','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','2026-03-02 02:46:39.343','2026-03-02 02:46:42.194',NULL);
INSERT INTO sync_status VALUES(21,11,'create','failed',1,'2026-03-02 02:46:40.331','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','2026-03-02 02:46:39.344','2026-03-02 02:46:42.285',NULL);
INSERT INTO sync_status VALUES(22,12,'create','pending',0,'2026-03-02 02:46:40.331',NULL,'2026-03-02 02:46:39.344',NULL,NULL);
CREATE TABLE sync_shadow (
    lead_id INTEGER PRIMARY KEY REFERENCES leads (id) ON DELETE CASCADE,
    record_id TEXT NOT NULL UNIQUE,
    fields TEXT NOT NULL CHECK (json_valid(fields)),
    agreed_at TEXT NOT NULL
, kept TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(kept))) STRICT;
INSERT INTO sync_shadow VALUES(1,'recSbx00000000005','{"ai_message":"Hi Xenia,\n\nI have been following Ridgeway Tooling Ltd: Precision machining and manufacturing of moulds for the automotive industry. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample","company":"Ridgeway Tooling Ltd","company_size":"201-500","enriched":true,"enriched_at":"2026-03-02T02:46:36.000Z","full_name":"Xenia Eklund","industry":"Manufacturing","linkedin_url":"https://www.linkedin.com/in/xeniaeklund62","location":"Windsor, Ontario, Canada","needs_enrichment":true,"phone":"+15195550141","scraped_at":"2026-03-02T02:46:36.000Z","source":"serpapi","status":"ready","title":"CEO","uuid":"7718374f-8d5c-4bac-bb71-e38d07ce1755","verified":true,"website":"https://www.ridgeway-tooling.example/"}','2026-03-02 02:46:40.082','{}');
INSERT INTO sync_shadow VALUES(2,'recSbx00000000002','{"ai_message":"Hi Hugo,\n\nI read about Brightwater Capital: Independent investment and retirement advice for families and small firms. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample","company":"Brightwater Capital","company_size":"11-50","email":"hugo.silberstein@brightwater-capital.example","enriched":true,"enriched_at":"2026-03-02T02:46:37.000Z","full_name":"Hugo Silberstein","industry":"Financial services","linkedin_url":"https://www.linkedin.com/in/hugo-silberstein-64368","location":"Montreal, Quebec, Canada","phone":"+15145550186","scraped_at":"2026-03-02T02:46:36.000Z","source":"serpapi","status":"ready","title":"Marketing Director","uuid":"73e2301d-67c8-4ed9-a9e5-16b4c8e37f90","verified":true,"website":"https://www.brightwater-capital.example/"}','2026-03-02 02:46:40.082','{}');
INSERT INTO sync_shadow VALUES(3,'recSbx00000000003','{"ai_message":"Hi Hugo,\n\nI have been following Quarry Lane Bakery: Bread and pastry for cafés and grocery stores, baked every night. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample","company":"Quarry Lane Bakery","company_size":"51-200","email":"hugo.eklund@quarry-lane-bakery.example","enriched":true,"enriched_at":"2026-03-02T02:46:37.000Z","full_name":"Hugo Eklund","industry":"Food","linkedin_url":"https://www.linkedin.com/in/hugoeklund7","location":"Burlington, Ontario, Canada","phone":"+12895550128","scraped_at":"2026-03-02T02:46:36.000Z","source":"serpapi","status":"ready","title":"Plant Manager","uuid":"add2d0df-4177-4071-b223-8201db6d2368","verified":true,"website":"https://www.quarry-lane-bakery.example/"}','2026-03-02 02:46:40.082','{}');
INSERT INTO sync_shadow VALUES(4,'recSbx00000000004','{"ai_message":"Hi Tamsin,\n\nI came across Harborlight Logistics: Freight, warehousing and customs for mid-sized importers on the Great Lakes. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample","company":"Harborlight Logistics","company_size":"51-200","enriched":true,"enriched_at":"2026-03-02T02:46:38.000Z","full_name":"Tamsin Rasmussen","industry":"Logistics","linkedin_url":"https://www.linkedin.com/in/tamsinrasmussen56","location":"Toronto, Ontario, Canada","needs_enrichment":true,"phone":"+14165550134","scraped_at":"2026-03-02T02:46:36.000Z","source":"serpapi","status":"ready","title":"Head of Growth","uuid":"06eac30a-4c68-45cf-96b5-28e0de673baa","verified":true,"website":"https://www.harborlight-logistics.example/"}','2026-03-02 02:46:40.082','{}');
INSERT INTO sync_shadow VALUES(5,'recSbx00000000006','{"ai_message":"Hi Linus,\n\nI read about Harborlight Logistics: Freight, warehousing and customs for mid-sized importers on the Great Lakes. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample","company":"Harborlight Logistics","company_size":"51-200","enriched":true,"enriched_at":"2026-03-02T02:46:38.000Z","full_name":"Linus Pellegrino","industry":"Logistics","linkedin_url":"https://www.linkedin.com/in/linus-pellegrino-5202b","location":"Toronto, Ontario, Canada","needs_enrichment":true,"phone":"+14165550134","scraped_at":"2026-03-02T02:46:36.000Z","source":"serpapi","status":"ready","title":"Co-Founder & CTO","uuid":"09216bba-d66e-4d97-b3f9-cac15ae23aef","verified":true,"website":"https://www.harborlight-logistics.example/"}','2026-03-02 02:46:40.082','{}');
INSERT INTO sync_shadow VALUES(6,'recSbx00000000008','{"company":"Analytical Engines","email":"ada@engines.example","full_name":"Ada King","needs_enrichment":true,"phone":"+14155550142","source":"csv:people.csv","title":"Countess","uuid":"f34f0922-1338-45ff-b0ef-afb9eca325fa"}','2026-03-02 02:46:39.338','{}');
INSERT INTO sync_shadow VALUES(7,'recSbx00000000009','{"archived":true,"company":"Stone & Sons","email":"bob@stone.example","full_name":"Bob Stone","needs_enrichment":true,"source":"csv:people.csv","title":"Founder","uuid":"fc20b4d3-e50d-4c37-ac58-b83d160adb0b"}','2026-03-02 02:46:40.082','{}');
INSERT INTO sync_shadow VALUES(8,'recSbx0000000000a','{"company":"Lantern Works","email":"info@lanterns.example","full_name":"Chen Li","needs_enrichment":true,"source":"csv:people.csv","title":"Owner","uuid":"eb9055e0-4649-4961-8496-c0c183615d82"}','2026-03-02 02:46:39.338','{}');
INSERT INTO sync_shadow VALUES(9,'recSbx0000000000b','{"company":"Nordlys AS","email":"zoe@nordlys.example","full_name":"Zoë Ångström","needs_enrichment":true,"source":"csv:people.csv","title":"Daglig leder","uuid":"9aee4105-a302-455b-995b-eb75ba4241be"}','2026-03-02 02:46:39.338','{}');
INSERT INTO sync_shadow VALUES(10,'recSbx0000000000c','{"company":"Navy Yards","email":"grace@navy.example","full_name":"Grace Hop","needs_enrichment":true,"source":"manual","uuid":"0ee3deb0-8d86-4402-855a-c97b5356f860"}','2026-03-02 02:46:39.338','{}');
INSERT INTO sync_shadow VALUES(11,'recSbx0000000000g','{"company":"Select Options","email":"dora@select.example","full_name":"Dora Refused","needs_enrichment":true,"source":"manual","uuid":"1cf66719-b5a4-41a0-a40c-0ad180a765b7"}','2026-03-02 02:46:40.331','{}');
INSERT INTO sync_shadow VALUES(12,'recSbx0000000000h','{"company":"No Web","full_name":"Fay Phoneless","needs_enrichment":true,"source":"manual","uuid":"d14cf33a-3a80-4d71-a058-21b300b6c7f2"}','2026-03-02 02:46:40.331','{}');
CREATE TABLE sync_conflicts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    field TEXT NOT NULL, base_value TEXT, local_value TEXT, airtable_value TEXT,
    found_at TEXT NOT NULL, resolved_at TEXT, resolution TEXT
, airtable_cell TEXT) STRICT;
INSERT INTO sync_conflicts VALUES(1,6,'title','Countess','Countess of Lovelace','Enchantress','2026-03-02 02:46:39.201',NULL,NULL,'"Enchantress"');
CREATE TABLE migration_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_file TEXT NOT NULL,
    leads_migrated INTEGER NOT NULL DEFAULT 0, leads_failed INTEGER NOT NULL DEFAULT 0,
    migration_date TEXT NOT NULL, status TEXT NOT NULL, error_details TEXT
) STRICT;
INSERT INTO migration_log VALUES(1,'old.csv',3,1,'2026-03-02','success',NULL);
CREATE TABLE pipeline_activities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent_id INTEGER REFERENCES pipeline_activities (id) ON DELETE CASCADE,
    caused_by INTEGER REFERENCES pipeline_activities (id) ON DELETE SET NULL,
    retry_of INTEGER REFERENCES pipeline_activities (id) ON DELETE SET NULL,
    lead_id INTEGER REFERENCES leads (id) ON DELETE SET NULL,
    job_name TEXT NOT NULL,
    activity_type TEXT NOT NULL,
    activity_status TEXT NOT NULL CHECK (activity_status IN ('pending', 'running', 'success', 'failed',
        'skipped', 'cancelled', 'interrupted')),
    description TEXT,
    input_data TEXT CHECK (input_data IS NULL OR json_valid(input_data)),
    output_data TEXT CHECK (output_data IS NULL OR json_valid(output_data)),
    error_message TEXT,
    "trigger" TEXT NOT NULL CHECK ("trigger" IN ('schedule', 'catch_up', 'manual', 'retry', 'after')),
    attempt INTEGER NOT NULL DEFAULT 1 CHECK (attempt >= 1),
    scheduled_for TEXT, scheduled_through TEXT, slot_count INTEGER,
    not_before TEXT,
    started_at TEXT, completed_at TEXT, duration_seconds REAL,
    agent_name TEXT, agent_version TEXT,
    CHECK (activity_status <> 'running' OR (started_at IS NOT NULL AND completed_at IS NULL)),
    CHECK (activity_status IN ('pending', 'running') OR completed_at IS NOT NULL)
) STRICT;
INSERT INTO pipeline_activities VALUES(1,NULL,NULL,NULL,NULL,'sync','sync','success',NULL,'{"aside":true,"flags":["setup","by-hand","create-fields"]}','{"counts":{"calls":1,"ok":23},"fields":[{"column":"uuid","name":"4Runr ID","state":"ok","type":"singleLineText"},{"column":"full_name","name":"Full Name","state":"ok","type":"singleLineText"},{"column":"title","name":"Title","state":"ok","type":"singleLineText"},{"column":"company","name":"Company","state":"ok","type":"singleLineText"},{"column":"email","name":"Email","state":"ok","type":"email"},{"column":"phone","name":"Phone","state":"ok","type":"phoneNumber"},{"column":"linkedin_url","name":"LinkedIn URL","state":"ok","type":"url"},{"column":"website","name":"Website","state":"ok","type":"url"},{"column":"location","name":"Location","state":"ok","type":"singleLineText"},{"column":"industry","name":"Industry","state":"ok","type":"singleLineText"},{"column":"company_size","name":"Company Size","state":"ok","type":"singleLineText"},{"column":"status","name":"Status","state":"ok","type":"singleSelect"},{"column":"ai_message","name":"AI Message","state":"ok","type":"multilineText"},{"column":"verified","name":"Verified","state":"ok","type":"checkbox"},{"column":"enriched","name":"Enriched","state":"ok","type":"checkbox"},{"column":"needs_enrichment","name":"Needs Enrichment","state":"ok","type":"checkbox"},{"column":"source","name":"Source","state":"ok","type":"singleLineText"},{"column":"scraped_at","name":"Scraped At","state":"ok","type":"dateTime"},{"column":"enriched_at","name":"Enriched At","state":"ok","type":"dateTime"},{"column":"archived","name":"Archived","state":"ok","type":"checkbox"},{"column":"last_sync","name":"Last Sync","state":"ok","type":"dateTime"},{"column":"sync_status","name":"Sync Status","state":"ok","type":"singleSelect"},{"column":"sync_error","name":"Sync Error","state":"ok","type":"multilineText"}],"notes":[],"stage":"sync"}',NULL,'manual',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:36.582','2026-03-02 02:46:36.597',0.014999999999999999444,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(2,NULL,NULL,NULL,NULL,'scrape','scrape','success',NULL,'{"limit":4}','{"counts":{"new":4,"no person":1,"searches":1},"notes":[],"stage":"scrape"}',NULL,'manual',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:36.623','2026-03-02 02:46:36.644',0.021000000000000001304,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(3,2,NULL,NULL,1,'scrape','intake','success',NULL,'{"link":"https://www.linkedin.com/in/xeniaeklund62","snippet":"Windsor, Ontario, Canada · CEO · Ridgeway Tooling Ltd · Sandbox University","title":"Xenia Eklund - CEO - Ridgeway Tooling Ltd | LinkedIn"}','{"result":"new"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:36.639','2026-03-02 02:46:36.641',0.0010000000000000000208,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(4,2,NULL,NULL,2,'scrape','intake','success',NULL,'{"link":"https://ca.linkedin.com/in/hugo-silberstein-64368","snippet":"Montreal, Quebec, Canada · Marketing Director · Brightwater Capital","title":"Hugo Silberstein – Marketing Director at Brightwater Capital"}','{"result":"new"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:36.642','2026-03-02 02:46:36.642',0.0,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(5,2,NULL,NULL,3,'scrape','intake','success',NULL,'{"link":"https://www.linkedin.com/in/hugoeklund7","snippet":"Burlington, Ontario, Canada · Plant Manager · Quarry Lane Bakery · Sandbox University","title":"Hugo Eklund - Plant Manager - Quarry Lane Ba..."}','{"result":"new"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:36.643','2026-03-02 02:46:36.643',0.0,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(6,2,NULL,NULL,4,'scrape','intake','success',NULL,'{"link":"https://www.linkedin.com/in/tamsinrasmussen56","snippet":"Toronto, Ontario, Canada · Head of Growth · Harborlight Logistics","title":"Tamsin Rasmussen - Harborlight Logistics"}','{"result":"new"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:36.643','2026-03-02 02:46:36.644',0.0,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(7,NULL,2,NULL,NULL,'enrich','enrich','success',NULL,NULL,'{"counts":{"enriched":4,"fields filled":18},"notes":[],"stage":"enrich"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:36.645','2026-03-02 02:46:38.132',1.4859999999999999875,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(8,7,NULL,NULL,1,'enrich','enrich','success',NULL,'{"company":"Ridgeway Tooling Ltd","missing":["email","website","industry","company_size"]}','{"filled":{"company_size":{"confidence":0.8,"source":"home page","value":"201-500"},"industry":{"confidence":0.6,"source":"rule","value":"Manufacturing"},"phone":{"confidence":0.5,"source":"home page, the company''s","value":"+15195550141"},"website":{"confidence":0.9,"source":"web search","value":"https://www.ridgeway-tooling.example/"}},"method":"home page of ridgeway-tooling.example","notes":[],"verified":"the profile was listed by a web search"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:36.646','2026-03-02 02:46:36.651',0.005000000000000000104,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(9,7,NULL,NULL,2,'enrich','enrich','success',NULL,'{"company":"Brightwater Capital","missing":["email","website","industry","company_size"]}','{"filled":{"company_size":{"confidence":0.8,"source":"home page","value":"11-50"},"email":{"confidence":0.9,"source":"home page","value":"hugo.silberstein@brightwater-capital.example"},"industry":{"confidence":0.5,"source":"rule","value":"Financial services"},"phone":{"confidence":0.5,"source":"home page, the company''s","value":"+15145550186"},"website":{"confidence":0.9,"source":"web search","value":"https://www.brightwater-capital.example/"}},"method":"home page of brightwater-capital.example","notes":[],"verified":"the address stands on brightwater-capital.example"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:36.646','2026-03-02 02:46:37.133',0.48599999999999998756,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(10,7,NULL,NULL,3,'enrich','enrich','success',NULL,'{"company":"Quarry Lane Bakery","missing":["email","website","industry","company_size"]}','{"filled":{"company_size":{"confidence":0.8,"source":"home page","value":"51-200"},"email":{"confidence":0.9,"source":"home page","value":"hugo.eklund@quarry-lane-bakery.example"},"industry":{"confidence":0.6,"source":"rule","value":"Food"},"phone":{"confidence":0.5,"source":"home page, the company''s","value":"+12895550128"},"website":{"confidence":0.9,"source":"web search","value":"https://www.quarry-lane-bakery.example/"}},"method":"home page of quarry-lane-bakery.example","notes":[],"verified":"the address stands on quarry-lane-bakery.example"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:36.646','2026-03-02 02:46:37.632',0.98499999999999998667,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(11,7,NULL,NULL,4,'enrich','enrich','success',NULL,'{"company":"Harborlight Logistics","missing":["email","website","industry","company_size"]}','{"filled":{"company_size":{"confidence":0.8,"source":"home page","value":"51-200"},"industry":{"confidence":0.6,"source":"rule","value":"Logistics"},"phone":{"confidence":0.5,"source":"home page, the company''s","value":"+14165550134"},"website":{"confidence":0.9,"source":"web search","value":"https://www.harborlight-logistics.example/"}},"method":"home page of harborlight-logistics.example","notes":[],"verified":"the profile was listed by a web search"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:36.646','2026-03-02 02:46:38.131',1.4850000000000000976,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(12,NULL,7,NULL,NULL,'messages','write-messages','success',NULL,NULL,'{"counts":{"by model":4},"notes":[],"stage":"write-messages"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.132','2026-03-02 02:46:38.138',0.0060000000000000001249,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(13,12,NULL,NULL,2,'messages','write-message','success',NULL,'{"company":"Brightwater Capital","company_description":"Independent investment and retirement advice for families and small firms.","company_size":"11-50","first_name":"Hugo","full_name":"Hugo Silberstein","industry":"Financial services","last_name":"Silberstein","location":"Montreal, Quebec, Canada","offer":"We take the paperwork out of dispatching.","sender_company":"Sample & Co.","sender_name":"Robin Sample","title":"Marketing Director"}','{"characters":214,"notes":[],"subject":"A question about Brightwater Capital","writer":"sandbox-1"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.133','2026-03-02 02:46:38.135',0.0020000000000000000416,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(14,12,NULL,NULL,4,'messages','write-message','success',NULL,'{"company":"Harborlight Logistics","company_description":"Freight, warehousing and customs for mid-sized importers on the Great Lakes.","company_size":"51-200","first_name":"Tamsin","full_name":"Tamsin Rasmussen","industry":"Logistics","last_name":"Rasmussen","location":"Toronto, Ontario, Canada","offer":"We take the paperwork out of dispatching.","sender_company":"Sample & Co.","sender_name":"Robin Sample","title":"Head of Growth"}','{"characters":221,"notes":[],"subject":"A question about Harborlight Logistics","writer":"sandbox-1"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.133','2026-03-02 02:46:38.136',0.0030000000000000000624,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(15,12,NULL,NULL,3,'messages','write-message','success',NULL,'{"company":"Quarry Lane Bakery","company_description":"Bread and pastry for cafés and grocery stores, baked every night.","company_size":"51-200","first_name":"Hugo","full_name":"Hugo Eklund","industry":"Food","last_name":"Eklund","location":"Burlington, Ontario, Canada","offer":"We take the paperwork out of dispatching.","sender_company":"Sample & Co.","sender_name":"Robin Sample","title":"Plant Manager"}','{"characters":213,"notes":[],"subject":"A question about Quarry Lane Bakery","writer":"sandbox-1"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.133','2026-03-02 02:46:38.136',0.0030000000000000000624,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(16,12,NULL,NULL,1,'messages','write-message','success',NULL,'{"company":"Ridgeway Tooling Ltd","company_description":"Precision machining and manufacturing of moulds for the automotive industry.","company_size":"201-500","first_name":"Xenia","full_name":"Xenia Eklund","industry":"Manufacturing","last_name":"Eklund","location":"Windsor, Ontario, Canada","offer":"We take the paperwork out of dispatching.","sender_company":"Sample & Co.","sender_name":"Robin Sample","title":"CEO"}','{"characters":227,"notes":[],"subject":"A question about Ridgeway Tooling Ltd","writer":"sandbox-1"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.132','2026-03-02 02:46:38.137',0.0040000000000000000832,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(17,NULL,NULL,NULL,NULL,'pipeline','pipeline','success',NULL,NULL,'{"stages":[{"counts":{"new":1},"notes":[],"stage":"scrape","status":"success"},{"counts":{"enriched":1,"fields filled":4},"notes":[],"stage":"enrich","status":"success"},{"counts":{"by model":1},"notes":[],"stage":"write-messages","status":"success"},{"counts":{"calls":3,"created":5,"updated":0},"notes":[],"stage":"sync","status":"success"}]}',NULL,'manual',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.160','2026-03-02 02:46:38.692',0.53100000000000002753,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(18,17,NULL,NULL,5,'pipeline','intake','success',NULL,'{"link":"https://www.linkedin.com/in/linus-pellegrino-5202b","snippet":"Toronto, Ontario, Canada · Co-Founder & CTO · Harborlight Logistics · Sandbox University","title":"Linus Pellegrino - Co-Founder & CTO - Harborlight Logistics"}','{"result":"new"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.161','2026-03-02 02:46:38.163',0.0020000000000000000416,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(19,17,NULL,NULL,NULL,'pipeline','scrape','success',NULL,NULL,'{"counts":{"new":1},"notes":[],"stage":"scrape","status":"success"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.160','2026-03-02 02:46:38.164',0.0030000000000000000624,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(20,17,NULL,NULL,5,'pipeline','enrich','success',NULL,'{"company":"Harborlight Logistics","missing":["email","website","industry","company_size"]}','{"filled":{"company_size":{"confidence":0.8,"source":"home page","value":"51-200"},"industry":{"confidence":0.6,"source":"rule","value":"Logistics"},"phone":{"confidence":0.5,"source":"home page, the company''s","value":"+14165550134"},"website":{"confidence":0.9,"source":"web search","value":"https://www.harborlight-logistics.example/"}},"method":"home page of harborlight-logistics.example","notes":[],"verified":"the profile was listed by a web search"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.165','2026-03-02 02:46:38.179',0.012999999999999999403,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(21,17,NULL,NULL,NULL,'pipeline','enrich','success',NULL,NULL,'{"counts":{"enriched":1,"fields filled":4},"notes":[],"stage":"enrich","status":"success"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.164','2026-03-02 02:46:38.180',0.014999999999999999444,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(22,17,NULL,NULL,5,'pipeline','write-message','success',NULL,'{"company":"Harborlight Logistics","company_description":"Freight, warehousing and customs for mid-sized importers on the Great Lakes.","company_size":"51-200","first_name":"Linus","full_name":"Linus Pellegrino","industry":"Logistics","last_name":"Pellegrino","location":"Toronto, Ontario, Canada","offer":"We take the paperwork out of dispatching.","sender_company":"Sample & Co.","sender_name":"Robin Sample","title":"Co-Founder & CTO"}','{"characters":219,"notes":[],"subject":"A question about Harborlight Logistics","writer":"sandbox-1"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.181','2026-03-02 02:46:38.183',0.0020000000000000000416,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(23,17,NULL,NULL,NULL,'pipeline','write-messages','success',NULL,NULL,'{"counts":{"by model":1},"notes":[],"stage":"write-messages","status":"success"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.180','2026-03-02 02:46:38.184',0.0030000000000000000624,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(24,17,NULL,NULL,NULL,'pipeline','sync-push','success',NULL,'{"leads":[2,3,4,1,5]}',NULL,NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.440','2026-03-02 02:46:38.688',0.24799999999999999822,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(25,17,NULL,NULL,NULL,'pipeline','sync','success',NULL,NULL,'{"counts":{"calls":3,"created":5,"updated":0},"notes":[],"stage":"sync","status":"success"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.184','2026-03-02 02:46:38.691',0.50700000000000000621,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(26,NULL,NULL,NULL,NULL,'import','import','success','people.csv','{"writer":"25989-3818410702"}','{"columns":{"company":"Company","email":"Email","full_name":"Full Name","phone":"Phone","title":"Title"},"file":"people.csv","isDryRun":false,"isInterrupted":false,"known":0,"merged":0,"new":4,"others":["Favourite Colour"],"read":5,"refusals":[{"line":4,"reason":"no email, profile, phone, or name with a company (email \"not an address\" is no address)"}],"refused":1,"removed":0,"run":26,"seconds":0.004}',NULL,'manual',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.715','2026-03-02 02:46:38.720',0.0040000000000000000832,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(27,NULL,NULL,NULL,NULL,'sync','sync','success',NULL,'{"flags":["by-hand"]}','{"counts":{"calls":2,"created":5,"updated":0},"notes":[],"stage":"sync"}',NULL,'manual',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.768','2026-03-02 02:46:39.025',0.25600000000000000532,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(28,27,NULL,NULL,NULL,'sync','sync-push','success',NULL,'{"leads":[6,7,8,9,10]}',NULL,NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.782','2026-03-02 02:46:39.022',0.23999999999999999111,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(29,NULL,NULL,NULL,6,'leads','edit','success',NULL,'{"title":"Countess of Lovelace"}',NULL,NULL,'manual',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:39.049','2026-03-02 02:46:39.049',0.0,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(30,NULL,NULL,NULL,NULL,'sync','sync','success',NULL,'{"flags":["by-hand"]}','{"counts":{"calls":1,"conflicts":1,"created":0,"updated":0},"notes":["waiting for you: 1 conflicts (4runr sync conflicts)"],"stage":"sync"}',NULL,'manual',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:39.191','2026-03-02 02:46:39.206',0.014000000000000000291,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(31,NULL,NULL,NULL,7,'leads','delete','success',NULL,NULL,NULL,NULL,'manual',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:39.224','2026-03-02 02:46:39.224',0.0,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(32,NULL,NULL,NULL,NULL,'sync','sync','success',NULL,'{"aside":true,"flags":["setup","by-hand"]}','{"counts":{"calls":1,"lacks options":1,"ok":22},"fields":[{"column":"uuid","name":"4Runr ID","state":"ok","type":"singleLineText"},{"column":"full_name","name":"Full Name","state":"ok","type":"singleLineText"},{"column":"title","name":"Title","state":"ok","type":"singleLineText"},{"column":"company","name":"Company","state":"ok","type":"singleLineText"},{"column":"email","name":"Email","state":"ok","type":"email"},{"column":"phone","name":"Phone","state":"ok","type":"phoneNumber"},{"column":"linkedin_url","name":"LinkedIn URL","state":"ok","type":"url"},{"column":"website","name":"Website","state":"ok","type":"url"},{"column":"location","name":"Location","state":"ok","type":"singleLineText"},{"column":"industry","name":"Industry","state":"ok","type":"singleLineText"},{"column":"company_size","name":"Company Size","state":"ok","type":"singleLineText"},{"column":"status","hint":"add the options scraped, cleaned, enriched, contacted, replied, won, lost, unsubscribed, bounced by hand, or give our words others in airtable-fields.yaml","name":"Status","state":"lacks options","type":"singleSelect"},{"column":"ai_message","name":"AI Message","state":"ok","type":"multilineText"},{"column":"verified","name":"Verified","state":"ok","type":"checkbox"},{"column":"enriched","name":"Enriched","state":"ok","type":"checkbox"},{"column":"needs_enrichment","name":"Needs Enrichment","state":"ok","type":"checkbox"},{"column":"source","name":"Source","state":"ok","type":"singleLineText"},{"column":"scraped_at","name":"Scraped At","state":"ok","type":"dateTime"},{"column":"enriched_at","name":"Enriched At","state":"ok","type":"dateTime"},{"column":"archived","name":"Archived","state":"ok","type":"checkbox"},{"column":"last_sync","name":"Last Sync","state":"ok","type":"dateTime"},{"column":"sync_status","name":"Sync Status","state":"ok","type":"singleSelect"},{"column":"sync_error","name":"Sync Error","state":"ok","type":"multilineText"}],"notes":[],"stage":"sync"}',NULL,'manual',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:39.259','2026-03-02 02:46:39.270',0.010000000000000000208,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(33,NULL,NULL,NULL,NULL,'sync','sync','success',NULL,'{"flags":["by-hand"]}','{"counts":{"calls":5,"created":2,"deleted":1,"refused":6,"updated":5},"notes":["lead 8 (Chen Li): Status: Airtable has no option \"cleaned\"; add it to the field, or give the word another under words in airtable-fields.yaml","lead 9 (Zoë Ångström): Status: Airtable has no option \"cleaned\"; add it to the field, or give the word another under words in airtable-fields.yaml","lead 10 (Grace Hop): Status: Airtable has no option \"cleaned\"; add it to the field, or give the word another under words in airtable-fields.yaml","lead 6 (Ada King): Status: Airtable has no option \"cleaned\"; add it to the field, or give the word another under words in airtable-fields.yaml","lead 11 (Dora Refused): Status: Airtable has no option \"cleaned\"; add it to the field, or give the word another under words in airtable-fields.yaml","lead 12 (Fay Phoneless): Status: Airtable has no option \"cleaned\"; add it to the field, or give the word another under words in airtable-fields.yaml","field \"Status\": lacks options; add the options scraped, cleaned, enriched, contacted, replied, won, lost, unsubscribed, bounced by hand, or give our words others in airtable-fields.yaml (4runr sync setup)","refused ones say why: 4runr leads list --sync-pending"],"stage":"sync"}',NULL,'manual',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:39.328','2026-03-02 02:46:40.333',1.0049999999999998934,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(34,33,NULL,NULL,8,'sync','sync-push','failed',NULL,'{"leads":[8]}',NULL,'Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:39.581','2026-03-02 02:46:39.581',0.0,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(35,33,NULL,NULL,9,'sync','sync-push','failed',NULL,'{"leads":[9]}',NULL,'Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:39.581','2026-03-02 02:46:39.582',0.0010000000000000000208,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(36,33,NULL,NULL,10,'sync','sync-push','failed',NULL,'{"leads":[10]}',NULL,'Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:39.581','2026-03-02 02:46:39.583',0.0020000000000000000416,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(37,33,NULL,NULL,6,'sync','sync-push','failed',NULL,'{"leads":[6]}',NULL,'Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:39.581','2026-03-02 02:46:39.583',0.0020000000000000000416,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(38,33,NULL,NULL,NULL,'sync','sync-push','success',NULL,'{"leads":[2,3,4,1,5,7]}',NULL,NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:39.581','2026-03-02 02:46:40.082',0.50100000000000000088,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(39,33,NULL,NULL,NULL,'sync','sync-push','success',NULL,'{"leads":[11,12]}',NULL,NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:39.831','2026-03-02 02:46:40.331',0.5,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(40,NULL,NULL,NULL,NULL,'enrich','enrich','success',NULL,NULL,'{"counts":{"enriched":1,"fields filled":0,"put off":5},"notes":[],"stage":"enrich"}',NULL,'manual',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:40.357','2026-03-02 02:46:42.365',2.0070000000000001172,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(41,40,NULL,NULL,12,'enrich','enrich','success',NULL,'{"company":"No Web","missing":["title","email","website","industry","company_size"]}','{"filled":{},"method":"rule","notes":["no web site is known"]}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:40.359','2026-03-02 02:46:40.371',0.012000000000000000249,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(42,40,NULL,NULL,9,'enrich','enrich','failed',NULL,'{"company":"Nordlys AS","missing":["website","industry","company_size"]}',NULL,'nordlys.example: could not resolve host: nordlys.example; tried again in 1.8s','after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:40.359','2026-03-02 02:46:42.362',2.0019999999999997797,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(43,40,NULL,NULL,8,'enrich','enrich','failed',NULL,'{"company":"Lantern Works","missing":["website","industry","company_size"]}',NULL,'lanterns.example: could not resolve host: lanterns.example; tried again in 2.9s','after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:40.359','2026-03-02 02:46:42.362',2.0030000000000001136,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(44,40,NULL,NULL,6,'enrich','enrich','failed',NULL,'{"company":"Analytical Engines","missing":["website","industry","company_size"]}',NULL,'engines.example: could not resolve host: engines.example; tried again in 1.7s','after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:40.359','2026-03-02 02:46:42.363',2.0040000000000000035,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(45,40,NULL,NULL,11,'enrich','enrich','failed',NULL,'{"company":"Select Options","missing":["title","website","industry","company_size"]}',NULL,'select.example: could not resolve host: select.example; tried again in 2.5s','after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:40.359','2026-03-02 02:46:42.364',2.0040000000000000035,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(46,40,NULL,NULL,10,'enrich','enrich','failed',NULL,'{"company":"Navy Yards","missing":["title","website","industry","company_size"]}',NULL,'navy.example: could not resolve host: navy.example; tried again in 1.5s','after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:40.359','2026-03-02 02:46:42.364',2.0049999999999998934,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(47,NULL,40,NULL,NULL,'messages','write-messages','success',NULL,NULL,'{"counts":{"by model":1},"notes":[],"stage":"write-messages"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.365','2026-03-02 02:46:42.369',0.0040000000000000000832,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(48,47,NULL,NULL,12,'messages','write-message','success',NULL,'{"company":"No Web","first_name":"Fay","full_name":"Fay Phoneless","last_name":"Phoneless","offer":"We take the paperwork out of dispatching.","sender_company":"Sample & Co.","sender_name":"Robin Sample"}','{"characters":125,"notes":[],"subject":"A question about No Web","writer":"sandbox-1"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.366','2026-03-02 02:46:42.368',0.0020000000000000000416,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(49,NULL,NULL,NULL,NULL,'write-messages','write-messages','success',NULL,NULL,'{"counts":{},"notes":[],"stage":"write-messages"}',NULL,'manual',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.394','2026-03-02 02:46:42.394',0.0,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(50,NULL,NULL,NULL,NULL,'scrape','scrape','success',NULL,'{"limit":2}','{"counts":{"new":2},"notes":[],"stage":"scrape"}',NULL,'manual',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.419','2026-03-02 02:46:42.424',0.0040000000000000000832,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(51,50,NULL,NULL,13,'scrape','intake','success',NULL,'{"link":"https://ca.linkedin.com/in/inesfairweather28?trk=public_profile","snippet":"Montreal, Quebec, Canada · Head of Growth · Brightwater Capital","title":"Ines Fairweather - Head of Growth - Brightwater Capital | LinkedIn"}','{"result":"new"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.420','2026-03-02 02:46:42.422',0.0010000000000000000208,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(52,50,NULL,NULL,14,'scrape','intake','success',NULL,'{"link":"https://www.linkedin.com/in/hugoivanov52","title":"Hugo Ivanov – Director of Procurement at Brightwater Capital"}','{"result":"new"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.423','2026-03-02 02:46:42.424',0.0,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(53,NULL,50,NULL,NULL,'enrich','enrich','success',NULL,NULL,'{"counts":{"enriched":2,"fields filled":9},"notes":[],"stage":"enrich"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.425','2026-03-02 02:46:42.439',0.012999999999999999403,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(54,53,NULL,NULL,13,'enrich','enrich','success',NULL,'{"company":"Brightwater Capital","missing":["email","website","industry","company_size"]}','{"filled":{"company_size":{"confidence":0.8,"source":"home page","value":"11-50"},"email":{"confidence":0.9,"source":"home page","value":"ines.fairweather@brightwater-capital.example"},"industry":{"confidence":0.5,"source":"rule","value":"Financial services"},"phone":{"confidence":0.5,"source":"home page, the company''s","value":"+15145550186"},"website":{"confidence":0.9,"source":"web search","value":"https://www.brightwater-capital.example/"}},"method":"home page of brightwater-capital.example","notes":[],"verified":"the address stands on brightwater-capital.example"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.426','2026-03-02 02:46:42.437',0.010999999999999999361,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(55,53,NULL,NULL,14,'enrich','enrich','success',NULL,'{"company":"Brightwater Capital","missing":["email","website","industry","company_size"]}','{"filled":{"company_size":{"confidence":0.8,"source":"home page","value":"11-50"},"industry":{"confidence":0.5,"source":"rule","value":"Financial services"},"phone":{"confidence":0.5,"source":"home page, the company''s","value":"+15145550186"},"website":{"confidence":0.9,"source":"web search","value":"https://www.brightwater-capital.example/"}},"method":"home page of brightwater-capital.example","notes":[],"verified":"the profile was listed by a web search"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.426','2026-03-02 02:46:42.438',0.012000000000000000249,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(56,NULL,53,NULL,NULL,'messages','write-messages','success',NULL,NULL,'{"counts":{"by model":2},"notes":[],"stage":"write-messages"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.439','2026-03-02 02:46:42.445',0.005000000000000000104,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(57,56,NULL,NULL,14,'messages','write-message','success',NULL,'{"company":"Brightwater Capital","company_description":"Independent investment and retirement advice for families and small firms.","company_size":"11-50","first_name":"Hugo","full_name":"Hugo Ivanov","industry":"Financial services","last_name":"Ivanov","offer":"We take the paperwork out of dispatching.","sender_company":"Sample & Co.","sender_name":"Robin Sample","title":"Director of Procurement"}','{"characters":223,"notes":[],"subject":"A question about Brightwater Capital","writer":"sandbox-1"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.440','2026-03-02 02:46:42.443',0.0030000000000000000624,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(58,56,NULL,NULL,13,'messages','write-message','success',NULL,'{"company":"Brightwater Capital","company_description":"Independent investment and retirement advice for families and small firms.","company_size":"11-50","first_name":"Ines","full_name":"Ines Fairweather","industry":"Financial services","last_name":"Fairweather","location":"Montreal, Quebec, Canada","offer":"We take the paperwork out of dispatching.","sender_company":"Sample & Co.","sender_name":"Robin Sample","title":"Head of Growth"}','{"characters":215,"notes":[],"subject":"A question about Brightwater Capital","writer":"sandbox-1"}',NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.440','2026-03-02 02:46:42.444',0.0030000000000000000624,'4runr',NULL);
INSERT INTO pipeline_activities VALUES(59,NULL,NULL,NULL,NULL,'nap','command','running',NULL,NULL,NULL,NULL,'schedule',1,'2026-03-02 02:46:43.000',NULL,NULL,NULL,'2026-03-02 02:46:43.000',NULL,NULL,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(60,NULL,NULL,NULL,NULL,'broken','command','failed',NULL,NULL,'{"exit_status":1,"output":""}','ended with status 1','schedule',1,'2026-03-02 02:46:44.000',NULL,NULL,NULL,'2026-03-02 02:46:44.000','2026-03-02 02:46:44.002',0.0010000000000000000208,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(61,NULL,NULL,NULL,NULL,'nap','command','skipped',NULL,NULL,NULL,'overlap: run 59 has not ended','schedule',1,'2026-03-02 02:46:44.000','2026-03-02 02:46:49.000',6,NULL,NULL,'2026-03-02 02:46:44.000',NULL,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(62,NULL,NULL,NULL,NULL,'broken','command','failed',NULL,NULL,'{"exit_status":1,"output":""}','ended with status 1','schedule',1,'2026-03-02 02:46:46.000',NULL,NULL,NULL,'2026-03-02 02:46:46.000','2026-03-02 02:46:46.002',0.0010000000000000000208,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(63,NULL,NULL,NULL,NULL,'broken','command','failed',NULL,NULL,'{"exit_status":1,"output":""}','ended with status 1','schedule',1,'2026-03-02 02:46:48.000',NULL,NULL,NULL,'2026-03-02 02:46:48.000','2026-03-02 02:46:48.001',0.0010000000000000000208,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(64,NULL,NULL,NULL,NULL,'messages','write-messages','pending',NULL,'{"dry_run":true,"leads":[1,2],"limit":3}',NULL,NULL,'manual',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(65,NULL,NULL,1,NULL,'scrape','scrape','pending',NULL,NULL,NULL,NULL,'retry',2,'2026-03-02 02:00:00.000',NULL,NULL,'2026-03-02 02:50:00.000',NULL,NULL,NULL,'4runr','0.1.0');
INSERT INTO pipeline_activities VALUES(66,59,NULL,NULL,3,'nap','enrich','running',NULL,NULL,NULL,NULL,'after',1,NULL,NULL,NULL,NULL,'2026-03-02 02:46:43.100',NULL,NULL,'4runr',NULL);
CREATE TABLE job_state (
    job_name TEXT PRIMARY KEY,
    trigger_hash TEXT NOT NULL,
    effective_since TEXT NOT NULL,
    last_slot TEXT,
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1))
, failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0)) STRICT, WITHOUT ROWID;
INSERT INTO job_state VALUES('backup','at 04:30 @ America/Toronto','2026-03-02 02:46:42.560',NULL,0,0);
INSERT INTO job_state VALUES('broken','every 2s','2026-03-02 02:46:42.560','2026-03-02 02:46:48.000',0,3);
INSERT INTO job_state VALUES('enrich','after scrape','2026-03-02 02:46:42.560',NULL,0,0);
INSERT INTO job_state VALUES('messages','after enrich','2026-03-02 02:46:42.560',NULL,0,0);
INSERT INTO job_state VALUES('nap','every 1s','2026-03-02 02:46:42.560','2026-03-02 02:46:49.000',0,0);
INSERT INTO job_state VALUES('rare','cron 0 8 * * mon @ America/Toronto','2026-03-02 02:46:42.560',NULL,1,0);
INSERT INTO job_state VALUES('scrape','at 09:00 mon-fri @ America/Toronto','2026-03-02 02:46:42.560',NULL,0,0);
INSERT INTO job_state VALUES('sync','every 1800s','2026-03-02 02:46:42.560',NULL,0,0);
CREATE TABLE IF NOT EXISTS 'leads_fts_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO leads_fts_data VALUES(1,X'0e1c1e18120a');
INSERT INTO leads_fts_data VALUES(10,X'0000000002071600071101010101010201010301010401010501010601010000');
INSERT INTO leads_fts_data VALUES(137438953473,X'0000007a0530646f72610b020201076f7074696f6e730b060101030107726566757365640b0203010673656c6563740b06010102000331646f0b020201026f700b06010103010272650b0203010273650b06010102000432646f720b020201036f70740b0601010301037265660b0203010373656c0b0601010204090e0c0d08090709090a08');
INSERT INTO leads_fts_data VALUES(274877906945,X'0000006904306661790c020201026e6f0c06010102010970686f6e656c6573730c020301037765620c0601010300033166610c020201026e6f0c06010102010270680c0203010277650c060101030004326661790c0202010370686f0c020301037765620c060101030408090e0a080907090908');
INSERT INTO leads_fts_data VALUES(412316860417,X'0000012b0c3062726967687477617465720d06010102010663616e6164610d060103040305706974616c0d06010103010b66616972776561746865720d0203010667726f7774680d060102040104686561640d060102020104696e65730d020201086d6f6e747265616c0d0601030201026f660d0601020301067175656265630d0601030300033162720d06010102010263610d0c010103010304010266610d0203010267720d06010204010268650d060102020102696e0d020201026d6f0d0601030201026f660d06010203010271750d060103030004326272690d06010102010363616e0d060103040301700d0601010301036661690d0203010367726f0d0601020401036865610d060102020103696e650d020201036d6f6e0d0601030201037175650d0601030304120d0c100d0b090f090d0a0c070909070909090b0a08080a0a080a');
INSERT INTO leads_fts_data VALUES(549755813889,X'000000d70c3062726967687477617465720e0601010201076361706974616c0e0601010301086469726563746f720e0601020201046875676f0e020201066976616e6f760e020301026f660e06010203010b70726f637572656d656e740e0601020400033162720e06010102010263610e06010103010264690e06010202010268750e0202010269760e020301026f660e06010203010270720e060102040004326272690e0601010201036361700e0601010301036469720e0601020201036875670e020201036976610e0203010370726f0e0601020404120e0f090b09120a0909070709090b0a0a0808');
INSERT INTO leads_fts_data VALUES(687194767361,X'0000016d0c3062726967687477617465720d07010102010663616e6164610d070103040305706974616c0d07010103010b66616972776561746865720d03030208696e616e6369616c0d06010402010667726f7774680d070102040104686561640d070102020104696e65730d030201086d6f6e747265616c0d0701030201026f660d0701020301067175656265630d07010303010873657276696365730d0601040300033162720d07010102010263610d0d010103010304010266610d03030201690d06010402010267720d07010204010268650d070102020102696e0d030201026d6f0d0701030201026f660d07010203010271750d07010303010273650d060104030004326272690d07010102010363616e0d070103040301700d0701010301036661690d03030202696e0d06010402010367726f0d0701020401036865610d070102020103696e650d030201036d6f6e0d0701030201037175650d0701030301037365720d0601040304120d0c100f0d0b090f090d0f0a0c0708090907090909090b0a0808090a0a080a0a');
INSERT INTO leads_fts_data VALUES(824633720833,X'0000011c0c3062726967687477617465720e0701010201076361706974616c0e0701010301086469726563746f720e07010202010966696e616e6369616c0e0601040201046875676f0e030201066976616e6f760e030301026f660e07010203010b70726f637572656d656e740e07010204010873657276696365730e0601040300033162720e07010102010263610e07010103010264690e07010202010266690e06010402010268750e0302010269760e030301026f660e07010203010270720e07010204010273650e060104030004326272690e0701010201036361700e0701010301036469720e07010202010366696e0e0601040201036875670e030201036976610e0303010370726f0e0701020401037365720e0601040304120e0f10090b09120f0a09090907070909090b0a0a0a08080a');
INSERT INTO leads_fts_data VALUES(2336462209025,X'0000079a043061646106020202096e616c79746963616c06060101020306677374726f6d0902030201730906010103010662616b657279030601010402026f62070202020a726967687477617465720206010102020975726c696e67746f6e0306010302010663616e616461010601030401060103040106010304010601030401060103040305706974616c02060101030202656f0106010202020368656e08020202016f05060102020306756e7465737306060102020202746f050601020401066461676c69670906010202020769726563746f7202060102030106656b6c756e6401020302020302066e67696e65730606010103010966696e616e6369616c020601040202036f6f6403060104020305756e64657205060102030206010202010567726163650a020203046f7774680406010204010b686172626f726c69676874040601010201060101020203656164040601020202026f700a0203020375676f02020201020201046b696e6706020301046c616e65030601010304047465726e0806010102020465646572090601020302016908020303036e757305020202086f67697374696373040c010103010402010c010103010402030676656c616365060601020402027464010601010401076d616e616765720306010203040a75666163747572696e6701060104020307726b6574696e67020601020202076f6e747265616c020601030201046e6176790a0601010202066f72646c7973090601010201026f660406010203020601020302066e746172696f01060103030206010303010601030301060103030204776e65720806010202010a70656c6c656772696e6f05020302046c616e74030601020201067175617272790306010102030465626563020601030301097261736d757373656e0402030207696467657761790106010102010873657276696365730206010403020a696c626572737465696e02020302036f6e7307060101030204746f6e65070803010102010674616d73696e04020202066f6f6c696e6701060101030305726f6e746f04060103020106010302010777696e64736f72010601030202046f726b730806010103010578656e6961010202010579617264730a0601010301037a6f65090202000331616406020202016e0606010102030203020173090601010301026261030601010402016f07020202017202060101020201750306010302010263610106010304010c010103010304010601030401060103040106010304020165010601020202016808020202016f05060102020106010202020174050601020401026461090601020202016902060102030102656b01020302020302016e060601010301026669020601040202016f0306010402020601020302060102020102677204060102040602020102686104060101020106010102020165040601020202016f0a020302017502020201020201026b6906020301026c6103060101030506010102020165090601020302016905020203020302016f040c010103010402010c0101030104020106010204020174010601010401026d6101060104020106010202010601020302016f020601030201026e610a0601010202016f090601010201026f660406010203020601020302016e010601030302060103030106010303010601030302017708060102020102706505020302016c0306010202010271750206010303010601010201027261040203020169010601010201027365020601040302016902020302016f07060101030201740708030101020102746104020202016f01060101030306010302010601030201027769010601030202016f080601010301027865010202010279610a0601010301027a6f09020200043261646106020202026e610606010102030167090203010362616b030601010402026f62070202020272690206010102020275720306010302010363616e0106010304010601030401060103040106010304010601030403017002060101030202656f01060102020202686508020202026f7506060102020202746f0506010204010364616709060102020202697202060102030103656b6c01020302020302026e670606010103010366696e020601040202026f6f03060104020301750506010203020601020201036772610a020203016f040601020401036861720406010102010601010202026561040601020202026f700a02030202756702020201020201036b696e06020301036c616e030601010305060101020202656409060102030202696e05020202026f67040c010103010402010c010103010402030176060601020402027464010601010401036d616e01060104020206010203030172020601020202026f6e020601030201036e61760a0601010202026f72090601010201036f6e7401060103030206010303010601030301060103030202776e0806010202010370656c05020302026c6103060102020103717561030601010203016502060103030103726173040203020269640106010102010373657202060104030202696c02020302026f6e07060101030202746f070803010102010374616d04020202026f6f010601010303017204060103020106010302010377696e010601030202026f720806010103010378656e01020201037961720a0601010301037a6f650902020408100b080d071110210c0908080d090d0e0e0d100a110a0b170a070b090b0b0b06081a0d090e110e0e0b0d0e1c0b0f0b0d0b0e0e0f0f0a0c0b0d110e0b0a0c08080b08090608082008060d0809080a0809120c0e080609070e08091808130809080e170807080e070809060809071209080709070909060a0709091e08090709090a090b090a090d08080f09070a080f09071408090f08090a09190908090a0808090a07090a08090d0a09080a');
CREATE TABLE IF NOT EXISTS 'leads_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO leads_fts_idx VALUES(1,X'',2);
INSERT INTO leads_fts_idx VALUES(2,X'',2);
INSERT INTO leads_fts_idx VALUES(3,X'',2);
INSERT INTO leads_fts_idx VALUES(4,X'',2);
INSERT INTO leads_fts_idx VALUES(5,X'',2);
INSERT INTO leads_fts_idx VALUES(6,X'',2);
INSERT INTO leads_fts_idx VALUES(17,X'',2);
CREATE TABLE IF NOT EXISTS 'leads_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO leads_fts_docsize VALUES(1,X'0203010301');
INSERT INTO leads_fts_docsize VALUES(2,X'0202020302');
INSERT INTO leads_fts_docsize VALUES(3,X'0203020301');
INSERT INTO leads_fts_docsize VALUES(4,X'0202030301');
INSERT INTO leads_fts_docsize VALUES(5,X'0202030301');
INSERT INTO leads_fts_docsize VALUES(6,X'0202030000');
INSERT INTO leads_fts_docsize VALUES(7,X'0202010000');
INSERT INTO leads_fts_docsize VALUES(8,X'0202010000');
INSERT INTO leads_fts_docsize VALUES(9,X'0202020000');
INSERT INTO leads_fts_docsize VALUES(10,X'0202000000');
INSERT INTO leads_fts_docsize VALUES(11,X'0202000000');
INSERT INTO leads_fts_docsize VALUES(12,X'0202000000');
INSERT INTO leads_fts_docsize VALUES(13,X'0202030302');
INSERT INTO leads_fts_docsize VALUES(14,X'0202030002');
CREATE TABLE IF NOT EXISTS 'leads_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO leads_fts_config VALUES('version',4);
CREATE TABLE IF NOT EXISTS 'leads_trigram_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO leads_trigram_data VALUES(1,X'0e810c8140815d');
INSERT INTO leads_trigram_data VALUES(10,X'0000000002071600071101010101010201010301010401010501010601010000');
INSERT INTO leads_trigram_data VALUES(137438953473,X'0000013a0430206f700b06010108020272650b020601032e65780b0601020d01034073650b0601020601036120720b0205020240730b0601020502026d700b0601021001036374200b0601010603012e0b0601020b0103646f720b080201020201036563740b0c01010501020a020266750b020802026c650b0c010103010208020278610b0601020e01036675730b02090103696f6e0b0601010c01036c65630b0c01010401020901036d706c0b0601021101036f6e730b0601010d020270740b06010109020272610b08030102030103706c650b06010212020274690b0601010a01037261200b02040301400b06010204020265660b020701037365640b020b03016c0b0c010102010207010374206f0b0601010702022e650b0601020c0202696f0b0601010b01037573650b020a010378616d0b0601020f040a070a0a0809090a080b0d070c09080a0d0a0a090a0a09080807080b0a090908');
INSERT INTO leads_trigram_data VALUES(274877906945,X'0000008004302070680c0205020277650c0601010401036179200c02030103656c650c020a020273730c020c01036661790c02020103686f6e0c020701036c65730c020b01036e656c0c020902026f200c0601010201036f20770c0601010302026e650c0208010370686f0c020601037765620c0601010501037920700c020404080908080708080808090a07080a');
INSERT INTO leads_trigram_data VALUES(412316860417,X'0000010d04302063610d0601010d020266610d020601036169720d0208020270690d0601010f020274650d060101090301680d020d01036272690d0601010201036361700d0601010e01036561740d020c020272200d0601010b020273200d020401036661690d020701036768740d0601010501036865720d020f020274770d0601010601036967680d0601010402026e650d0202020272770d0209020274610d0601011101036e65730d020301037069740d0601011001037220630d0601010c020269670d06010103020277650d020a01037320660d0205010374616c0d06010112020265720d0601010a020268650d020e020277610d0601010701037761740d06010108020265610d020b040a07080909060a0a080907080a08090a070709080a0a0907080a0907090a');
INSERT INTO leads_trigram_data VALUES(549755813889,X'000000ec04302063610e0601010d020269760e02060103616e6f0e0209020270690e0601010f020274650e0601010901036272690e0601010201036361700e0601010e01036572200e0601010b01036768740e0601010502026f200e020401036874770e06010106020275670e020201036967680e06010104020274610e06010111020276610e020701036e6f760e020a01036f20690e020501037069740e0601011001037220630e0601010c020269670e06010103010374616c0e06010112020265720e0601010a020277610e06010107010375676f0e0203010376616e0e020801037761740e06010108040a070809090a0a0a0a070a070a090708080a0a090a09090808');
INSERT INTO leads_trigram_data VALUES(687194767361,X'000001f404302063610d0701010d020266610d030601032d63610d0601021e01032e65780d06010226020266610d0601020601034062720d0601021201036169720d090801020802026c2e0d0601022402026d700d06010229020270690d0d01010f010220020274650d0d01010901021a0301680d090d01020d01036272690d0d01010201021301036361700d0d01010e01021f01036561740d090c01020c020272200d0701010b03012d0d0601021c0301400d06010210020273200d030403012e0d06010204020278610d0601022701036661690d090701020701036768740d0d01010501021601036865720d090f01020f020274770d0d01010601021701036967680d0d01010401021502026e650d0902010202020272770d0909010209020274610d0d01011101022201036c2e650d0601022501036d706c0d0601022a01036e65730d090301020301037069740d0d01011001022102026c650d0601022b01037220630d0701010c02022d630d0601021d020240620d06010211020269670d0d010103010214020277650d090a01020a01037320660d030502022e660d06010205010374616c0d0d010112010223020265720d0d01010a01021b020268650d090e01020e020277610d0d01010701021801037761740d0d010108010219020265610d090b01020b010378616d0d06010228040a070a0a090a0b09090c0c090d0d0b0908080708090b0d0b0c0d0a0a0c0a0a0b0d090a09090c0a08090d0c0a0c0d0a');
INSERT INTO leads_trigram_data VALUES(824633720833,X'000000ec04302063610e0701010d020269760e03060103616e6f0e0309020270690e0701010f020274650e0701010901036272690e0701010201036361700e0701010e01036572200e0701010b01036768740e0701010502026f200e030401036874770e07010106020275670e030201036967680e07010104020274610e07010111020276610e030701036e6f760e030a01036f20690e030501037069740e0701011001037220630e0701010c020269670e07010103010374616c0e07010112020265720e0701010a020277610e07010107010375676f0e0303010376616e0e030801037761740e07010108040a070809090a0a0a0a070a070a090708080a0a090a09090808');
INSERT INTO leads_trigram_data VALUES(2336462209025,X'00000a600430202620070601010702026173090601010902026261030601010d02026361020601010d0202656b01020702020603016e060601010c0202686f0a020702026b6906020502026c61030601010803016908020603016f040601010d010601010d030174010601011202027065050207020272610402080202736902020603016f07060101090301740702050202746f010601010a0202776f0806010109020279610a060101060203c3a56e0902050103262073070601010801032d6261030601021902026361020601021e02026c61030601021401032e656b030601020603017802060102260106010220030601020d010601020b010601020f010601020d010601020c020273690206010206010340627202060102120202656e060601020502026c61080601020602026e610a0601020703016f090601020502027175030601020d020273740706010205010361206501020603016b060204020240650606010204020263650a08040102040202646106080201020202026b65030c01010f01021b02026c20060601010a03012e0206010224030179060601010402026d70020601022901060102230306010210010601020e01060102120106010210010601020f03017304020302026e610606010102030165030c01010a010216030174080c01010301020802027069020c01010f01022002027262040601010301060101030301640a06010108030172030c0101040102100202736d04020a02027465020c01010901021a020276790a0c01010301020902027920010601010801036220730702040202407307060102040202616b030c01010e01021a0202657202080a01020a02026f620708020102020301720406010105010601010502027269020c010102010213010363616c0606010109030170020c01010e01021f020265200a02050301400a06010205020268650802020103644071030601020c02026120060203030140060601020302026765010601010402026c79090c01010501020901036520260706010106030162030601010c0301680a020602022d62030601021802022e65070601020a0202406e090601020401060102060202677205020c0202696e02080f01020f02026b6c01020802080701020702026c6c05020902026e20080204030167060c01010d01020603016901020302027220020601010b03012d020601021c03016e080c01010601020b03017302080b01020b030179030c01011101021d0202732e060601020b0202776101060101060202786102060102270106010221030601020e010601020c0106010210010601020e010601020d0103666f400806010204010367206c010601011102026577010601010502026874020c010105010216020601010a010601010a0202696e060c01010f0102080301730406010110010601011002026f2002020401020403012e02060102040106010204020272610a080201020203016905020d020273740902080103686172040601010201060101020202656e08020302026f700a020802027420040601010b010601010b030177020c0101060102170202756702080201020201080201020201036961200102050202636106060101080301730406010114010601011402026467010601010302026768020c0101040102150206010109010601010902026c6202080801020802026e200402060301400206010210030165060c0101100102090301660806010202030167010601010f05020703016f05020f030175050203020273740406010111010601011102027461020c01011101022201036b6572030c01011001021c0202696e06020602026c7501020902080801020801036c2065060601010b02022e6502060102250202616e030c010109010215050c010102010207020262650208090102090202656705020b020269670406010108010601010803016e010601010e04020202026c6505020a02026f67040601010e010601010e0202746401060101130202756e01020a02080901020902027973090c01010601020a030174060601010501036d706c020601022a01060102240306010211010601020f010601021301060102110106010210020273690402040202757304020c01036e206c08020503017204020703017708060101080202406202060102110202616c06060101030301760a0c01010201020802026440030601020b02026520030601010b040601010503012d030601021703012e0706010209030173060c01011101020a0202666f0806010203020267200106010110030169060c01010e0102070301730902070202696101020402026f72090c0101020102060202732e080601020d02027465080c0101040102090202757305020401036f206503020503017302020502022e65030601020503017302060102050202406c080601020502026220070203030140070601020302026540090601020302026769040601010f010601010f02026c69010601010d02026e65070e08010104010208030173070601010b02026f6c010601010c02027264090c01010301020703016b080601010b03016c040601010601060101060203c3ab20090203010370656c05020802026974020c01011001022102026c65020601022b0106010225030601021201060102100106010214010601021201060102110103717561030c01010201020e0103722063020601010c02022d63020601021d020261630a08030102030301730402090202626f040601010401060101040202646c090c0101040102080301730a06010109020269640106010102030167020c01010301021403016e05020e02026b73080601010c02026c690406010107010601010702026e200806010107030173080601020c02027279030c0101050102110202737402080c01020c02027920030601010603012d030601021203012e030601021e0203c3b66d09020b0103732061090601010803017005020602022e65060601020c020601020e010601020c0202656e04020f0202696c02080701020703016e04020502026d7504020b02026f6e070601010a0202736504020e0202746502080d01020d0301690406010112010601011203016f070e06010102010206030172090209010374206c040601010c010601010c0202616c020c01011201022303016d0402020202656902080e01020e030172020c01010a01021b060c01010501020a0202696304060101130106010113010601010702026f6e070e0701010301020703016f010601010b020372c3b609020a02027761020c0101070102180103756172030c01010301020f0202676f02080301020301080301020302026e6401020b02080a01020a0202732005020503017304020d01037679200a0601010403012e0a0601020a0103776174020c010108010219030179010601010702026f72080601010a010378616d02060102280106010222030601020f010601020d0106010211010601020f010601020e0202656e010202010379206c030601010703017401060101090301790a0601010502022d6c030601021302022e65030601021f070601020b020261720a0601010702027320090601010703012e090601020b02027469060601010601037a6f6509060102020302c3ab0902020104c3a56e670902060204ab20c3a5090204040a0909090a08070709060d080707070806090909080a0a09090a26090a0909090809090806090a0a0c0908082706090b0b0c0e080b070c0c0908090c0a0a0d0c0a0b0708070a0708090c0a080609090e070a0d07070b0609080b090b0909270a0a09160c0d0a0d0a06070f07070e0b1008090d09160a07080b080b06060e0c0d070d0a09140a070e0b070e090d0c0828070708060809090b090e08080b09090b06070c090c0708060908090708090e090d08090c080d08080c270d0a090a060e0c08090b06090e09080c0a090808080a0613070a060709070a0d0c060f0c060a13130d08080c0d100d07060a080d080928070a0808090e090908090a0709');
CREATE TABLE IF NOT EXISTS 'leads_trigram_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO leads_trigram_idx VALUES(1,X'',2);
INSERT INTO leads_trigram_idx VALUES(2,X'',2);
INSERT INTO leads_trigram_idx VALUES(3,X'',2);
INSERT INTO leads_trigram_idx VALUES(4,X'',2);
INSERT INTO leads_trigram_idx VALUES(5,X'',2);
INSERT INTO leads_trigram_idx VALUES(6,X'',2);
INSERT INTO leads_trigram_idx VALUES(17,X'',2);
CREATE TABLE IF NOT EXISTS 'leads_trigram_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO leads_trigram_docsize VALUES(1,X'0a1200');
INSERT INTO leads_trigram_docsize VALUES(2,X'0e112a');
INSERT INTO leads_trigram_docsize VALUES(3,X'091024');
INSERT INTO leads_trigram_docsize VALUES(4,X'0e1300');
INSERT INTO leads_trigram_docsize VALUES(5,X'0e1300');
INSERT INTO leads_trigram_docsize VALUES(6,X'061011');
INSERT INTO leads_trigram_docsize VALUES(7,X'070a0f');
INSERT INTO leads_trigram_docsize VALUES(8,X'050b13');
INSERT INTO leads_trigram_docsize VALUES(9,X'0a0811');
INSERT INTO leads_trigram_docsize VALUES(10,X'070810');
INSERT INTO leads_trigram_docsize VALUES(11,X'0a0c11');
INSERT INTO leads_trigram_docsize VALUES(12,X'0b0400');
INSERT INTO leads_trigram_docsize VALUES(13,X'0e112a');
INSERT INTO leads_trigram_docsize VALUES(14,X'091100');
CREATE TABLE IF NOT EXISTS 'leads_trigram_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO leads_trigram_config VALUES('version',4);
CREATE TABLE searches (
    service TEXT NOT NULL,
    query TEXT NOT NULL,
    start INTEGER NOT NULL,
    searched_at TEXT NOT NULL,
    results TEXT NOT NULL CHECK (json_valid(results)),
    result_count INTEGER NOT NULL,
    taken INTEGER NOT NULL DEFAULT 0,
    has_more INTEGER NOT NULL CHECK (has_more IN (0, 1)),
    PRIMARY KEY (service, query, start)
) STRICT, WITHOUT ROWID;
INSERT INTO searches VALUES('serpapi','site of brightwater capital',0,'2026-03-02 02:46:37.129','[{"link":"https://www.linkedin.com/company/brightwater-capital","title":"Brightwater Capital | LinkedIn"},{"link":"https://www.brightwater-capital.example/","snippet":"Independent investment and retirement advice for families and small firms.","title":"Brightwater Capital | Home"},{"link":"https://news.example/ten-firms-to-watch","title":"Ten firms to watch"}]',3,3,0);
INSERT INTO searches VALUES('serpapi','site of harborlight logistics',0,'2026-03-02 02:46:38.129','[{"link":"https://www.linkedin.com/company/harborlight-logistics","title":"Harborlight Logistics | LinkedIn"},{"link":"https://www.harborlight-logistics.example/","snippet":"Freight, warehousing and customs for mid-sized importers on the Great Lakes.","title":"Harborlight Logistics | Home"},{"link":"https://news.example/ten-firms-to-watch","title":"Ten firms to watch"}]',3,3,0);
INSERT INTO searches VALUES('serpapi','site of no web',0,'2026-03-02 02:46:40.369','[]',0,0,0);
INSERT INTO searches VALUES('serpapi','site of quarry lane bakery',0,'2026-03-02 02:46:37.629','[{"link":"https://www.linkedin.com/company/quarry-lane-bakery","title":"Quarry Lane Bakery | LinkedIn"},{"link":"https://www.quarry-lane-bakery.example/","snippet":"Bread and pastry for cafés and grocery stores, baked every night.","title":"Quarry Lane Bakery | Home"},{"link":"https://news.example/ten-firms-to-watch","title":"Ten firms to watch"}]',3,3,0);
INSERT INTO searches VALUES('serpapi','site of ridgeway tooling',0,'2026-03-02 02:46:36.648','[{"link":"https://www.linkedin.com/company/ridgeway-tooling","title":"Ridgeway Tooling Ltd | LinkedIn"},{"link":"https://www.ridgeway-tooling.example/","snippet":"Precision machining and manufacturing of moulds for the automotive industry.","title":"Ridgeway Tooling Ltd | Home"},{"link":"https://news.example/ten-firms-to-watch","title":"Ten firms to watch"}]',3,3,0);
INSERT INTO searches VALUES('serpapi','site:linkedin.com/in "Head of Operations" "Toronto"',0,'2026-03-02 02:46:36.638','[{"link":"https://www.linkedin.com/in/xeniaeklund62","snippet":"Windsor, Ontario, Canada · CEO · Ridgeway Tooling Ltd · Sandbox University","title":"Xenia Eklund - CEO - Ridgeway Tooling Ltd | LinkedIn"},{"link":"https://ca.linkedin.com/in/hugo-silberstein-64368","snippet":"Montreal, Quebec, Canada · Marketing Director · Brightwater Capital","title":"Hugo Silberstein – Marketing Director at Brightwater Capital"},{"link":"https://www.linkedin.com/in/hugoeklund7","snippet":"Burlington, Ontario, Canada · Plant Manager · Quarry Lane Bakery · Sandbox University","title":"Hugo Eklund - Plant Manager - Quarry Lane Ba..."},{"link":"https://www.linkedin.com/pub/dir/+/Eklund","snippet":"View the profiles of professionals on LinkedIn.","title":"200+ \"Eklund\" profiles | LinkedIn"},{"link":"https://www.linkedin.com/in/tamsinrasmussen56","snippet":"Toronto, Ontario, Canada · Head of Growth · Harborlight Logistics","title":"Tamsin Rasmussen - Harborlight Logistics"},{"link":"https://www.linkedin.com/in/linus-pellegrino-5202b","snippet":"Toronto, Ontario, Canada · Co-Founder & CTO · Harborlight Logistics · Sandbox University","title":"Linus Pellegrino - Co-Founder & CTO - Harborlight Logistics"},{"link":"https://ca.linkedin.com/in/inesfairweather28?trk=public_profile","snippet":"Montreal, Quebec, Canada · Head of Growth · Brightwater Capital","title":"Ines Fairweather - Head of Growth - Brightwater Capital | LinkedIn"},{"link":"https://www.linkedin.com/in/hugoivanov52","title":"Hugo Ivanov – Director of Procurement at Brightwater Capital"},{"link":"https://www.linkedin.com/in/oskardelacroix44","snippet":"Montreal, Quebec, Canada · Operations Manager · Brightwater Capital","title":"Oskar Delacroix - Operations Manager - Brightwater Ca..."},{"link":"https://www.linkedin.com/in/yusuf-wetherby-6da11","snippet":"Hamilton, Ontario, Canada · Managing Partner · Maple & Stone Builders Inc. · Sandbox University","title":"Yusuf Wetherby - Maple & Stone Builders Inc."}]',10,8,1);
CREATE TABLE model_calls (
    campaign_id TEXT PRIMARY KEY,
    lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    begun_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO model_calls VALUES('add2d0df-4177-4071-b223-8201db6d2368:initial:2',3,'2026-03-02 02:46:41.000');
CREATE TABLE service_calls (
    service TEXT NOT NULL,
    day TEXT NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (service, day)
) STRICT, WITHOUT ROWID;
INSERT INTO service_calls VALUES('airtable','2026-03-02',13);
INSERT INTO service_calls VALUES('openai','2026-03-02',8);
INSERT INTO service_calls VALUES('serpapi','2026-03-02',6);
INSERT INTO service_calls VALUES('web','2026-03-02',6);
CREATE TABLE sync_state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sync_state VALUES('base','appSandbox0000001');
INSERT INTO sync_state VALUES('fields','{"computed":[],"findings":[{"column":"uuid","name":"4Runr ID","state":"ok","type":"singleLineText"},{"column":"full_name","name":"Full Name","state":"ok","type":"singleLineText"},{"column":"title","name":"Title","state":"ok","type":"singleLineText"},{"column":"company","name":"Company","state":"ok","type":"singleLineText"},{"column":"email","name":"Email","state":"ok","type":"email"},{"column":"phone","name":"Phone","state":"ok","type":"phoneNumber"},{"column":"linkedin_url","name":"LinkedIn URL","state":"ok","type":"url"},{"column":"website","name":"Website","state":"ok","type":"url"},{"column":"location","name":"Location","state":"ok","type":"singleLineText"},{"column":"industry","name":"Industry","state":"ok","type":"singleLineText"},{"column":"company_size","name":"Company Size","state":"ok","type":"singleLineText"},{"column":"status","hint":"add the options scraped, cleaned, enriched, contacted, replied, won, lost, unsubscribed, bounced by hand, or give our words others in airtable-fields.yaml","name":"Status","state":"lacks options","type":"singleSelect"},{"column":"ai_message","name":"AI Message","state":"ok","type":"multilineText"},{"column":"verified","name":"Verified","state":"ok","type":"checkbox"},{"column":"enriched","name":"Enriched","state":"ok","type":"checkbox"},{"column":"needs_enrichment","name":"Needs Enrichment","state":"ok","type":"checkbox"},{"column":"source","name":"Source","state":"ok","type":"singleLineText"},{"column":"scraped_at","name":"Scraped At","state":"ok","type":"dateTime"},{"column":"enriched_at","name":"Enriched At","state":"ok","type":"dateTime"},{"column":"archived","name":"Archived","state":"ok","type":"checkbox"},{"column":"last_sync","name":"Last Sync","state":"ok","type":"dateTime"},{"column":"sync_status","name":"Sync Status","state":"ok","type":"singleSelect"},{"column":"sync_error","name":"Sync Error","state":"ok","type":"multilineText"}],"keys":{"ai_message":"fldSbx0000000000g","archived":"fldSbx0000000000k","company":"fldSbx00000000004","company_size":"fldSbx0000000000b","email":"fldSbx00000000003","enriched":"fldSbx0000000000d","enriched_at":"fldSbx0000000000j","full_name":"fldSbx00000000002","industry":"fldSbx0000000000a","last_sync":"fldSbx0000000000l","linkedin_url":"fldSbx00000000006","location":"fldSbx00000000009","needs_enrichment":"fldSbx0000000000e","phone":"fldSbx00000000007","scraped_at":"fldSbx0000000000i","source":"fldSbx0000000000h","status":"fldSbx000000000s6","sync_error":"fldSbx0000000000n","sync_status":"fldSbx0000000000m","title":"fldSbx00000000008","uuid":"fldSbx00000000001","verified":"fldSbx0000000000c","website":"fldSbx00000000005"},"names":{"ai_message":"AI Message","archived":"Archived","company":"Company","company_size":"Company Size","email":"Email","enriched":"Enriched","enriched_at":"Enriched At","full_name":"Full Name","industry":"Industry","last_sync":"Last Sync","linkedin_url":"LinkedIn URL","location":"Location","needs_enrichment":"Needs Enrichment","phone":"Phone","scraped_at":"Scraped At","source":"Source","status":"Status","sync_error":"Sync Error","sync_status":"Sync Status","title":"Title","uuid":"4Runr ID","verified":"Verified","website":"Website"},"tableID":"tblSandbox0000001","usesIDs":true}');
INSERT INTO sync_state VALUES('full_at','2026-03-02 02:46:39.341');
INSERT INTO sync_state VALUES('pulled_at','2026-03-02 02:46:39.341');
INSERT INTO sync_state VALUES('pushed_at','2026-03-02 02:46:40.332');
INSERT INTO sync_state VALUES('schema_at','2026-03-02 02:46:38.187');
INSERT INTO sync_state VALUES('table','Leads');
INSERT INTO sync_state VALUES('watermark','2026-03-02 02:46:39.000');
CREATE TABLE sync_scan (record_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','leads_fts','leads_fts',0,'CREATE VIRTUAL TABLE leads_fts USING fts5 (full_name, company, title, location, industry,
    content = ''leads'', content_rowid = ''id'', tokenize = ''unicode61 remove_diacritics 2'', prefix = ''2 3'')');
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','leads_trigram','leads_trigram',0,'CREATE VIRTUAL TABLE leads_trigram USING fts5 (full_name, company, email,
    content = ''leads'', content_rowid = ''id'', tokenize = ''trigram'')');
CREATE TABLE IF NOT EXISTS "lead_stages" (
    lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    stage TEXT NOT NULL,
    due_at TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    PRIMARY KEY (lead_id, stage)
) STRICT, WITHOUT ROWID;
INSERT INTO lead_stages VALUES(1,'enrich','2027-02-24 02:46:36.650',0,NULL);
INSERT INTO lead_stages VALUES(2,'enrich','2027-02-24 02:46:37.132',0,NULL);
INSERT INTO lead_stages VALUES(3,'enrich','2027-02-24 02:46:37.631',0,NULL);
INSERT INTO lead_stages VALUES(3,'write-message',NULL,3,'no title: too little to write about; a person has to');
INSERT INTO lead_stages VALUES(4,'enrich','2027-02-24 02:46:38.130',0,NULL);
INSERT INTO lead_stages VALUES(5,'enrich','2027-02-24 02:46:38.177',0,NULL);
INSERT INTO lead_stages VALUES(6,'enrich','2026-03-02 02:46:44.106',1,'engines.example: could not resolve host: engines.example');
INSERT INTO lead_stages VALUES(8,'enrich','2026-03-02 02:46:45.327',1,'lanterns.example: could not resolve host: lanterns.example');
INSERT INTO lead_stages VALUES(10,'enrich','2026-03-02 02:46:43.884',1,'navy.example: could not resolve host: navy.example');
INSERT INTO lead_stages VALUES(11,'enrich','2026-03-02 02:46:44.909',1,'select.example: could not resolve host: select.example');
INSERT INTO lead_stages VALUES(12,'enrich','2027-02-24 02:46:40.370',0,NULL);
INSERT INTO lead_stages VALUES(13,'enrich','2027-02-24 02:46:42.436',0,NULL);
INSERT INTO lead_stages VALUES(14,'enrich','2027-02-24 02:46:42.436',0,NULL);
CREATE TABLE lead_records (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    author TEXT NOT NULL,
    hash INTEGER,
    content TEXT NOT NULL CHECK (json_valid(content)),
    fields TEXT NOT NULL CHECK (json_valid(fields)),
    rule TEXT,
    import_id INTEGER,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL
) STRICT;
INSERT INTO lead_records VALUES(1,1,'serpapi','migration',-7520657212904942484,'{"link":"https://www.linkedin.com/in/xeniaeklund62","snippet":"Windsor, Ontario, Canada · CEO · Ridgeway Tooling Ltd · Sandbox University","title":"Xenia Eklund - CEO - Ridgeway Tooling Ltd | LinkedIn"}','{}',NULL,NULL,'2026-03-02 02:46:36.638','2026-03-02 02:46:36.638');
INSERT INTO lead_records VALUES(2,1,'serpapi','migration',NULL,'{}','{"company":"Ridgeway Tooling Ltd","company_size":"201-500","first_name":"Xenia","full_name":"Xenia Eklund","industry":"Manufacturing","last_name":"Eklund","linkedin_url":"https://www.linkedin.com/in/xeniaeklund62","location":"Windsor, Ontario, Canada","phone":"+15195550141","title":"CEO","website":"https://www.ridgeway-tooling.example/"}',NULL,NULL,'2026-03-02 02:46:38.137','2026-03-02 02:46:38.137');
INSERT INTO lead_records VALUES(3,2,'serpapi','migration',-3055677905255894215,'{"link":"https://ca.linkedin.com/in/hugo-silberstein-64368","snippet":"Montreal, Quebec, Canada · Marketing Director · Brightwater Capital","title":"Hugo Silberstein – Marketing Director at Brightwater Capital"}','{}',NULL,NULL,'2026-03-02 02:46:36.638','2026-03-02 02:46:36.638');
INSERT INTO lead_records VALUES(4,2,'serpapi','migration',NULL,'{}','{"company":"Brightwater Capital","company_size":"11-50","email":"hugo.silberstein@brightwater-capital.example","first_name":"Hugo","full_name":"Hugo Silberstein","industry":"Financial services","last_name":"Silberstein","linkedin_url":"https://www.linkedin.com/in/hugo-silberstein-64368","location":"Montreal, Quebec, Canada","phone":"+15145550186","title":"Marketing Director","website":"https://www.brightwater-capital.example/"}',NULL,NULL,'2026-03-02 02:46:38.135','2026-03-02 02:46:38.135');
INSERT INTO lead_records VALUES(5,3,'serpapi','migration',-3268060132399816190,'{"link":"https://www.linkedin.com/in/hugoeklund7","snippet":"Burlington, Ontario, Canada · Plant Manager · Quarry Lane Bakery · Sandbox University","title":"Hugo Eklund - Plant Manager - Quarry Lane Ba..."}','{}',NULL,NULL,'2026-03-02 02:46:36.638','2026-03-02 02:46:36.638');
INSERT INTO lead_records VALUES(6,3,'serpapi','migration',NULL,'{}','{"company":"Quarry Lane Bakery","company_size":"51-200","email":"hugo.eklund@quarry-lane-bakery.example","first_name":"Hugo","full_name":"Hugo Eklund","industry":"Food","last_name":"Eklund","linkedin_url":"https://www.linkedin.com/in/hugoeklund7","location":"Burlington, Ontario, Canada","phone":"+12895550128","title":"Plant Manager","website":"https://www.quarry-lane-bakery.example/"}',NULL,NULL,'2026-03-02 02:46:38.136','2026-03-02 02:46:38.136');
INSERT INTO lead_records VALUES(7,4,'serpapi','migration',-254106418252463207,'{"link":"https://www.linkedin.com/in/tamsinrasmussen56","snippet":"Toronto, Ontario, Canada · Head of Growth · Harborlight Logistics","title":"Tamsin Rasmussen - Harborlight Logistics"}','{}',NULL,NULL,'2026-03-02 02:46:36.638','2026-03-02 02:46:36.638');
INSERT INTO lead_records VALUES(8,4,'serpapi','migration',NULL,'{}','{"company":"Harborlight Logistics","company_size":"51-200","first_name":"Tamsin","full_name":"Tamsin Rasmussen","industry":"Logistics","last_name":"Rasmussen","linkedin_url":"https://www.linkedin.com/in/tamsinrasmussen56","location":"Toronto, Ontario, Canada","phone":"+14165550134","title":"Head of Growth","website":"https://www.harborlight-logistics.example/"}',NULL,NULL,'2026-03-02 02:46:38.136','2026-03-02 02:46:38.136');
INSERT INTO lead_records VALUES(9,5,'serpapi','migration',1472554937388895240,'{"link":"https://www.linkedin.com/in/linus-pellegrino-5202b","snippet":"Toronto, Ontario, Canada · Co-Founder & CTO · Harborlight Logistics · Sandbox University","title":"Linus Pellegrino - Co-Founder & CTO - Harborlight Logistics"}','{}',NULL,NULL,'2026-03-02 02:46:36.638','2026-03-02 02:46:36.638');
INSERT INTO lead_records VALUES(10,5,'serpapi','migration',NULL,'{}','{"company":"Harborlight Logistics","company_size":"51-200","first_name":"Linus","full_name":"Linus Pellegrino","industry":"Logistics","last_name":"Pellegrino","linkedin_url":"https://www.linkedin.com/in/linus-pellegrino-5202b","location":"Toronto, Ontario, Canada","phone":"+14165550134","title":"Co-Founder & CTO","website":"https://www.harborlight-logistics.example/"}',NULL,NULL,'2026-03-02 02:46:38.183','2026-03-02 02:46:38.183');
INSERT INTO lead_records VALUES(11,6,'csv:people.csv','migration',8255071943252443278,'{"Company":"Analytical Engines","Email":"ada@engines.example","Favourite Colour":"blue","Full Name":"Ada King","Phone":"+1 415 555 0142","Title":"Countess"}','{}',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:38.717');
INSERT INTO lead_records VALUES(12,6,'csv:people.csv','migration',NULL,'{}','{"company":"Analytical Engines","email":"ada@engines.example","first_name":"Ada","full_name":"Ada King","last_name":"King","phone":"+14155550142","title":"Countess of Lovelace"}',NULL,NULL,'2026-03-02 02:46:39.049','2026-03-02 02:46:39.049');
INSERT INTO lead_records VALUES(13,7,'csv:people.csv','migration',-2404269458777997059,'{"Company":"Stone & Sons","Email":"bob@stone.example","Full Name":"Stone, Bob","Title":"Founder"}','{}',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:38.717');
INSERT INTO lead_records VALUES(14,7,'csv:people.csv','migration',NULL,'{}','{"company":"Stone & Sons","email":"bob@stone.example","first_name":"Bob","full_name":"Bob Stone","last_name":"Stone","title":"Founder"}',NULL,NULL,'2026-03-02 02:46:39.224','2026-03-02 02:46:39.224');
INSERT INTO lead_records VALUES(15,8,'csv:people.csv','migration',-368482956371556469,'{"Company":"Lantern Works","Email":"info@lanterns.example","Favourite Colour":"red","Full Name":"Chen Li","Title":"Owner"}','{}',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:38.717');
INSERT INTO lead_records VALUES(16,8,'csv:people.csv','migration',NULL,'{}','{"company":"Lantern Works","email":"info@lanterns.example","first_name":"Chen","full_name":"Chen Li","last_name":"Li","title":"Owner"}',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:38.717');
INSERT INTO lead_records VALUES(17,9,'csv:people.csv','migration',-6063570395929856863,'{"Company":"Nordlys AS","Email":"zoe@nordlys.example","Full Name":"Zoë Ångström","Title":"Daglig leder"}','{}',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:38.717');
INSERT INTO lead_records VALUES(18,9,'csv:people.csv','migration',NULL,'{}','{"company":"Nordlys AS","email":"zoe@nordlys.example","first_name":"Zoë","full_name":"Zoë Ångström","last_name":"Ångström","title":"Daglig leder"}',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:38.717');
INSERT INTO lead_records VALUES(19,10,'manual','migration',4222925933785032865,'{"company":"Navy Yards","email":"grace@navy.example","full_name":"Grace Hop"}','{}',NULL,NULL,'2026-03-02 02:46:38.744','2026-03-02 02:46:38.744');
INSERT INTO lead_records VALUES(20,10,'manual','migration',NULL,'{}','{"company":"Navy Yards","email":"grace@navy.example","first_name":"Grace","full_name":"Grace Hop","last_name":"Hop"}',NULL,NULL,'2026-03-02 02:46:38.744','2026-03-02 02:46:38.744');
INSERT INTO lead_records VALUES(21,11,'manual','migration',-1437062349744968635,'{"company":"Select Options","email":"dora@select.example","full_name":"Dora Refused"}','{}',NULL,NULL,'2026-03-02 02:46:39.287','2026-03-02 02:46:39.287');
INSERT INTO lead_records VALUES(22,11,'manual','migration',NULL,'{}','{"company":"Select Options","email":"dora@select.example","first_name":"Dora","full_name":"Dora Refused","last_name":"Refused"}',NULL,NULL,'2026-03-02 02:46:39.287','2026-03-02 02:46:39.287');
INSERT INTO lead_records VALUES(23,12,'manual','migration',-2938056147363471855,'{"company":"No Web","full_name":"Fay Phoneless"}','{}',NULL,NULL,'2026-03-02 02:46:39.306','2026-03-02 02:46:39.306');
INSERT INTO lead_records VALUES(24,12,'manual','migration',NULL,'{}','{"company":"No Web","first_name":"Fay","full_name":"Fay Phoneless","last_name":"Phoneless"}',NULL,NULL,'2026-03-02 02:46:42.369','2026-03-02 02:46:42.369');
INSERT INTO lead_records VALUES(25,13,'serpapi','migration',-7103129981404104900,'{"link":"https://ca.linkedin.com/in/inesfairweather28?trk=public_profile","snippet":"Montreal, Quebec, Canada · Head of Growth · Brightwater Capital","title":"Ines Fairweather - Head of Growth - Brightwater Capital | LinkedIn"}','{}',NULL,NULL,'2026-03-02 02:46:36.638','2026-03-02 02:46:36.638');
INSERT INTO lead_records VALUES(26,13,'serpapi','migration',NULL,'{}','{"company":"Brightwater Capital","company_size":"11-50","email":"ines.fairweather@brightwater-capital.example","first_name":"Ines","full_name":"Ines Fairweather","industry":"Financial services","last_name":"Fairweather","linkedin_url":"https://www.linkedin.com/in/inesfairweather28","location":"Montreal, Quebec, Canada","phone":"+15145550186","title":"Head of Growth","website":"https://www.brightwater-capital.example/"}',NULL,NULL,'2026-03-02 02:46:42.444','2026-03-02 02:46:42.444');
INSERT INTO lead_records VALUES(27,14,'serpapi','migration',-5316165084593401700,'{"link":"https://www.linkedin.com/in/hugoivanov52","title":"Hugo Ivanov – Director of Procurement at Brightwater Capital"}','{}',NULL,NULL,'2026-03-02 02:46:36.638','2026-03-02 02:46:36.638');
INSERT INTO lead_records VALUES(28,14,'serpapi','migration',NULL,'{}','{"company":"Brightwater Capital","company_size":"11-50","first_name":"Hugo","full_name":"Hugo Ivanov","industry":"Financial services","last_name":"Ivanov","linkedin_url":"https://www.linkedin.com/in/hugoivanov52","phone":"+15145550186","title":"Director of Procurement","website":"https://www.brightwater-capital.example/"}',NULL,NULL,'2026-03-02 02:46:42.444','2026-03-02 02:46:42.444');
CREATE TABLE lead_values (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT,
    method TEXT NOT NULL,
    confidence REAL NOT NULL CHECK (confidence >= 0 AND confidence <= 1),
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    evidence TEXT
, record_id INTEGER) STRICT;
CREATE TABLE lead_keys (
    kind TEXT NOT NULL CHECK (kind IN ('profile', 'mailbox', 'role', 'name', 'phone')),
    value TEXT NOT NULL,
    lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    is_former INTEGER NOT NULL CHECK (is_former IN (0, 1)),
    PRIMARY KEY (kind, value, lead_id)
) STRICT, WITHOUT ROWID;
INSERT INTO lead_keys VALUES('mailbox','ada@engines.example',6,0);
INSERT INTO lead_keys VALUES('mailbox','bob@stone.example',7,0);
INSERT INTO lead_keys VALUES('mailbox','dora@select.example',11,0);
INSERT INTO lead_keys VALUES('mailbox','grace@navy.example',10,0);
INSERT INTO lead_keys VALUES('mailbox','hugo.eklund@quarry-lane-bakery.example',3,0);
INSERT INTO lead_keys VALUES('mailbox','hugo.silberstein@brightwater-capital.example',2,0);
INSERT INTO lead_keys VALUES('mailbox','ines.fairweather@brightwater-capital.example',13,0);
INSERT INTO lead_keys VALUES('mailbox','zoe@nordlys.example',9,0);
INSERT INTO lead_keys VALUES('name','angstrom|nordlys|zoe',9,0);
INSERT INTO lead_keys VALUES('name','eklund|quarry lane bakery|hugo',3,0);
INSERT INTO lead_keys VALUES('name','eklund|ridgeway tooling|xenia',1,0);
INSERT INTO lead_keys VALUES('name','fairweather|brightwater capital|ines',13,0);
INSERT INTO lead_keys VALUES('name','hop|navy yards|grace',10,0);
INSERT INTO lead_keys VALUES('name','ivanov|brightwater capital|hugo',14,0);
INSERT INTO lead_keys VALUES('name','king|analytical engines|ada',6,0);
INSERT INTO lead_keys VALUES('name','li|lantern works|chen',8,0);
INSERT INTO lead_keys VALUES('name','pellegrino|harborlight logistics|linus',5,0);
INSERT INTO lead_keys VALUES('name','phoneless|no web|fay',12,0);
INSERT INTO lead_keys VALUES('name','rasmussen|harborlight logistics|tamsin',4,0);
INSERT INTO lead_keys VALUES('name','refused|select options|dora',11,0);
INSERT INTO lead_keys VALUES('name','silberstein|brightwater capital|hugo',2,0);
INSERT INTO lead_keys VALUES('name','stone|stone and sons|bob',7,0);
INSERT INTO lead_keys VALUES('phone','+12895550128|eklund|hugo',3,0);
INSERT INTO lead_keys VALUES('phone','+14155550142|king|ada',6,0);
INSERT INTO lead_keys VALUES('phone','+14165550134|pellegrino|linus',5,0);
INSERT INTO lead_keys VALUES('phone','+14165550134|rasmussen|tamsin',4,0);
INSERT INTO lead_keys VALUES('phone','+15145550186|fairweather|ines',13,0);
INSERT INTO lead_keys VALUES('phone','+15145550186|ivanov|hugo',14,0);
INSERT INTO lead_keys VALUES('phone','+15145550186|silberstein|hugo',2,0);
INSERT INTO lead_keys VALUES('phone','+15195550141|eklund|xenia',1,0);
INSERT INTO lead_keys VALUES('profile','hugo-silberstein-64368',2,0);
INSERT INTO lead_keys VALUES('profile','hugoeklund7',3,0);
INSERT INTO lead_keys VALUES('profile','hugoivanov52',14,0);
INSERT INTO lead_keys VALUES('profile','inesfairweather28',13,0);
INSERT INTO lead_keys VALUES('profile','linus-pellegrino-5202b',5,0);
INSERT INTO lead_keys VALUES('profile','tamsinrasmussen56',4,0);
INSERT INTO lead_keys VALUES('profile','xeniaeklund62',1,0);
INSERT INTO lead_keys VALUES('role','info@lanterns.example',8,0);
CREATE TABLE shared_keys (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE lead_decisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'apart')),
    lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    into_lead INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    rule TEXT,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    moved TEXT NOT NULL CHECK (json_valid(moved)),
    undone_at TEXT,
    undone_by TEXT
) STRICT;
CREATE TABLE suppressions (
    kind TEXT NOT NULL CHECK (kind IN ('address', 'domain')),
    value TEXT NOT NULL,
    written TEXT NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE holds (
    name TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE companies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    domain TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL,
    name TEXT,
    name_key TEXT,
    phone TEXT,
    address TEXT,
    industry TEXT,
    company_size TEXT,
    description TEXT,
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    email_pattern TEXT,
    email_pattern_count INTEGER NOT NULL DEFAULT 0,
    read_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
INSERT INTO companies VALUES(1,'ridgeway-tooling.example','https://www.ridgeway-tooling.example/','Ridgeway Tooling Ltd','ridgeway tooling','+14165550134',NULL,NULL,NULL,NULL,'{}','first.last',3,'2026-03-02 10:00:00.000','2026-03-02 10:00:00.000','2026-03-02 10:00:00.000');
INSERT INTO companies VALUES(2,'brightwater-capital.example','https://www.brightwater-capital.example/',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}',NULL,0,NULL,'2026-03-02 10:00:00.000','2026-03-02 10:00:00.000');
CREATE TABLE company_pages (
    company_id INTEGER NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    read_at TEXT NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content)),
    PRIMARY KEY (company_id, url)
) STRICT, WITHOUT ROWID;
INSERT INTO company_pages VALUES(1,0,'https://www.ridgeway-tooling.example/','home','"v1"',NULL,'2026-03-02 10:00:00.000','{}');
CREATE TABLE search_yields (
    service TEXT NOT NULL,
    strategy TEXT NOT NULL,
    day TEXT NOT NULL,
    searches INTEGER NOT NULL,
    people INTEGER NOT NULL,
    new_leads INTEGER NOT NULL,
    PRIMARY KEY (service, strategy, day)
) STRICT, WITHOUT ROWID;
INSERT INTO search_yields VALUES('serpapi','site:linkedin.com/in "Founder" "Toronto"','2026-03-02',2,14,9);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('pipeline_activities',66);
INSERT INTO sqlite_sequence VALUES('leads',14);
INSERT INTO sqlite_sequence VALUES('campaigns',8);
INSERT INTO sqlite_sequence VALUES('sync_log',8);
INSERT INTO sqlite_sequence VALUES('sync_status',28);
INSERT INTO sqlite_sequence VALUES('sync_conflicts',2);
INSERT INTO sqlite_sequence VALUES('migration_log',1);
INSERT INTO sqlite_sequence VALUES('lead_records',28);
INSERT INTO sqlite_sequence VALUES('companies',2);
CREATE INDEX leads_needing_enrichment ON leads (updated_at) WHERE needs_enrichment = 1 AND deleted_at IS NULL;
CREATE INDEX leads_pending_sync ON leads (updated_at) WHERE sync_pending = 1;
CREATE INDEX leads_by_status ON leads (status, id) WHERE deleted_at IS NULL;
CREATE INDEX airtable_links_by_lead ON airtable_links (lead_id);
CREATE INDEX campaigns_by_lead ON campaigns (lead_id);
CREATE INDEX campaigns_queued ON campaigns (scheduled_at) WHERE status = 'queued';
CREATE UNIQUE INDEX sync_conflicts_open ON sync_conflicts (lead_id, field) WHERE resolved_at IS NULL;
CREATE UNIQUE INDEX activities_slot ON pipeline_activities (job_name, scheduled_for, attempt)
    WHERE parent_id IS NULL AND scheduled_for IS NOT NULL;
CREATE INDEX activities_active ON pipeline_activities (id) WHERE activity_status IN ('pending', 'running');
CREATE INDEX activities_runs ON pipeline_activities (id) WHERE parent_id IS NULL;
CREATE INDEX activities_runs_by_job ON pipeline_activities (job_name, id) WHERE parent_id IS NULL;
CREATE INDEX activities_steps ON pipeline_activities (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX activities_by_lead ON pipeline_activities (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX activities_caused_by ON pipeline_activities (caused_by) WHERE caused_by IS NOT NULL;
CREATE INDEX activities_retry_of ON pipeline_activities (retry_of) WHERE retry_of IS NOT NULL;
CREATE INDEX model_calls_by_lead ON model_calls (lead_id);
CREATE INDEX leads_by_source ON leads (source, created_at);
CREATE UNIQUE INDEX sync_status_by_lead ON sync_status (lead_id);
CREATE TRIGGER leads_search_insert AFTER INSERT ON leads BEGIN
    INSERT INTO leads_fts (rowid, full_name, company, title, location, industry)
        VALUES (new.id, new.full_name, new.company, new.title, new.location, new.industry);
    INSERT INTO leads_trigram (rowid, full_name, company, email)
        VALUES (new.id, new.full_name, new.company, new.email);
END;
CREATE TRIGGER leads_search_delete AFTER DELETE ON leads BEGIN
    INSERT INTO leads_fts (leads_fts, rowid, full_name, company, title, location, industry)
        VALUES ('delete', old.id, old.full_name, old.company, old.title, old.location, old.industry);
    INSERT INTO leads_trigram (leads_trigram, rowid, full_name, company, email)
        VALUES ('delete', old.id, old.full_name, old.company, old.email);
END;
CREATE TRIGGER leads_search_update
AFTER UPDATE OF full_name, company, title, location, industry, email ON leads BEGIN
    INSERT INTO leads_fts (leads_fts, rowid, full_name, company, title, location, industry)
        VALUES ('delete', old.id, old.full_name, old.company, old.title, old.location, old.industry);
    INSERT INTO leads_trigram (leads_trigram, rowid, full_name, company, email)
        VALUES ('delete', old.id, old.full_name, old.company, old.email);
    INSERT INTO leads_fts (rowid, full_name, company, title, location, industry)
        VALUES (new.id, new.full_name, new.company, new.title, new.location, new.industry);
    INSERT INTO leads_trigram (rowid, full_name, company, email)
        VALUES (new.id, new.full_name, new.company, new.email);
END;
CREATE INDEX lead_stages_waiting ON lead_stages (stage, due_at, lead_id) WHERE due_at IS NOT NULL;
CREATE INDEX lead_records_by_lead ON lead_records (lead_id);
CREATE INDEX lead_records_by_hash ON lead_records (hash) WHERE hash IS NOT NULL;
CREATE INDEX lead_values_by_lead ON lead_values (lead_id);
CREATE INDEX lead_keys_by_lead ON lead_keys (lead_id);
CREATE INDEX lead_decisions_by_lead ON lead_decisions (lead_id);
CREATE INDEX lead_decisions_by_into ON lead_decisions (into_lead);
CREATE INDEX companies_by_name ON companies (name_key) WHERE name_key IS NOT NULL;
CREATE INDEX search_yields_by_day ON search_yields (service, day);
CREATE INDEX leads_by_company ON leads (company_id) WHERE company_id IS NOT NULL;
PRAGMA writable_schema=OFF;
COMMIT;
PRAGMA user_version = 11;
