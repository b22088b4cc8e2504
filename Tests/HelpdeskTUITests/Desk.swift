import HelpdeskAPI
import HelpdeskCore
import HelpdeskTUI
import Terminal

/// The words of a desk for tests, in two languages.
struct DeskWords {
    var customers: [String]
    var subjects: [String]
    var question: String
    var quoted: String
    var answer: String
    var note: String
    var agent: String
    var organisation: String
    var comment: String
    var attribute: (String, String)
    /// Stands in the question.
    var sought: String

    static let english = DeskWords(
        customers: ["Sara Ahmadi", "Jonas Weber", "Mina Karimi", "Oliver Grant", "Wei Chen"],
        subjects: [
            "Order 88213 has not arrived", "Invoice shows the wrong VAT number",
            "Cannot sign in since yesterday", "Missed call", "Please cancel my subscription",
        ],
        question:
            "Hello,\n\nmy order 88213 was promised for Tuesday and has still not arrived. "
            + "The tracking page at https://post.example/t/RX-2231 says nothing since Monday.\n\n"
            + "Could you ring me at 0912-345-6789, please?\n\nSara",
        quoted: "\n\nOn 19 November Support wrote:\n> Your order is on its way.\n> Thank you.",
        answer: "Dear Sara,\n\nI have asked the courier and will ring you before noon.\n\nAli",
        note: "The courier lost the van in Karaj; refund the shipping if she asks.",
        agent: "Ali Rezaei", organisation: "Ahmadi Textiles", comment: "Nobody told me anything.",
        attribute: ("customer number", "K-20931"), sought: "tracking")

    static let persian = DeskWords(
        customers: ["سارا احمدی", "رضا کریمی", "مینا رستمی", "علی‌رضا جعفری", "نگار شریفی"],
        subjects: [
            "سفارش 88213 هنوز نرسیده است", "شماره مالیاتی در فاکتور اشتباه است",
            "از دیروز نمی‌توانم وارد شوم", "تماس بی‌پاسخ", "لطفاً اشتراک من را لغو کنید",
        ],
        question:
            "سلام،\n\nسفارش 88213 قرار بود سه‌شنبه برسد و هنوز نرسیده است. "
            + "صفحه پیگیری https://post.example/t/RX-2231 از دوشنبه چیزی نشان نمی‌دهد.\n\n"
            + "لطفاً با شماره 0912-345-6789 تماس بگیرید.\n\nسارا",
        quoted: "\n\nدر تاریخ ۱۹ آبان پشتیبانی نوشت:\n> سفارش شما در راه است.\n> سپاس از شما.",
        answer: "سارای گرامی،\n\nاز پیک پرسیدم و پیش از ظهر با شما تماس می‌گیرم.\n\nعلی",
        note: "پیک مسیر را گم کرده؛ اگر خواست هزینه ارسال را برگردانید.",
        agent: "علی رضایی", organisation: "پارچه احمدی", comment: "کسی به من چیزی نگفت.",
        attribute: ("شماره مشتری", "K-20931"), sought: "پيگيري")
}

/// A desk as the daemon would tell of it.
struct Desk {
    var words: DeskWords

    static let now = Instant(milliseconds: 1_795_330_800_000)  // 2026-11-22 07:00 UTC
    static func ago(minutes: Int64) -> Timestamp { Timestamp(now - .minutes(minutes)) }

    func ticket(_ index: Int, version: Int64 = 3) -> API.Ticket {
        let states: [(TicketStatus, TicketPriority, [ChannelKind])] = [
            (.open, .high, [.email, .phoneLog]), (.new, .normal, [.email]),
            (.open, .urgent, [.chatWebhook]), (.open, .normal, [.phoneLog]),
            (.pending, .low, [.email, .chatWebhook]),
        ]
        let (status, priority, channels) = states[index % 5]
        let minutes = Int64([4, 38, 190, 1_500, 40_000][index % 5])
        var ticket = API.Ticket(
            number: TicketNumber(rawValue: Int64(1_042 - index)),
            subject: words.subjects[index % 5], status: status, priority: priority,
            team: TeamID(rawValue: "support"),
            assignee: index % 3 == 1 ? nil : AgentID(rawValue: "ali"),
            customer: API.CustomerSummary(
                id: CustomerID(rawValue: Int64(index + 1)), name: words.customers[index % 5],
                vip: index % 5 == 2),
            tags: index == 0 ? ["delivery"] : [], spam: false, ticketClass: .regular,
            inbox: InboxID(rawValue: "support-mail"), channels: channels, origin: .live,
            createdAt: Desk.ago(minutes: minutes + 60), updatedAt: Desk.ago(minutes: minutes),
            lastMessageAt: Desk.ago(minutes: minutes),
            lastDirection: status == .pending ? .outbound : .inbound, version: version)
        if index == 1 {
            ticket.sla = [
                API.Ticket.SLAClock(
                    target: "first_response", state: "running", due: Desk.ago(minutes: -22))
            ]
        }
        if index == 3 { ticket.callback = API.Ticket.Callback(due: Desk.ago(minutes: 5), calls: 2) }
        return ticket
    }

    var tickets: [API.Ticket] { (0..<14).map { ticket($0) } }

    func message(
        _ id: Int64, _ direction: MessageDirection, _ text: String, minutes: Int64,
        full: String? = nil, channel: ChannelKind = .email
    ) -> API.Message {
        let author: API.Message.Author =
            direction == .inbound
            ? .init(
                kind: .customer, id: .customer(CustomerID(rawValue: 1)), name: words.customers[0])
            : .init(kind: .agent, id: .agent(AgentID(rawValue: "ali")), name: words.agent)
        return API.Message(
            id: MessageID(rawValue: id), ticket: TicketNumber(rawValue: 1_042),
            direction: direction, kind: .message, channel: channel,
            inbox: InboxID(rawValue: "support-mail"), author: author,
            senderAuth: direction == .inbound ? .verified : nil, sentAt: Desk.ago(minutes: minutes),
            receivedAt: Desk.ago(minutes: minutes), text: text, fullText: full ?? text,
            autoSubmitted: .no)
    }

    var messages: [API.Message] {
        var question = message(
            1, .inbound, words.question, minutes: 1_440, full: words.question + words.quoted)
        question.attachments = [
            API.Attachment(
                id: AttachmentID(rawValue: 1), name: "receipt.pdf", contentType: "application/pdf",
                size: 48_213, sha256: BlobHash(rawValue: String(repeating: "a", count: 64)))
        ]
        var call = message(2, .inbound, "", minutes: 90, channel: .phoneLog)
        call.kind = .call
        call.senderAuth = .unchecked
        call.call = Call(direction: .inbound, outcome: .missed, durationSeconds: 0)
        let note = message(3, .note, words.note, minutes: 60)
        var answer = message(4, .outbound, words.answer, minutes: 30)
        answer.delivery = API.Delivery(
            id: DeliveryID(rawValue: 1), state: .delivered, attempts: 1, to: ["sara@example.ir"])
        let last = message(5, .inbound, words.comment, minutes: 4)
        return [question, call, note, answer, last]
    }

    var events: [API.Event] {
        [
            API.Event(
                position: Position(rawValue: 11), id: "evt_11", type: "ticket_assigned", schema: 1,
                at: Desk.ago(minutes: 1_439), actor: .init(kind: "system"),
                ticket: TicketNumber(rawValue: 1_042), data: ["agent": "ali"]),
            API.Event(
                position: Position(rawValue: 12), id: "evt_12", type: "ticket_prioritised",
                schema: 1, at: Desk.ago(minutes: 58),
                actor: .init(kind: "agent", id: .agent(AgentID(rawValue: "ali"))),
                ticket: TicketNumber(rawValue: 1_042), data: ["from": "normal", "to": "high"]),
        ]
    }

    var detail: API.TicketDetail { API.TicketDetail(ticket: ticket(0), messages: messages) }

    var agents: [API.Agent] {
        [
            API.Agent(
                login: AgentID(rawValue: "ali"), name: words.agent, role: "agent",
                teams: [TeamID(rawValue: "support")], capacity: 8, load: 5, presence: .online,
                onDuty: true, disabled: false),
            API.Agent(
                login: AgentID(rawValue: "zahra"), name: "Zahra", role: "lead", capacity: 10,
                load: 2, onDuty: true, disabled: false),
        ]
    }

    var customer: API.Customer {
        API.Customer(
            id: CustomerID(rawValue: 1), name: words.customers[0], vip: true,
            preferredChannel: .email,
            identities: [
                .init(kind: "email", id: "sara@example.ir", verified: true),
                .init(
                    kind: "tel", id: "+989123456789", verified: false,
                    inbox: InboxID(rawValue: "phones")),
            ],
            suggestions: [.init(kind: "tel", id: "+982188776655")],
            attributes: [words.attribute.0: words.attribute.1], organisation: words.organisation,
            scores: [
                .init(
                    kind: .csat, score: 2, comment: words.comment, at: Desk.ago(minutes: 20_000),
                    ticket: TicketNumber(rawValue: 987))
            ],
            openTickets: [TicketNumber(rawValue: 1_042), TicketNumber(rawValue: 1_011)],
            blocked: false, createdAt: Desk.ago(minutes: 600_000))
    }

    var preview: API.ReplyPreview {
        API.ReplyPreview(
            inbox: InboxID(rawValue: "support-mail"), channel: .email, to: ["sara@example.ir"],
            reason: "same_channel", sentence: "By support-mail, because the customer wrote there.")
    }

    var timeline: [API.TimelineItem] {
        let author = messages[0].author
        return [
            API.TimelineItem(
                at: Desk.ago(minutes: 20_000), kind: "score", ticket: TicketNumber(rawValue: 987),
                summary: "Gave a score of 2", score: 2),
            API.TimelineItem(
                at: Desk.ago(minutes: 1_440), kind: "message",
                ticket: TicketNumber(rawValue: 1_042),
                channel: .email, actor: author, summary: words.subjects[0], message: messages[0]),
            API.TimelineItem(
                at: Desk.ago(minutes: 90), kind: "call", ticket: TicketNumber(rawValue: 1_042),
                channel: .phoneLog, actor: author, summary: "Missed call", message: messages[1]),
        ]
    }

    var macros: [API.Macro] {
        [
            API.Macro(
                name: "delay", title: words.subjects[0], texts: ["en": words.answer],
                updatedAt: Desk.ago(minutes: 90), version: 1),
            API.Macro(
                name: "sorry", title: words.organisation, texts: ["en": words.note],
                updatedAt: Desk.ago(minutes: 90), version: 1),
        ]
    }

    var recoveries: [API.Recovery] {
        (0..<2).map { index in
            API.Recovery(
                id: RecoveryID(rawValue: Int64(index + 1)), state: .open,
                customer: API.CustomerSummary(
                    id: CustomerID(rawValue: Int64(index + 1)), name: words.customers[index],
                    vip: index == 1),
                ticket: TicketNumber(rawValue: Int64(1_042 - index)), score: index + 1,
                comment: index == 0 ? words.comment : nil,
                owner: index == 0 ? nil : AgentID(rawValue: "ali"),
                due: Desk.ago(minutes: index == 0 ? 60 : -300), openedAt: Desk.ago(minutes: 500))
        }
    }

    var similar: [API.SearchHit] {
        [
            API.SearchHit(
                ticket: TicketNumber(rawValue: 700), at: Desk.ago(minutes: 90_000), channel: .email,
                status: .closed, subject: words.subjects[0],
                customer: API.CustomerSummary(
                    id: CustomerID(rawValue: 9), name: words.customers[1], vip: false),
                snippet: words.comment)
        ]
    }

    var drafts: [Draft] {
        [
            Draft(
                kind: .reply, ticket: TicketNumber(rawValue: 1_041), key: "old-1",
                text: words.answer, updatedAt: Desk.now - .minutes(90)),
            Draft(
                kind: .note, ticket: TicketNumber(rawValue: 1_042), key: "old-2", text: words.note,
                updatedAt: Desk.now - .minutes(9)),
        ]
    }

    var explanation: API.Explanation {
        API.Explanation(
            ticket: TicketNumber(rawValue: 1_042),
            summary: "Opened a new ticket. Given to ali because they served this customer last.",
            threading: [
                .init(
                    message: MessageID(rawValue: 1), at: Desk.ago(minutes: 1_440), rule: "none",
                    outcome: "new", sentence: "Nothing ties message 1 to an older ticket.",
                    steps: [
                        .init(
                            rule: "token", verdict: "absent",
                            sentence: "It carries no token of ours.")
                    ])
            ],
            routing: [
                .init(
                    position: Position(rawValue: 11), at: Desk.ago(minutes: 1_439),
                    outcome: "assigned", agent: AgentID(rawValue: "ali"), by: "router",
                    sentence:
                        "Given to ali in team support by the router, because they served this customer last.",
                    candidates: [
                        .init(
                            agent: AgentID(rawValue: "zahra"), verdict: "away",
                            sentence: "zahra was passed over: away.")
                    ])
            ])
    }

    var views: [API.View] {
        [
            .init(name: "mine", title: "Mine", query: "assignee=me", count: 14),
            .init(name: "unassigned", title: "Unassigned", query: "assignee=none", count: 5),
            .init(name: "active", title: "All active", query: "", count: 31),
        ]
    }

    /// A screen on which all this has arrived.
    func model(_ size: Size, display: DisplaySettings) -> Model {
        let start = Model(size: size, display: display, now: Desk.now, session: "test")
        return start.after(
            .loaded(
                .me(
                    API.Me(
                        agent: agents[0], position: Position(rawValue: 12), version: "1"))),
            .loaded(.views(views)), .loaded(.agents(agents)),
            .loaded(.queue(QueueRequest(view: "mine"), API.Page(tickets))),
            .loaded(.thread(detail, events)), .loaded(.customer(customer)), .live(.connected))
    }
}

extension Model {
    /// The model after messages, their effects forgotten.
    func after(_ messages: Message...) -> Model {
        messages.reduce(self) { update($0, $1).0 }
    }

    /// After keys, written as on the keyboard: `j`, or a named key.
    func typing(_ text: String) -> Model {
        text.reduce(self) { update($0, .key(KeyPress(.character($1)))).0 }
    }

    func pressing(_ keys: KeyPress...) -> Model {
        keys.reduce(self) { update($0, .key($1)).0 }
    }
}
