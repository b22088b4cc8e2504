import ChannelKit
import CurlTransport
import HelpdeskCore

/// One connection's work on one mailbox: catch up, wait, catch up.
struct MailboxVisit {
    let reception: MailboxReception
    let session: IMAPSession
    let adapter: EmailAdapter
    let host: any ChannelHost
    var cursor: IMAPCursor
    private var polls = 0

    init(
        reception: MailboxReception, session: IMAPSession, adapter: EmailAdapter,
        host: any ChannelHost, cursor: IMAPCursor
    ) {
        self.reception = reception
        self.session = session
        self.adapter = adapter
        self.host = host
        self.cursor = cursor
    }

    var settings: IMAPSettings { reception.settings }

    /// - Parameter changed: whether the cursor is another than the one that is kept: then it is kept before anything else, so
    ///   that a new inbox has its beginning even if no mail ever comes.
    mutating func begin(changed: Bool) async throws(IMAPFault) {
        if changed { try await commit([]) }
        if settings.settles, cursor.settled < cursor.uid { try await settleAfterDeath() }
        try await catchUp()
    }

    /// Waits for mail, and takes it.
    mutating func round() async throws(IMAPFault) {
        var isDue = false
        if settings.waiting == .idle, session.can("IDLE") {
            isDue = try await session.idle(for: settings.patience.idle)
            // Some servers never tell of mail: what IDLE has missed, a look finds.
            if !isDue { try await look() }
        } else {
            try await session.linger(for: settings.poll)
            polls += 1
            if polls >= settings.patience.pollsBetweenLooks {
                polls = 0
                try await look()
            } else {
                isDue = try await session.poll()
            }
        }
        try await catchUp()
    }

    /// Opens the folder anew: the one way in which every server says truly what is in it.
    private mutating func look() async throws(IMAPFault) {
        try await session.open(settings.folder, .readOnly)
        guard let folder = session.folder, folder.validity != cursor.validity else { return }
        cursor = IMAPCursor.resume(
            cursor.cursor, in: folder, settings: settings, at: host.now())
        try await commit([])
    }

    /// Takes every mail above the cursor, in windows, oldest first.
    mutating func catchUp() async throws(IMAPFault) {
        session.folder?.hasNews = false
        while session.mayHold(above: cursor.uid) {
            guard let first = try await session.firstSequence(above: cursor.uid),
                let last = session.folder?.mails
            else { break }
            let window = first...min(last, first + settings.patience.window - 1)
            let listings = try await session.listings(window).filter { $0.uid > cursor.uid }
            guard !listings.isEmpty else {
                throw .malformed("the server does not name the mails it says it has")
            }
            try await take(listings)
            await report(waiting: max(0, last - window.upperBound))
            if Task.isCancelled { throw .transport(.cancelled) }
        }
        await report(waiting: 0)
    }

    private func report(waiting: Int) async {
        await host.health(
            ChannelHealth(
                state: .ok, detail: waiting > 0 ? "\(waiting) mails wait to be read" : nil,
                lastSuccess: host.now(), waiting: waiting))
    }

    /// Keeps messages and the cursor in one transaction.
    func commit(_ messages: [InboundMessage]) async throws(IMAPFault) {
        let batch = InboundBatch(messages: messages, cursor: cursor.cursor)
        try await persist { host throws(DeliveryRefusal) in _ = try await host.deliver(batch) }
    }

    /// Asks again while the store is busy, at most ten times; everything else ends the visit.
    func persist(
        _ work: (any ChannelHost) async throws(DeliveryRefusal) -> Void
    ) async throws(IMAPFault) {
        for _ in 0..<10 {
            do throws(DeliveryRefusal) {
                return try await work(host)
            } catch .busy(let wait) {
                try await session.linger(
                    for: .milliseconds(min(max(wait.milliseconds, 100), 10_000)))
            } catch {
                throw .notKept(error)
            }
        }
        throw .notKept(.busy(retryAfter: .seconds(5)))
    }
}
