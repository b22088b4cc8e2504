internal import ChannelKit
internal import Crypto
internal import HelpdeskCore
internal import HelpdeskStore

/// The CSAT dispatcher within a transaction: decides at closing, decides once more when the delay is over, and queues the
/// invitation. Every "no" is an event with its reason (invariant 7).
struct SurveyDispatch {
    let session: TicketSession

    func ticketClosed(_ row: TicketRow, cause: Position) throws {
        let invitation = session.transaction.nextInvitation()
        switch session.policy.survey.decide(try facts(row), closedAt: session.now) {
        case .ask(let due):
            try session.append(
                .survey(
                    .scheduled(SurveyScheduled(invitation: invitation, kind: .csat, due: due))),
                on: row, cause: cause)
        case .skip(let reason):
            try session.append(
                .survey(.skipped(SurveySkipped(invitation: nil, reason: reason))), on: row,
                cause: cause)
        }
    }

    func ticketReopened(_ ticket: TicketNumber, cause: Position) throws {
        let row = try session.row(ticket)
        for invitation in try session.reader.scheduledInvitations(of: ticket) {
            try session.append(
                .survey(.cancelled(SurveyCancelled(invitation: invitation, reason: .reopened))),
                on: row, cause: cause)
        }
    }

    /// The delay is over: what held then may not hold now.
    func send(_ due: DueInvitation) throws {
        let row = try session.row(due.ticket)
        let facts = try facts(row)
        if case .skip(let reason) = session.policy.survey.decide(facts, closedAt: session.now) {
            return try skip(due, reason, row)
        }
        let ways = ReplyWays(reader: session.reader, policy: session.policy, now: session.now)
        guard case .success(let choice) = try ways.route(row, answers: nil, chosen: nil),
            let inbox = session.policy.inboxes[choice.route.way.inbox]
        else { return try skip(due, .noReachableChannel, row) }
        try dispatch(due, row, choice, inbox)
    }

    private func dispatch(
        _ due: DueInvitation, _ row: TicketRow, _ choice: ReplyWays.Choice, _ inbox: InboxPolicy
    ) throws {
        let token = SurveyToken.text(session.desk.environment.random(SurveyToken.bytes))
        let words = Wording(row: row, inbox: inbox)
        let link = "\(session.policy.publicURL)/s/\(token)"
        let isChat = inbox.capabilities.liveness == .live
        let answered = try choice.answered.flatMap {
            try session.reader.messageContent($0.content)
        }
        let draft = Dispatching.Draft(
            purpose: .survey, way: choice.route.way, name: answered?.authorName,
            subject: words.text(.surveySubject) + " "
                + SubjectTag.text(for: row.ticket.number),
            text: words.text(isChat ? .surveyInvitationChat : .surveyInvitation, link: link),
            language: words.language, inReplyTo: answered?.mail?.messageID,
            references: answered?.mail?.messageID.map { [$0] } ?? [],
            invitation: due.invitation)
        switch try Dispatching(session: session).queue(draft, on: row, cause: nil) {
        case .failure:
            try skip(due, .noReachableChannel, row)
        case .success(let queued):
            try session.append(
                .survey(
                    .sent(
                        SurveySent(
                            invitation: due.invitation, delivery: queued.delivery,
                            inbox: inbox.id, agent: agent(row),
                            language: words.language.rawValue,
                            expires: session.now + session.policy.survey.expires,
                            tokenHash: SurveyToken.hash(token)))), on: row)
        }
    }

    /// Whose work is rated: who answered last, else who holds the ticket.
    private func agent(_ row: TicketRow) -> AgentID? {
        switch row.ticket.answer {
        case .answered(_, _, let agent): agent
        case .unanswered: row.ticket.assignee
        }
    }

    private func skip(
        _ due: DueInvitation, _ reason: SurveySkipReason, _ row: TicketRow
    ) throws {
        try session.append(
            .survey(.skipped(SurveySkipped(invitation: due.invitation, reason: reason))),
            on: row)
    }

    private func facts(_ row: TicketRow) throws -> SurveyFacts {
        let ticket = row.ticket
        let messages = try session.reader.answerable(in: ticket.number)
        let isMachine = !messages.isEmpty && messages.allSatisfy { $0.autoSubmitted != .no }
        let ways = ReplyWays(reader: session.reader, policy: session.policy, now: session.now)
        let reach: SurveyFacts.Reach =
            switch try ways.route(row, answers: nil, chosen: nil) {
            case .success(let choice) where choice.route.way.standing == .sound: .reachable
            case .success, .failure: .unreachable
            }
        return SurveyFacts(
            ticketClass: ticket.ticketClass, origin: ticket.origin,
            closingReason: ticket.closingReason, answer: ticket.answer,
            maker: isMachine ? .machine : .person, reach: reach,
            lastAsked: try session.reader.service(of: ticket.customer).lastAsked,
            sample: Int(ticket.number.rawValue % 1000))
    }
}

/// The word in a survey page's address: 24 random bytes, 32 URL-safe characters. The store keeps only its hash.
enum SurveyToken {
    static let bytes = 24

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// RFC 4648 section 5, whole groups only.
    static func text(_ random: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: random.count - 2, by: 3) {
            let group =
                UInt32(random[start]) << 16 | UInt32(random[start + 1]) << 8
                | UInt32(random[start + 2])
            for shift in [18, 12, 6, 0] as [UInt32] {
                text.append(alphabet[Int(group >> shift & 63)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func hash(_ token: String) -> String {
        Hexadecimal.text(SHA256.hash(data: Array(token.utf8)))
    }
}
