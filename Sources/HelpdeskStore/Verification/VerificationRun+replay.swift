internal import HelpdeskCore

extension VerificationRun {
    /// Projects every event into the fresh tables, holding positions gapless and each content row against its HMAC.
    mutating func replay() throws(StoreError) {
        let total = try connection.first("SELECT position FROM counters WHERE id = 1") {
            row throws(StoreError) in Int(clamping: try row.integer(0))
        }
        let projector = Projector(connection: connection)
        try findRedactions()
        while true {
            let events = try connection.all(
                """
                SELECT position, at, actor_kind, actor_id, type, schema, ticket, customer, command,
                  cause, data, past, seal
                FROM events WHERE position > $1 ORDER BY position LIMIT $2
                """, [report.lastPosition, Verifier.page], SealedEvent.init(row:))
            for event in events { try replay(event, projector) }
            progress(
                VerificationProgress(phase: .replaying, done: report.events, total: total))
            if events.count < Verifier.page { return }
        }
    }

    private mutating func replay(
        _ sealed: SealedEvent, _ projector: Projector
    ) throws(StoreError) {
        let expected = report.lastPosition.rawValue &+ 1
        let position = sealed.position
        if position.rawValue != expected {
            let last = position.rawValue &- 1
            note(
                .positionGap, "events", "\(expected)",
                expected: last == expected
                    ? "position \(expected)" : "positions \(expected) to \(last)")
        }
        report.lastPosition = position
        report.events += 1
        let key = "\(position.rawValue)"
        if sealed.seal != sealed.found {
            note(
                .changedEvent, "events", key, column: "seal", expected: sealed.seal.map { "\($0)" },
                found: "\(sealed.found)")
        }
        do throws(StoreError) {
            guard let event = sealed.event else {
                note(.unreadableEvent, "events", key, found: "a column is of another type")
                return
            }
            guard let recorded = try event.recorded() else {
                note(.unreadableEvent, "events", key, found: "type \(event.type) is not known")
                return
            }
            for reference in recorded.event.contents { try check(reference, at: key) }
            try projector.project(recorded)
        } catch {
            switch error {
            case .damaged, .statement:
                // The stream contradicts itself here; what follows is still worth comparing.
                note(.unreadableEvent, "events", key, found: error.text)
            case .diskFull, .inputOutput, .locked, .newerSchema, .cannotOpen,
                .rejectedAfterWriting:
                throw error
            }
        }
    }

    /// The newest word on each row that a redaction changed. What cannot be read is named by the replay.
    private mutating func findRedactions() throws(StoreError) {
        let found = try connection.all(
            "SELECT data FROM events WHERE type = 'message_redacted' ORDER BY position"
        ) { row throws(StoreError) in row.optionalText(0) ?? "" }
        for data in found {
            guard
                case .ticket(.messageRedacted(let event)) = try? EventCodec.decode(
                    type: "message_redacted", data: data)
            else { continue }
            for reference in [event.content, event.subject].compactMap({ $0 }) {
                redacted[reference.id] = reference.mac
            }
        }
    }

    private mutating func check(
        _ reference: ContentRef, at position: String
    ) throws(StoreError) {
        report.contents += 1
        let expected = redacted[reference.id] ?? reference.mac
        let key = "\(reference.id.rawValue) of event \(position)"
        let row = try connection.first(
            "SELECT salt, body, seal, id, kind, customer FROM contents WHERE id = $1",
            [reference.id]
        ) { row throws(StoreError) in
            (
                salt: row.value(0), body: row.optionalText(1), seal: row.value(2),
                found: RowSeal.of([row.value(3), row.value(4), row.value(5)])
            )
        }
        guard let row else {
            note(.missingContent, "contents", key)
            return
        }
        // Rows from before there were seals have none.
        if row.seal != .null, row.seal != .integer(row.found) {
            note(
                .changedContent, "contents", key, column: "seal", expected: Self.text(row.seal),
                found: "\(row.found)")
        }
        guard let body = row.body else {
            // Erasure takes the salt with the words.
            if row.salt == .null {
                report.erasedContents += 1
            } else {
                note(.changedContent, "contents", key, column: "body", expected: expected)
            }
            return
        }
        guard case .blob(let salt) = row.salt else {
            note(.changedContent, "contents", key, column: "salt", expected: expected)
            return
        }
        let mac = ContentSeal.mac(of: body, salt: salt)
        if mac != expected {
            note(
                .changedContent, "contents", key, column: "body", expected: expected,
                found: mac)
        }
    }
}

/// An event with the seal it was given and the one its columns make now. Columns that are of another type than was written do
/// not end the reading: the place is named, and the next is looked at.
private struct SealedEvent {
    let position: Position
    let event: StoredEvent?
    let seal: Int64?
    let found: Int64

    init(row: borrowing SQLRow) throws(StoreError) {
        position = try row.number(0)
        var values: [SQLValue] = []
        for column in 0..<11 { values.append(row.value(column)) }
        found = RowSeal.ofEvent(values, past: row.value(11))
        seal = row.optionalInteger(12)
        do throws(StoreError) {
            event = try StoreReader.storedEvent(row)
        } catch {
            event = nil
        }
    }
}
