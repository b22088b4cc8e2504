import TOMLReading

extension ConfigurationReader {
    /// Reads everything; nil when something is wrong, which `problems` then says.
    mutating func configuration(_ root: TOMLTable) -> Configuration? {
        refuseUnknownSections(root)
        let storeSection = table(StoreKeys.section, in: root)
        let store = store(storeSection)
        let http = http(table(HTTPKeys.section, in: root))
        let folder = ConfigurationDefaults.socketFolder(http: http, store: store)
        let lmtp = lmtp(table(LMTPKeys.section, in: root), beside: folder)
        let control = control(table(ControlKeys.section, in: root), beside: folder)
        let smtp = smtp(table(SMTPKeys.section, in: root))
        let lists = ConfigurationLists(
            teams: list(TeamKeys.section, in: root) { $0.team($1) },
            inboxes: list(InboxKeys.section, in: root) { $0.inbox($1) },
            businessHours: list(BusinessHoursKeys.section, in: root) { $0.businessHours($1) },
            shifts: list(ShiftKeys.section, in: root) { $0.shift($1) },
            slas: list(SLAKeys.section, in: root) { $0.sla($1) },
            rules: list(RuleKeys.section, in: root) { $0.rule($1) },
            surveyPolicies: list(SurveyPolicyKeys.section, in: root) { $0.surveyPolicy($1) })
        let webhooksOut = webhooksOut(in: root)
        let routing = routing(table(RoutingKeys.section, in: root))
        let survey = survey(table(SurveyKeys.section, in: root))
        let autoReply = autoReply(table(AutoReplyKeys.section, in: root))
        let limits = limits(table(LimitsKeys.section, in: root))
        let notify = notify(table(NotifyKeys.section, in: root))
        let crm = crm(table(CRMKeys.section, in: root))
        let retention = retention(table(RetentionKeys.section, in: root))
        let log = log(table(LogKeys.section, in: root))
        check(lists, root: root)
        check(webhooksOut, teams: lists.teams.compactMap(\.name))
        warnOfUnreachableSurveys(survey, http, root)
        guard let store, problems.isEmpty else { return nil }
        return Configuration(
            store: store, http: http, lmtp: lmtp, control: control, smtp: smtp,
            teams: lists.teams.compactMap(\.value), inboxes: lists.inboxes.compactMap(\.value),
            businessHours: lists.businessHours.compactMap(\.value),
            shifts: lists.shifts.compactMap(\.value), routing: routing,
            rules: lists.rules.compactMap(\.value), survey: survey,
            surveyPolicies: lists.surveyPolicies.compactMap(\.value),
            autoReply: autoReply, limits: limits, slas: lists.slas.compactMap(\.value),
            notify: notify, retention: retention, webhooksOut: webhooksOut.compactMap(\.value),
            crm: crm, log: log)
    }

    private mutating func refuseUnknownSections(_ root: TOMLTable) {
        let known = ConfigurationManual.sections
        for entry in root.entries where ConfigurationManual.section(entry.key) == nil {
            let nearest = SpellingSuggestion.nearest(to: entry.key, among: known.map(\.name))
                .flatMap(ConfigurationManual.section)
            var hint = nearest.map { "did you mean \($0.header)?" }
            if hint == nil, let owner = known.first(where: { $0.key(entry.key) != nil }) {
                hint = "\(owner.header) has a key of that name"
            }
            record(
                ConfigurationProblem(
                    place: entry.keyPlace, key: printable(entry.key), expected: "a known section",
                    got: TOMLText.quoted(entry.key), hint: hint))
        }
    }

    /// A section that is not there is empty: then its defaults hold, and what it must have is missing.
    private mutating func table(
        _ description: SectionDescription, in root: TOMLTable
    ) -> SectionTable {
        let empty = TOMLTable(entries: [], form: .section, place: root.place)
        guard let entry = root.entry(description.name) else {
            return SectionTable(description: description, table: empty, place: root.place)
        }
        guard case .table(let table) = entry.node.value else {
            refuseForm(entry, description)
            return SectionTable(description: description, table: empty, place: entry.keyPlace)
        }
        return enter(table, as: description)
    }

    private mutating func list<Value>(
        _ description: SectionDescription, in root: TOMLTable,
        read: (inout ConfigurationReader, SectionTable) -> Value?
    ) -> [ConfigurationListItem<Value>] {
        guard let entry = root.entry(description.name) else { return [] }
        guard case .array(let nodes) = entry.node.value else {
            refuseForm(entry, description)
            return []
        }
        var items: [ConfigurationListItem<Value>] = []
        for node in nodes {
            guard case .table(let table) = node.value else {
                refuse(node, key: description.name, expected: "a table")
                continue
            }
            let section = enter(table, as: description)
            items.append(ConfigurationListItem(section: section, value: read(&self, section)))
        }
        return items
    }

    /// One alone may stand there as a table.
    private mutating func webhooksOut(
        in root: TOMLTable
    ) -> [ConfigurationListItem<WebhookOutConfiguration>] {
        guard case .table(let table)? = root.entry(WebhookOutKeys.section.name)?.node.value else {
            return list(WebhookOutKeys.section, in: root) { $0.webhookOut($1) }
        }
        let section = enter(table, as: WebhookOutKeys.section)
        return [ConfigurationListItem(section: section, value: webhookOut(section))]
    }

    private mutating func refuseForm(_ entry: TOMLEntry, _ description: SectionDescription) {
        let got =
            if case .table = entry.node.value { "[\(description.name)]" } else {
                entry.node.value.seen
            }
        record(
            ConfigurationProblem(
                place: entry.keyPlace, key: description.name,
                expected: "\(description.header) on a line of its own", got: got))
    }

    private mutating func warnOfUnreachableSurveys(
        _ survey: SurveyConfiguration, _ http: HTTPConfiguration, _ root: TOMLTable
    ) {
        guard survey.surveys == .on, root.entry("http")?.inner("public_url") == nil else { return }
        let place = root.entry("http")?.keyPlace ?? root.place
        let link = http.publicURL.map { "\($0)/s/…, which nobody outside can open" } ?? "nowhere"
        warn(place, key: "http.public_url", "not set: links to surveys will lead to \(link)")
    }
}

extension TOMLEntry {
    fileprivate func inner(_ key: String) -> TOMLEntry? {
        guard case .table(let table) = node.value else { return nil }
        return table.entry(key)
    }
}
