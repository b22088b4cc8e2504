internal import Dispatch
internal import HelpdeskCore
public import HelpdeskStore

extension Administration {
    private struct Finding: Encodable {
        let kind: String
        let table: String
        let key: String
        let column: String?
        let expected: String?
        let found: String?
    }

    private struct Summary: Encodable {
        let intact: Bool
        let events: Int
        let position: Int64
        let contents: Int
        let blobs: Int
        let attachments: Int
        let differences: [Finding]
    }

    /// Replays and compares on a thread of its own: it reads every byte there is, while everybody else goes on.
    func verify() async throws(DeskFailure) -> AdministrationReply {
        let path = desk.store.path
        let result: Result<VerificationReport, StoreError> = await withCheckedContinuation {
            continuation in
            DispatchQueue(label: "hamdel.verify").async {
                continuation.resume(
                    returning: Result { () throws(StoreError) in try Verifier(path: path).run() })
            }
        }
        switch result {
        case .failure(let error): throw .store(error)
        case .success(let report): return Self.reply(report)
        }
    }

    /// What a verification found, for people and programs.
    public static func reply(_ report: VerificationReport) -> AdministrationReply {
        let summary = Summary(
            intact: report.isIntact, events: report.events,
            position: report.lastPosition.rawValue, contents: report.contents,
            blobs: report.blobs, attachments: report.attachments,
            differences: report.differences.map {
                Finding(
                    kind: $0.kind.rawValue, table: $0.table, key: $0.key, column: $0.column,
                    expected: $0.expected, found: $0.found)
            })
        let counted =
            "\(report.events) events, \(report.contents) contents, \(report.blobs) blobs, \(report.attachments) attachments"
        guard !report.isIntact else {
            return AdministrationReply(
                .done, "intact: \(counted); the replay equals every table",
                document: json(summary))
        }
        let lines = report.differences.map(\.text).joined(separator: "\n")
        return AdministrationReply(
            .partly, "\(lines)\n\(report.differences.count) differences in \(counted)",
            document: Self.json(summary))
    }
}
