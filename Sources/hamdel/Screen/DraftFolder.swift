internal import Glibc
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore
internal import HelpdeskTUI

/// The texts an agent began and did not send: `$XDG_STATE_HOME/hamdel/drafts/KEY.json`, readable by its owner only.
///
/// A file is written beside the old one, synchronised and renamed, so that whatever happens there is a whole one. All
/// calls block for a write to disk: `DraftKeeper` makes them on a thread of its own.
struct DraftFolder: Sendable {
    let path: String
    /// Whose drafts: the daemon and the agent. Another desk's tickets have the same numbers.
    let desk: String

    /// A draft's file is at most so long.
    private static let limit = 4 << 20
    /// Files that are looked at.
    private static let fileLimit = 500

    /// Nil when neither XDG_STATE_HOME nor HOME is an absolute path: then nothing can be kept.
    init?(environment: [String: String], desk: String) {
        guard let state = UserFolders.state(environment) else { return nil }
        path = state + "/drafts"
        self.desk = desk
    }

    private struct Document: Codable {
        var desk: String
        var kind: String
        var ticket: TicketNumber
        var key: String
        var text: String
        var inbox: InboxID?
        var cc: [String]
        var attachments: [API.Draft.File]
        var macro: API.Draft.Macro?
        var updatedAt: Timestamp
        var copy: DeskCopy?
        var stage: SeatDraft.Stage?
    }

    func keep(_ seat: SeatDraft) throws(ClientFailure) {
        let draft = seat.draft
        let document = Document(
            desk: desk, kind: draft.kind == .note ? "note" : "reply", ticket: draft.ticket,
            key: draft.key, text: draft.text, inbox: draft.inbox, cc: draft.cc,
            attachments: draft.attachments, macro: draft.macro,
            updatedAt: Timestamp(draft.updatedAt), copy: seat.copy, stage: seat.stage)
        guard let bytes = try? WireJSON.encode(document) else {
            throw .local("the draft cannot be written down")
        }
        try UserFolders.make(path)
        try DurableFile.replace(file(draft.key), with: bytes)
    }

    func forget(key: String) {
        unlink(file(key))
        unlink(editorFile(key))
    }

    /// What was kept for this desk, what an editor left behind included. What cannot be read stays where it is.
    func load() -> [SeatDraft] {
        var drafts: [SeatDraft] = []
        for name in UserFolders.names(in: path, limit: Self.fileLimit) where name.hasSuffix(".json")
        {
            guard let bytes = DurableFile.read("\(path)/\(name)", limit: Self.limit),
                let document = try? WireJSON.decode(Document.self, from: bytes),
                document.desk == desk
            else { continue }
            let kept = Draft(
                kind: document.kind == "note" ? .note : .reply, ticket: document.ticket,
                key: document.key, text: document.text, inbox: document.inbox, cc: document.cc,
                attachments: document.attachments, macro: document.macro,
                updatedAt: document.updatedAt.instant)
            var draft = kept
            if let left = DurableFile.read(editorFile(draft.key), limit: Self.limit), !left.isEmpty
            {
                draft.text = String(decoding: left, as: UTF8.self)
            }
            let seat = SeatDraft(
                draft: kept, copy: document.copy, stage: document.stage ?? .writing)
            if draft.text.isEmpty, draft.attachments.isEmpty {
                forget(key: draft.key)
            } else {
                drafts.append(seat.written(draft))
            }
        }
        return drafts
    }

    /// Where the editor finds the text: it is a draft itself until the editor is closed.
    func editorFile(_ key: String) -> String { "\(path)/\(Self.safe(key)).edit.md" }

    private func file(_ key: String) -> String { "\(path)/\(Self.safe(key)).json" }

    /// Keys are ours, of hexadecimal digits and hyphens; nothing else ever names a file.
    private static func safe(_ key: String) -> String {
        String(key.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    }
}
