import TOMLReading

/// One element of a list of sections: how it stands in the file, and what it says if that could be read.
struct ConfigurationListItem<Value: Sendable>: Sendable {
    let section: SectionTable
    let value: Value?

    /// The name as written, also of an element with other mistakes: nothing else should be reported because of them.
    var name: String? { section.text("name") }
}

/// What refers to each other.
struct ConfigurationLists {
    let teams: [ConfigurationListItem<TeamConfiguration>]
    let inboxes: [ConfigurationListItem<InboxConfiguration>]
    let businessHours: [ConfigurationListItem<BusinessHoursConfiguration>]
    let shifts: [ConfigurationListItem<ShiftConfiguration>]
    let slas: [ConfigurationListItem<SLAConfiguration>]
    let rules: [ConfigurationListItem<RuleConfiguration>]
    let surveyPolicies: [ConfigurationListItem<SurveyPolicyConfiguration>]
}

extension ConfigurationReader {
    /// Checks what one section alone cannot know. Left out while a file could not be read: what is missed may be there.
    mutating func check(_ lists: ConfigurationLists, root: TOMLTable) {
        refuseRepeatedNames(lists.teams)
        refuseRepeatedNames(lists.inboxes)
        refuseRepeatedNames(lists.businessHours)
        refuseRepeatedNames(lists.slas)
        refuseRepeatedNames(lists.rules)
        refuseRepeatedNames(lists.surveyPolicies)
        refuseRepeatedAddresses(lists.inboxes)
        guard extent == .whole else { return }
        demandContent(lists, root)
        let teams = lists.teams.compactMap(\.name)
        let hours = lists.businessHours.compactMap(\.name)
        for item in lists.inboxes {
            checkReference("team", of: item.section, to: teams, in: "[[team]]")
        }
        for item in lists.slas {
            checkReference("team", of: item.section, to: teams, in: "[[team]]")
            checkReference("business_hours", of: item.section, to: hours, in: "[[business_hours]]")
        }
        for item in lists.rules {
            checkReference("team", of: item.section, to: teams, in: "[[team]]")
        }
        for item in lists.surveyPolicies {
            checkReference("team", of: item.section, to: teams, in: "[[team]]")
        }
        for item in lists.teams {
            checkReference("overflow", of: item.section, to: teams, in: "[[team]]")
            checkReference("business_hours", of: item.section, to: hours, in: "[[business_hours]]")
        }
        for item in lists.shifts {
            checkReference("business_hours", of: item.section, to: hours, in: "[[business_hours]]")
        }
        refuseOverflowCircles(lists.teams)
    }

    private mutating func demandContent(_ lists: ConfigurationLists, _ root: TOMLTable) {
        if lists.teams.isEmpty, root.entry("team") == nil {
            record(
                ConfigurationProblem(
                    place: root.place, key: "team", expected: "at least one [[team]]",
                    got: "nothing"))
        }
        if lists.inboxes.isEmpty, root.entry("inbox") == nil {
            warn(root.place, key: "inbox", "there is no [[inbox]]: nothing can come in")
        }
    }

    private mutating func refuseRepeatedNames<Value>(_ items: [ConfigurationListItem<Value>]) {
        var first: [String: SourcePlace] = [:]
        for item in items {
            guard let name = item.name else { continue }
            let place = item.section.place(of: "name")
            guard let earlier = first.updateValue(place, forKey: name) else { continue }
            first[name] = earlier
            refuseRepetition(item.section, "name", name, earlier)
        }
    }

    /// Mail addresses are compared without regard to capitals: nobody means two mailboxes by them.
    private mutating func refuseRepeatedAddresses(
        _ items: [ConfigurationListItem<InboxConfiguration>]
    ) {
        var first: [String: SourcePlace] = [:]
        for item in items where item.section.text("channel") == InboxChannel.email.rawValue {
            guard let address = item.section.text("address") else { continue }
            let place = item.section.place(of: "address")
            guard let earlier = first.updateValue(place, forKey: address.lowercased()) else {
                continue
            }
            first[address.lowercased()] = earlier
            refuseRepetition(item.section, "address", address, earlier)
        }
    }

    private mutating func refuseRepetition(
        _ section: SectionTable, _ key: String, _ value: String, _ earlier: SourcePlace
    ) {
        record(
            ConfigurationProblem(
                place: section.place(of: key), key: section.keyPath(key),
                expected: "\(key == "address" ? "an" : "a") \(key) of its own",
                got: TOMLValue.string(value).seen,
                hint: "the first is at \(earlier)"))
    }

    private mutating func checkReference(
        _ key: String, of section: SectionTable, to known: [String], in header: String
    ) {
        guard let name = section.text(key), !known.contains(name) else { return }
        let nearest = SpellingSuggestion.nearest(to: name, among: known)
        let listed = known.prefix(8).map(TOMLText.quoted).joined(separator: ", ")
        record(
            ConfigurationProblem(
                place: section.place(of: key), key: section.keyPath(key),
                expected: "the name of a \(header)", got: TOMLValue.string(name).seen,
                hint: nearest.map { "did you mean \(TOMLText.quoted($0))?" }
                    ?? (known.isEmpty ? "there is none" : "there is \(listed)")))
    }

    /// Each circle is reported once, at the team of it that stands first.
    private mutating func refuseOverflowCircles(
        _ teams: [ConfigurationListItem<TeamConfiguration>]
    ) {
        var next: [String: String] = [:]
        for team in teams {
            if let name = team.name, let overflow = team.section.text("overflow") {
                next[name] = overflow
            }
        }
        var reported: Set<String> = []
        for team in teams {
            guard let start = team.name, !reported.contains(start) else { continue }
            var path = [start]
            // A path longer than there are teams is in a circle that does not hold `start`.
            while let name = path.last, let following = next[name], following != start,
                path.count <= teams.count
            {
                path.append(following)
            }
            guard let last = path.last, next[last] == start else { continue }
            reported.formUnion(path)
            record(
                ConfigurationProblem(
                    place: team.section.place(of: "overflow"), key: "team.overflow",
                    expected: "teams that do not lead back to themselves",
                    got: (path + [start]).joined(separator: " → ")))
        }
    }
}
