import ChannelKit
import CorpusKit
import EmailChannel
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

/// One case of the threading sets, played on a desk of its own.
struct ThreadingCase {
    let one: CorpusSet.Case

    init(_ one: CorpusSet.Case) { self.one = one }

    func outcome() async throws -> Outcome {
        switch one.kind {
        case "thread-partition": try await partition()
        case "thread-order": try await order()
        case "thread-sequence-ids": try await sequence()
        case "follow-up": try await followUp()
        case "base-subject", "subject-clean", "subject-build":
            .leftOut("we never join by subject text, and keep it as it was written")
        case "customer-choice":
            .leftOut("a peer's option: who writes is the customer, also from an agent's address")
        default: .skipped
        }
    }

    private func desk() async throws -> MailDesk {
        var plan = DeskPlan.standard
        plan.ticketsPerSenderHour = 0
        plan.acknowledgement.acknowledgements = .off
        plan.change(.supportMail) { $0.threading.participation = .ignored }
        return try await MailDesk(plan)
    }

    private func partition() async throws -> Outcome {
        if one.fields["by_references_only_agrees"]?.boolean == false {
            return .leftOut("only joining by subject gives this; optional by the set's notes")
        }
        let desk = try await desk()
        var threads: [TicketNumber: Set<String>] = [:]
        for path in one.fields["input"]?.texts ?? [] {
            let message = try desk.read(try #require(one.bytes(of: path)))
            let kept = try await desk.desk.deliver(message)
            let id = message.email?.messageID ?? message.externalID
            switch kept {
            case .ticketed(_, let ticket), .duplicate(_, let ticket):
                threads[ticket, default: []].insert(id)
            case .quarantined: return .differs("\(path) is in quarantine")
            }
        }
        let ours = Set(threads.values)
        let theirs = Set((one.expect["threads"]?.list ?? []).map { Set($0.texts) })
        var differences = Differences()
        differences.expect("threads", Self.text(ours), Self.text(theirs))
        return differences.outcome
    }

    private static func text(_ threads: Set<Set<String>>) -> String {
        threads.map { $0.sorted().joined(separator: " + ") }.sorted().joined(separator: " / ")
    }

    /// Variant A has In-Reply-To only, variant B all References.
    private func order() async throws -> Outcome {
        var differences = Differences()
        for (variant, key) in [
            ("in_reply_to", "one_thread_with_in_reply_to_only"),
            ("references", "one_thread_with_references"),
        ] {
            guard let theirs = one.expect[key]?.boolean else { continue }
            let desk = try await desk()
            var tickets: Set<TicketNumber> = []
            for message in one.fields["input"]?["messages"]?.list ?? [] {
                tickets.insert(try await deliver(message, variant, to: desk))
            }
            differences.expect(variant, "\(tickets.count == 1)", "\(theirs)")
        }
        if !differences.found.isEmpty, one.fields["parents_first"]?.boolean == false {
            return .leftOut("answers before what they answer: a ticket system may split")
        }
        return differences.outcome
    }

    private func deliver(
        _ message: JSONValue, _ variant: String, to desk: MailDesk
    ) async throws -> TicketNumber {
        var mail = Mail(from: "sara@home.example", id: message["message_id"]?.text)
        mail.body = "message \(message["message_id"]?.text ?? "")"
        if variant == "in_reply_to", let parent = message["in_reply_to"]?.text {
            mail.headers.append(("In-Reply-To", "<\(parent)>"))
        }
        let references = message["references"]?.texts ?? []
        if variant == "references", !references.isEmpty {
            let text = references.map { "<\($0)>" }.joined(separator: " ")
            mail.headers.append(("References", text))
        }
        return try await desk.deliver(mail.bytes).ticket
    }

    private func sequence() async throws -> Outcome {
        let desk = try await desk()
        var tickets: [String: TicketNumber] = [:]
        var differences = Differences()
        let paths = one.fields["input"]?.texts ?? []
        for (path, step) in zip(paths, one.expect["steps"]?.list ?? []) {
            let kept = try await desk.desk.deliver(try desk.read(try #require(one.bytes(of: path))))
            let ticket: TicketNumber
            switch kept {
            case .ticketed(_, let number), .duplicate(_, let number): ticket = number
            case .quarantined: return .differs("\(path) is in quarantine")
            }
            let name = step["name"]?.text ?? path
            let joins = tickets.filter { $0.value == ticket }.keys.sorted()
            tickets[name] = ticket
            if let wanted = step["joins"]?.text {
                differences.expect(
                    "\(name) joins \(wanted), not \(joins)", that: tickets[wanted] == ticket)
            } else {
                differences.expect("\(name) is new, not \(joins)", that: joins.isEmpty)
            }
        }
        return differences.outcome
    }
}
