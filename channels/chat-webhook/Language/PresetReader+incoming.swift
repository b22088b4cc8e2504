internal import ChannelKit
internal import HelpdeskCore
internal import TOMLReading

extension PresetReader {
    private static let caseKeys = [
        "when", "is", "id", "conversation", "conversation_kind", "sender", "identities", "author",
        "sent_at", "clock", "subject", "text", "in_reply_to", "file", "automatic", "handoff",
        "receipts", "status", "detail",
    ]

    /// What stands beside `each` holds for every case that does not say otherwise.
    mutating func incoming(_ table: PresetTable) -> PresetIncoming {
        expect(table, only: ["each", "case"] + Self.caseKeys.filter { $0 != "when" && $0 != "is" })
        let (each, roots) = bindings("each", table, .request)
        if table.node("each") == nil { missing("each", in: table) }
        let common = part(table, roots)
        let cases = tables("case", table).map { single -> PresetIncoming.Case in
            expect(single, only: Self.caseKeys)
            return merged(part(single, roots), common)
        }
        if cases.isEmpty { missing("case", in: table) }
        return PresetIncoming(each: each, cases: cases)
    }

    /// A case as far as one table says it.
    private struct Part {
        var when: [PresetCondition] = []
        var meaning: PresetIncoming.Meaning?
        var id: PresetTemplate?
        var conversation: PresetTemplate?
        var conversationKind: ConversationWord?
        var sender: PresetIncoming.Person?
        var identities: [PresetIncoming.Person]?
        var author: AuthorWord?
        var sentAt: PresetTemplate?
        var clock: PresetIncoming.Clock?
        var subject: PresetTemplate?
        var texts: [PresetIncoming.Text]?
        var inReplyTo: PresetTemplate?
        var files: [PresetIncoming.File]?
        var isAutomatic: Bool?
        var handoff: [PresetCondition]?
        var receipts: [(kind: Receipt.Kind, words: [String])]?
        var status: PresetTemplate?
        var detail: PresetTemplate?
    }

    private enum AuthorWord: String, CaseIterable { case customer, agent, bot }

    private mutating func part(_ table: PresetTable, _ roots: PresetRoots) -> Part {
        var part = Part()
        part.when = conditions("when", table, roots)
        part.meaning = choice("is", table)
        part.id = template("id", table, roots)
        part.conversation = template("conversation", table, roots)
        part.conversationKind = choice("conversation_kind", table)
        part.sender = self.table("sender", table).flatMap { person($0, roots) }
        if table.node("identities") != nil {
            part.identities = tables("identities", table).compactMap { person($0, roots) }
        }
        part.author = choice("author", table)
        part.sentAt = template("sent_at", table, roots)
        part.clock = choice("clock", table)
        part.subject = template("subject", table, roots)
        part.texts = texts(table, roots)
        part.inReplyTo = template("in_reply_to", table, roots)
        if table.node("file") != nil {
            part.files = tables("file", table).compactMap { file($0, roots) }
        }
        part.isAutomatic = flag("automatic", table)
        if table.node("handoff") != nil { part.handoff = conditions("handoff", table, roots) }
        part.receipts = receipts(table)
        part.status = template("status", table, roots)
        part.detail = template("detail", table, roots)
        return part
    }

    private func merged(_ own: Part, _ common: Part) -> PresetIncoming.Case {
        PresetIncoming.Case(
            when: own.when, meaning: own.meaning ?? .message, id: own.id ?? common.id,
            conversation: own.conversation ?? common.conversation,
            conversationKind: (own.conversationKind ?? common.conversationKind)?.kind,
            sender: own.sender ?? common.sender,
            identities: own.identities ?? common.identities ?? [],
            author: AuthorKind(rawValue: (own.author ?? common.author ?? .customer).rawValue)
                ?? .customer,
            sentAt: own.sentAt ?? common.sentAt, clock: own.clock ?? common.clock ?? .unix,
            subject: own.subject ?? common.subject, texts: own.texts ?? common.texts ?? [],
            inReplyTo: own.inReplyTo ?? common.inReplyTo,
            files: own.files ?? common.files ?? [],
            automatic: own.isAutomatic ?? common.isAutomatic ?? false ? .yes : .no,
            handoff: own.handoff ?? common.handoff,
            receipts: own.receipts ?? common.receipts ?? [], status: own.status ?? common.status,
            detail: own.detail ?? common.detail)
    }

    private mutating func person(
        _ table: PresetTable, _ roots: PresetRoots
    ) -> PresetIncoming.Person? {
        expect(table, only: ["kind", "id", "name", "verified"])
        let name = template("name", table, roots)
        guard let kind = required("kind", table), let id = required("id", table, roots) else {
            return nil
        }
        return PresetIncoming.Person(
            kind: kind, id: id, name: name,
            vouching: flag("verified", table) ?? false ? .provider : .nobody)
    }

    /// One text for all, or a list of `{ when, text }` of which the first that holds is taken.
    private mutating func texts(
        _ table: PresetTable, _ roots: PresetRoots
    ) -> [PresetIncoming.Text]? {
        guard let node = table.node("text") else { return nil }
        if case .string = node.value {
            return template("text", table, roots).map { [PresetIncoming.Text(when: [], text: $0)] }
        }
        return tables("text", table).compactMap { choice in
            expect(choice, only: ["when", "text"])
            let when = conditions("when", choice, roots)
            return required("text", choice, roots).map { PresetIncoming.Text(when: when, text: $0) }
        }
    }

    private mutating func file(
        _ table: PresetTable, _ outer: PresetRoots
    ) -> PresetIncoming.File? {
        expect(table, only: ["each", "when", "id", "url", "name", "type", "label"])
        let (each, roots) = bindings("each", table, outer)
        if each.count > 1 { fault(table.valuePlace("each"), "a file has one binding") }
        let when = conditions("when", table, roots)
        let id = template("id", table, roots)
        let url = template("url", table, roots)
        if id == nil && url == nil { missing("id (or url)", in: table) }
        let name = template("name", table, roots)
        let type = template("type", table, roots)
        guard let label = required("label", table, roots) else { return nil }
        return PresetIncoming.File(
            each: each.first, when: when, id: id, url: url, name: name, type: type, label: label)
    }

    private mutating func receipts(
        _ table: PresetTable
    ) -> [(kind: Receipt.Kind, words: [String])]? {
        guard let words = self.table("receipts", table) else { return nil }
        expect(words, only: ["delivered", "read", "failed"])
        let kinds: [Receipt.Kind] = [.delivered, .read, .failed]
        return kinds.map { ($0, texts($0.rawValue, words)) }
    }
}
