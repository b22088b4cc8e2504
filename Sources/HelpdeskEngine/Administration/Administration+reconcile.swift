internal import HelpdeskCore
internal import HelpdeskStore

extension Administration {
    /// Looks for messages by what their provider knows them by, in what was kept and in what ever was in quarantine.
    func reconcile(
        _ inbox: InboxID, _ marks: [ReconcileMark]
    ) async throws(DeskFailure) -> AdministrationReply {
        guard marks.count <= ReconcileMark.most else {
            throw .invalid(field: "marks", expected: "at most \(ReconcileMark.most)")
        }
        let missing = try await desk.read { reader throws(StoreError) in
            var missing: [Int] = []
            for (index, mark) in marks.enumerated() {
                if let id = mark.externalID,
                    try reader.messageKept(inbox: inbox, externalID: id, fingerprint: nil) != nil
                {
                    continue
                }
                if let raw = mark.raw, try reader.wasQuarantined(raw: raw, inbox: inbox) { continue }
                missing.append(index)
            }
            return missing
        }
        return AdministrationReply(
            .done, "\(missing.count) of \(marks.count) were never kept",
            document: Self.json(ReconcileAnswer(missing: missing)))
    }

    /// The cursor as the adapter wrote it; empty when the inbox has none.
    func showCursor(_ inbox: InboxID) async throws(DeskFailure) -> AdministrationReply {
        let cursor = try await desk.read { reader throws(StoreError) in
            try reader.cursor(of: inbox)
        }
        return AdministrationReply(.done, cursor ?? "")
    }
}
