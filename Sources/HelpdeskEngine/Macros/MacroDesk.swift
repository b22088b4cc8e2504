public import HelpdeskCore
public import HelpdeskStore

/// Macros: written by leads, read and applied by everybody whose tickets they are for.
public struct MacroDesk: Sendable {
    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// What a client expects to find where it writes.
    public enum Expectation: Hashable, Sendable {
        /// There is none of this name yet.
        case absent
        case any
        case version(Int64)
    }

    /// Those the caller may see, by name; for one ticket's team where asked.
    public func list(
        for ticket: TicketNumber?, by caller: Caller
    ) async throws(DeskFailure) -> [MacroEntry] {
        let policy = desk.policy
        let found = try await desk.read { reader throws(StoreError) -> [MacroEntry]? in
            let sight = try MacroSight(reader, policy, caller)
            var macros = try reader.macros().filter { sight.mayRead($0.macro) }
            if let ticket {
                guard let row = try reader.ticket(ticket, viewer: caller.viewer) else { return nil }
                macros = macros.filter { $0.macro.isFor(row.ticket.team) }
            }
            return macros
        }
        guard let found else { throw .notFound("ticket \(ticket?.rawValue ?? 0)") }
        return found
    }

    public func macro(_ name: MacroID, by caller: Caller) async throws(DeskFailure) -> MacroEntry {
        let policy = desk.policy
        let found = try await desk.read { reader throws(StoreError) -> MacroEntry? in
            guard let entry = try reader.macro(name),
                try MacroSight(reader, policy, caller).mayRead(entry.macro)
            else { return nil }
            return entry
        }
        guard let found else { throw .notFound("macro \(name.rawValue)") }
        return found
    }

    /// Writes one down; as it is then.
    public func set(
        _ macro: Macro, expecting expectation: Expectation, by caller: Caller, command: CommandID?
    ) async throws(DeskFailure) -> MacroEntry {
        try Self.admit(caller)
        let desk = desk
        return try await desk.write { transaction in
            let reader = transaction.reader
            let sight = try MacroSight(reader, desk.policy, caller)
            let known = try reader.macro(macro.name)
            if let known, !sight.mayRead(known.macro) {
                throw DeskFailure.conflict(
                    "the name \(macro.name.rawValue) is taken in a team you do not see; take another"
                )
            }
            try Self.check(expectation, macro.name, known)
            try sight.check(macro)
            if known == nil, try reader.macros().count >= StoreReader.maximumMacros {
                throw DeskFailure.conflict(
                    "there are \(StoreReader.maximumMacros) macros already; remove one first")
            }
            let content = try transaction.keep(
                json: macro, as: .macro, of: nil, salt: desk.salt())
            try transaction.append(
                .desk(.macroSet(MacroSet(macro: macro.name, teams: macro.teams, content: content))),
                ticket: nil, customer: nil, by: caller.actor, command: command)
            guard let entry = try reader.macro(macro.name) else {
                throw StoreError.damaged("macro \(macro.name.rawValue)")
            }
            return entry
        }
    }

    /// Removes one; as it was.
    public func remove(
        _ name: MacroID, ifVersion: Int64?, by caller: Caller
    ) async throws(DeskFailure) -> MacroEntry {
        try Self.admit(caller)
        let desk = desk
        return try await desk.write { transaction in
            let reader = transaction.reader
            guard let known = try reader.macro(name),
                try MacroSight(reader, desk.policy, caller).mayRead(known.macro)
            else { throw DeskFailure.notFound("macro \(name.rawValue)") }
            try Self.check(ifVersion.map(Expectation.version) ?? .any, name, known)
            try transaction.append(
                .desk(.macroRemoved(MacroRemoved(macro: name, teams: known.macro.teams))),
                ticket: nil, customer: nil, by: caller.actor)
            return known
        }
    }

    private static func admit(_ caller: Caller) throws(DeskFailure) {
        guard Permission.allows(caller.role, .writeMacros) else {
            throw .forbidden("write macros; ask a lead")
        }
    }

    private static func check(
        _ expectation: Expectation, _ name: MacroID, _ known: MacroEntry?
    ) throws(DeskFailure) {
        switch expectation {
        case .any: break
        case .absent:
            guard known == nil else {
                throw .conflict(
                    "macro \(name.rawValue) exists already; change it, or take another name")
            }
        case .version(let version):
            guard let known else { throw .notFound("macro \(name.rawValue)") }
            guard known.version == version else { throw .macroChangedMeanwhile(known) }
        }
    }
}

/// Which macros somebody may read: everybody's, their teams', and for leads those of every team that is not private.
struct MacroSight {
    let policy: DeskPolicy
    let teams: Set<TeamID>
    let role: AgentRole

    init(_ reader: StoreReader, _ policy: DeskPolicy, _ caller: Caller) throws(StoreError) {
        self.policy = policy
        teams = Set(try reader.agent(caller.agent, viewer: caller.viewer)?.teams ?? [])
        role = caller.role
    }

    func mayRead(_ macro: Macro) -> Bool {
        if macro.teams.isEmpty || macro.teams.contains(where: teams.contains) { return true }
        return Permission.allows(role, .writeMacros) && !macro.teams.contains(where: isPrivate)
    }

    /// What a macro names must be there and visible to whoever writes it; a private team shares with nobody.
    func check(_ macro: Macro) throws(DeskFailure) {
        for team in macro.teams { try check(team, "teams") }
        if macro.teams.count > 1, let team = macro.teams.first(where: isPrivate) {
            throw .invalid(
                field: "teams",
                expected: "no other team beside \(team.rawValue), which is private")
        }
        if let team = macro.transfer { try check(team, "actions.transfer") }
    }

    private func check(_ team: TeamID, _ field: String) throws(DeskFailure) {
        guard policy.teams[team] != nil, !isPrivate(team) || teams.contains(team) else {
            throw .invalid(field: field, expected: "a team there is; \(team.rawValue) is none")
        }
    }

    private func isPrivate(_ team: TeamID) -> Bool {
        policy.teams[team]?.privacy == .restricted
    }
}
