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
    key_linkedin TEXT, key_email TEXT, key_name_company TEXT, key_phone TEXT,
    CHECK (email IS NOT NULL OR linkedin_url IS NOT NULL OR phone IS NOT NULL
        OR (full_name IS NOT NULL AND company IS NOT NULL))
) STRICT;
INSERT INTO leads VALUES(1,'7718374f-8d5c-4bac-bb71-e38d07ce1755','Xenia Eklund','Xenia','Eklund','CEO','Ridgeway Tooling Ltd',NULL,'+15195550141','https://www.linkedin.com/in/xeniaeklund62','https://www.ridgeway-tooling.example/','Windsor, Ontario, Canada','Manufacturing','201-500',replace('Hi Xenia,\n\nI have been following Ridgeway Tooling Ltd: Precision machining and manufacturing of moulds for the automotive industry. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,1,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:36.650','2026-03-02 02:46:36.639','2026-03-02 02:46:38.137','recSbx00000000005','2026-03-02 02:46:40.082',1,0,'2026-03-02 02:46:40.082',NULL,'[{"at":"2026-03-02T02:46:36.638Z","record":{"link":"https://www.linkedin.com/in/xeniaeklund62","snippet":"Windsor, Ontario, Canada · CEO · Ridgeway Tooling Ltd · Sandbox University","title":"Xenia Eklund - CEO - Ridgeway Tooling Ltd | LinkedIn"},"source":"serpapi"}]',NULL,'xeniaeklund62',NULL,'eklund|ridgeway tooling','eklund|+15195550141');
INSERT INTO leads VALUES(2,'73e2301d-67c8-4ed9-a9e5-16b4c8e37f90','Hugo Silberstein','Hugo','Silberstein','Marketing Director','Brightwater Capital','hugo.silberstein@brightwater-capital.example','+15145550186','https://www.linkedin.com/in/hugo-silberstein-64368','https://www.brightwater-capital.example/','Montreal, Quebec, Canada','Financial services','11-50',replace('Hi Hugo,\n\nI read about Brightwater Capital: Independent investment and retirement advice for families and small firms. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,0,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:37.132','2026-03-02 02:46:36.642','2026-03-02 02:46:38.135','recSbx00000000002','2026-03-02 02:46:40.082',1,0,'2026-03-02 02:46:40.082',NULL,'[{"at":"2026-03-02T02:46:36.638Z","record":{"link":"https://ca.linkedin.com/in/hugo-silberstein-64368","snippet":"Montreal, Quebec, Canada · Marketing Director · Brightwater Capital","title":"Hugo Silberstein – Marketing Director at Brightwater Capital"},"source":"serpapi"}]',NULL,'hugo-silberstein-64368','hugo.silberstein@brightwater-capital.example','silberstein|brightwater capital','silberstein|+15145550186');
INSERT INTO leads VALUES(3,'add2d0df-4177-4071-b223-8201db6d2368','Hugo Eklund','Hugo','Eklund','Plant Manager','Quarry Lane Bakery','hugo.eklund@quarry-lane-bakery.example','+12895550128','https://www.linkedin.com/in/hugoeklund7','https://www.quarry-lane-bakery.example/','Burlington, Ontario, Canada','Food','51-200',replace('Hi Hugo,\n\nI have been following Quarry Lane Bakery: Bread and pastry for cafés and grocery stores, baked every night. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,0,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:37.631','2026-03-02 02:46:36.643','2026-03-02 02:46:38.136','recSbx00000000003','2026-03-02 02:46:40.082',1,0,'2026-03-02 02:46:40.082',NULL,'[{"at":"2026-03-02T02:46:36.638Z","record":{"link":"https://www.linkedin.com/in/hugoeklund7","snippet":"Burlington, Ontario, Canada · Plant Manager · Quarry Lane Bakery · Sandbox University","title":"Hugo Eklund - Plant Manager - Quarry Lane Ba..."},"source":"serpapi"}]',NULL,'hugoeklund7','hugo.eklund@quarry-lane-bakery.example','eklund|quarry lane bakery','eklund|+12895550128');
INSERT INTO leads VALUES(4,'06eac30a-4c68-45cf-96b5-28e0de673baa','Tamsin Rasmussen','Tamsin','Rasmussen','Head of Growth','Harborlight Logistics',NULL,'+14165550134','https://www.linkedin.com/in/tamsinrasmussen56','https://www.harborlight-logistics.example/','Toronto, Ontario, Canada','Logistics','51-200',replace('Hi Tamsin,\n\nI came across Harborlight Logistics: Freight, warehousing and customs for mid-sized importers on the Great Lakes. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,1,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:38.130','2026-03-02 02:46:36.643','2026-03-02 02:46:38.136','recSbx00000000004','2026-03-02 02:46:40.082',1,0,'2026-03-02 02:46:40.082',NULL,'[{"at":"2026-03-02T02:46:36.638Z","record":{"link":"https://www.linkedin.com/in/tamsinrasmussen56","snippet":"Toronto, Ontario, Canada · Head of Growth · Harborlight Logistics","title":"Tamsin Rasmussen - Harborlight Logistics"},"source":"serpapi"}]','2026-03-02 02:46:40.000','tamsinrasmussen56',NULL,'rasmussen|harborlight logistics','rasmussen|+14165550134');
INSERT INTO leads VALUES(5,'09216bba-d66e-4d97-b3f9-cac15ae23aef','Linus Pellegrino','Linus','Pellegrino','Co-Founder & CTO','Harborlight Logistics',NULL,'+14165550134','https://www.linkedin.com/in/linus-pellegrino-5202b','https://www.harborlight-logistics.example/','Toronto, Ontario, Canada','Logistics','51-200',replace('Hi Linus,\n\nI read about Harborlight Logistics: Freight, warehousing and customs for mid-sized importers on the Great Lakes. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,1,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:38.177','2026-03-02 02:46:38.162','2026-03-02 02:46:38.183','recSbx00000000006','2026-03-02 02:46:40.082',1,0,'2026-03-02 02:46:40.082',NULL,'[{"at":"2026-03-02T02:46:36.638Z","record":{"link":"https://www.linkedin.com/in/linus-pellegrino-5202b","snippet":"Toronto, Ontario, Canada · Co-Founder & CTO · Harborlight Logistics · Sandbox University","title":"Linus Pellegrino - Co-Founder & CTO - Harborlight Logistics"},"source":"serpapi"}]',NULL,'linus-pellegrino-5202b',NULL,'pellegrino|harborlight logistics','pellegrino|+14165550134');
INSERT INTO leads VALUES(6,'f34f0922-1338-45ff-b0ef-afb9eca325fa','Ada King','Ada','King','Countess of Lovelace','Analytical Engines','ada@engines.example','+14155550142',NULL,NULL,NULL,NULL,NULL,NULL,'cleaned','new',0,0,1,0,'csv:people.csv',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:39.049','recSbx00000000008','2026-03-02 02:46:39.338',0,1,'2026-03-02 02:46:39.583','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','[{"at":"2026-03-02T02:46:38.717Z","record":{"Company":"Analytical Engines","Email":"ada@engines.example","Favourite Colour":"blue","Full Name":"Ada King","Phone":"+1 415 555 0142","Title":"Countess"},"source":"csv:people.csv"}]',NULL,NULL,'ada@engines.example','king|analytical engines','king|+14155550142');
INSERT INTO leads VALUES(7,'fc20b4d3-e50d-4c37-ac58-b83d160adb0b','Bob Stone','Bob','Stone','Founder','Stone & Sons','bob@stone.example',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'cleaned','new',0,0,1,0,'csv:people.csv',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:39.224','recSbx00000000009','2026-03-02 02:46:40.082',0,0,'2026-03-02 02:46:40.082',NULL,'[{"at":"2026-03-02T02:46:38.717Z","record":{"Company":"Stone & Sons","Email":"bob@stone.example","Full Name":"Stone, Bob","Title":"Founder"},"source":"csv:people.csv"}]','2026-03-02 02:46:39.224',NULL,'bob@stone.example','stone|stone and sons',NULL);
INSERT INTO leads VALUES(8,'eb9055e0-4649-4961-8496-c0c183615d82','Chen Li','Chen','Li','Owner','Lantern Works','info@lanterns.example',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'cleaned','new',0,0,1,0,'csv:people.csv',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:38.717','recSbx0000000000a','2026-03-02 02:46:39.338',0,1,'2026-03-02 02:46:39.581','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','[{"at":"2026-03-02T02:46:38.717Z","record":{"Company":"Lantern Works","Email":"info@lanterns.example","Favourite Colour":"red","Full Name":"Chen Li","Title":"Owner"},"source":"csv:people.csv"}]',NULL,NULL,NULL,'li|lantern works',NULL);
INSERT INTO leads VALUES(9,'9aee4105-a302-455b-995b-eb75ba4241be','Zoë Ångström','Zoë','Ångström','Daglig leder','Nordlys AS','zoe@nordlys.example',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'unsubscribed','failed',0,0,1,0,'csv:people.csv',NULL,NULL,'2026-03-02 02:46:38.717','2026-03-02 02:46:38.717','recSbx0000000000b','2026-03-02 02:46:39.338',0,1,'2026-03-02 02:46:39.582','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','[{"at":"2026-03-02T02:46:38.717Z","record":{"Company":"Nordlys AS","Email":"zoe@nordlys.example","Full Name":"Zoë Ångström","Title":"Daglig leder"},"source":"csv:people.csv"}]',NULL,NULL,'zoe@nordlys.example','angstrom|nordlys',NULL);
INSERT INTO leads VALUES(10,'0ee3deb0-8d86-4402-855a-c97b5356f860','Grace Hop','Grace','Hop',NULL,'Navy Yards','grace@navy.example',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'cleaned','new',0,0,1,0,'manual',NULL,NULL,'2026-03-02 02:46:38.744','2026-03-02 02:46:38.744','recSbx0000000000c','2026-03-02 02:46:39.338',0,1,'2026-03-02 02:46:39.583','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','[{"at":"2026-03-02T02:46:38.744Z","record":{"company":"Navy Yards","email":"grace@navy.example","full_name":"Grace Hop"},"source":"manual"}]',NULL,NULL,'grace@navy.example','hop|navy yards',NULL);
INSERT INTO leads VALUES(11,'1cf66719-b5a4-41a0-a40c-0ad180a765b7','Dora Refused','Dora','Refused',NULL,'Select Options','dora@select.example',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'cleaned','new',0,0,1,0,'manual',NULL,NULL,'2026-03-02 02:46:39.287','2026-03-02 02:46:39.287','recSbx0000000000g','2026-03-02 02:46:40.331',0,1,'2026-03-02 02:46:40.331','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','[{"at":"2026-03-02T02:46:39.287Z","record":{"company":"Select Options","email":"dora@select.example","full_name":"Dora Refused"},"source":"manual"}]',NULL,NULL,'dora@select.example','refused|select options',NULL);
INSERT INTO leads VALUES(12,'d14cf33a-3a80-4d71-a058-21b300b6c7f2','Fay Phoneless','Fay','Phoneless',NULL,'No Web',NULL,NULL,NULL,NULL,NULL,NULL,NULL,replace('Hi Fay,\n\nI read about No Web. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',0,1,1,1,'manual',NULL,'2026-03-02 02:46:40.370','2026-03-02 02:46:39.306','2026-03-02 02:46:42.369','recSbx0000000000h','2026-03-02 02:46:40.331',0,1,'2026-03-02 02:46:40.331','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','[{"at":"2026-03-02T02:46:39.306Z","record":{"company":"No Web","full_name":"Fay Phoneless"},"source":"manual"}]',NULL,NULL,NULL,'phoneless|no web',NULL);
INSERT INTO leads VALUES(13,'5a447385-9d6a-4e6f-b5d9-b4f43558c911','Ines Fairweather','Ines','Fairweather','Head of Growth','Brightwater Capital','ines.fairweather@brightwater-capital.example','+15145550186','https://www.linkedin.com/in/inesfairweather28','https://www.brightwater-capital.example/','Montreal, Quebec, Canada','Financial services','11-50',replace('Hi Ines,\n\nI came across Brightwater Capital: Independent investment and retirement advice for families and small firms. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,0,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:42.436','2026-03-02 02:46:42.421','2026-03-02 02:46:42.444',NULL,NULL,0,1,NULL,NULL,'[{"at":"2026-03-02T02:46:36.638Z","record":{"link":"https://ca.linkedin.com/in/inesfairweather28?trk=public_profile","snippet":"Montreal, Quebec, Canada · Head of Growth · Brightwater Capital","title":"Ines Fairweather - Head of Growth - Brightwater Capital | LinkedIn"},"source":"serpapi"}]',NULL,'inesfairweather28','ines.fairweather@brightwater-capital.example','fairweather|brightwater capital','fairweather|+15145550186');
INSERT INTO leads VALUES(14,'3fe9f733-796e-46ff-91b5-c01171507827','Hugo Ivanov','Hugo','Ivanov','Director of Procurement','Brightwater Capital',NULL,'+15145550186','https://www.linkedin.com/in/hugoivanov52','https://www.brightwater-capital.example/',NULL,'Financial services','11-50',replace('Hi Hugo,\n\nI have been following Brightwater Capital: Independent investment and retirement advice for families and small firms. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'ready','completed',1,1,1,1,'serpapi','2026-03-02 02:46:36.638','2026-03-02 02:46:42.436','2026-03-02 02:46:42.423','2026-03-02 02:46:42.444',NULL,NULL,0,1,NULL,NULL,'[{"at":"2026-03-02T02:46:36.638Z","record":{"link":"https://www.linkedin.com/in/hugoivanov52","title":"Hugo Ivanov – Director of Procurement at Brightwater Capital"},"source":"serpapi"}]',NULL,'hugoivanov52',NULL,'ivanov|brightwater capital','ivanov|+15145550186');
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
) STRICT;
INSERT INTO campaigns VALUES(1,2,'73e2301d-67c8-4ed9-a9e5-16b4c8e37f90:initial:1','initial','hook','A question about Brightwater Capital',replace('Hi Hugo,\n\nI read about Brightwater Capital: Independent investment and retirement advice for families and small firms. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.135','2026-03-02 02:46:38.135');
INSERT INTO campaigns VALUES(2,4,'06eac30a-4c68-45cf-96b5-28e0de673baa:initial:1','initial','hook','A question about Harborlight Logistics',replace('Hi Tamsin,\n\nI came across Harborlight Logistics: Freight, warehousing and customs for mid-sized importers on the Great Lakes. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.136','2026-03-02 02:46:38.136');
INSERT INTO campaigns VALUES(3,3,'add2d0df-4177-4071-b223-8201db6d2368:initial:1','initial','hook','A question about Quarry Lane Bakery',replace('Hi Hugo,\n\nI have been following Quarry Lane Bakery: Bread and pastry for cafés and grocery stores, baked every night. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.136','2026-03-02 02:46:38.136');
INSERT INTO campaigns VALUES(4,1,'7718374f-8d5c-4bac-bb71-e38d07ce1755:initial:1','initial','hook','A question about Ridgeway Tooling Ltd',replace('Hi Xenia,\n\nI have been following Ridgeway Tooling Ltd: Precision machining and manufacturing of moulds for the automotive industry. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.137','2026-03-02 02:46:38.137');
INSERT INTO campaigns VALUES(5,5,'09216bba-d66e-4d97-b3f9-cac15ae23aef:initial:1','initial','hook','A question about Harborlight Logistics',replace('Hi Linus,\n\nI read about Harborlight Logistics: Freight, warehousing and customs for mid-sized importers on the Great Lakes. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:38.183','2026-03-02 02:46:38.183');
INSERT INTO campaigns VALUES(6,12,'d14cf33a-3a80-4d71-a058-21b300b6c7f2:initial:1','initial','hook','A question about No Web',replace('Hi Fay,\n\nI read about No Web. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.369','2026-03-02 02:46:42.369');
INSERT INTO campaigns VALUES(7,14,'3fe9f733-796e-46ff-91b5-c01171507827:initial:1','initial','hook','A question about Brightwater Capital',replace('Hi Hugo,\n\nI have been following Brightwater Capital: Independent investment and retirement advice for families and small firms. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.444','2026-03-02 02:46:42.444');
INSERT INTO campaigns VALUES(8,13,'5a447385-9d6a-4e6f-b5d9-b4f43558c911:initial:1','initial','hook','A question about Brightwater Capital',replace('Hi Ines,\n\nI came across Brightwater Capital: Independent investment and retirement advice for families and small firms. We take the paperwork out of dispatching.\n\nWould a short call next week suit you?\n\nRobin Sample','\n',char(10)),'draft',NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02 02:46:42.444','2026-03-02 02:46:42.444');
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
) STRICT;
INSERT INTO sync_status VALUES(1,2,'update','success',1,'2026-03-02 02:46:40.082',NULL,'2026-03-02 02:46:39.343');
INSERT INTO sync_status VALUES(2,3,'update','success',1,'2026-03-02 02:46:40.082',NULL,'2026-03-02 02:46:39.343');
INSERT INTO sync_status VALUES(3,4,'update','success',1,'2026-03-02 02:46:40.082',NULL,'2026-03-02 02:46:39.343');
INSERT INTO sync_status VALUES(4,1,'update','success',1,'2026-03-02 02:46:40.082',NULL,'2026-03-02 02:46:39.343');
INSERT INTO sync_status VALUES(5,5,'update','success',1,'2026-03-02 02:46:40.082',NULL,'2026-03-02 02:46:39.343');
INSERT INTO sync_status VALUES(6,6,'update','failed',1,'2026-03-02 02:46:39.583','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','2026-03-02 02:46:39.343');
INSERT INTO sync_status VALUES(7,7,'delete','success',1,'2026-03-02 02:46:40.082',NULL,'2026-03-02 02:46:39.343');
INSERT INTO sync_status VALUES(8,8,'update','failed',1,'2026-03-02 02:46:39.581','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','2026-03-02 02:46:39.343');
INSERT INTO sync_status VALUES(9,9,'update','failed',1,'2026-03-02 02:46:39.582','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','2026-03-02 02:46:39.343');
INSERT INTO sync_status VALUES(10,10,'update','failed',1,'2026-03-02 02:46:39.583','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','2026-03-02 02:46:39.343');
INSERT INTO sync_status VALUES(21,11,'create','failed',1,'2026-03-02 02:46:40.331','Status: Airtable has no option "cleaned"; add it to the field, or give the word another under words in airtable-fields.yaml','2026-03-02 02:46:39.344');
INSERT INTO sync_status VALUES(22,12,'create','pending',0,'2026-03-02 02:46:40.331',NULL,'2026-03-02 02:46:39.344');
INSERT INTO sync_status VALUES(29,2,'create','success',1,NULL,NULL,'2026-03-02 02:40:00.000');
INSERT INTO sync_status VALUES(30,3,'create','success',1,NULL,NULL,'2026-03-02 02:40:00.000');
INSERT INTO sync_status VALUES(31,4,'create','success',1,NULL,NULL,'2026-03-02 02:40:00.000');
CREATE TABLE sync_shadow (
    lead_id INTEGER PRIMARY KEY REFERENCES leads (id) ON DELETE CASCADE,
    record_id TEXT NOT NULL UNIQUE,
    fields TEXT NOT NULL CHECK (json_valid(fields)),
    agreed_at TEXT NOT NULL
) STRICT;
INSERT INTO sync_shadow VALUES(1,'recSbx00000000005','{"4Runr ID":"7718374f-8d5c-4bac-bb71-e38d07ce1755","Full Name":"Xenia Eklund","Company":"Ridgeway Tooling Ltd","Verified":true,"Renamed By Hand":"x"}','2026-03-02 02:46:40.000');
INSERT INTO sync_shadow VALUES(2,'recSbx00000000002','{"4Runr ID":"73e2301d-67c8-4ed9-a9e5-16b4c8e37f90","Full Name":"Hugo Silberstein","Company":"Brightwater Capital","Verified":true,"Renamed By Hand":"x"}','2026-03-02 02:46:40.000');
INSERT INTO sync_shadow VALUES(3,'recSbx00000000003','{"4Runr ID":"add2d0df-4177-4071-b223-8201db6d2368","Full Name":"Hugo Eklund","Company":"Quarry Lane Bakery","Verified":true,"Renamed By Hand":"x"}','2026-03-02 02:46:40.000');
INSERT INTO sync_shadow VALUES(5,'recSbx00000000006','{"4Runr ID":"09216bba-d66e-4d97-b3f9-cac15ae23aef","Full Name":"Linus Pellegrino","Company":"Harborlight Logistics","Verified":true,"Renamed By Hand":"x"}','2026-03-02 02:46:40.000');
INSERT INTO sync_shadow VALUES(6,'recSbx00000000008','{"4Runr ID":"f34f0922-1338-45ff-b0ef-afb9eca325fa","Full Name":"Ada King","Company":"Analytical Engines","Verified":true,"Renamed By Hand":"x"}','2026-03-02 02:46:40.000');
INSERT INTO sync_shadow VALUES(8,'recSbx0000000000a','{"4Runr ID":"eb9055e0-4649-4961-8496-c0c183615d82","Full Name":"Chen Li","Company":"Lantern Works","Verified":true,"Renamed By Hand":"x"}','2026-03-02 02:46:40.000');
INSERT INTO sync_shadow VALUES(9,'recSbx0000000000b','{"4Runr ID":"9aee4105-a302-455b-995b-eb75ba4241be","Full Name":"Zoë Ångström","Company":"Nordlys AS","Verified":true,"Renamed By Hand":"x"}','2026-03-02 02:46:40.000');
INSERT INTO sync_shadow VALUES(10,'recSbx0000000000c','{"4Runr ID":"0ee3deb0-8d86-4402-855a-c97b5356f860","Full Name":"Grace Hop","Company":"Navy Yards","Verified":true,"Renamed By Hand":"x"}','2026-03-02 02:46:40.000');
INSERT INTO sync_shadow VALUES(11,'recSbx0000000000g','{"4Runr ID":"1cf66719-b5a4-41a0-a40c-0ad180a765b7","Full Name":"Dora Refused","Company":"Select Options","Verified":true,"Renamed By Hand":"x"}','2026-03-02 02:46:40.000');
INSERT INTO sync_shadow VALUES(12,'recSbx0000000000h','{"4Runr ID":"d14cf33a-3a80-4d71-a058-21b300b6c7f2","Full Name":"Fay Phoneless","Company":"No Web","Verified":true,"Renamed By Hand":"x"}','2026-03-02 02:46:40.000');
CREATE TABLE sync_conflicts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    field TEXT NOT NULL, base_value TEXT, local_value TEXT, airtable_value TEXT,
    found_at TEXT NOT NULL, resolved_at TEXT, resolution TEXT
) STRICT;
INSERT INTO sync_conflicts VALUES(1,6,'title','Countess','Countess of Lovelace','Enchantress','2026-03-02 02:46:39.201',NULL,NULL);
CREATE TABLE migration_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_file TEXT NOT NULL,
    leads_migrated INTEGER NOT NULL DEFAULT 0, leads_failed INTEGER NOT NULL DEFAULT 0,
    migration_date TEXT NOT NULL, status TEXT NOT NULL, error_details TEXT
) STRICT;
INSERT INTO migration_log VALUES(1,'old.csv',3,1,'2026-03-02','success',NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('leads',14);
INSERT INTO sqlite_sequence VALUES('campaigns',8);
INSERT INTO sqlite_sequence VALUES('sync_log',8);
INSERT INTO sqlite_sequence VALUES('sync_status',31);
INSERT INTO sqlite_sequence VALUES('sync_conflicts',2);
INSERT INTO sqlite_sequence VALUES('migration_log',1);
CREATE INDEX leads_key_linkedin ON leads (key_linkedin) WHERE key_linkedin IS NOT NULL;
CREATE INDEX leads_key_email ON leads (key_email) WHERE key_email IS NOT NULL;
CREATE INDEX leads_key_name_company ON leads (key_name_company) WHERE key_name_company IS NOT NULL;
CREATE INDEX leads_key_phone ON leads (key_phone) WHERE key_phone IS NOT NULL;
CREATE INDEX leads_needing_enrichment ON leads (updated_at) WHERE needs_enrichment = 1 AND deleted_at IS NULL;
CREATE INDEX leads_pending_sync ON leads (updated_at) WHERE sync_pending = 1;
CREATE INDEX leads_by_status ON leads (status, id) WHERE deleted_at IS NULL;
CREATE INDEX airtable_links_by_lead ON airtable_links (lead_id);
CREATE INDEX campaigns_by_lead ON campaigns (lead_id);
CREATE INDEX campaigns_queued ON campaigns (scheduled_at) WHERE status = 'queued';
CREATE UNIQUE INDEX sync_conflicts_open ON sync_conflicts (lead_id, field) WHERE resolved_at IS NULL;
CREATE UNIQUE INDEX sync_status_open ON sync_status (lead_id) WHERE status <> 'success';
COMMIT;
PRAGMA user_version = 3;
