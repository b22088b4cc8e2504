public import ChannelKit
public import HelpdeskCore

/// What the daemon hands the HTTP server: where it listens, how much of anything it takes, and what only the daemon
/// knows. Values, fixed for the life of the server.
public struct ServerSettings: Sendable {
    /// A unix socket on which the system says who is at the other end.
    public struct Socket: Hashable, Sendable {
        public var path: String
        /// Permission bits.
        public var mode: UInt32
        /// Who may open it; nil: the daemon's own group.
        public var group: UInt32?

        public init(path: String, mode: UInt32 = 0o660, group: UInt32? = nil) {
            self.path = path
            self.mode = mode
            self.group = group
        }
    }

    /// An address on TCP: plain HTTP, with a proxy for TLS in front of anything but loopback.
    public struct Listen: Hashable, Sendable {
        public var host: String
        /// 0: any free one; `DeskServer.port` says which.
        public var port: Int

        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    public var socket: Socket?
    public var listen: Listen?
    /// Of the daemon, as `GET /me` says it.
    public var version: String
    public var limits: ServerLimits
    public var views: [SavedView]
    /// Reads a message in the shape of `POST /messages/{inbox}`. Nil: the route answers 404.
    public var readMessage: MessageReading?
    /// What the CRM knows of customers; nil: there is none.
    public var crm: CRMDesk?
    /// How an inbox stands; nil: unknown.
    public var health: @Sendable (InboxID) -> ChannelHealth?
    /// Further checks of `/readyz`, beside the store and the drain.
    public var readiness: @Sendable () async -> [ReadinessCheck]
    /// Sets what is measured only when somebody asks for `/metrics`.
    public var measure: @Sendable () -> Void

    public init(
        socket: Socket? = nil, listen: Listen? = nil, version: String,
        limits: ServerLimits = ServerLimits(), views: [SavedView] = SavedView.standard,
        readMessage: MessageReading? = nil, crm: CRMDesk? = nil,
        health: @escaping @Sendable (InboxID) -> ChannelHealth? = { _ in nil },
        readiness: @escaping @Sendable () async -> [ReadinessCheck] = { [] },
        measure: @escaping @Sendable () -> Void = {}
    ) {
        self.socket = socket
        self.listen = listen
        self.version = version
        self.limits = limits
        self.views = views
        self.readMessage = readMessage
        self.crm = crm
        self.health = health
        self.readiness = readiness
        self.measure = measure
    }
}

/// How much of anything is taken. Counts of zero are off.
public struct ServerLimits: Hashable, Sendable {
    /// Requests of one agent, with a burst of a sixth of it.
    public var apiPerMinute: Int
    /// Requests to one inbox, with a burst of five seconds.
    public var webhookPerSecond: Int
    /// Answers from one address.
    public var surveyPostsPerMinute: Int
    /// Bytes of a JSON body.
    public var documentBytes: Int
    /// Bytes of a webhook and of `POST /messages/{inbox}`.
    public var webhookBytes: Int
    /// Bytes of a file uploaded for a reply.
    public var attachmentBytes: Int
    /// Connections to one listener; more wait in the system's queue.
    public var connections: Int
    /// Live streams of one agent.
    public var streamsPerAgent: Int

    public init(
        apiPerMinute: Int = 600, webhookPerSecond: Int = 20, surveyPostsPerMinute: Int = 10,
        documentBytes: Int = 1_048_576, webhookBytes: Int = 1_048_576,
        attachmentBytes: Int = 25 * 1_048_576, connections: Int = 1_024,
        streamsPerAgent: Int = 16
    ) {
        self.apiPerMinute = apiPerMinute
        self.webhookPerSecond = webhookPerSecond
        self.surveyPostsPerMinute = surveyPostsPerMinute
        self.documentBytes = documentBytes
        self.webhookBytes = webhookBytes
        self.attachmentBytes = attachmentBytes
        self.connections = connections
        self.streamsPerAgent = streamsPerAgent
    }
}

/// One line of `/readyz`.
public struct ReadinessCheck: Hashable, Sendable {
    public enum State: String, Sendable { case ok, failed }

    public var name: String
    public var state: State
    /// What is wrong, and what to do.
    public var detail: String?

    public init(name: String, state: State, detail: String? = nil) {
        self.name = name
        self.state = state
        self.detail = detail
    }
}

/// Turns a body of `POST /messages/{inbox}` into messages: the channel's own decoder, handed in because the server sees no
/// adapter. Throws what is wrong and where.
public struct MessageReading: Sendable {
    /// What is wrong with a body, and at which place of it.
    public struct Fault: Error, Hashable, Sendable {
        public var place: String
        public var reason: String

        public init(place: String, reason: String) {
            self.place = place
            self.reason = reason
        }
    }

    let read: @Sendable ([UInt8], InboxID) throws(Fault) -> [InboundMessage]

    public init(_ read: @escaping @Sendable ([UInt8], InboxID) throws(Fault) -> [InboundMessage]) {
        self.read = read
    }
}

/// A named selection of tickets that every agent finds.
public struct SavedView: Hashable, Sendable {
    public var name: String
    public var title: String
    /// The query string of `GET /tickets`.
    public var query: String

    public init(name: String, title: String, query: String) {
        self.name = name
        self.title = title
        self.query = query
    }

    static let teamPrefix = "team:"

    /// All that waits in one team, `team:support`: beside the desk's views each agent finds those of their own teams.
    init(team: TeamID) {
        // Names of teams need no percent encoding.
        self.init(
            name: Self.teamPrefix + team.rawValue, title: team.rawValue,
            query: "team=\(team.rawValue)")
    }

    public static let standard: [SavedView] = [
        SavedView(name: "mine", title: "Mine", query: "assignee=me"),
        SavedView(name: "unassigned", title: "Unassigned", query: "assignee=none"),
        SavedView(name: "active", title: "All active", query: ""),
        SavedView(name: "new", title: "New", query: "status=new"),
        SavedView(name: "pending", title: "Waiting for the customer", query: "status=pending"),
        SavedView(name: "callbacks", title: "Call back", query: "is=callback"),
        SavedView(name: "wrap-up", title: "Wrap-up", query: "is=wrap_up"),
        SavedView(name: "snoozed", title: "Snoozed", query: "is=snoozed"),
        SavedView(name: "spam", title: "Spam", query: "class=spam&status=all"),
        SavedView(name: "bulk", title: "Bulk mail", query: "class=bulk&status=all"),
    ]
}
