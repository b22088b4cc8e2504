internal import HelpdeskCore

extension MessageRow {
    /// From the columns of `StoreReader.messageHead`; without its attachments.
    init(row: borrowing SQLRow) throws(StoreError) {
        let id = try row.number(0, as: MessageID.self)
        let customer = try row.number(2, as: CustomerID.self)
        let authorKind = try row.word(7, as: AuthorKind.self)
        let author = Self.author(authorKind, id: row.optionalText(8), of: customer)
        var content: MessageContent?
        if let body = row.optionalText(19) {
            content = try ContentSeal.decode(MessageContent.self, from: body)
        }
        let name = Self.name(
            written: content?.authorName, author, agent: row.optionalText(20),
            customer: author == .customer(customer) ? row.optionalText(21) : nil)
        let delivery =
            row.optionalInteger(22) == nil ? nil : try DeliveryRow(row: row, at: 22)
        self.init(
            id: id, ticket: try row.number(1), customer: customer, direction: try row.word(3),
            kind: try row.word(4), channel: try row.word(5), inbox: try row.word(6),
            authorKind: authorKind, author: author, authorName: name,
            senderAuth: row.optionalWord(9), autoSubmitted: try row.word(10),
            origin: try row.word(11), sentAt: row.optionalInstant(12),
            receivedAt: try row.instant(13), happenedAt: try row.instant(14),
            position: try row.number(15), answers: row.optionalNumber(16),
            mark: row.optionalWord(17), raw: row.optionalWord(18), content: content,
            attachments: [], delivery: delivery)
    }

    /// A customer's message says whose it is by the ticket, unless its event named somebody else.
    private static func author(
        _ kind: AuthorKind, id: String?, of customer: CustomerID
    ) -> Party? {
        switch kind {
        case .agent: id.map { .agent(AgentID(rawValue: $0)) }
        case .customer:
            .customer(id.flatMap { Int64($0) }.map { CustomerID(rawValue: $0) } ?? customer)
        case .bot, .system: nil
        }
    }

    private static func name(
        written: String?, _ author: Party?, agent: String?, customer: String?
    ) -> String? {
        if let written { return written }
        switch author {
        case .agent: return agent
        case .customer: return customer
        case nil: return nil
        }
    }
}
