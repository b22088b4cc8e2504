public import HelpdeskAPI
public import HelpdeskCore
public import Terminal

/// Everything the screen knows. Changed only by `update`, shown by `view`.
public struct Model: Sendable {
    public internal(set) var size: Size
    public internal(set) var layout: FieldLayout
    public internal(set) var display: DisplaySettings
    /// What the shell's clock said last.
    public internal(set) var now: Instant

    public internal(set) var me: API.Me?
    public internal(set) var agents: [API.Agent] = []
    public internal(set) var views: [API.View] = []
    public internal(set) var connection = Connection.connecting
    public internal(set) var notice: Notice?

    public internal(set) var queue = Queue()
    public internal(set) var threads = ThreadShelf()
    /// The ticket whose thread is on the screen, or on its way there.
    public internal(set) var opened: TicketNumber?
    public internal(set) var customer: API.Customer?
    var customerScroll = 0

    public internal(set) var focus = Pane.queue
    public internal(set) var overlay: Overlay?
    public internal(set) var composer: Composer?
    /// Replies on their way, the oldest first.
    public internal(set) var outgoing: [Outgoing] = []
    var drafts = DraftShelf()
    /// A keeping is due shortly.
    var isKeeping = false
    var typeAhead: TypeAhead?
    var undoing = UndoShelf()
    /// Changes of many tickets at once that are not all answered yet.
    var bulk: Bulk?
    public internal(set) var folds = Fold.usual
    public internal(set) var macros: [API.Macro]?
    public internal(set) var teams: [API.Team] = []
    public internal(set) var settings: ScreenSettings
    var zoom = Zoom.panes
    var news = News()
    var onlookers = Onlookers()
    /// The first key of a sequence of two.
    var pendingKey: KeyPress?
    var live = LiveState()

    /// Makes idempotency keys: unique for ever together with the counter.
    private let session: String
    private var writings = 0

    /// - Parameter session: random; no other run has the same.
    public init(
        size: Size, layout: FieldLayout = FieldLayout(),
        display: DisplaySettings = DisplaySettings(), settings: ScreenSettings = ScreenSettings(),
        now: Instant, session: String
    ) {
        self.size = size
        self.layout = layout
        self.display = display
        self.now = now
        self.session = session
        self.settings = settings
        queue.show(view: settings.firstView, words: nil)
    }

    /// What to do first.
    public var opening: [Effect] {
        [
            .load(.me), .load(.drafts), .load(.queue(QueueRequest(view: queue.view))),
            .load(.views), .load(.agents), .load(.teams), .load(.macros),
        ]
    }

    public var thread: TicketThread? { opened.flatMap { threads[$0] } }

    /// The ticket that a command is about: the one on the screen, else the one under the cursor.
    var subject: TicketNumber? {
        focus == .queue ? queue.selected ?? opened : opened ?? queue.selected
    }

    /// The tickets that a decision is about: the marked ones where the queue has the keys, else the subject.
    var targets: [TicketNumber] {
        if focus == .queue, !queue.marks.isEmpty { return queue.markedTickets }
        return subject.map { [$0] } ?? []
    }

    /// What is known about that ticket.
    func ticket(_ number: TicketNumber) -> API.Ticket? {
        threads[number]?.ticket ?? queue.index(of: number).map { queue.tickets[$0] }
    }

    mutating func newKey() -> String {
        writings &+= 1
        return "\(session)-\(writings)"
    }

    /// Where the panes are.
    var panes: Panes { Panes(size: size, focus: focus, zoom: zoom, composer: composer != nil) }
}

/// Whether one pane has the whole screen.
enum Zoom: Hashable, Sendable { case panes, one }

/// How far changes of many tickets have come.
struct Bulk: Hashable, Sendable {
    var title: String
    var total: Int
    var done = 0
    var failures: [String] = []
    var isOver: Bool { done + failures.count >= total }
}

/// What the live stream has changed and is not read again yet.
struct LiveState: Hashable, Sendable {
    var wantsQueue = false
    var tickets: Set<TicketNumber> = []
    var customers: Set<CustomerID> = []
    var wantsAgents = false
    /// A reading is due shortly.
    var isScheduled = false
    var lastReload: Instant?

    /// Beyond these many tickets it does not matter which: those on the screen are read again.
    static let limit = 256
}
