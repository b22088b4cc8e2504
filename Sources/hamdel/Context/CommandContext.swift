internal import HelpdeskClient
internal import HelpdeskCore
internal import Terminal

/// What a command may use of the world: handed in, so that a test can be the world.
struct CommandContext {
    /// Whether somebody sits at the other end of a stream.
    enum Audience: Equatable {
        case program
        /// A terminal with so many columns.
        case person(columns: Int)
    }

    var client: HelpdeskClient
    /// Where the daemon is.
    var address = DaemonAddress.socket(path: DaemonAddress.usualSocket, token: nil)
    var environment: [String: String]
    var audience: Audience
    var input: any CommandInput
    var sink: any CommandSink
    var now: @Sendable () -> Instant
    /// Seconds that local clocks are ahead of UTC at a moment.
    var offset: @Sendable (Instant) -> Int

    /// Text for people: a complaint, a hint, a question. Goes to standard error.
    func say(_ text: String) {
        sink.complain(Sanitizer.multiLine(text).string + "\n")
    }

    var moments: MomentText {
        MomentText(calendar: MomentText.Calendar(environment: environment), offset: offset)
    }

    var page: TextPage {
        switch audience {
        case .program: TextPage(columns: nil, bidi: .off)
        case .person(let columns):
            TextPage(
                columns: columns,
                bidi: (environment["HAMDEL_BIDI"].flatMap(BidiSetting.init(rawValue:)) ?? .auto)
                    .mode(TerminalCapabilities(), environment: environment))
        }
    }
}

/// Where text and ids come from.
protocol CommandInput: Sendable {
    /// Whether a person would have to type it.
    var isTerminal: Bool { get }
    /// Everything, at most `limit` bytes; throws `.local` beyond.
    func readAll(limit: Int) throws -> [UInt8]
    /// A file, at most `limit` bytes.
    func readFile(_ path: String, limit: Int) throws -> [UInt8]
}

/// Where results and complaints go. Both are text that may be shown on a terminal: the printers see to that.
protocol CommandSink: Sendable {
    func print(_ bytes: [UInt8]) throws
    func complain(_ text: String)
}
