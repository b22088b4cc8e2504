internal import HelpdeskAPI
internal import HelpdeskCore

/// A line after `:`, understood.
enum TypedCommand: Hashable, Sendable {
    case run(Command)
    case open(TicketNumber)
    case change(TicketChange)
    case view(String)
    case search(String)
    case presence(Presence?)
    /// Nil: asked for.
    case snooze(String?)
    case attach(String?)
    case cc([String])
    /// By which inbox the answer goes.
    case route(String?)
    case pipe(String)
    case macro(String)
    case report(API.ReportName)
    /// Of the text being written.
    case send(API.AfterReply)
    case discard
    /// Leave, whatever is unsent.
    case quitAnyway

    /// Why a line was not understood.
    struct Fault: Error, Hashable { let text: String }

    /// The words that a line may begin with, in the order of help and completion.
    static let words: [(word: String, arguments: String, help: String)] = [
        ("reply", "", "write to the customer"), ("note", "", "write an internal note"),
        ("send", "", "send what is being written"),
        ("send!close", "", "send, and close the ticket"),
        ("send!pending", "", "send, and wait for the customer"),
        ("discard", "", "throw away what is being written"),
        ("attach", "FILE", "send a file with what is being written"),
        ("cc", "ADDRESS…", "who gets a copy of it"),
        ("by", "[INBOX]", "by which inbox it goes"), ("edit", "", "write in your $EDITOR"),
        ("macro", "[NAME]", "a prepared answer"), ("drafts", "", "what was begun and not sent"),
        ("take", "", "take the ticket"), ("assign", "LOGIN", "give the ticket to somebody"),
        ("unassign", "", "give it back to the queue"),
        ("transfer", "TEAM", "hand it to another team"),
        ("snooze", "[WHEN]", "2h, tomorrow 9, monday, فردا ۹, 1405/01/15; now wakes it"),
        ("called", "", "the customer was rung back"),
        ("not-reached", "", "rung back, and nobody answered"),
        ("undo", "", "take the last change back"), ("redo", "", "do it again"),
        ("close", "[REASON]", "solved, no_answer, duplicate, spam or wrapped_up"),
        ("reopen", "", "open it again"), ("pending", "", "wait for the customer"),
        ("priority", "LEVEL", "low, normal, high or urgent"),
        ("tag", "+A -B", "add and remove tags"), ("spam", "", "mark as spam"),
        ("not-spam", "", "no spam after all"),
        ("join", "", "move a linked ticket's message here, and let its writer in"),
        ("open", "NUMBER", "open a ticket (a bare number does too)"),
        ("view", "NAME", "show a view"), ("search", "WORDS", "search in this view"),
        ("timeline", "", "the customer's whole timeline"), ("explain", "", "why it is here"),
        ("similar", "", "solved tickets like this one"),
        ("report", "[NAME]", "how it goes: overview, csat, agents, topics, sla, hours …"),
        ("recoveries", "", "customers to win back"), ("files", "", "attachments and links"),
        ("pipe", "COMMAND", "show the message in sight to a command"),
        ("fold", "", "choose what threads show"),
        ("presence", "STATE", "online, away, offline or shift"),
        ("refresh", "", "read everything again"), ("help", "", "the keys"), ("quit", "", "leave"),
        ("quit!", "", "leave at once; what is unsent stays a draft"),
    ]

    static func parse(_ line: String) throws(Fault) -> TypedCommand {
        let parts = line.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        guard let first = parts.first else { throw Fault(text: "nothing was typed") }
        let rest = Array(parts.dropFirst())
        if let number = ticketNumber(first), rest.isEmpty { return .open(number) }
        if let plain = plainWords[first] { return plain }
        switch first {
        case "close": return .change(.close(try reason(rest.first)))
        case "open":
            let number = rest.first.flatMap(ticketNumber)
            return .open(try some(number, "open needs a ticket's number"))
        case "assign":
            let login = try some(rest.first, "assign needs a login")
            return .change(.assign(AgentID(rawValue: login)))
        case "transfer":
            let team = try some(rest.first, "transfer needs a team")
            return .change(.transfer(TeamID(rawValue: team)))
        case "priority":
            let level = rest.first.flatMap(TicketPriority.init(rawValue:))
            return .change(.priority(try some(level, "low, normal, high or urgent was expected")))
        case "tag", "tags": return .change(try tags(rest))
        case "snooze": return .snooze(rest.isEmpty ? nil : rest.joined(separator: " "))
        case "attach": return .attach(rest.isEmpty ? nil : rest.joined(separator: " "))
        case "cc": return .cc(rest.flatMap { $0.split(separator: ",").map(String.init) })
        case "by": return .route(rest.first)
        case "macro": return rest.isEmpty ? .run(.macro) : .macro(rest.joined(separator: " "))
        case "report", "reports":
            let name = API.ReportName(rawValue: rest.first ?? API.ReportName.overview.rawValue)
            return .report(try some(name, "there is no such report; Tab lists them"))
        case "pipe":
            let command = rest.isEmpty ? nil : rest.joined(separator: " ")
            return .pipe(try some(command, "pipe needs a command"))
        case "view": return .view(try some(rest.first, "view needs a name; Tab lists them"))
        case "search": return .search(rest.joined(separator: " "))
        case "presence": return .presence(try presence(rest.first))
        default: throw Fault(text: "there is no command \(first); :help lists them")
        }
    }

    private static let plainWords: [String: TypedCommand] = [
        "q": .run(.quit), "quit": .run(.quit), "quit!": .quitAnyway, "q!": .quitAnyway,
        "reply": .run(.reply), "note": .run(.note), "take": .run(.take),
        "unassign": .change(.assign(nil)), "reopen": .change(.reopen),
        "pending": .change(.pending), "spam": .change(.spam), "not-spam": .change(.notSpam),
        "join": .run(.join), "edit": .run(.replyInEditor), "drafts": .run(.drafts),
        "undo": .run(.undo), "redo": .run(.redo), "similar": .run(.similar),
        "recoveries": .run(.recoveries), "files": .run(.enclosures), "fold": .run(.folds),
        "called": .change(.callback(.reached)), "not-reached": .change(.callback(.notReached)),
        "timeline": .run(.timeline), "explain": .run(.explain),
        "refresh": .run(.refresh), "help": .run(.help), "send": .send(.keep),
        "send!close": .send(.close), "send!pending": .send(.pending), "discard": .discard,
    ]

    /// `1042` or `#1042`, in any digits.
    static func ticketNumber(_ word: String) -> TicketNumber? {
        let digits = PersianDigits.ascii(word.hasPrefix("#") ? String(word.dropFirst()) : word)
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(digits).map(TicketNumber.init(rawValue:))
    }

    /// `+a -b c`: a word without a sign is added.
    static func tags(_ words: [String]) throws(Fault) -> TicketChange {
        var added: [String] = []
        var removed: [String] = []
        for word in words {
            let name = word.hasPrefix("+") || word.hasPrefix("-") ? String(word.dropFirst()) : word
            guard !name.isEmpty else { continue }
            if word.hasPrefix("-") { removed.append(name) } else { added.append(name) }
        }
        guard !added.isEmpty || !removed.isEmpty else {
            throw Fault(text: "tags are written +urgent -waiting")
        }
        return .tag(added: added, removed: removed)
    }

    private static func reason(_ word: String?) throws(Fault) -> ClosingReason {
        guard let word else { return .solved }
        let reason = ClosingReason(rawValue: word)
        return try some(reason, "solved, no_answer, duplicate, spam or wrapped_up was expected")
    }

    private static func presence(_ word: String?) throws(Fault) -> Presence? {
        if word == "shift" { return nil }
        let presence = word.flatMap(Presence.init(rawValue:))
        return try some(presence, "online, away, offline or shift was expected")
    }

    private static func some<Value>(_ value: Value?, _ fault: String) throws(Fault) -> Value {
        guard let value else { throw Fault(text: fault) }
        return value
    }
}
