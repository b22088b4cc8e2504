public import HelpdeskCore
public import HelpdeskStore

/// What ops and admins see of webhooks out, and do with them.
public struct ForwardingDesk: Sendable {
    public struct Standing: Hashable, Sendable {
        public let name: String
        /// Nil: nothing was carried there yet.
        public let cursor: ForwardingCursor?
        /// Events of the stream that it has not come to.
        public let behind: Int64
        public let waiting: Int
        public let dead: Int
        public let connection: Connection

        public enum Connection: String, Hashable, Sendable { case up, down }
    }

    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// Every configured endpoint, in the order of the configuration.
    public func standings() async throws(DeskFailure) -> [Standing] {
        let endpoints = desk.policy.forwarding
        let newest = desk.store.writer.position
        let (gate, now) = (desk.gate, desk.now)
        return try await desk.read { reader throws(StoreError) in
            var standings: [Standing] = []
            for endpoint in endpoints {
                let cursor = try reader.forwardingCursor(of: endpoint.name)
                let counts = try reader.letterCounts(of: endpoint.name)
                let behind = newest.rawValue - (cursor?.position.rawValue ?? newest.rawValue)
                standings.append(
                    Standing(
                        name: endpoint.name, cursor: cursor, behind: max(behind, 0),
                        waiting: counts.waiting, dead: counts.dead,
                        connection: gate.opening(of: endpoint.name, at: now) == .open
                            ? .up : .down))
            }
            return standings
        }
    }

    public func deadLetters(
        of name: String, after position: Position, limit: Int
    ) async throws(DeskFailure) -> Page<ForwardingLetter, Position> {
        try check(name)
        return try await desk.read { reader throws(StoreError) in
            try reader.deadLetters(of: name, after: position, limit: limit)
        }
    }

    /// What was given up is tried again for three more days: one event, or all.
    public func revive(_ position: Position?, of name: String) async throws(DeskFailure) {
        try check(name)
        try await desk.write { transaction in
            try transaction.reviveLetters(of: name, position)
        }
    }

    /// Carries everything behind a position once more, in order.
    public func replay(_ name: String, after position: Position) async throws(DeskFailure) {
        try check(name)
        guard position.rawValue >= 0, position <= desk.store.writer.position else {
            throw .invalid(
                field: "after", expected: "0 to \(desk.store.writer.position.rawValue)")
        }
        try await desk.write { transaction in
            try transaction.beginForwarding(to: name, at: position)
            try transaction.replayForwarding(of: name, after: position)
        }
    }

    /// An endpoint that wanted no more is asked again.
    public func resume(_ name: String) async throws(DeskFailure) {
        try check(name)
        try await desk.write { transaction in try transaction.resumeForwarding(to: name) }
    }

    private func check(_ name: String) throws(DeskFailure) {
        guard desk.policy.forwarding.contains(where: { $0.name == name }) else {
            throw .notFound("webhook \(name)")
        }
    }
}
