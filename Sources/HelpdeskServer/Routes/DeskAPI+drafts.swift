internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

extension DeskAPI {
    var draftOperations: [String: Operation] {
        [
            "listDrafts": listDrafts, "getDraft": getDraft, "keepDraft": keepDraft,
            "discardDraft": discardDraft,
        ]
    }

    func listDrafts(_ request: DeskRequest) async throws -> DeskAnswer {
        let limit = try request.query.limit()
        let place = try request.query.place { DraftPlace(text: $0) }
        let page = try await DraftDesk(desk).list(
            of: try request.caller(), after: place, limit: limit)
        return try .page(page, cursor: { $0.text }) { API.Draft($0) }
    }

    func getDraft(_ request: DeskRequest) async throws -> DeskAnswer {
        try Self.answer(
            try await DraftDesk(desk).draft(try request.draftKey(), of: try request.caller()))
    }

    func keepDraft(_ request: DeskRequest) async throws -> DeskAnswer {
        let body = try request.document(API.DraftRequest.self)
        guard let kind = DraftBody.Kind(rawValue: body.kind) else {
            throw DeskProblem.invalid("kind", "reply or note were expected")
        }
        let draft = DraftBody(
            kind: kind, text: body.text, inbox: body.inbox, cc: body.cc ?? [],
            files: (body.attachments ?? []).map {
                DraftBody.File(id: $0.id, name: $0.name, size: $0.size)
            },
            macro: body.macro.map { DraftBody.Macro(name: $0.name, effects: $0.effects) })
        return try Self.answer(
            try await DraftDesk(desk).keep(
                draft, try request.draftKey(), on: body.ticket, of: try request.caller(),
                ifVersion: try request.version()))
    }

    func discardDraft(_ request: DeskRequest) async throws -> DeskAnswer {
        try Self.answer(
            try await DraftDesk(desk).discard(
                try request.draftKey(), of: try request.caller(),
                ifVersion: try request.version()))
    }

    private static func answer(_ entry: DraftEntry) throws -> DeskAnswer {
        try .document(API.Draft(entry), version: entry.version)
    }
}

extension DeskRequest {
    fileprivate func draftKey() throws(DeskProblem) -> CommandID {
        guard let key = try IdempotencyKeys.command(try parameter()) else {
            throw .notFound("the draft")
        }
        return key
    }
}

extension DraftPlace {
    /// `MILLISECONDS.KEY`, the cursor of a page.
    fileprivate var text: String { "\(at.milliseconds).\(key.rawValue)" }

    fileprivate init?(text: String) {
        guard let dot = text.firstIndex(of: "."), let at = Int64(text[..<dot]) else { return nil }
        self.init(
            at: Instant(milliseconds: at),
            key: CommandID(rawValue: String(text[text.index(after: dot)...])))
    }
}

extension API.Draft {
    fileprivate init(_ entry: DraftEntry) {
        self.init(
            key: entry.key.rawValue, version: entry.version, ticket: entry.ticket,
            kind: entry.body.kind.rawValue, text: entry.body.text, inbox: entry.body.inbox,
            cc: entry.body.cc,
            attachments: entry.body.files.map {
                File(id: $0.id, name: $0.name, size: $0.size)
            },
            macro: entry.body.macro.map { Macro(name: $0.name, effects: $0.effects) },
            updatedAt: Timestamp(entry.at))
    }
}
