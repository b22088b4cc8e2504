internal import HelpdeskCore
internal import HelpdeskStore

extension Administration {
    private struct Document: Encodable {
        let rawMail: Part
        let quarantine: Part

        struct Part: Encodable {
            /// Nil: kept for ever.
            let days: Int64?
            let count: Int
            let bytes: Int64

            init(_ span: TimeSpan?, _ total: ExpiredTotal?) {
                days = span.map { $0.milliseconds / TimeSpan.days(1).milliseconds }
                count = total?.count ?? 0
                bytes = total?.bytes ?? 0
            }
        }

        enum CodingKeys: String, CodingKey {
            case rawMail = "raw_mail"
            case quarantine
        }
    }

    func previewRetention(
        _ policy: RetentionPolicy
    ) async throws(DeskFailure) -> AdministrationReply {
        let preview = try await RetentionDesk(desk).preview(policy)
        let document = Document(
            rawMail: .init(preview.policy.rawMail, preview.rawMail),
            quarantine: .init(preview.policy.quarantine, preview.quarantine))
        let lines = [
            Self.line("raw_mail", document.rawMail, "mails"),
            Self.line("quarantine", document.quarantine, "entries"),
        ]
        return AdministrationReply(
            .done, lines.joined(separator: "\n"), document: Self.json(document))
    }

    private static func line(_ key: String, _ part: Document.Part, _ what: String) -> String {
        guard let days = part.days else { return "\(key): kept for ever" }
        let most = part.count >= StoreReader.mostExpired ? "at least " : ""
        return
            "\(key): \(most)\(part.count) \(what), \(part.bytes >> 20) MiB, are older than \(days) days and go within a day"
    }
}
