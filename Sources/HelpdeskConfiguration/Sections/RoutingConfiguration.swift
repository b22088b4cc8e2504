public import HelpdeskCore

/// `[routing]`: how tickets find their agent.
public struct RoutingConfiguration: Equatable, Sendable {
    /// How much of an agent's capacity one ticket takes.
    public struct Weights: Equatable, Sendable {
        public let mail: Int
        public let chat: Int
        public let callBack: Int
    }

    /// Zero: nobody is preferred for having served the customer before.
    public let stickiness: TimeSpan
    public let chatWait: TimeSpan
    /// Of working hours.
    public let mailWait: TimeSpan
    /// Nil: an assignment stands until somebody changes it.
    public let assignmentTimeout: TimeSpan?
    public let weights: Weights
    /// A VIP's ticket counts as at least this urgent.
    public let vipPriority: TicketPriority
    /// How many units beyond a capacity a VIP's ticket may go when nobody has room within.
    public let vipReserve: Int
    /// How long who let an assignment time out does not get that ticket again.
    public let timeoutMemory: TimeSpan
    /// For how long a screen may be gone before its agent counts as away from it.
    public let screenGrace: TimeSpan
}

enum RoutingKeys {
    static let stickiness = DefaultedKey<TimeSpan>(
        "stickiness", .duration(.zero ... .days(365), example: "30d"), default: .days(30),
        written: "\"30d\"",
        "Who answered this customer within this time comes first. 0s: nobody does.")
    static let waitChat = DefaultedKey<TimeSpan>(
        "wait_chat", .duration(.zero ... .hours(1), example: "2m"), default: .minutes(2),
        written: "\"2m\"", "How long a chat waits for that agent.")
    static let waitMail = DefaultedKey<TimeSpan>(
        "wait_mail", .duration(.zero ... .days(7), example: "4h"), default: .hours(4),
        written: "\"4h\"",
        "How long a mail waits for that agent, in working hours; never past half of what the SLA leaves."
    )
    static let assignmentTimeout = OptionalKey<TimeSpan>(
        "assignment_timeout", .duration(.seconds(1) ... .days(30), example: "30m"),
        absent: "an assignment stands until somebody changes it",
        "A ticket that the router gave to an agent who has done nothing with it in this time, of the team's working hours, is given to somebody else. Any answer, note or change by the agent counts; what a person gave to somebody stays there.",
        example: "\"30m\"")
    static let weights = DefaultedKey<RoutingConfiguration.Weights>(
        "weights", .weights, default: .init(mail: 1, chat: 2, callBack: 1),
        written: "{ mail = 1, chat = 2, call_back = 1 }",
        "How much of an agent's capacity one ticket takes, by what it is.")
    static let vipPriority = DefaultedKey<TicketPriority>(
        "vip_priority", .choice("a priority"), default: .high, written: "\"high\"",
        "A VIP's ticket counts as at least this urgent.", example: "\"urgent\"")
    static let vipReserve = DefaultedKey<Int>(
        "vip_reserve", .number(0...1_000), default: 2, written: "2",
        "How many units beyond an agent's capacity a VIP's ticket may go when nobody has room within. 0: none.",
        example: "0")
    static let timeoutMemory = DefaultedKey<TimeSpan>(
        "timeout_memory", .duration(.seconds(1) ... .days(30), example: "4h"), default: .hours(4),
        written: "\"4h\"",
        "For how long an agent who did nothing with a ticket in time is not given it again.")
    static let screenGrace = DefaultedKey<TimeSpan>(
        "screen_grace", .duration(.seconds(1) ... .minutes(30), example: "30s"),
        default: .seconds(30), written: "\"30s\"",
        "How long an agent's screen may be gone before chats go to others. It matters for agents who use the screen and said nothing by hand (`hamdel presence`)."
    )
    static let section = SectionDescription(
        "routing", .table, "How tickets find their agent.",
        keys: [
            stickiness.description, waitChat.description, waitMail.description,
            assignmentTimeout.description, timeoutMemory.description, weights.description,
            vipPriority.description, vipReserve.description, screenGrace.description,
        ])
}

enum WeightKeys {
    static let mail = DefaultedKey<Int>(
        "mail", .number(0...100), default: 1, written: "1", "A mail.")
    static let chat = DefaultedKey<Int>(
        "chat", .number(0...100), default: 2, written: "2", "A chat.")
    static let callBack = DefaultedKey<Int>(
        "call_back", .number(0...100), default: 1, written: "1", "A call that has to be returned.")
    static let section = SectionDescription(
        "weights", .value, "How much of an agent's capacity one ticket takes.",
        keys: [mail.description, chat.description, callBack.description])
}

extension ValueKind where Value == RoutingConfiguration.Weights {
    static var weights: Self {
        .table("table", WeightKeys.section) { table, reader in
            .init(
                mail: reader.read(WeightKeys.mail, table),
                chat: reader.read(WeightKeys.chat, table),
                callBack: reader.read(WeightKeys.callBack, table))
        }
    }
}

extension ConfigurationReader {
    mutating func routing(_ section: SectionTable) -> RoutingConfiguration {
        RoutingConfiguration(
            stickiness: read(RoutingKeys.stickiness, section),
            chatWait: read(RoutingKeys.waitChat, section),
            mailWait: read(RoutingKeys.waitMail, section),
            assignmentTimeout: read(RoutingKeys.assignmentTimeout, section),
            weights: read(RoutingKeys.weights, section),
            vipPriority: read(RoutingKeys.vipPriority, section),
            vipReserve: read(RoutingKeys.vipReserve, section),
            timeoutMemory: read(RoutingKeys.timeoutMemory, section),
            screenGrace: read(RoutingKeys.screenGrace, section))
    }
}
