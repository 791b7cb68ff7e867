BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE appointments (
	id INTEGER NOT NULL, 
	uid VARCHAR NOT NULL, 
	recurrence_id VARCHAR NOT NULL, 
	start DATETIME NOT NULL, 
	"end" DATETIME, 
	created DATETIME NOT NULL, 
	changed DATETIME, 
	employer_id INTEGER, 
	follows INTEGER, 
	title VARCHAR NOT NULL, 
	employer VARCHAR NOT NULL, 
	domain VARCHAR NOT NULL, 
	via VARCHAR NOT NULL, 
	medium VARCHAR, 
	stage VARCHAR, 
	organiser VARCHAR NOT NULL, 
	join_link VARCHAR NOT NULL, 
	contact VARCHAR NOT NULL, 
	decision VARCHAR NOT NULL, 
	reasons JSON NOT NULL, declined BOOLEAN DEFAULT 0 NOT NULL, reachable BOOLEAN DEFAULT 1 NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(employer_id) REFERENCES employers (id) ON DELETE SET NULL, 
	FOREIGN KEY(follows) REFERENCES appointments (id) ON DELETE SET NULL, 
	UNIQUE (uid, recurrence_id, start)
);
INSERT INTO "appointments" VALUES(1,'acme-1','','2026-03-03 15:00:00.000000','2026-03-03 15:30:00.000000','2026-03-02 14:00:00.000000','2026-03-03 15:40:00.000000',1,NULL,'Interview with Acme – Account Executive','Acme','acme.example','','meet',NULL,'theirs','https://meet.google.com/rmb-ownp-car','hr@acme.example','interview','["the title says \u201cInterview\u201d (+3.0)", "it comes from people who hire (hr@acme.example) (+2.7)", "the title names an occupation: \u201cAccount Executive\u201d (+1.0)", "the title names somebody: \u201cAcme\u201d (+0.9)", "a company is behind it (acme.example) (+0.9)", "the title says with whom: \u201cAcme\u201d (+0.5)"]',0,1);
INSERT INTO "appointments" VALUES(2,'birch-1','','2026-03-03 19:00:00.000000','2026-03-03 19:45:00.000000','2026-03-02 14:20:00.000000',NULL,2,NULL,'Interview with Birchwood – Account Manager','Birchwood','birchwood.example','','meet','hiring_manager','theirs','https://meet.google.com/tqp-wxyz-brc','people@birchwood.example','interview','["the title says \u201cInterview\u201d (+3.0)", "it comes from people who hire (people@birchwood.example) (+2.7)", "the title names an occupation: \u201cAccount Manager\u201d (+1.0)", "the title names somebody: \u201cBirchwood\u201d (+0.9)", "a company is behind it (birchwood.example) (+0.9)", "the title says with whom: \u201cBirchwood\u201d (+0.5)"]',0,1);
INSERT INTO "appointments" VALUES(3,'calder-1','','2026-03-04 18:00:00.000000','2026-03-04 18:30:00.000000','2026-03-02 16:00:00.000000','2026-03-04 13:00:00.000000',3,NULL,'Interview with Calder – Customer Success Manager','Calder','calder.example','','meet','hiring_manager','theirs','https://meet.google.com/kfd-cald-erx','talent@calder.example','interview','["the title says \u201cInterview\u201d (+3.0)", "it comes from people who hire (talent@calder.example) (+2.7)", "the title names an occupation: \u201cCustomer Success Manager\u201d (+1.0)", "the title names somebody: \u201cCalder\u201d (+0.9)", "a company is behind it (calder.example) (+0.9)", "the title says with whom: \u201cCalder\u201d (+0.5)"]',0,1);
INSERT INTO "appointments" VALUES(4,'acme-1','','2026-03-04 14:30:00.000000','2026-03-04 15:00:00.000000','2026-03-03 15:40:00.000000',NULL,1,1,'Interview with Acme – Account Executive','Acme','acme.example','','meet',NULL,'theirs','https://meet.google.com/rmb-ownp-car','hr@acme.example','interview','["the title says \u201cInterview\u201d (+3.0)", "it comes from people who hire (hr@acme.example) (+2.7)", "you had an interview with Acme before (+2.0)", "the title names an occupation: \u201cAccount Executive\u201d (+1.0)", "the title names somebody: \u201cAcme\u201d (+0.9)", "a company is behind it (acme.example) (+0.9)", "the title says with whom: \u201cAcme\u201d (+0.5)"]',0,1);
INSERT INTO "appointments" VALUES(5,'calder-1','','2026-03-05 18:00:00.000000','2026-03-05 18:30:00.000000','2026-03-04 13:00:00.000000',NULL,3,3,'Interview with Calder – Customer Success Manager','Calder','calder.example','','meet','hiring_manager','theirs','https://meet.google.com/kfd-cald-erx','talent@calder.example','interview','["the title says \u201cInterview\u201d (+3.0)", "it comes from people who hire (talent@calder.example) (+2.7)", "you had an interview with Calder before (+2.0)", "the title names an occupation: \u201cCustomer Success Manager\u201d (+1.0)", "the title names somebody: \u201cCalder\u201d (+0.9)", "a company is behind it (calder.example) (+0.9)", "the title says with whom: \u201cCalder\u201d (+0.5)"]',0,1);
CREATE TABLE calendars (
	name VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	last_read DATETIME, 
	complete DATETIME, 
	problem VARCHAR NOT NULL, 
	problem_since DATETIME, 
	readable BOOLEAN NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "calendars" VALUES('story','story','2026-03-05 19:59:40.000000','2026-03-05 19:59:40.000000','',NULL,1);
CREATE TABLE checkpoints (
	appointment_id INTEGER NOT NULL, 
	point VARCHAR NOT NULL, 
	judged DATETIME NOT NULL, 
	PRIMARY KEY (appointment_id, point), 
	FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE CASCADE
);
INSERT INTO "checkpoints" VALUES(1,'brief','2026-03-03 14:50:00.000000');
INSERT INTO "checkpoints" VALUES(1,'late','2026-03-03 15:05:00.000000');
INSERT INTO "checkpoints" VALUES(1,'nudge','2026-03-03 15:15:00.000000');
INSERT INTO "checkpoints" VALUES(1,'end','2026-03-03 15:30:00.000000');
INSERT INTO "checkpoints" VALUES(1,'give_up','2026-03-03 15:30:00.000000');
INSERT INTO "checkpoints" VALUES(2,'brief','2026-03-03 18:50:00.000000');
INSERT INTO "checkpoints" VALUES(2,'late','2026-03-03 19:05:00.000000');
INSERT INTO "checkpoints" VALUES(2,'nudge','2026-03-03 19:15:00.000000');
INSERT INTO "checkpoints" VALUES(2,'give_up','2026-03-03 19:30:00.000000');
INSERT INTO "checkpoints" VALUES(2,'end','2026-03-03 19:45:00.000000');
INSERT INTO "checkpoints" VALUES(4,'brief','2026-03-04 14:20:00.000000');
INSERT INTO "checkpoints" VALUES(4,'late','2026-03-04 14:35:00.000000');
INSERT INTO "checkpoints" VALUES(4,'nudge','2026-03-04 14:45:00.000000');
INSERT INTO "checkpoints" VALUES(4,'end','2026-03-04 15:00:00.000000');
INSERT INTO "checkpoints" VALUES(4,'give_up','2026-03-04 15:00:00.000000');
INSERT INTO "checkpoints" VALUES(5,'brief','2026-03-05 17:50:00.000000');
INSERT INTO "checkpoints" VALUES(5,'late','2026-03-05 18:05:00.000000');
INSERT INTO "checkpoints" VALUES(5,'nudge','2026-03-05 18:15:00.000000');
INSERT INTO "checkpoints" VALUES(5,'end','2026-03-05 18:30:00.000000');
INSERT INTO "checkpoints" VALUES(5,'give_up','2026-03-05 18:30:00.000000');
CREATE TABLE coverage (
	id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	appointment_id INTEGER, 
	start DATETIME NOT NULL, 
	"end" DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE CASCADE
);
INSERT INTO "coverage" VALUES(1,'machine',NULL,'2026-03-03 14:50:00.000000','2026-03-03 15:30:00.000000');
INSERT INTO "coverage" VALUES(2,'sound',NULL,'2026-03-03 14:50:00.000000','2026-03-03 15:30:00.000000');
INSERT INTO "coverage" VALUES(3,'machine',NULL,'2026-03-03 18:50:00.000000','2026-03-03 19:45:00.000000');
INSERT INTO "coverage" VALUES(4,'sound',NULL,'2026-03-03 18:50:00.000000','2026-03-03 19:45:00.000000');
INSERT INTO "coverage" VALUES(5,'machine',NULL,'2026-03-04 14:20:00.000000','2026-03-04 15:00:00.000000');
INSERT INTO "coverage" VALUES(6,'sound',NULL,'2026-03-04 14:20:00.000000','2026-03-04 15:00:00.000000');
INSERT INTO "coverage" VALUES(7,'machine',NULL,'2026-03-05 17:50:00.000000','2026-03-05 18:30:00.000000');
INSERT INTO "coverage" VALUES(8,'sound',NULL,'2026-03-05 17:50:00.000000','2026-03-05 18:30:00.000000');
CREATE TABLE employer_names (
	"key" VARCHAR NOT NULL, 
	employer_id INTEGER NOT NULL, 
	PRIMARY KEY ("key"), 
	FOREIGN KEY(employer_id) REFERENCES employers (id) ON DELETE CASCADE
);
INSERT INTO "employer_names" VALUES('acme.example',1);
INSERT INTO "employer_names" VALUES('acme',1);
INSERT INTO "employer_names" VALUES('birchwood.example',2);
INSERT INTO "employer_names" VALUES('birchwood',2);
INSERT INTO "employer_names" VALUES('calder.example',3);
INSERT INTO "employer_names" VALUES('calder',3);
CREATE TABLE employers (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	domain VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "employers" VALUES(1,'Acme','acme.example');
INSERT INTO "employers" VALUES(2,'Birchwood','birchwood.example');
INSERT INTO "employers" VALUES(3,'Calder','calder.example');
CREATE TABLE evidence (
	id INTEGER NOT NULL, 
	appointment_id INTEGER, 
	at DATETIME NOT NULL, 
	noted DATETIME NOT NULL, 
	source VARCHAR NOT NULL, 
	sign VARCHAR NOT NULL, 
	minutes INTEGER, 
	moment DATETIME, 
	side VARCHAR NOT NULL, 
	detail VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE CASCADE
);
INSERT INTO "evidence" VALUES(1,1,'2026-03-03 15:06:00.000000','2026-03-03 15:06:00.000000','answer','waiting',NULL,NULL,'unknown','');
INSERT INTO "evidence" VALUES(2,1,'2026-03-03 15:40:00.000000','2026-03-03 15:40:00.000000','calendar','moved',NULL,'2026-03-04 14:30:00.000000','theirs','');
INSERT INTO "evidence" VALUES(3,NULL,'2026-03-03 18:58:00.000000','2026-03-03 18:58:00.000000','sound','you_in',NULL,NULL,'unknown','');
INSERT INTO "evidence" VALUES(4,NULL,'2026-03-03 19:01:00.000000','2026-03-03 19:01:00.000000','sound','they_in',NULL,NULL,'unknown','');
INSERT INTO "evidence" VALUES(5,NULL,'2026-03-03 19:44:00.000000','2026-03-03 19:44:00.000000','sound','you_out',NULL,NULL,'unknown','');
INSERT INTO "evidence" VALUES(6,NULL,'2026-03-03 19:44:00.000000','2026-03-03 19:44:00.000000','sound','they_out',NULL,NULL,'unknown','');
INSERT INTO "evidence" VALUES(7,3,'2026-03-04 13:00:00.000000','2026-03-04 13:00:00.000000','calendar','moved',NULL,'2026-03-05 18:00:00.000000','theirs','');
INSERT INTO "evidence" VALUES(8,4,'2026-03-04 14:36:00.000000','2026-03-04 14:36:00.000000','answer','waiting',NULL,NULL,'unknown','');
INSERT INTO "evidence" VALUES(9,4,'2026-03-04 14:47:00.000000','2026-03-04 14:47:00.000000','answer','waiting',NULL,NULL,'unknown','');
INSERT INTO "evidence" VALUES(10,NULL,'2026-03-05 17:59:00.000000','2026-03-05 17:59:00.000000','sound','you_in',NULL,NULL,'unknown','');
INSERT INTO "evidence" VALUES(11,NULL,'2026-03-05 18:02:00.000000','2026-03-05 18:02:00.000000','sound','they_in',NULL,NULL,'unknown','');
INSERT INTO "evidence" VALUES(12,NULL,'2026-03-05 18:29:00.000000','2026-03-05 18:29:00.000000','sound','you_out',NULL,NULL,'unknown','');
INSERT INTO "evidence" VALUES(13,NULL,'2026-03-05 18:29:00.000000','2026-03-05 18:29:00.000000','sound','they_out',NULL,NULL,'unknown','');
CREATE TABLE impressions (
	appointment_id INTEGER NOT NULL, 
	questions VARCHAR, 
	colleagues VARCHAR, 
	feeling VARCHAR, 
	PRIMARY KEY (appointment_id), 
	FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE CASCADE
);
CREATE TABLE memory (
	"key" VARCHAR NOT NULL, 
	interview BOOLEAN NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE notes (
	employer_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	written DATETIME NOT NULL, 
	PRIMARY KEY (employer_id), 
	FOREIGN KEY(employer_id) REFERENCES employers (id) ON DELETE CASCADE
);
CREATE TABLE notices (
	id INTEGER NOT NULL, 
	subject VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	appointment_id INTEGER, 
	title VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	choices JSON NOT NULL, 
	urgency VARCHAR NOT NULL, 
	created DATETIME NOT NULL, 
	shown DATETIME, 
	shown_id INTEGER NOT NULL, 
	closed DATETIME, forwarded DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE CASCADE, 
	UNIQUE (subject, kind)
);
INSERT INTO "notices" VALUES(1,'appointment:1','brief',1,'Interview with Acme in 10 minutes','By Google Meet (meet.google.com), at 10:00. No history with them yet.','[{"label": "Join", "word": "", "minutes": null, "url": "https://meet.google.com/rmb-ownp-car"}]','low','2026-03-03 14:50:00.000000','2026-03-03 14:50:00.000000',0,'2026-03-03 15:05:00.000000',NULL);
INSERT INTO "notices" VALUES(2,'appointment:1','ask',1,'Has Acme joined?','Planned for 10:00.','[{"label": "They''re here", "word": "here", "minutes": null, "url": ""}, {"label": "Still waiting", "word": "waiting", "minutes": null, "url": ""}, {"label": "They moved it", "word": "moved", "minutes": null, "url": ""}, {"label": "My side", "word": "mine", "minutes": null, "url": ""}]','normal','2026-03-03 15:05:00.000000','2026-03-03 15:05:00.000000',0,'2026-03-03 15:06:00.000000',NULL);
INSERT INTO "notices" VALUES(3,'appointment:1','nudge',1,'Still nobody from Acme after 15 minutes','You may want to write to them.','[{"label": "They''re here", "word": "here", "minutes": null, "url": ""}, {"label": "Still waiting", "word": "waiting", "minutes": null, "url": ""}]','normal','2026-03-03 15:15:00.000000','2026-03-03 15:15:00.000000',0,'2026-03-03 15:30:00.000000',NULL);
INSERT INTO "notices" VALUES(4,'appointment:1','confirm',1,'Did Acme come?','Planned for Tue 03 Mar 10:00 EST. You were waiting, and nobody was noticed afterwards; they may have come a little later.','[{"label": "Nobody came", "word": "no_show", "minutes": null, "url": ""}, {"label": "On time", "word": "on_time", "minutes": null, "url": ""}, {"label": "Late", "word": "late", "minutes": null, "url": ""}]','normal','2026-03-03 15:30:00.000000','2026-03-03 15:30:00.000000',0,'2026-03-03 15:40:00.000000',NULL);
INSERT INTO "notices" VALUES(5,'appointment:1','moved',1,'Interview with Acme moved to Wed 04 Mar 09:30 EST','It was planned for Tue 03 Mar 10:00 EST; changed 40 minutes after the start.','[{"label": "I asked for it", "word": "mine", "minutes": null, "url": ""}]','normal','2026-03-03 15:40:00.000000','2026-03-03 15:40:00.000000',0,'2026-03-05 17:50:00.000000',NULL);
INSERT INTO "notices" VALUES(6,'appointment:2','brief',2,'Interview with Birchwood in 10 minutes','Hiring manager, by Google Meet (meet.google.com), at 14:00. No history with them yet.','[{"label": "Join", "word": "", "minutes": null, "url": "https://meet.google.com/tqp-wxyz-brc"}]','low','2026-03-03 18:50:00.000000','2026-03-03 18:50:00.000000',0,'2026-03-03 19:01:00.000000',NULL);
INSERT INTO "notices" VALUES(7,'appointment:3','moved',3,'Interview with Calder moved to Thu 05 Mar 13:00 EST','It was planned for Wed 04 Mar 13:00 EST; 5 hours of notice.','[{"label": "I asked for it", "word": "mine", "minutes": null, "url": ""}]','normal','2026-03-04 13:00:00.000000','2026-03-04 13:00:00.000000',0,'2026-03-05 17:50:00.000000',NULL);
INSERT INTO "notices" VALUES(8,'appointment:4','brief',4,'Interview with Acme in 10 minutes','By Google Meet (meet.google.com), at 09:30. So far: 1 of 1 missed.','[{"label": "Join", "word": "", "minutes": null, "url": "https://meet.google.com/rmb-ownp-car"}]','low','2026-03-04 14:20:00.000000','2026-03-04 14:20:00.000000',0,'2026-03-04 14:35:00.000000',NULL);
INSERT INTO "notices" VALUES(9,'appointment:4','ask',4,'Has Acme joined?','Planned for 09:30.','[{"label": "They''re here", "word": "here", "minutes": null, "url": ""}, {"label": "Still waiting", "word": "waiting", "minutes": null, "url": ""}, {"label": "They moved it", "word": "moved", "minutes": null, "url": ""}, {"label": "My side", "word": "mine", "minutes": null, "url": ""}]','normal','2026-03-04 14:35:00.000000','2026-03-04 14:35:00.000000',0,'2026-03-04 14:36:00.000000',NULL);
INSERT INTO "notices" VALUES(10,'appointment:4','nudge',4,'Still nobody from Acme after 15 minutes','You may want to write to them.','[{"label": "They''re here", "word": "here", "minutes": null, "url": ""}, {"label": "Still waiting", "word": "waiting", "minutes": null, "url": ""}]','normal','2026-03-04 14:45:00.000000','2026-03-04 14:45:00.000000',0,'2026-03-04 14:47:00.000000',NULL);
INSERT INTO "notices" VALUES(11,'appointment:4','no_show',4,'Acme did not come','Nobody came to the interview planned for 09:30. It is recorded and you can leave.','[{"label": "They came", "word": "here", "minutes": null, "url": ""}, {"label": "They had told me", "word": "told_late", "minutes": null, "url": ""}]','normal','2026-03-04 15:00:00.000000','2026-03-04 15:00:00.000000',0,'2026-03-05 17:50:00.000000',NULL);
INSERT INTO "notices" VALUES(12,'appointment:5','brief',5,'Interview with Calder in 10 minutes','Hiring manager, by Google Meet (meet.google.com), at 13:00. So far: 1 moved or cancelled.','[{"label": "Join", "word": "", "minutes": null, "url": "https://meet.google.com/kfd-cald-erx"}]','low','2026-03-05 17:50:00.000000','2026-03-05 17:50:00.000000',0,'2026-03-05 18:02:00.000000',NULL);
CREATE TABLE occurrences (
	uid VARCHAR NOT NULL, 
	recurrence_id VARCHAR NOT NULL, 
	calendar VARCHAR NOT NULL, 
	appointment_id INTEGER NOT NULL, 
	start DATETIME NOT NULL, 
	"end" DATETIME, 
	state VARCHAR NOT NULL, 
	updated DATETIME, 
	series VARCHAR NOT NULL, 
	missing_since DATETIME, 
	shown DATETIME, 
	PRIMARY KEY (uid, recurrence_id), 
	FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE CASCADE
);
INSERT INTO "occurrences" VALUES('acme-1','','story',4,'2026-03-04 14:30:00.000000','2026-03-04 15:00:00.000000','standing','2026-03-03 15:40:00.000000','',NULL,NULL);
INSERT INTO "occurrences" VALUES('birch-1','','story',2,'2026-03-03 19:00:00.000000','2026-03-03 19:45:00.000000','standing','2026-03-02 14:20:00.000000','',NULL,NULL);
INSERT INTO "occurrences" VALUES('calder-1','','story',5,'2026-03-05 18:00:00.000000','2026-03-05 18:30:00.000000','standing','2026-03-04 13:00:00.000000','',NULL,NULL);
CREATE TABLE policies (
	id INTEGER NOT NULL, 
	figures VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (figures)
);
INSERT INTO "policies" VALUES(1,'{"checkpoints": {"brief_before_minutes": 10, "give_up_after_minutes": 30, "late_after_minutes": 5, "nudge_after_minutes": 15}, "here_grace": 600.0, "list_age": 90.0, "prompt_speech": 60.0, "reconnect": 60.0, "score": {"careful_miss_rate": 0.04, "careless_miss_rate": 0.3, "careless_share": 0.1, "count_presumed": false, "late_full_fault_minutes": 30, "on_time_within_minutes": 5, "prior_kept": 5.1, "prior_missed": 0.9}, "settling": 15.0, "surely_absent_after": 900.0, "window_before": 600.0}');
CREATE TABLE scores (
	employer_id INTEGER NOT NULL, 
	n INTEGER NOT NULL, 
	reliability FLOAT NOT NULL, 
	low FLOAT NOT NULL, 
	high FLOAT NOT NULL, 
	pattern FLOAT NOT NULL, 
	label VARCHAR NOT NULL, 
	appointments INTEGER NOT NULL, 
	on_time INTEGER NOT NULL, 
	late INTEGER NOT NULL, 
	late_median FLOAT, 
	no_shows INTEGER NOT NULL, 
	moved INTEGER NOT NULL, 
	notice_median FLOAT, 
	misses_in_a_row INTEGER NOT NULL, 
	minutes_waited FLOAT NOT NULL, 
	PRIMARY KEY (employer_id), 
	FOREIGN KEY(employer_id) REFERENCES employers (id) ON DELETE CASCADE
);
INSERT INTO "scores" VALUES(1,2,6.37499999999999928963e+01,3.53978054756697417819e+01,8.7980486679281554533e+01,8.62068965517241436735e-01,'pattern',2,0,0,NULL,2,0,NULL,2,48.0);
INSERT INTO "scores" VALUES(2,1,8.71428571428571388003e+01,6.29775260440022393009e+01,9.94239499728789581905e+01,7.49464668094218661176e-02,'reliable',1,1,0,NULL,0,0,NULL,0,1.0);
INSERT INTO "scores" VALUES(3,2,85.625,6.22498588121221487759e+01,9.88283200415615681322e+01,9.56741602330066220893e-02,'reliable',2,1,0,NULL,0,1,300.0,0,2.0);
CREATE TABLE verdicts (
	appointment_id INTEGER NOT NULL, 
	outcome VARCHAR NOT NULL, 
	certainty VARCHAR, 
	rule VARCHAR NOT NULL, 
	minutes_late INTEGER, 
	notice_minutes INTEGER, 
	fault FLOAT, 
	counted BOOLEAN NOT NULL, 
	reasons JSON NOT NULL, 
	waited FLOAT NOT NULL, 
	came DATETIME, 
	seen BOOLEAN NOT NULL, 
	absence VARCHAR NOT NULL, 
	ask BOOLEAN NOT NULL, 
	judged DATETIME NOT NULL, 
	policy_id INTEGER NOT NULL, 
	PRIMARY KEY (appointment_id), 
	FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE CASCADE, 
	FOREIGN KEY(policy_id) REFERENCES policies (id)
);
INSERT INTO "verdicts" VALUES(1,'no_show','confirmed','changed_late_absent',NULL,NULL,1.0,1,'["You were waiting, and nobody was noticed afterwards; they may have come a little later.", "They changed it after the start."]',24.0,NULL,0,'known',0,'2026-03-03 15:40:00.000000',1);
INSERT INTO "verdicts" VALUES(2,'on_time','presumed','speech',NULL,NULL,0.0,1,'["Speech was heard in the call in time."]',1.0,'2026-03-03 19:01:00.000000',1,'none',0,'2026-03-03 19:01:00.000000',1);
INSERT INTO "verdicts" VALUES(3,'moved','confirmed','changed',NULL,300,0.25,1,'["The calendar says so: moved."]',0.0,NULL,0,'none',0,'2026-03-04 13:00:00.000000',1);
INSERT INTO "verdicts" VALUES(4,'no_show','confirmed','waiting',NULL,NULL,1.0,1,'["You were still waiting then, and nobody was noticed afterwards."]',24.0,NULL,0,'known',0,'2026-03-04 15:00:00.000000',1);
INSERT INTO "verdicts" VALUES(5,'on_time','presumed','speech',NULL,NULL,0.0,1,'["Speech was heard in the call in time."]',2.0,'2026-03-05 18:02:00.000000',1,'none',0,'2026-03-05 18:02:00.000000',1);
CREATE INDEX appointments_by_employer ON appointments (employer_id, start);
CREATE INDEX appointments_by_start ON appointments (start);
CREATE INDEX coverage_by_end ON coverage ("end");
CREATE UNIQUE INDEX coverage_of_one ON coverage (source, appointment_id, start);
CREATE UNIQUE INDEX coverage_of_all ON coverage (source, start) WHERE appointment_id IS NULL;
CREATE INDEX evidence_by_appointment ON evidence (appointment_id, at);
CREATE INDEX notices_by_appointment ON notices (appointment_id);
CREATE INDEX notices_unclosed ON notices (closed);
CREATE INDEX occurrences_by_appointment ON occurrences (appointment_id);
CREATE INDEX occurrences_by_calendar ON occurrences (calendar);
CREATE TRIGGER evidence_is_append_only BEFORE UPDATE ON evidence BEGIN SELECT RAISE(ABORT, 'evidence is never edited'); END;
CREATE INDEX appointments_by_followed ON appointments (follows);
INSERT INTO "memory" VALUES('acme-1',1);
INSERT INTO "notes" VALUES(1,'Ask for the floor plan.','2026-03-06 14:00:00.000000');
INSERT INTO "impressions" VALUES(1,'little',NULL,'good');
COMMIT;
