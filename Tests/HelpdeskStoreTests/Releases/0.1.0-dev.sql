-- reads: ticket 1: new, sara, ["all", "lamp"], opened 1800000060000
-- reads: message 1: in 1800000060000 My lamp is wrong
-- reads: message 2: out 1800000060000 We look at the lamp
-- reads: message 3: note 1800000060000 Secret lamp
-- reads: customer Sara Ahmadi: email:sara@example.ir
-- reads: survey csat answered 5
-- reads: survey csat answered 1
-- reads: survey csat answered 4
-- reads: survey csat answered 2
-- reads: search lamp: [1, 1, 1]
CREATE TABLE meta (
  name TEXT PRIMARY KEY, value TEXT NOT NULL);
--
CREATE TABLE counters (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  position BIGINT NOT NULL, ticket BIGINT NOT NULL, message BIGINT NOT NULL,
  attachment BIGINT NOT NULL, customer BIGINT NOT NULL, identity BIGINT NOT NULL,
  delivery BIGINT NOT NULL, invitation BIGINT NOT NULL, recovery BIGINT NOT NULL,
  quarantine BIGINT NOT NULL, content BIGINT NOT NULL);
--
CREATE TABLE events (
  position INTEGER PRIMARY KEY, at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL, actor_id TEXT,
  type TEXT NOT NULL, schema INTEGER NOT NULL,
  ticket BIGINT, customer BIGINT, command TEXT, cause BIGINT,
  data TEXT NOT NULL, seal BIGINT NOT NULL);
--
CREATE INDEX events_by_ticket ON events (ticket, position) WHERE ticket IS NOT NULL;
--
CREATE INDEX events_by_customer ON events (customer, position) WHERE customer IS NOT NULL AND ticket IS NULL;
--
CREATE TABLE contents (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, customer BIGINT,
  salt BLOB, body TEXT);
--
CREATE INDEX contents_by_customer ON contents (customer) WHERE customer IS NOT NULL;
--
CREATE TABLE blobs (
  hash TEXT PRIMARY KEY, size BIGINT NOT NULL, bytes BLOB NOT NULL);
--
CREATE TABLE signing_keys (
  id INTEGER PRIMARY KEY, secret BLOB NOT NULL, created_at BIGINT NOT NULL);
--
CREATE TABLE tickets (
  number INTEGER PRIMARY KEY, customer BIGINT NOT NULL, inbox TEXT NOT NULL,
  channel TEXT NOT NULL, team TEXT NOT NULL, hidden INTEGER NOT NULL,
  status TEXT NOT NULL, priority INTEGER NOT NULL, class TEXT NOT NULL,
  origin TEXT NOT NULL, assignee TEXT, tags TEXT NOT NULL, subject BIGINT, language TEXT,
  snoozed_until BIGINT, waits_until BIGINT, queued INTEGER NOT NULL,
  opened_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, closed_at BIGINT,
  closing_reason TEXT, answered_first BIGINT, answered_last BIGINT, answered_by TEXT,
  callback TEXT NOT NULL, callback_due BIGINT, callback_calls INTEGER NOT NULL,
  spoken_at BIGINT NOT NULL, customer_spoke_at BIGINT,
  unread INTEGER NOT NULL, score INTEGER, version BIGINT NOT NULL,
  channels TEXT NOT NULL, last_direction TEXT, merged_into BIGINT,
  act_by BIGINT, needs_skills TEXT NOT NULL, needs_language TEXT, snooze_note BIGINT);
--
CREATE INDEX tickets_by_class ON tickets (class, status, number);
--
CREATE INDEX tickets_by_assignee ON tickets (assignee, class, status, number) WHERE assignee IS NOT NULL;
--
CREATE INDEX tickets_by_team ON tickets (team, class, status, number);
--
CREATE INDEX tickets_by_customer ON tickets (customer, number);
--
CREATE INDEX tickets_active ON tickets (customer, number) WHERE status <> 'closed';
--
CREATE INDEX tickets_answered ON tickets (customer) WHERE answered_last IS NOT NULL;
--
CREATE INDEX tickets_held ON tickets (assignee, inbox, callback)
WHERE assignee IS NOT NULL AND status IN ('new', 'open') AND snoozed_until IS NULL
  AND class = 'regular' AND origin <> 'history';
--
CREATE INDEX tickets_by_inbox ON tickets (inbox, number);
--
CREATE INDEX tickets_queued ON tickets (team, priority DESC, number) WHERE queued = 1;
--
CREATE INDEX tickets_waiting ON tickets (waits_until) WHERE waits_until IS NOT NULL;
--
CREATE INDEX tickets_untouched ON tickets (act_by) WHERE act_by IS NOT NULL;
--
CREATE INDEX tickets_snoozed ON tickets (snoozed_until) WHERE snoozed_until IS NOT NULL;
--
CREATE INDEX tickets_callback ON tickets (callback_due) WHERE callback = 'due';
--
CREATE INDEX tickets_by_merge ON tickets (merged_into) WHERE merged_into IS NOT NULL;
--
CREATE TABLE ticket_operations (
  position INTEGER PRIMARY KEY, kind TEXT NOT NULL, source BIGINT NOT NULL,
  target BIGINT NOT NULL, undone_at BIGINT);
--
CREATE INDEX ticket_operations_by_source ON ticket_operations (source, position);
--
CREATE INDEX ticket_operations_by_target ON ticket_operations (target, position);
--
CREATE TABLE ticket_tags (ticket BIGINT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (ticket, tag));
--
CREATE INDEX ticket_tags_by_tag ON ticket_tags (tag, ticket);
--
CREATE TABLE participants (ticket BIGINT NOT NULL, identity BIGINT NOT NULL, PRIMARY KEY (ticket, identity));
--
CREATE TABLE ticket_links (
  ticket BIGINT NOT NULL, other BIGINT NOT NULL, relation TEXT NOT NULL, message BIGINT,
  PRIMARY KEY (ticket, other, relation));
--
CREATE TABLE ticket_figures (
  ticket INTEGER PRIMARY KEY, counted INTEGER NOT NULL, origin TEXT NOT NULL,
  opened_at BIGINT NOT NULL, channel TEXT NOT NULL, team TEXT NOT NULL,
  hidden INTEGER NOT NULL, agent TEXT, written INTEGER NOT NULL,
  delivered INTEGER NOT NULL, replied_at BIGINT, reply_wait BIGINT, replied_by TEXT,
  first_closed_at BIGINT, closed_at BIGINT, resolution BIGINT, reopenings INTEGER NOT NULL,
  handovers INTEGER NOT NULL);
--
CREATE INDEX figures_opened ON ticket_figures (opened_at, hidden, team, agent, channel, counted) WHERE counted = 1;
--
CREATE INDEX figures_replied ON ticket_figures (replied_at, hidden, team, replied_by, reply_wait, counted) WHERE counted = 1 AND replied_at IS NOT NULL;
--
CREATE INDEX figures_closed ON ticket_figures (first_closed_at, hidden, team, agent, reopenings, handovers, written, resolution, counted) WHERE counted = 1 AND first_closed_at IS NOT NULL;
--
CREATE TABLE messages (
  id INTEGER PRIMARY KEY, ticket BIGINT NOT NULL, home BIGINT NOT NULL,
  customer BIGINT NOT NULL, direction TEXT NOT NULL, kind TEXT NOT NULL, channel TEXT, inbox TEXT,
  author_kind TEXT NOT NULL, author_id TEXT, identity BIGINT,
  sender_auth TEXT, auto_submitted TEXT NOT NULL, origin TEXT NOT NULL,
  sent_at BIGINT, received_at BIGINT NOT NULL, content BIGINT NOT NULL, raw TEXT,
  answers BIGINT, mark TEXT, call_outcome TEXT, position BIGINT NOT NULL,
  happened_at BIGINT NOT NULL);
--
CREATE INDEX messages_by_ticket ON messages (ticket, id);
--
CREATE INDEX messages_by_arrival ON messages (inbox, received_at) WHERE direction = 'in' AND origin = 'live';
--
CREATE INDEX messages_by_content ON messages (content);
--
CREATE INDEX messages_by_customer ON messages (customer, happened_at, position);
--
CREATE TABLE moments (position INTEGER PRIMARY KEY, customer BIGINT NOT NULL, at BIGINT NOT NULL, ticket BIGINT);
--
CREATE INDEX moments_by_customer ON moments (customer, at, position);
--
CREATE TABLE attachments (
  id INTEGER PRIMARY KEY, message BIGINT NOT NULL, place INTEGER NOT NULL,
  sha256 TEXT NOT NULL, size BIGINT NOT NULL,
  raw_offset BIGINT, raw_length BIGINT, encoding TEXT);
--
CREATE INDEX attachments_by_blob ON attachments (sha256) WHERE raw_offset IS NULL;
--
CREATE INDEX attachments_by_message ON attachments (message, place);
--
CREATE TABLE thread_keys (
  key BLOB NOT NULL, ticket BIGINT NOT NULL, message BIGINT NOT NULL, role TEXT NOT NULL,
  PRIMARY KEY (key, ticket, message));
--
CREATE INDEX thread_keys_by_message ON thread_keys (message);
--
CREATE TABLE conversations (
  inbox TEXT NOT NULL, key BLOB NOT NULL, ticket BIGINT NOT NULL, message BIGINT NOT NULL,
  PRIMARY KEY (inbox, key, ticket));
--
CREATE INDEX conversations_by_ticket ON conversations (ticket);
--
CREATE INDEX conversations_by_message ON conversations (inbox, key, message);
--
CREATE TABLE intake_keys (
  inbox TEXT NOT NULL, key BLOB NOT NULL, fingerprint BLOB NOT NULL,
  message BIGINT NOT NULL, PRIMARY KEY (inbox, key, fingerprint));
--
CREATE INDEX intake_keys_by_key ON intake_keys (key, fingerprint);
--
CREATE TABLE search_docs (id INTEGER PRIMARY KEY, ticket BIGINT NOT NULL, text TEXT NOT NULL);
--
CREATE TABLE customers (
  id INTEGER PRIMARY KEY, name BIGINT, standing TEXT NOT NULL, preferred_channel TEXT,
  attributes BIGINT, created_at BIGINT NOT NULL, last_agent TEXT, last_served_at BIGINT,
  last_asked_at BIGINT, erased_at BIGINT, segments TEXT NOT NULL, external_id BIGINT,
  external_key BLOB, blocked INTEGER NOT NULL, parent BIGINT, root BIGINT NOT NULL,
  merged_at BIGINT, merged_by TEXT, merge_evidence TEXT, surveys_refused_at BIGINT,
  first_answered_at BIGINT, relationship_at BIGINT);
--
CREATE INDEX customers_never_asked ON customers (created_at, id) WHERE relationship_at IS NULL AND first_answered_at IS NOT NULL AND erased_at IS NULL;
--
CREATE INDEX customers_asked ON customers (relationship_at, id) WHERE relationship_at IS NOT NULL AND erased_at IS NULL;
--
CREATE INDEX customers_by_root ON customers (root, id);
--
CREATE INDEX customers_by_parent ON customers (parent) WHERE parent IS NOT NULL;
--
CREATE INDEX customers_erased ON customers (id) WHERE erased_at IS NOT NULL;
--
CREATE INDEX customers_by_external ON customers (external_key) WHERE external_key IS NOT NULL;
--
CREATE TABLE identities (
  id INTEGER PRIMARY KEY, customer BIGINT NOT NULL, kind TEXT NOT NULL,
  value TEXT NOT NULL, scope TEXT NOT NULL, verification TEXT NOT NULL,
  evidence TEXT NOT NULL, content BIGINT NOT NULL, undeliverable_at BIGINT,
  undeliverable_code TEXT, sharing TEXT NOT NULL, likeness BLOB NOT NULL);
--
CREATE UNIQUE INDEX identities_by_address ON identities (kind, value, scope);
--
CREATE INDEX identities_by_customer ON identities (customer);
--
CREATE INDEX identities_by_likeness ON identities (likeness);
--
CREATE INDEX identities_by_value ON identities (value, customer);
--
CREATE TABLE customer_words (word TEXT NOT NULL, customer BIGINT NOT NULL, PRIMARY KEY (word, customer));
--
CREATE INDEX customer_words_by_customer ON customer_words (customer);
--
CREATE TABLE name_signs (sign BLOB NOT NULL, customer BIGINT NOT NULL, PRIMARY KEY (sign, customer));
--
CREATE INDEX name_signs_by_customer ON name_signs (customer);
--
CREATE TABLE suggestions (
  customer BIGINT NOT NULL, kind TEXT NOT NULL, content BIGINT NOT NULL, other BIGINT,
  evidence TEXT, state TEXT NOT NULL, PRIMARY KEY (customer, content));
--
CREATE TABLE acknowledgements (address BLOB NOT NULL, at BIGINT NOT NULL, ticket BIGINT NOT NULL, PRIMARY KEY (address, at, ticket));
--
CREATE INDEX acknowledgements_by_time ON acknowledgements (at);
--
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY, ticket BIGINT, customer BIGINT, message BIGINT,
  invitation BIGINT, purpose TEXT NOT NULL, inbox TEXT NOT NULL, state TEXT NOT NULL,
  attempts INTEGER NOT NULL, next_at BIGINT, created_at BIGINT NOT NULL,
  settled_at BIGINT, code TEXT, detail BIGINT, content BIGINT NOT NULL, report TEXT,
  unread_until BIGINT);
--
CREATE TABLE notices (
  delivery INTEGER PRIMARY KEY, agent TEXT NOT NULL, ticket BIGINT NOT NULL,
  at BIGINT NOT NULL);
--
CREATE INDEX notices_by_agent ON notices (agent, at);
--
CREATE TABLE agent_notices (
  position INTEGER PRIMARY KEY, agent TEXT NOT NULL, ticket BIGINT, kind TEXT NOT NULL,
  at BIGINT NOT NULL, went TEXT NOT NULL, held_until BIGINT);
--
CREATE INDEX agent_notices_by_agent ON agent_notices (agent, at);
--
CREATE INDEX agent_notices_in_order ON agent_notices (agent, position);
--
CREATE INDEX agent_notices_held ON agent_notices (agent, held_until) WHERE held_until IS NOT NULL;
--
CREATE TABLE notice_stops (agent TEXT PRIMARY KEY, delivery BIGINT NOT NULL, at BIGINT NOT NULL, code TEXT);
--
CREATE INDEX outbox_due ON outbox (next_at, id) WHERE state IN ('queued', 'retrying', 'uncertain');
--
CREATE INDEX outbox_by_content ON outbox (content);
--
CREATE INDEX outbox_held ON outbox (id) WHERE state IN ('uncertain', 'held') AND next_at IS NULL;
--
CREATE INDEX outbox_by_ticket ON outbox (ticket, id);
--
CREATE INDEX outbox_unfinished ON outbox (ticket, id) WHERE state IN ('queued', 'sending', 'retrying', 'uncertain');
--
CREATE INDEX outbox_by_message ON outbox (message) WHERE message IS NOT NULL;
--
CREATE INDEX outbox_unread ON outbox (unread_until) WHERE unread_until IS NOT NULL;
--
CREATE INDEX outbox_unread_by_ticket ON outbox (ticket, id) WHERE unread_until IS NOT NULL;
--
CREATE INDEX outbox_by_state ON outbox (state, id);
--
CREATE TABLE invitations (
  id INTEGER PRIMARY KEY, ticket BIGINT, customer BIGINT NOT NULL, kind TEXT NOT NULL,
  policy TEXT NOT NULL, occasion TEXT NOT NULL, state TEXT NOT NULL,
  decided_at BIGINT NOT NULL, due BIGINT, expires BIGINT, token_hash TEXT, delivery BIGINT,
  agent TEXT, team TEXT, hidden INTEGER NOT NULL, inbox TEXT, language TEXT,
  asked_at BIGINT, remind_at BIGINT, reminded_at BIGINT, answered_at BIGINT, score INTEGER,
  way TEXT, comment BIGINT, skip_reason TEXT, words BIGINT, recovery BIGINT);
--
CREATE UNIQUE INDEX invitations_by_token ON invitations (token_hash) WHERE token_hash IS NOT NULL;
--
CREATE INDEX invitations_by_ticket ON invitations (ticket, id) WHERE ticket IS NOT NULL;
--
CREATE INDEX invitations_by_customer ON invitations (customer, id);
--
CREATE INDEX invitations_due ON invitations (due) WHERE state = 'scheduled';
--
CREATE INDEX invitations_to_remind ON invitations (remind_at) WHERE state = 'sent' AND remind_at IS NOT NULL;
--
CREATE INDEX invitations_answered ON invitations (kind, answered_at, hidden, team, agent, score, ticket) WHERE answered_at IS NOT NULL;
--
CREATE INDEX invitations_asked ON invitations (kind, asked_at, hidden, team, agent, answered_at, ticket) WHERE asked_at IS NOT NULL;
--
CREATE INDEX invitations_decided ON invitations (decided_at, kind, state, skip_reason, hidden, team, ticket);
--
CREATE TABLE recoveries (
  id INTEGER PRIMARY KEY, ticket BIGINT, customer BIGINT NOT NULL,
  invitation BIGINT NOT NULL, score INTEGER NOT NULL, owner TEXT, state TEXT NOT NULL,
  opened_at BIGINT NOT NULL, due BIGINT NOT NULL, done_at BIGINT, ending TEXT,
  outcome BIGINT, second_score INTEGER);
--
CREATE INDEX recoveries_open ON recoveries (due, id) WHERE state <> 'done';
--
CREATE INDEX recoveries_by_due ON recoveries (due, id);
--
CREATE INDEX recoveries_by_customer ON recoveries (customer, id);
--
CREATE TABLE epochs (epoch INTEGER PRIMARY KEY, position BIGINT NOT NULL, began BIGINT NOT NULL);
--
CREATE TABLE alarms (kind TEXT NOT NULL, subject TEXT NOT NULL, began BIGINT NOT NULL, PRIMARY KEY (kind, subject));
--
CREATE INDEX recoveries_by_opening ON recoveries (opened_at);
--
CREATE TABLE presence (agent TEXT PRIMARY KEY, presence TEXT, at BIGINT NOT NULL);
--
CREATE TABLE screens (agent TEXT PRIMARY KEY, screen TEXT NOT NULL, at BIGINT NOT NULL);
--
CREATE TABLE agent_activity (agent TEXT PRIMARY KEY, last_assigned_at BIGINT NOT NULL);
--
CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY, inbox TEXT NOT NULL, raw TEXT NOT NULL, code TEXT NOT NULL,
  detail BIGINT NOT NULL, state TEXT NOT NULL, at BIGINT NOT NULL, message BIGINT);
--
CREATE INDEX quarantine_waiting ON quarantine (id) WHERE state = 'waiting';
--
CREATE INDEX quarantine_by_raw ON quarantine (raw);
--
CREATE INDEX quarantine_by_age ON quarantine (at);
--
CREATE TABLE sla_clocks (
  ticket BIGINT NOT NULL, target TEXT NOT NULL, policy TEXT NOT NULL,
  allowance BIGINT NOT NULL, started_at BIGINT NOT NULL, used BIGINT NOT NULL,
  phase TEXT NOT NULL, phase_at BIGINT NOT NULL, due BIGINT, warning BIGINT,
  warned_at BIGINT, breached_at BIGINT, next_at BIGINT,
  PRIMARY KEY (ticket, target));
--
CREATE INDEX sla_clocks_ended ON sla_clocks (phase_at, ticket) WHERE phase IN ('met', 'missed');
--
CREATE INDEX sla_clocks_next ON sla_clocks (next_at) WHERE next_at IS NOT NULL;
--
CREATE TABLE promises (
  ticket BIGINT PRIMARY KEY, until BIGINT NOT NULL, state TEXT NOT NULL,
  revisions INTEGER NOT NULL, revise_at BIGINT);
--
CREATE INDEX promises_revise ON promises (revise_at) WHERE state = 'open' AND revise_at IS NOT NULL;
--
CREATE INDEX promises_by_time ON promises (until);
--
CREATE INDEX promises_open ON promises (until) WHERE state = 'open';
--
CREATE TABLE watchers (ticket BIGINT NOT NULL, agent TEXT NOT NULL, PRIMARY KEY (ticket, agent));
--
CREATE INDEX watchers_by_agent ON watchers (agent, ticket);
--
CREATE TABLE reminders (
  agent TEXT NOT NULL, ticket BIGINT NOT NULL, at BIGINT NOT NULL, note BIGINT,
  state TEXT NOT NULL, PRIMARY KEY (agent, ticket));
--
CREATE INDEX reminders_by_agent ON reminders (agent, at, ticket);
--
CREATE INDEX reminders_due ON reminders (at) WHERE state = 'waiting';
--
CREATE TABLE macros (
  name TEXT PRIMARY KEY, content BIGINT NOT NULL, version BIGINT NOT NULL,
  updated_at BIGINT NOT NULL, updated_by TEXT);
--
CREATE TABLE teams (name TEXT PRIMARY KEY, private INTEGER NOT NULL);
--
CREATE TABLE agents (
  login TEXT PRIMARY KEY, name TEXT, email TEXT, role TEXT NOT NULL,
  capacity INTEGER NOT NULL, timezone TEXT, extension TEXT, unix_user TEXT,
  state TEXT NOT NULL, created_at BIGINT NOT NULL);
--
CREATE UNIQUE INDEX agents_by_unix_user ON agents (unix_user) WHERE unix_user IS NOT NULL;
--
CREATE INDEX agents_by_extension ON agents (extension) WHERE extension IS NOT NULL;
--
CREATE TABLE agent_teams (agent TEXT NOT NULL, team TEXT NOT NULL, PRIMARY KEY (agent, team));
--
CREATE TABLE agent_skills (agent TEXT NOT NULL, skill TEXT NOT NULL, level INTEGER NOT NULL, PRIMARY KEY (agent, skill));
--
CREATE TABLE agent_languages (agent TEXT NOT NULL, language TEXT NOT NULL, PRIMARY KEY (agent, language));
--
CREATE TABLE agent_signatures (agent TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (agent, language));
--
CREATE TABLE agent_notice_settings (agent TEXT PRIMARY KEY, ways TEXT NOT NULL, quiet TEXT);
--
CREATE TABLE tokens (
  hash BLOB PRIMARY KEY, agent TEXT NOT NULL, created_at BIGINT NOT NULL,
  revoked_at BIGINT, last_used_at BIGINT, name TEXT, scope TEXT NOT NULL);
--
CREATE INDEX tokens_by_agent ON tokens (agent);
--
CREATE TABLE prepared (
  delivery INTEGER PRIMARY KEY, conversation TEXT, envelope_sender TEXT,
  bytes BLOB NOT NULL, seal BIGINT NOT NULL);
--
CREATE TABLE delivery_recipients (delivery BIGINT NOT NULL, address TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (delivery, address));
--
CREATE TABLE inbox_cursors (inbox TEXT PRIMARY KEY, cursor TEXT NOT NULL);
--
CREATE TABLE request_keys (inbox TEXT NOT NULL, id TEXT NOT NULL, body_hash BLOB NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (inbox, id));
--
CREATE INDEX request_keys_by_age ON request_keys (at);
--
CREATE TABLE provider_ids (inbox TEXT NOT NULL, id TEXT NOT NULL, delivery BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (inbox, id));
--
CREATE INDEX provider_ids_by_age ON provider_ids (at);
--
CREATE TABLE forwarding_cursors (endpoint TEXT PRIMARY KEY, position BIGINT NOT NULL, state TEXT NOT NULL, detail TEXT);
--
CREATE TABLE forwarding_letters (
  endpoint TEXT NOT NULL, position BIGINT NOT NULL, lane TEXT NOT NULL,
  state TEXT NOT NULL, attempts INTEGER NOT NULL, since BIGINT NOT NULL, due BIGINT,
  detail TEXT, PRIMARY KEY (endpoint, position));
--
CREATE INDEX forwarding_letters_by_lane ON forwarding_letters (endpoint, lane, position) WHERE state = 'waiting';
--
CREATE INDEX forwarding_letters_due ON forwarding_letters (endpoint, due) WHERE state = 'waiting' AND due IS NOT NULL;
--
CREATE INDEX forwarding_letters_by_state ON forwarding_letters (endpoint, state, position);
--
CREATE INDEX forwarding_letters_dead ON forwarding_letters (since) WHERE state = 'dead';
--
CREATE TABLE api_keys (
  agent TEXT NOT NULL, key TEXT NOT NULL, fingerprint BLOB NOT NULL, status INTEGER,
  body TEXT, at BIGINT NOT NULL, PRIMARY KEY (agent, key));
--
CREATE INDEX api_keys_by_age ON api_keys (at);
--
CREATE TABLE uploads (
  id INTEGER PRIMARY KEY, agent TEXT NOT NULL, name TEXT NOT NULL,
  content_type TEXT NOT NULL, hash TEXT NOT NULL, size BIGINT NOT NULL, at BIGINT NOT NULL);
--
CREATE VIRTUAL TABLE search_index USING fts5 (
  text, content = 'search_docs', content_rowid = 'id', tokenize = 'unicode61');
--
INSERT INTO acknowledgements (address, at, ticket) VALUES (X'96ea589dc642871c7e8af361c7230f36', 1800000060000, 1);
--
INSERT INTO acknowledgements (address, at, ticket) VALUES (X'fa31c9940c2bd238b06cad455d3240a0', 1800000060000, 2);
--
INSERT INTO acknowledgements (address, at, ticket) VALUES (X'2ab357db1d1e3d0329ae32460c8533b1', 1800000060000, 3);
--
INSERT INTO acknowledgements (address, at, ticket) VALUES (X'2ab357db1d1e3d0329ae32460c8533b1', 1800000060000, 4);
--
INSERT INTO agent_activity (agent, last_assigned_at) VALUES ('sara', 1800000060000);
--
INSERT INTO agent_activity (agent, last_assigned_at) VALUES ('hami', 1800000060000);
--
INSERT INTO agent_languages (agent, language) VALUES ('sara', 'fa');
--
INSERT INTO agent_notice_settings (agent, ways, quiet) VALUES ('sara', '', NULL);
--
INSERT INTO agent_notices (position, agent, ticket, kind, at, went, held_until) VALUES (81, 'sara', 1, 'assigned', 1800000240000, 'screen', NULL);
--
INSERT INTO agent_signatures (agent, language, text) VALUES ('sara', '', 'Sara, support');
--
INSERT INTO agent_skills (agent, skill, level) VALUES ('sara', 'routers', 3);
--
INSERT INTO agent_teams (agent, team) VALUES ('sara', 'support');
--
INSERT INTO agent_teams (agent, team) VALUES ('hami', 'people');
--
INSERT INTO agent_teams (agent, team) VALUES ('lea', 'people');
--
INSERT INTO agent_teams (agent, team) VALUES ('lea', 'support');
--
INSERT INTO agents (login, name, email, role, capacity, timezone, extension, unix_user, state, created_at) VALUES ('sara', 'Sara', NULL, 'agent', 5, NULL, NULL, NULL, 'active', 0);
--
INSERT INTO agents (login, name, email, role, capacity, timezone, extension, unix_user, state, created_at) VALUES ('hami', 'Hami', NULL, 'agent', 5, NULL, NULL, NULL, 'active', 0);
--
INSERT INTO agents (login, name, email, role, capacity, timezone, extension, unix_user, state, created_at) VALUES ('lea', 'Lea', NULL, 'agent', 5, NULL, NULL, NULL, 'active', 0);
--
INSERT INTO api_keys (agent, key, fingerprint, status, body, at) VALUES ('sara', 'k1', X'04', 200, '{}', 1800000000000);
--
INSERT INTO attachments (id, message, place, sha256, size, raw_offset, raw_length, encoding) VALUES (1, 1, 0, '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', 5, 17, 10, 'base64');
--
INSERT INTO attachments (id, message, place, sha256, size, raw_offset, raw_length, encoding) VALUES (2, 4, 0, '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', 5, 17, 10, 'base64');
--
INSERT INTO attachments (id, message, place, sha256, size, raw_offset, raw_length, encoding) VALUES (3, 7, 0, '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', 5, 17, 10, 'base64');
--
INSERT INTO attachments (id, message, place, sha256, size, raw_offset, raw_length, encoding) VALUES (4, 10, 0, '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', 5, 17, 10, 'base64');
--
INSERT INTO blobs (hash, size, bytes) VALUES ('7a7e505994b0b9b275da35c3ed445f84fcc0cd3d8e9d8fe756ef452fae56ca85', 27, X'5375626a6563743a206c616d700d0a0d0a614756736247383d0d0a');
--
INSERT INTO blobs (hash, size, bytes) VALUES ('5b16b561b7c3cc2426462d88ce267180f24a4e6cee2f06b118a75c6e2bf03a2e', 10, X'6e6f742061206d61696c');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (1, 'name', 1, X'07070707070707070707070707070707', 'Sara Ahmadi');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (2, 'address', 1, X'07070707070707070707070707070707', 'sara@example.ir');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (3, 'name', 2, X'07070707070707070707070707070707', 'Nima Rad');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (4, 'address', 2, X'07070707070707070707070707070707', 'nima@example.ir');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (5, 'name', 3, X'07070707070707070707070707070707', 'Mina Rad');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (6, 'address', 3, X'07070707070707070707070707070707', '+989121234567');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (7, 'subject', 1, X'07070707070707070707070707070707', 'About lamp');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (8, 'message', 1, X'07070707070707070707070707070707', '{"externalID":"mail-lamp","subject":"About lamp","authorName":"Writer 1","address":"email:w1@x.ir","text":"My lamp is wrong","fullText":"My lamp is wrong\n> quoted","files":[{"name":"hello.txt","contentType":"text/plain"}],"mail":{"from":[{"address":"w1@x.ir"}],"to":[],"cc":[],"replyTo":[],"messageID":"lamp@x.ir","inReplyTo":[],"references":[]}}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (9, 'message', 1, X'07070707070707070707070707070707', '{"externalID":"out2@desk","subject":"Re","text":"We look at the lamp","fullText":"We look at the lamp","files":[],"mail":{"from":[],"to":[],"cc":[],"replyTo":[],"messageID":"out2@desk","inReplyTo":[],"references":[]}}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (10, 'delivery', 1, X'07070707070707070707070707070707', '{"recipients":["w1@x.ir"],"subject":"Re","messageID":"out2@desk"}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (11, 'delivery', 1, X'07070707070707070707070707070707', '{"recipients":["w1@x.ir"],"subject":"Re","messageID":"ack-lamp@desk"}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (12, 'message', 1, X'07070707070707070707070707070707', '{"text":"Secret lamp","files":[]}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (13, 'comment', 1, X'07070707070707070707070707070707', 'comment lamp');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (14, 'subject', 2, X'07070707070707070707070707070707', 'About salary');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (15, 'message', 2, X'07070707070707070707070707070707', '{"externalID":"mail-salary","subject":"About salary","authorName":"Writer 2","address":"email:w2@x.ir","text":"My salary is wrong","fullText":"My salary is wrong\n> quoted","files":[{"name":"hello.txt","contentType":"text/plain"}],"mail":{"from":[{"address":"w2@x.ir"}],"to":[],"cc":[],"replyTo":[],"messageID":"salary@x.ir","inReplyTo":[],"references":[]}}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (16, 'message', 2, X'07070707070707070707070707070707', '{"externalID":"out5@desk","subject":"Re","text":"We look at the salary","fullText":"We look at the salary","files":[],"mail":{"from":[],"to":[],"cc":[],"replyTo":[],"messageID":"out5@desk","inReplyTo":[],"references":[]}}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (17, 'delivery', 2, X'07070707070707070707070707070707', '{"recipients":["w2@x.ir"],"subject":"Re","messageID":"out5@desk"}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (18, 'delivery', 2, X'07070707070707070707070707070707', '{"recipients":["w2@x.ir"],"subject":"Re","messageID":"ack-salary@desk"}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (19, 'message', 2, X'07070707070707070707070707070707', '{"text":"Secret salary","files":[]}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (20, 'comment', 2, X'07070707070707070707070707070707', 'comment salary');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (21, 'subject', 3, X'07070707070707070707070707070707', 'About invoice');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (22, 'message', 3, X'07070707070707070707070707070707', '{"externalID":"mail-invoice","subject":"About invoice","authorName":"Writer 3","address":"email:w3@x.ir","text":"My invoice is wrong","fullText":"My invoice is wrong\n> quoted","files":[{"name":"hello.txt","contentType":"text/plain"}],"mail":{"from":[{"address":"w3@x.ir"}],"to":[],"cc":[],"replyTo":[],"messageID":"invoice@x.ir","inReplyTo":[],"references":[]}}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (23, 'message', 3, X'07070707070707070707070707070707', '{"externalID":"out8@desk","subject":"Re","text":"We look at the invoice","fullText":"We look at the invoice","files":[],"mail":{"from":[],"to":[],"cc":[],"replyTo":[],"messageID":"out8@desk","inReplyTo":[],"references":[]}}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (24, 'delivery', 3, X'07070707070707070707070707070707', '{"recipients":["w3@x.ir"],"subject":"Re","messageID":"out8@desk"}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (25, 'delivery', 3, X'07070707070707070707070707070707', '{"recipients":["w3@x.ir"],"subject":"Re","messageID":"ack-invoice@desk"}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (26, 'message', 3, X'07070707070707070707070707070707', '{"text":"Secret invoice","files":[]}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (27, 'comment', 3, X'07070707070707070707070707070707', 'comment invoice');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (28, 'subject', 3, X'07070707070707070707070707070707', 'About contract');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (29, 'message', 3, X'07070707070707070707070707070707', '{"externalID":"mail-contract","subject":"About contract","authorName":"Writer 3","address":"email:w3@x.ir","text":"My contract is wrong","fullText":"My contract is wrong\n> quoted","files":[{"name":"hello.txt","contentType":"text/plain"}],"mail":{"from":[{"address":"w3@x.ir"}],"to":[],"cc":[],"replyTo":[],"messageID":"contract@x.ir","inReplyTo":[],"references":[]}}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (30, 'message', 3, X'07070707070707070707070707070707', '{"externalID":"out11@desk","subject":"Re","text":"We look at the contract","fullText":"We look at the contract","files":[],"mail":{"from":[],"to":[],"cc":[],"replyTo":[],"messageID":"out11@desk","inReplyTo":[],"references":[]}}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (31, 'delivery', 3, X'07070707070707070707070707070707', '{"recipients":["w3@x.ir"],"subject":"Re","messageID":"out11@desk"}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (32, 'delivery', 3, X'07070707070707070707070707070707', '{"recipients":["w3@x.ir"],"subject":"Re","messageID":"ack-contract@desk"}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (33, 'message', 3, X'07070707070707070707070707070707', '{"text":"Secret contract","files":[]}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (34, 'comment', 3, X'07070707070707070707070707070707', 'comment contract');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (35, 'quarantine_detail', NULL, X'07070707070707070707070707070707', 'no header in 10 bytes');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (36, 'quarantine_detail', NULL, X'07070707070707070707070707070707', 'no header in 10 bytes');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (37, 'name', 4, X'07070707070707070707070707070707', 'لیلا حسینی');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (38, 'address', 4, X'07070707070707070707070707070707', '+989121111111');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (39, 'name', 5, X'07070707070707070707070707070707', 'Leila');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (40, 'address', 5, X'07070707070707070707070707070707', 'leila@example.ir');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (41, 'address', 5, X'07070707070707070707070707070707', 'l@work.ir');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (42, 'subject', 5, X'07070707070707070707070707070707', 'Chat');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (43, 'message', 5, X'07070707070707070707070707070707', '{"externalID":"c1","conversation":"visit-1","authorName":"Writer 5","address":"email:w5@x.ir","text":"سلام","fullText":"سلام\n> quoted","files":[]}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (44, 'subject', 5, X'07070707070707070707070707070707', 'Second');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (45, 'macro', NULL, X'07070707070707070707070707070707', '{"name":"hello","title":"Hello","teams":[],"texts":{"en":"Hello {customer}"},"addTags":[],"removeTags":[],"ending":{"unchanged":{}}}');
--
INSERT INTO contents (id, kind, customer, salt, body) VALUES (46, 'delivery', 1, X'07070707070707070707070707070707', '{"recipients":["sara@desk"],"messageID":"n1@desk"}');
--
INSERT INTO conversations (inbox, key, ticket, message) VALUES ('site-chat', X'b5bdb802075c020a4014aed286fe5335', 5, 13);
--
INSERT INTO counters (id, position, ticket, message, attachment, customer, identity, delivery, invitation, recovery, quarantine, content) VALUES (1, 81, 6, 13, 4, 5, 5, 13, 4, 2, 2, 46);
--
INSERT INTO customer_words (word, customer) VALUES ('sara', 1);
--
INSERT INTO customer_words (word, customer) VALUES ('ahmadi', 1);
--
INSERT INTO customer_words (word, customer) VALUES ('nima', 2);
--
INSERT INTO customer_words (word, customer) VALUES ('rad', 2);
--
INSERT INTO customer_words (word, customer) VALUES ('mina', 3);
--
INSERT INTO customer_words (word, customer) VALUES ('rad', 3);
--
INSERT INTO customer_words (word, customer) VALUES ('لیلا', 4);
--
INSERT INTO customer_words (word, customer) VALUES ('حسینی', 4);
--
INSERT INTO customer_words (word, customer) VALUES ('leila', 5);
--
INSERT INTO customers (id, name, standing, preferred_channel, attributes, created_at, last_agent, last_served_at, last_asked_at, erased_at, segments, external_id, external_key, blocked, parent, root, merged_at, merged_by, merge_evidence, surveys_refused_at, first_answered_at, relationship_at) VALUES (1, 1, 'regular', NULL, NULL, 1800000060000, 'sara', 1800000060000, 1800000060000, NULL, '', NULL, NULL, 0, NULL, 1, NULL, NULL, NULL, NULL, 1800000060000, NULL);
--
INSERT INTO customers (id, name, standing, preferred_channel, attributes, created_at, last_agent, last_served_at, last_asked_at, erased_at, segments, external_id, external_key, blocked, parent, root, merged_at, merged_by, merge_evidence, surveys_refused_at, first_answered_at, relationship_at) VALUES (2, 3, 'regular', NULL, NULL, 1800000060000, 'hami', 1800000060000, 1800000060000, NULL, '', NULL, NULL, 0, NULL, 2, NULL, NULL, NULL, NULL, 1800000060000, NULL);
--
INSERT INTO customers (id, name, standing, preferred_channel, attributes, created_at, last_agent, last_served_at, last_asked_at, erased_at, segments, external_id, external_key, blocked, parent, root, merged_at, merged_by, merge_evidence, surveys_refused_at, first_answered_at, relationship_at) VALUES (3, 5, 'regular', NULL, NULL, 1800000060000, 'hami', 1800000060000, 1800000060000, NULL, '', NULL, NULL, 0, NULL, 3, NULL, NULL, NULL, NULL, 1800000060000, NULL);
--
INSERT INTO customers (id, name, standing, preferred_channel, attributes, created_at, last_agent, last_served_at, last_asked_at, erased_at, segments, external_id, external_key, blocked, parent, root, merged_at, merged_by, merge_evidence, surveys_refused_at, first_answered_at, relationship_at) VALUES (4, 37, 'regular', NULL, NULL, 1800000120000, NULL, NULL, NULL, NULL, '', NULL, NULL, 0, 5, 5, 1800000120000, 'system', NULL, NULL, NULL, NULL);
--
INSERT INTO customers (id, name, standing, preferred_channel, attributes, created_at, last_agent, last_served_at, last_asked_at, erased_at, segments, external_id, external_key, blocked, parent, root, merged_at, merged_by, merge_evidence, surveys_refused_at, first_answered_at, relationship_at) VALUES (5, 39, 'regular', NULL, NULL, 1800000120000, NULL, NULL, NULL, NULL, '', NULL, NULL, 0, NULL, 5, NULL, NULL, NULL, NULL, NULL, NULL);
--
INSERT INTO delivery_recipients (delivery, address, state) VALUES (1, 'b@x.ir', 'waiting');
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (1, 1800000060000, 'system', NULL, 'customer_created', 1, NULL, 1, NULL, NULL, '{"customer":1,"inbox":"support-mail"}', -7859735798584956817);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (2, 1800000060000, 'system', NULL, 'customer_named', 1, NULL, 1, NULL, NULL, '{"customer":1,"name":{"id":1,"mac":"325507a8bf48307301e2d1f6cd481ab4"}}', 4654635157091401692);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (3, 1800000060000, 'system', NULL, 'identity_linked', 1, NULL, 1, NULL, NULL, '{"identity":1,"customer":1,"kind":"email","verification":"verified","evidence":"first_contact","address":{"id":2,"mac":"a1cd8c84d73df65981077c998745ad42"}}', 4957331064993247104);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (4, 1800000060000, 'system', NULL, 'customer_created', 1, NULL, 2, NULL, NULL, '{"customer":2,"inbox":"support-mail"}', -6737724750496812368);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (5, 1800000060000, 'system', NULL, 'customer_named', 1, NULL, 2, NULL, NULL, '{"customer":2,"name":{"id":3,"mac":"4bc486d35122efde2f61ce0f524d47cf"}}', 7105136876551064961);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (6, 1800000060000, 'system', NULL, 'identity_linked', 1, NULL, 2, NULL, NULL, '{"identity":2,"customer":2,"kind":"email","verification":"verified","evidence":"first_contact","address":{"id":4,"mac":"38670f16dc71cfade079445aa4294c2d"}}', 3794652520615369316);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (7, 1800000060000, 'system', NULL, 'customer_created', 1, NULL, 3, NULL, NULL, '{"customer":3,"inbox":"support-mail"}', -1988355530966732838);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (8, 1800000060000, 'system', NULL, 'customer_named', 1, NULL, 3, NULL, NULL, '{"customer":3,"name":{"id":5,"mac":"5377cf9ceb0f9a7e863a4417e5774f7b"}}', -389075667817057953);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (9, 1800000060000, 'system', NULL, 'identity_linked', 1, NULL, 3, NULL, NULL, '{"identity":3,"customer":3,"kind":"tel","verification":"verified","evidence":"first_contact","address":{"id":6,"mac":"aa49386fc15d1f4801c3a4c87d9a9b4d"}}', 1701853426941254663);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (10, 1800000060000, 'system', NULL, 'ticket_opened', 1, 1, 1, NULL, NULL, '{"team":"support","inbox":"support-mail","channel":"email","customer":1,"origin":"live","class":"regular","status":"new","priority":"normal","language":"en","subject":{"id":7,"mac":"5ad663fe1de7d4f05a30953c8431ba32"},"private":false}', 8182438456422955951);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (11, 1800000060000, 'customer', '1', 'message_received', 1, 1, 1, NULL, NULL, '{"message":1,"inbox":"support-mail","channel":"email","kind":"message","author":"customer","sender_auth":"verified","auto_submitted":"no","origin":"live","content":{"id":8,"mac":"eafeb67cb8e776ee6e63ddbb44432fd5"},"raw":"7a7e505994b0b9b275da35c3ed445f84fcc0cd3d8e9d8fe756ef452fae56ca85","attachments":[{"id":1,"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","size":5,"offset":17,"length":10,"encoding":"base64"}],"fingerprint":"f1","threading":{"rule":"subject_tag","outcome":"hinted","ticket":2,"steps":[{"rule":"subject_tag","ticket":2,"verdict":"not_participant"}]}}', -803528990308249537);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (12, 1800000060000, 'agent', 'sara', 'ticket_assigned', 1, 1, 1, NULL, NULL, '{"agent":"sara","by":"agent"}', 223996223039843178);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (13, 1800000060000, 'system', NULL, 'ticket_tagged', 1, 1, 1, NULL, NULL, '{"added":["lamp","all"],"removed":[]}', -8099642059939172012);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (14, 1800000060000, 'agent', 'sara', 'message_written', 1, 1, 1, NULL, NULL, '{"message":2,"inbox":"support-mail","channel":"email","agent":"sara","content":{"id":9,"mac":"273061839c0da858846bffcbb3520524"},"attachments":[]}', 3619085375128540217);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (15, 1800000060000, 'system', NULL, 'delivery_queued', 1, 1, 1, NULL, NULL, '{"delivery":1,"purpose":"reply","inbox":"support-mail","message":2,"content":{"id":10,"mac":"6ab74c1cc5b9cb4350a379f00128d696"},"due":1800000060000}', -4748851265938108582);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (16, 1800000060000, 'system', NULL, 'delivery_queued', 1, 1, 1, NULL, NULL, '{"delivery":2,"purpose":"acknowledgement","inbox":"support-mail","content":{"id":11,"mac":"05ae0f8645db75975517415206a3383f"},"due":1800000060000}', -6884961738941658639);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (17, 1800000060000, 'agent', 'sara', 'note_written', 1, 1, 1, NULL, NULL, '{"message":3,"agent":"sara","content":{"id":12,"mac":"254696efa9475c7d432f3b6dca3c0013"}}', 7317207486378487770);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (18, 1800000060000, 'system', NULL, 'survey_scheduled', 1, 1, 1, NULL, NULL, '{"invitation":1,"kind":"csat","due":1800000060000}', -3648125103158771659);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (19, 1800000060000, 'system', NULL, 'survey_sent', 1, 1, 1, NULL, NULL, '{"invitation":1,"delivery":3,"inbox":"support-mail","agent":"sara","language":"en","expires":1801209660000,"token_hash":"t1"}', 5941370629450047968);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (20, 1800000060000, 'customer', '1', 'survey_answered', 1, 1, 1, NULL, NULL, '{"invitation":1,"score":5,"comment":{"id":13,"mac":"d45688d56f8f57a3405e0013354d3125"}}', -2953483743661117439);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (21, 1800000060000, 'system', NULL, 'ticket_opened', 1, 2, 2, NULL, NULL, '{"team":"people","inbox":"support-mail","channel":"email","customer":2,"origin":"live","class":"regular","status":"new","priority":"normal","language":"en","subject":{"id":14,"mac":"1a1b11bd3e9e278e4804910987db929e"},"private":true}', 7832791707121934182);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (22, 1800000060000, 'customer', '2', 'message_received', 1, 2, 2, NULL, NULL, '{"message":4,"inbox":"support-mail","channel":"email","kind":"message","author":"customer","sender_auth":"verified","auto_submitted":"no","origin":"live","content":{"id":15,"mac":"4dc736dbad6b1c0dcf634ea11454f7b6"},"raw":"7a7e505994b0b9b275da35c3ed445f84fcc0cd3d8e9d8fe756ef452fae56ca85","attachments":[{"id":2,"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","size":5,"offset":17,"length":10,"encoding":"base64"}],"fingerprint":"f4","threading":{"rule":"subject_tag","outcome":"hinted","ticket":2,"steps":[{"rule":"subject_tag","ticket":2,"verdict":"not_participant"}]}}', -4642508439950689807);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (23, 1800000060000, 'agent', 'hami', 'ticket_assigned', 1, 2, 2, NULL, NULL, '{"agent":"hami","by":"agent"}', 6560719700155842344);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (24, 1800000060000, 'system', NULL, 'ticket_tagged', 1, 2, 2, NULL, NULL, '{"added":["salary","all"],"removed":[]}', 5895265739247835633);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (25, 1800000060000, 'agent', 'hami', 'message_written', 1, 2, 2, NULL, NULL, '{"message":5,"inbox":"support-mail","channel":"email","agent":"hami","content":{"id":16,"mac":"d85d89e6093b520df5899d8ff2099726"},"attachments":[]}', 4987168061684000127);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (26, 1800000060000, 'system', NULL, 'delivery_queued', 1, 2, 2, NULL, NULL, '{"delivery":4,"purpose":"reply","inbox":"support-mail","message":5,"content":{"id":17,"mac":"8444dd0d46ba64cda12ff901ec3086fb"},"due":1800000060000}', 8315477651265391221);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (27, 1800000060000, 'system', NULL, 'delivery_queued', 1, 2, 2, NULL, NULL, '{"delivery":5,"purpose":"acknowledgement","inbox":"support-mail","content":{"id":18,"mac":"dd9bc98a6331b1fb2b0d27f27200f0cf"},"due":1800000060000}', 4160811803069464719);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (28, 1800000060000, 'agent', 'sara', 'note_written', 1, 2, 2, NULL, NULL, '{"message":6,"agent":"sara","content":{"id":19,"mac":"27cf9eb6aa604f208f3ad0f6158a39c0"}}', 3365329194215578771);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (29, 1800000060000, 'system', NULL, 'survey_scheduled', 1, 2, 2, NULL, NULL, '{"invitation":2,"kind":"csat","due":1800000060000}', 569634690537826211);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (30, 1800000060000, 'system', NULL, 'survey_sent', 1, 2, 2, NULL, NULL, '{"invitation":2,"delivery":6,"inbox":"support-mail","agent":"hami","language":"en","expires":1801209660000,"token_hash":"t2"}', -2652562372230360647);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (31, 1800000060000, 'customer', '2', 'survey_answered', 1, 2, 2, NULL, NULL, '{"invitation":2,"score":1,"comment":{"id":20,"mac":"9677ac4ef06994558c2e9b435c24fdfd"}}', -4392418332809358847);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (32, 1800000060000, 'system', NULL, 'recovery_opened', 1, 2, 2, NULL, NULL, '{"recovery":1,"invitation":2,"score":1,"due":1800086460000}', 4690596499155382387);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (33, 1800000060000, 'system', NULL, 'ticket_opened', 1, 3, 3, NULL, NULL, '{"team":"support","inbox":"support-mail","channel":"email","customer":3,"origin":"live","class":"regular","status":"new","priority":"normal","language":"en","subject":{"id":21,"mac":"d7ccd7c90d4629799435ef0f56db173a"},"private":false}', -2365138121177332252);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (34, 1800000060000, 'customer', '3', 'message_received', 1, 3, 3, NULL, NULL, '{"message":7,"inbox":"support-mail","channel":"email","kind":"message","author":"customer","sender_auth":"verified","auto_submitted":"no","origin":"live","content":{"id":22,"mac":"a50c320af57c3c816373f1d9b08bb410"},"raw":"7a7e505994b0b9b275da35c3ed445f84fcc0cd3d8e9d8fe756ef452fae56ca85","attachments":[{"id":3,"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","size":5,"offset":17,"length":10,"encoding":"base64"}],"fingerprint":"f7","threading":{"rule":"subject_tag","outcome":"hinted","ticket":2,"steps":[{"rule":"subject_tag","ticket":2,"verdict":"not_participant"}]}}', -5817763793573125078);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (35, 1800000060000, 'agent', 'sara', 'ticket_assigned', 1, 3, 3, NULL, NULL, '{"agent":"sara","by":"agent"}', 2426368241326654310);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (36, 1800000060000, 'system', NULL, 'ticket_tagged', 1, 3, 3, NULL, NULL, '{"added":["invoice","all"],"removed":[]}', -7332105307581198552);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (37, 1800000060000, 'agent', 'sara', 'message_written', 1, 3, 3, NULL, NULL, '{"message":8,"inbox":"support-mail","channel":"email","agent":"sara","content":{"id":23,"mac":"1b20638957044533982bec7e97045c37"},"attachments":[]}', -1268573308978103906);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (38, 1800000060000, 'system', NULL, 'delivery_queued', 1, 3, 3, NULL, NULL, '{"delivery":7,"purpose":"reply","inbox":"support-mail","message":8,"content":{"id":24,"mac":"78a94e2fc14afb0d5d2195b5ddbfe107"},"due":1800000060000}', -7794070934873847654);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (39, 1800000060000, 'system', NULL, 'delivery_queued', 1, 3, 3, NULL, NULL, '{"delivery":8,"purpose":"acknowledgement","inbox":"support-mail","content":{"id":25,"mac":"975c4a000dea5f3beef5cea8f0340ed6"},"due":1800000060000}', 8421141632081682478);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (40, 1800000060000, 'agent', 'sara', 'note_written', 1, 3, 3, NULL, NULL, '{"message":9,"agent":"sara","content":{"id":26,"mac":"4ce323aa7a2bdc1b7e979c2344c19501"}}', -1364725255836905739);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (41, 1800000060000, 'system', NULL, 'survey_scheduled', 1, 3, 3, NULL, NULL, '{"invitation":3,"kind":"csat","due":1800000060000}', 6382937958202001141);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (42, 1800000060000, 'system', NULL, 'survey_sent', 1, 3, 3, NULL, NULL, '{"invitation":3,"delivery":9,"inbox":"support-mail","agent":"sara","language":"en","expires":1801209660000,"token_hash":"t3"}', -8773174416364033925);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (43, 1800000060000, 'customer', '3', 'survey_answered', 1, 3, 3, NULL, NULL, '{"invitation":3,"score":4,"comment":{"id":27,"mac":"1eb11386a72dac34fcb37808b60b8b2a"}}', -5247960786331078022);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (44, 1800000060000, 'system', NULL, 'ticket_opened', 1, 4, 3, NULL, NULL, '{"team":"people","inbox":"support-mail","channel":"email","customer":3,"origin":"live","class":"regular","status":"new","priority":"normal","language":"en","subject":{"id":28,"mac":"26cd07468ea7f088f9e2e23e3b055c5d"},"private":true}', 4268231415790012359);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (45, 1800000060000, 'customer', '3', 'message_received', 1, 4, 3, NULL, NULL, '{"message":10,"inbox":"support-mail","channel":"email","kind":"message","author":"customer","sender_auth":"verified","auto_submitted":"no","origin":"live","content":{"id":29,"mac":"f6cf10dc3014ffe10d89cb18a4a7e795"},"raw":"7a7e505994b0b9b275da35c3ed445f84fcc0cd3d8e9d8fe756ef452fae56ca85","attachments":[{"id":4,"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","size":5,"offset":17,"length":10,"encoding":"base64"}],"fingerprint":"f10","threading":{"rule":"subject_tag","outcome":"hinted","ticket":2,"steps":[{"rule":"subject_tag","ticket":2,"verdict":"not_participant"}]}}', -5581401616958177301);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (46, 1800000060000, 'agent', 'hami', 'ticket_assigned', 1, 4, 3, NULL, NULL, '{"agent":"hami","by":"agent"}', 6235929299123960045);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (47, 1800000060000, 'system', NULL, 'ticket_tagged', 1, 4, 3, NULL, NULL, '{"added":["contract","all"],"removed":[]}', -3522580142079974466);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (48, 1800000060000, 'agent', 'hami', 'message_written', 1, 4, 3, NULL, NULL, '{"message":11,"inbox":"support-mail","channel":"email","agent":"hami","content":{"id":30,"mac":"bc7aabe88dbf4bd42c736c63487cf195"},"attachments":[]}', -4953980880599351187);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (49, 1800000060000, 'system', NULL, 'delivery_queued', 1, 4, 3, NULL, NULL, '{"delivery":10,"purpose":"reply","inbox":"support-mail","message":11,"content":{"id":31,"mac":"0e539406e23859f4f75b6b7efe959718"},"due":1800000060000}', 3120242355218128439);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (50, 1800000060000, 'system', NULL, 'delivery_queued', 1, 4, 3, NULL, NULL, '{"delivery":11,"purpose":"acknowledgement","inbox":"support-mail","content":{"id":32,"mac":"9b125f80bc2c80c8243c987eb9436cd4"},"due":1800000060000}', 6520044709237020306);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (51, 1800000060000, 'agent', 'sara', 'note_written', 1, 4, 3, NULL, NULL, '{"message":12,"agent":"sara","content":{"id":33,"mac":"2d8733b538c89de4aa218a5cd89ffa61"}}', 449802288571877294);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (52, 1800000060000, 'system', NULL, 'survey_scheduled', 1, 4, 3, NULL, NULL, '{"invitation":4,"kind":"csat","due":1800000060000}', -1304466056617351105);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (53, 1800000060000, 'system', NULL, 'survey_sent', 1, 4, 3, NULL, NULL, '{"invitation":4,"delivery":12,"inbox":"support-mail","agent":"hami","language":"en","expires":1801209660000,"token_hash":"t4"}', -8299293680428611043);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (54, 1800000060000, 'customer', '3', 'survey_answered', 1, 4, 3, NULL, NULL, '{"invitation":4,"score":2,"comment":{"id":34,"mac":"af907f3b8283fa16b12d41ac19e0f2ef"}}', -3459079296713311006);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (55, 1800000060000, 'system', NULL, 'recovery_opened', 1, 4, 3, NULL, NULL, '{"recovery":2,"invitation":4,"score":2,"due":1800086460000}', 324254376308188090);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (56, 1800000060000, 'system', NULL, 'ticket_linked', 1, 3, 3, NULL, NULL, '{"other":4,"relation":"hint"}', 4177895421537003118);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (57, 1800000060000, 'system', NULL, 'ticket_linked', 1, 4, 3, NULL, NULL, '{"other":3,"relation":"hint"}', 5982959319165834220);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (58, 1800000060000, 'system', NULL, 'message_quarantined', 1, NULL, NULL, NULL, NULL, '{"quarantine":1,"inbox":"support-mail","raw":"5b16b561b7c3cc2426462d88ce267180f24a4e6cee2f06b118a75c6e2bf03a2e","code":"no_header","detail":{"id":35,"mac":"7919b3d479580b4912bafaa61ecda759"}}', 7514125246864796272);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (59, 1800000060000, 'system', NULL, 'message_quarantined', 1, NULL, NULL, NULL, NULL, '{"quarantine":2,"inbox":"people-mail","raw":"5b16b561b7c3cc2426462d88ce267180f24a4e6cee2f06b118a75c6e2bf03a2e","code":"no_header","detail":{"id":36,"mac":"7919b3d479580b4912bafaa61ecda759"}}', -5341513899491915895);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (60, 1800000120000, 'system', NULL, 'customer_created', 1, NULL, 4, NULL, NULL, '{"customer":4,"inbox":"support-mail"}', 5170072926799244640);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (61, 1800000120000, 'system', NULL, 'customer_named', 1, NULL, 4, NULL, NULL, '{"customer":4,"name":{"id":37,"mac":"99bb0d270c14ae5c80be9ea0c9fe8c56"}}', -1522165646947285106);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (62, 1800000120000, 'system', NULL, 'identity_linked', 1, NULL, 4, NULL, NULL, '{"identity":4,"customer":4,"kind":"tel","verification":"verified","evidence":"first_contact","address":{"id":38,"mac":"5c6a182c36670e723fd68fb456217016"}}', 8145424393775322514);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (63, 1800000120000, 'system', NULL, 'customer_created', 1, NULL, 5, NULL, NULL, '{"customer":5,"inbox":"support-mail"}', -36073141079113521);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (64, 1800000120000, 'system', NULL, 'customer_named', 1, NULL, 5, NULL, NULL, '{"customer":5,"name":{"id":39,"mac":"520f1fbf3eb9e5305400d4b511437061"}}', 3095452191925384403);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (65, 1800000120000, 'system', NULL, 'identity_linked', 1, NULL, 5, NULL, NULL, '{"identity":5,"customer":5,"kind":"email","verification":"verified","evidence":"first_contact","address":{"id":40,"mac":"e98ae17bcd12477762f2fc8da0a89f12"}}', -2108364559023791065);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (66, 1800000120000, 'system', NULL, 'customer_merged', 1, NULL, 4, NULL, NULL, '{"customer":4,"into":5}', 1530852040313147804);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (67, 1800000120000, 'system', NULL, 'identity_suggested', 1, NULL, 5, NULL, NULL, '{"customer":5,"kind":"email","address":{"id":41,"mac":"a73e087de1f2140b6b81d333c5efe972"},"evidence":"typed_address"}', -5963834596641455195);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (68, 1800000120000, 'system', NULL, 'ticket_opened', 1, 5, 5, NULL, NULL, '{"team":"support","inbox":"site-chat","channel":"chat-webhook","customer":5,"origin":"live","class":"regular","status":"new","priority":"normal","language":"en","subject":{"id":42,"mac":"b3e42d25102b74ec71fc4098b2580fed"},"private":false}', 8168372218768626168);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (69, 1800000120000, 'customer', '5', 'message_received', 1, 5, 5, NULL, NULL, '{"message":13,"inbox":"site-chat","channel":"chat-webhook","kind":"message","author":"customer","sender_auth":"verified","auto_submitted":"no","origin":"live","content":{"id":43,"mac":"ccb105e2d5e0a9458d7f2c81f82dc43e"},"attachments":[],"fingerprint":"f13","threading":{"rule":"none","outcome":"opened","steps":[]}}', 7315339059125169930);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (70, 1800000120000, 'system', NULL, 'ticket_opened', 1, 6, 5, NULL, NULL, '{"team":"support","inbox":"support-mail","channel":"email","customer":5,"origin":"live","class":"regular","status":"new","priority":"normal","language":"en","subject":{"id":44,"mac":"d0c417223cf3139e8040abb8a1e1442e"},"private":false}', -4143741339820153764);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (71, 1800000120000, 'system', NULL, 'ticket_merged', 1, 6, 5, NULL, NULL, '{"into":5,"status":"new","participants":[]}', 416754644708670901);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (72, 1800000120000, 'system', NULL, 'participant_added', 1, 5, 5, NULL, NULL, '{"identity":1}', 9047372476503554835);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (73, 1800000180000, 'system', NULL, 'ticket_watched', 1, 1, 1, NULL, NULL, '{"agent":"sara"}', 4306475800320833279);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (74, 1800000180000, 'system', NULL, 'reminder_set', 1, 1, 1, NULL, NULL, '{"agent":"sara","at":1800000180000}', 8477242254515698581);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (75, 1800000180000, 'system', NULL, 'presence_changed', 1, NULL, NULL, NULL, NULL, '{"agent":"sara","presence":"online"}', 7730985166503448077);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (76, 1800000180000, 'system', NULL, 'screen_changed', 1, NULL, NULL, NULL, NULL, '{"agent":"sara","screen":"open"}', -966360242914078217);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (77, 1800000180000, 'system', NULL, 'macro_set', 1, NULL, NULL, NULL, NULL, '{"macro":"hello","teams":[],"content":{"id":45,"mac":"2f370bb00207f8106123c06efad60195"}}', 3147346823865037095);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (78, 1800000240000, 'system', NULL, 'promise_given', 1, 1, 1, NULL, NULL, '{"until":1800014640000,"delivery":1}', 745852107566204212);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (79, 1800000240000, 'system', NULL, 'sla_started', 1, 1, 1, NULL, NULL, '{"target":"first_response","policy":"standard","allowance":14400000,"deadline":{"due":1800014640000}}', -4613957572000385338);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (80, 1800000240000, 'system', NULL, 'delivery_queued', 1, 1, 1, NULL, NULL, '{"delivery":13,"purpose":"notification","inbox":"support-mail","agent":"sara","content":{"id":46,"mac":"b50e6d3e7c7167d21ddc5ade9d575e24"},"due":1800000240000}', 8348433265785955815);
--
INSERT INTO events (position, at, actor_kind, actor_id, type, schema, ticket, customer, command, cause, data, seal) VALUES (81, 1800000240000, 'system', NULL, 'agent_noticed', 1, 1, 1, NULL, NULL, '{"agent":"sara","kind":"assigned","ways":["screen"],"held":[]}', -8248934409039783763);
--
INSERT INTO forwarding_cursors (endpoint, position, state, detail) VALUES ('crm', 3, 'active', NULL);
--
INSERT INTO forwarding_letters (endpoint, position, lane, state, attempts, since, due, detail) VALUES ('crm', 2, 'ticket:1', 'waiting', 1, 0, 5, NULL);
--
INSERT INTO identities (id, customer, kind, value, scope, verification, evidence, content, undeliverable_at, undeliverable_code, sharing, likeness) VALUES (1, 1, 'email', 'sara@example.ir', '', 'verified', 'first_contact', 2, NULL, NULL, 'personal', X'4e6e05a888dcc03eeed3267c57b4c945');
--
INSERT INTO identities (id, customer, kind, value, scope, verification, evidence, content, undeliverable_at, undeliverable_code, sharing, likeness) VALUES (2, 2, 'email', 'nima@example.ir', '', 'verified', 'first_contact', 4, NULL, NULL, 'personal', X'aa747d54e23aaef1d60910f47c5452d5');
--
INSERT INTO identities (id, customer, kind, value, scope, verification, evidence, content, undeliverable_at, undeliverable_code, sharing, likeness) VALUES (3, 3, 'tel', '+989121234567', '', 'verified', 'first_contact', 6, NULL, NULL, 'personal', X'f4814e852e3c4c7d81abf21955db9245');
--
INSERT INTO identities (id, customer, kind, value, scope, verification, evidence, content, undeliverable_at, undeliverable_code, sharing, likeness) VALUES (4, 4, 'tel', '+989121111111', '', 'verified', 'first_contact', 38, NULL, NULL, 'personal', X'a1f75f93c34c91b799fca25dc9b24a8d');
--
INSERT INTO identities (id, customer, kind, value, scope, verification, evidence, content, undeliverable_at, undeliverable_code, sharing, likeness) VALUES (5, 5, 'email', 'leila@example.ir', '', 'verified', 'first_contact', 40, NULL, NULL, 'personal', X'b010e1e2eec86c5930ec8477d0145796');
--
INSERT INTO inbox_cursors (inbox, cursor) VALUES ('support-mail', 'c-1');
--
INSERT INTO intake_keys (inbox, key, fingerprint, message) VALUES ('support-mail', X'bda34d9b19eaff2f714304aa10a67313', X'3f524cdc07a11d7c6220bdb049fe8dd4', 1);
--
INSERT INTO intake_keys (inbox, key, fingerprint, message) VALUES ('support-mail', X'c322ed73b66cf5ffb34726e3e1ea3f44', X'608cdb524384f5ee06edc2830d6b13a9', 4);
--
INSERT INTO intake_keys (inbox, key, fingerprint, message) VALUES ('support-mail', X'9b1e7d8711c06c4f79357221f9919c2d', X'9327ca99aaea2b8f025e61e53b64fcdd', 7);
--
INSERT INTO intake_keys (inbox, key, fingerprint, message) VALUES ('support-mail', X'05dc21925dbf0af94ba058f44f34c2f7', X'1a070b69fe26e7da07820cf0479030b1', 10);
--
INSERT INTO intake_keys (inbox, key, fingerprint, message) VALUES ('site-chat', X'd0f631ca1ddba8db3bcfcb9e057cdc98', X'a6285653c29e349d0b0beb2b87938aab', 13);
--
INSERT INTO invitations (id, ticket, customer, kind, policy, occasion, state, decided_at, due, expires, token_hash, delivery, agent, team, hidden, inbox, language, asked_at, remind_at, reminded_at, answered_at, score, way, comment, skip_reason, words, recovery) VALUES (1, 1, 1, 'csat', 'survey', 'closing', 'answered', 1800000060000, 1800000060000, 1801209660000, 't1', 3, 'sara', 'support', 0, 'support-mail', 'en', 1800000060000, NULL, NULL, 1800000060000, 5, 'page', 13, NULL, NULL, NULL);
--
INSERT INTO invitations (id, ticket, customer, kind, policy, occasion, state, decided_at, due, expires, token_hash, delivery, agent, team, hidden, inbox, language, asked_at, remind_at, reminded_at, answered_at, score, way, comment, skip_reason, words, recovery) VALUES (2, 2, 2, 'csat', 'survey', 'closing', 'answered', 1800000060000, 1800000060000, 1801209660000, 't2', 6, 'hami', 'people', 1, 'support-mail', 'en', 1800000060000, NULL, NULL, 1800000060000, 1, 'page', 20, NULL, NULL, NULL);
--
INSERT INTO invitations (id, ticket, customer, kind, policy, occasion, state, decided_at, due, expires, token_hash, delivery, agent, team, hidden, inbox, language, asked_at, remind_at, reminded_at, answered_at, score, way, comment, skip_reason, words, recovery) VALUES (3, 3, 3, 'csat', 'survey', 'closing', 'answered', 1800000060000, 1800000060000, 1801209660000, 't3', 9, 'sara', 'support', 0, 'support-mail', 'en', 1800000060000, NULL, NULL, 1800000060000, 4, 'page', 27, NULL, NULL, NULL);
--
INSERT INTO invitations (id, ticket, customer, kind, policy, occasion, state, decided_at, due, expires, token_hash, delivery, agent, team, hidden, inbox, language, asked_at, remind_at, reminded_at, answered_at, score, way, comment, skip_reason, words, recovery) VALUES (4, 4, 3, 'csat', 'survey', 'closing', 'answered', 1800000060000, 1800000060000, 1801209660000, 't4', 12, 'hami', 'people', 1, 'support-mail', 'en', 1800000060000, NULL, NULL, 1800000060000, 2, 'page', 34, NULL, NULL, NULL);
--
INSERT INTO macros (name, content, version, updated_at, updated_by) VALUES ('hello', 45, 77, 1800000180000, NULL);
--
INSERT INTO messages (id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id, identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw, answers, mark, call_outcome, position, happened_at) VALUES (1, 1, 1, 1, 'in', 'message', 'email', 'support-mail', 'customer', '1', NULL, 'verified', 'no', 'live', NULL, 1800000060000, 8, '7a7e505994b0b9b275da35c3ed445f84fcc0cd3d8e9d8fe756ef452fae56ca85', NULL, NULL, NULL, 11, 1800000060000);
--
INSERT INTO messages (id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id, identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw, answers, mark, call_outcome, position, happened_at) VALUES (2, 1, 1, 1, 'out', 'message', 'email', 'support-mail', 'agent', 'sara', NULL, NULL, 'no', 'agent', 1800000060000, 1800000060000, 9, NULL, NULL, NULL, NULL, 14, 1800000060000);
--
INSERT INTO messages (id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id, identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw, answers, mark, call_outcome, position, happened_at) VALUES (3, 1, 1, 1, 'note', 'message', NULL, NULL, 'agent', 'sara', NULL, NULL, 'no', 'agent', 1800000060000, 1800000060000, 12, NULL, NULL, NULL, NULL, 17, 1800000060000);
--
INSERT INTO messages (id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id, identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw, answers, mark, call_outcome, position, happened_at) VALUES (4, 2, 2, 2, 'in', 'message', 'email', 'support-mail', 'customer', '2', NULL, 'verified', 'no', 'live', NULL, 1800000060000, 15, '7a7e505994b0b9b275da35c3ed445f84fcc0cd3d8e9d8fe756ef452fae56ca85', NULL, NULL, NULL, 22, 1800000060000);
--
INSERT INTO messages (id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id, identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw, answers, mark, call_outcome, position, happened_at) VALUES (5, 2, 2, 2, 'out', 'message', 'email', 'support-mail', 'agent', 'hami', NULL, NULL, 'no', 'agent', 1800000060000, 1800000060000, 16, NULL, NULL, NULL, NULL, 25, 1800000060000);
--
INSERT INTO messages (id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id, identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw, answers, mark, call_outcome, position, happened_at) VALUES (6, 2, 2, 2, 'note', 'message', NULL, NULL, 'agent', 'sara', NULL, NULL, 'no', 'agent', 1800000060000, 1800000060000, 19, NULL, NULL, NULL, NULL, 28, 1800000060000);
--
INSERT INTO messages (id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id, identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw, answers, mark, call_outcome, position, happened_at) VALUES (7, 3, 3, 3, 'in', 'message', 'email', 'support-mail', 'customer', '3', NULL, 'verified', 'no', 'live', NULL, 1800000060000, 22, '7a7e505994b0b9b275da35c3ed445f84fcc0cd3d8e9d8fe756ef452fae56ca85', NULL, NULL, NULL, 34, 1800000060000);
--
INSERT INTO messages (id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id, identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw, answers, mark, call_outcome, position, happened_at) VALUES (8, 3, 3, 3, 'out', 'message', 'email', 'support-mail', 'agent', 'sara', NULL, NULL, 'no', 'agent', 1800000060000, 1800000060000, 23, NULL, NULL, NULL, NULL, 37, 1800000060000);
--
INSERT INTO messages (id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id, identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw, answers, mark, call_outcome, position, happened_at) VALUES (9, 3, 3, 3, 'note', 'message', NULL, NULL, 'agent', 'sara', NULL, NULL, 'no', 'agent', 1800000060000, 1800000060000, 26, NULL, NULL, NULL, NULL, 40, 1800000060000);
--
INSERT INTO messages (id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id, identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw, answers, mark, call_outcome, position, happened_at) VALUES (10, 4, 4, 3, 'in', 'message', 'email', 'support-mail', 'customer', '3', NULL, 'verified', 'no', 'live', NULL, 1800000060000, 29, '7a7e505994b0b9b275da35c3ed445f84fcc0cd3d8e9d8fe756ef452fae56ca85', NULL, NULL, NULL, 45, 1800000060000);
--
INSERT INTO messages (id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id, identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw, answers, mark, call_outcome, position, happened_at) VALUES (11, 4, 4, 3, 'out', 'message', 'email', 'support-mail', 'agent', 'hami', NULL, NULL, 'no', 'agent', 1800000060000, 1800000060000, 30, NULL, NULL, NULL, NULL, 48, 1800000060000);
--
INSERT INTO messages (id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id, identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw, answers, mark, call_outcome, position, happened_at) VALUES (12, 4, 4, 3, 'note', 'message', NULL, NULL, 'agent', 'sara', NULL, NULL, 'no', 'agent', 1800000060000, 1800000060000, 33, NULL, NULL, NULL, NULL, 51, 1800000060000);
--
INSERT INTO messages (id, ticket, home, customer, direction, kind, channel, inbox, author_kind, author_id, identity, sender_auth, auto_submitted, origin, sent_at, received_at, content, raw, answers, mark, call_outcome, position, happened_at) VALUES (13, 5, 5, 5, 'in', 'message', 'chat-webhook', 'site-chat', 'customer', '5', NULL, 'verified', 'no', 'live', NULL, 1800000120000, 43, NULL, NULL, NULL, NULL, 69, 1800000120000);
--
INSERT INTO meta (name, value) VALUES ('schema', '2');
--
INSERT INTO moments (position, customer, at, ticket) VALUES (19, 1, 1800000060000, 1);
--
INSERT INTO moments (position, customer, at, ticket) VALUES (20, 1, 1800000060000, 1);
--
INSERT INTO moments (position, customer, at, ticket) VALUES (30, 2, 1800000060000, 2);
--
INSERT INTO moments (position, customer, at, ticket) VALUES (31, 2, 1800000060000, 2);
--
INSERT INTO moments (position, customer, at, ticket) VALUES (32, 2, 1800000060000, 2);
--
INSERT INTO moments (position, customer, at, ticket) VALUES (42, 3, 1800000060000, 3);
--
INSERT INTO moments (position, customer, at, ticket) VALUES (43, 3, 1800000060000, 3);
--
INSERT INTO moments (position, customer, at, ticket) VALUES (53, 3, 1800000060000, 4);
--
INSERT INTO moments (position, customer, at, ticket) VALUES (54, 3, 1800000060000, 4);
--
INSERT INTO moments (position, customer, at, ticket) VALUES (55, 3, 1800000060000, 4);
--
INSERT INTO moments (position, customer, at, ticket) VALUES (71, 5, 1800000120000, 6);
--
INSERT INTO name_signs (sign, customer) VALUES (X'ca9d8526dc418499256723898a57b983', 1);
--
INSERT INTO name_signs (sign, customer) VALUES (X'92e8ecc68d6f2d6fea0b12d884fe421e', 2);
--
INSERT INTO notices (delivery, agent, ticket, at) VALUES (13, 'sara', 1, 1800000240000);
--
INSERT INTO outbox (id, ticket, customer, message, invitation, purpose, inbox, state, attempts, next_at, created_at, settled_at, code, detail, content, report, unread_until) VALUES (1, 1, 1, 2, NULL, 'reply', 'support-mail', 'queued', 0, 1800000060000, 1800000060000, NULL, NULL, NULL, 10, NULL, NULL);
--
INSERT INTO outbox (id, ticket, customer, message, invitation, purpose, inbox, state, attempts, next_at, created_at, settled_at, code, detail, content, report, unread_until) VALUES (2, 1, 1, NULL, NULL, 'acknowledgement', 'support-mail', 'queued', 0, 1800000060000, 1800000060000, NULL, NULL, NULL, 11, NULL, NULL);
--
INSERT INTO outbox (id, ticket, customer, message, invitation, purpose, inbox, state, attempts, next_at, created_at, settled_at, code, detail, content, report, unread_until) VALUES (4, 2, 2, 5, NULL, 'reply', 'support-mail', 'queued', 0, 1800000060000, 1800000060000, NULL, NULL, NULL, 17, NULL, NULL);
--
INSERT INTO outbox (id, ticket, customer, message, invitation, purpose, inbox, state, attempts, next_at, created_at, settled_at, code, detail, content, report, unread_until) VALUES (5, 2, 2, NULL, NULL, 'acknowledgement', 'support-mail', 'queued', 0, 1800000060000, 1800000060000, NULL, NULL, NULL, 18, NULL, NULL);
--
INSERT INTO outbox (id, ticket, customer, message, invitation, purpose, inbox, state, attempts, next_at, created_at, settled_at, code, detail, content, report, unread_until) VALUES (7, 3, 3, 8, NULL, 'reply', 'support-mail', 'queued', 0, 1800000060000, 1800000060000, NULL, NULL, NULL, 24, NULL, NULL);
--
INSERT INTO outbox (id, ticket, customer, message, invitation, purpose, inbox, state, attempts, next_at, created_at, settled_at, code, detail, content, report, unread_until) VALUES (8, 3, 3, NULL, NULL, 'acknowledgement', 'support-mail', 'queued', 0, 1800000060000, 1800000060000, NULL, NULL, NULL, 25, NULL, NULL);
--
INSERT INTO outbox (id, ticket, customer, message, invitation, purpose, inbox, state, attempts, next_at, created_at, settled_at, code, detail, content, report, unread_until) VALUES (10, 4, 3, 11, NULL, 'reply', 'support-mail', 'queued', 0, 1800000060000, 1800000060000, NULL, NULL, NULL, 31, NULL, NULL);
--
INSERT INTO outbox (id, ticket, customer, message, invitation, purpose, inbox, state, attempts, next_at, created_at, settled_at, code, detail, content, report, unread_until) VALUES (11, 4, 3, NULL, NULL, 'acknowledgement', 'support-mail', 'queued', 0, 1800000060000, 1800000060000, NULL, NULL, NULL, 32, NULL, NULL);
--
INSERT INTO outbox (id, ticket, customer, message, invitation, purpose, inbox, state, attempts, next_at, created_at, settled_at, code, detail, content, report, unread_until) VALUES (13, 1, 1, NULL, NULL, 'notification', 'support-mail', 'queued', 0, 1800000240000, 1800000240000, NULL, NULL, NULL, 46, NULL, NULL);
--
INSERT INTO participants (ticket, identity) VALUES (5, 1);
--
INSERT INTO prepared (delivery, conversation, envelope_sender, bytes, seal) VALUES (1, NULL, 'a@desk', X'48656c6c6f', -4919552615792784335);
--
INSERT INTO presence (agent, presence, at) VALUES ('sara', 'online', 1800000180000);
--
INSERT INTO promises (ticket, until, state, revisions, revise_at) VALUES (1, 1800014640000, 'open', 0, NULL);
--
INSERT INTO provider_ids (inbox, id, delivery, at) VALUES ('site-chat', 'p1', 1, 1800000000000);
--
INSERT INTO quarantine (id, inbox, raw, code, detail, state, at, message) VALUES (1, 'support-mail', '5b16b561b7c3cc2426462d88ce267180f24a4e6cee2f06b118a75c6e2bf03a2e', 'no_header', 35, 'waiting', 1800000060000, NULL);
--
INSERT INTO quarantine (id, inbox, raw, code, detail, state, at, message) VALUES (2, 'people-mail', '5b16b561b7c3cc2426462d88ce267180f24a4e6cee2f06b118a75c6e2bf03a2e', 'no_header', 36, 'waiting', 1800000060000, NULL);
--
INSERT INTO recoveries (id, ticket, customer, invitation, score, owner, state, opened_at, due, done_at, ending, outcome, second_score) VALUES (1, 2, 2, 2, 1, NULL, 'open', 1800000060000, 1800086460000, NULL, NULL, NULL, NULL);
--
INSERT INTO recoveries (id, ticket, customer, invitation, score, owner, state, opened_at, due, done_at, ending, outcome, second_score) VALUES (2, 4, 3, 4, 2, NULL, 'open', 1800000060000, 1800086460000, NULL, NULL, NULL, NULL);
--
INSERT INTO reminders (agent, ticket, at, note, state) VALUES ('sara', 1, 1800000180000, NULL, 'waiting');
--
INSERT INTO request_keys (inbox, id, body_hash, at) VALUES ('site-chat', 'msg_1', X'03', 1800000000000);
--
INSERT INTO screens (agent, screen, at) VALUES ('sara', 'open', 1800000180000);
--
INSERT INTO search_docs (id, ticket, text) VALUES (1, 1, 'about lamp
writer 1
email:w1@x.ir
my lamp is wrong
hello.txt');
--
INSERT INTO search_docs (id, ticket, text) VALUES (2, 1, 're
we look at the lamp');
--
INSERT INTO search_docs (id, ticket, text) VALUES (3, 1, 'secret lamp');
--
INSERT INTO search_docs (id, ticket, text) VALUES (4, 2, 'about salary
writer 2
email:w2@x.ir
my salary is wrong
hello.txt');
--
INSERT INTO search_docs (id, ticket, text) VALUES (5, 2, 're
we look at the salary');
--
INSERT INTO search_docs (id, ticket, text) VALUES (6, 2, 'secret salary');
--
INSERT INTO search_docs (id, ticket, text) VALUES (7, 3, 'about invoice
writer 3
email:w3@x.ir
my invoice is wrong
hello.txt');
--
INSERT INTO search_docs (id, ticket, text) VALUES (8, 3, 're
we look at the invoice');
--
INSERT INTO search_docs (id, ticket, text) VALUES (9, 3, 'secret invoice');
--
INSERT INTO search_docs (id, ticket, text) VALUES (10, 4, 'about contract
writer 3
email:w3@x.ir
my contract is wrong
hello.txt');
--
INSERT INTO search_docs (id, ticket, text) VALUES (11, 4, 're
we look at the contract');
--
INSERT INTO search_docs (id, ticket, text) VALUES (12, 4, 'secret contract');
--
INSERT INTO search_docs (id, ticket, text) VALUES (13, 5, 'writer 5
email:w5@x.ir
سلام');
--
INSERT INTO signing_keys (id, secret, created_at) VALUES (1, X'0101010101010101010101010101010101010101010101010101010101010101', 1800000000000);
--
INSERT INTO sla_clocks (ticket, target, policy, allowance, started_at, used, phase, phase_at, due, warning, warned_at, breached_at, next_at) VALUES (1, 'first_response', 'standard', 14400000, 1800000240000, 0, 'running', 1800000240000, 1800014640000, NULL, NULL, NULL, 1800014640001);
--
INSERT INTO suggestions (customer, kind, content, other, evidence, state) VALUES (5, 'email', 41, NULL, 'typed_address', 'open');
--
INSERT INTO teams (name, private) VALUES ('support', 0);
--
INSERT INTO teams (name, private) VALUES ('people', 1);
--
INSERT INTO thread_keys (key, ticket, message, role) VALUES (X'bbcb57f9c52d54ab495ea90228539be8', 1, 1, 'own');
--
INSERT INTO thread_keys (key, ticket, message, role) VALUES (X'0163ba68474a10a6208ff685bf4fbdb1', 1, 2, 'own');
--
INSERT INTO thread_keys (key, ticket, message, role) VALUES (X'e609e55e6b5dad2d5ecbaa502aa596f6', 1, 0, 'own');
--
INSERT INTO thread_keys (key, ticket, message, role) VALUES (X'eca9ff4d95b039f6415d7569a8e60614', 2, 4, 'own');
--
INSERT INTO thread_keys (key, ticket, message, role) VALUES (X'c0a90df5d96a107c34647f1301c92405', 2, 5, 'own');
--
INSERT INTO thread_keys (key, ticket, message, role) VALUES (X'f0466c2df672bc12f48a5c8c7187a810', 2, 0, 'own');
--
INSERT INTO thread_keys (key, ticket, message, role) VALUES (X'0f4f4bdd2b4262e4d983a2a226e6e6c7', 3, 7, 'own');
--
INSERT INTO thread_keys (key, ticket, message, role) VALUES (X'5342f63fa7c5ff4f8272dea3b94c1115', 3, 8, 'own');
--
INSERT INTO thread_keys (key, ticket, message, role) VALUES (X'5d48f4adb4126f469dc289d29a8e4919', 3, 0, 'own');
--
INSERT INTO thread_keys (key, ticket, message, role) VALUES (X'9435136e8baefbbc60c0f32653d53ff3', 4, 10, 'own');
--
INSERT INTO thread_keys (key, ticket, message, role) VALUES (X'3ef0d631bc216bd47e2bf7749c29b117', 4, 11, 'own');
--
INSERT INTO thread_keys (key, ticket, message, role) VALUES (X'57af191ab73e94e113eb07272a908a2e', 4, 0, 'own');
--
INSERT INTO ticket_figures (ticket, counted, origin, opened_at, channel, team, hidden, agent, written, delivered, replied_at, reply_wait, replied_by, first_closed_at, closed_at, resolution, reopenings, handovers) VALUES (1, 1, 'live', 1800000060000, 'email', 'support', 0, 'sara', 1, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0);
--
INSERT INTO ticket_figures (ticket, counted, origin, opened_at, channel, team, hidden, agent, written, delivered, replied_at, reply_wait, replied_by, first_closed_at, closed_at, resolution, reopenings, handovers) VALUES (2, 1, 'live', 1800000060000, 'email', 'people', 1, 'hami', 1, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0);
--
INSERT INTO ticket_figures (ticket, counted, origin, opened_at, channel, team, hidden, agent, written, delivered, replied_at, reply_wait, replied_by, first_closed_at, closed_at, resolution, reopenings, handovers) VALUES (3, 1, 'live', 1800000060000, 'email', 'support', 0, 'sara', 1, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0);
--
INSERT INTO ticket_figures (ticket, counted, origin, opened_at, channel, team, hidden, agent, written, delivered, replied_at, reply_wait, replied_by, first_closed_at, closed_at, resolution, reopenings, handovers) VALUES (4, 1, 'live', 1800000060000, 'email', 'people', 1, 'hami', 1, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0);
--
INSERT INTO ticket_figures (ticket, counted, origin, opened_at, channel, team, hidden, agent, written, delivered, replied_at, reply_wait, replied_by, first_closed_at, closed_at, resolution, reopenings, handovers) VALUES (5, 1, 'live', 1800000120000, 'chat-webhook', 'support', 0, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0);
--
INSERT INTO ticket_figures (ticket, counted, origin, opened_at, channel, team, hidden, agent, written, delivered, replied_at, reply_wait, replied_by, first_closed_at, closed_at, resolution, reopenings, handovers) VALUES (6, 0, 'live', 1800000120000, 'email', 'support', 0, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0);
--
INSERT INTO ticket_links (ticket, other, relation, message) VALUES (3, 4, 'hint', NULL);
--
INSERT INTO ticket_links (ticket, other, relation, message) VALUES (4, 3, 'hint', NULL);
--
INSERT INTO ticket_links (ticket, other, relation, message) VALUES (6, 5, 'merged_into', NULL);
--
INSERT INTO ticket_links (ticket, other, relation, message) VALUES (5, 6, 'merged', NULL);
--
INSERT INTO ticket_operations (position, kind, source, target, undone_at) VALUES (71, 'merge', 6, 5, NULL);
--
INSERT INTO ticket_tags (ticket, tag) VALUES (1, 'lamp');
--
INSERT INTO ticket_tags (ticket, tag) VALUES (1, 'all');
--
INSERT INTO ticket_tags (ticket, tag) VALUES (2, 'salary');
--
INSERT INTO ticket_tags (ticket, tag) VALUES (2, 'all');
--
INSERT INTO ticket_tags (ticket, tag) VALUES (3, 'invoice');
--
INSERT INTO ticket_tags (ticket, tag) VALUES (3, 'all');
--
INSERT INTO ticket_tags (ticket, tag) VALUES (4, 'contract');
--
INSERT INTO ticket_tags (ticket, tag) VALUES (4, 'all');
--
INSERT INTO tickets (number, customer, inbox, channel, team, hidden, status, priority, class, origin, assignee, tags, subject, language, snoozed_until, waits_until, queued, opened_at, updated_at, closed_at, closing_reason, answered_first, answered_last, answered_by, callback, callback_due, callback_calls, spoken_at, customer_spoke_at, unread, score, version, channels, last_direction, merged_into, act_by, needs_skills, needs_language, snooze_note) VALUES (1, 1, 'support-mail', 'email', 'support', 0, 'new', 1, 'regular', 'live', 'sara', 'lamp
all', 7, 'en', NULL, NULL, 0, 1800000060000, 1800000060000, NULL, NULL, 1800000060000, 1800000060000, 'sara', 'none', NULL, 0, 1800000060000, 1800000060000, 0, 5, 7, 'email', 'out', NULL, NULL, '', NULL, NULL);
--
INSERT INTO tickets (number, customer, inbox, channel, team, hidden, status, priority, class, origin, assignee, tags, subject, language, snoozed_until, waits_until, queued, opened_at, updated_at, closed_at, closing_reason, answered_first, answered_last, answered_by, callback, callback_due, callback_calls, spoken_at, customer_spoke_at, unread, score, version, channels, last_direction, merged_into, act_by, needs_skills, needs_language, snooze_note) VALUES (2, 2, 'support-mail', 'email', 'people', 1, 'new', 1, 'regular', 'live', 'hami', 'salary
all', 14, 'en', NULL, NULL, 0, 1800000060000, 1800000060000, NULL, NULL, 1800000060000, 1800000060000, 'hami', 'none', NULL, 0, 1800000060000, 1800000060000, 0, 1, 7, 'email', 'out', NULL, NULL, '', NULL, NULL);
--
INSERT INTO tickets (number, customer, inbox, channel, team, hidden, status, priority, class, origin, assignee, tags, subject, language, snoozed_until, waits_until, queued, opened_at, updated_at, closed_at, closing_reason, answered_first, answered_last, answered_by, callback, callback_due, callback_calls, spoken_at, customer_spoke_at, unread, score, version, channels, last_direction, merged_into, act_by, needs_skills, needs_language, snooze_note) VALUES (3, 3, 'support-mail', 'email', 'support', 0, 'new', 1, 'regular', 'live', 'sara', 'invoice
all', 21, 'en', NULL, NULL, 0, 1800000060000, 1800000060000, NULL, NULL, 1800000060000, 1800000060000, 'sara', 'none', NULL, 0, 1800000060000, 1800000060000, 0, 4, 8, 'email', 'out', NULL, NULL, '', NULL, NULL);
--
INSERT INTO tickets (number, customer, inbox, channel, team, hidden, status, priority, class, origin, assignee, tags, subject, language, snoozed_until, waits_until, queued, opened_at, updated_at, closed_at, closing_reason, answered_first, answered_last, answered_by, callback, callback_due, callback_calls, spoken_at, customer_spoke_at, unread, score, version, channels, last_direction, merged_into, act_by, needs_skills, needs_language, snooze_note) VALUES (4, 3, 'support-mail', 'email', 'people', 1, 'new', 1, 'regular', 'live', 'hami', 'contract
all', 28, 'en', NULL, NULL, 0, 1800000060000, 1800000060000, NULL, NULL, 1800000060000, 1800000060000, 'hami', 'none', NULL, 0, 1800000060000, 1800000060000, 0, 2, 8, 'email', 'out', NULL, NULL, '', NULL, NULL);
--
INSERT INTO tickets (number, customer, inbox, channel, team, hidden, status, priority, class, origin, assignee, tags, subject, language, snoozed_until, waits_until, queued, opened_at, updated_at, closed_at, closing_reason, answered_first, answered_last, answered_by, callback, callback_due, callback_calls, spoken_at, customer_spoke_at, unread, score, version, channels, last_direction, merged_into, act_by, needs_skills, needs_language, snooze_note) VALUES (5, 5, 'site-chat', 'chat-webhook', 'support', 0, 'new', 1, 'regular', 'live', NULL, '', 42, 'en', NULL, NULL, 0, 1800000120000, 1800000120000, NULL, NULL, NULL, NULL, NULL, 'none', NULL, 0, 1800000120000, 1800000120000, 1, NULL, 3, 'chat-webhook', 'in', NULL, NULL, '', NULL, NULL);
--
INSERT INTO tickets (number, customer, inbox, channel, team, hidden, status, priority, class, origin, assignee, tags, subject, language, snoozed_until, waits_until, queued, opened_at, updated_at, closed_at, closing_reason, answered_first, answered_last, answered_by, callback, callback_due, callback_calls, spoken_at, customer_spoke_at, unread, score, version, channels, last_direction, merged_into, act_by, needs_skills, needs_language, snooze_note) VALUES (6, 5, 'support-mail', 'email', 'support', 0, 'new', 1, 'regular', 'live', NULL, '', 44, 'en', NULL, NULL, 0, 1800000120000, 1800000120000, NULL, NULL, NULL, NULL, NULL, 'none', NULL, 0, 1800000120000, NULL, 0, NULL, 2, '', NULL, 5, NULL, '', NULL, NULL);
--
INSERT INTO tokens (hash, agent, created_at, revoked_at, last_used_at, name, scope) VALUES (X'0102', 'sara', 0, NULL, NULL, NULL, 'full');
--
INSERT INTO uploads (id, agent, name, content_type, hash, size, at) VALUES (1, 'sara', 'a.txt', 'text/plain', 'none', 5, 1800000000000);
--
INSERT INTO watchers (ticket, agent) VALUES (1, 'sara');
--
UPDATE meta SET value = '1' WHERE name = 'schema';
--
INSERT INTO search_index (search_index) VALUES ('rebuild');
--
