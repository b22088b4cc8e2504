internal import HelpdeskAPI
public import HelpdeskCore
internal import HelpdeskStore
internal import Synchronization

/// What the CRM says of customers, for their cards: a link, and what a look-up answers. Only a card that is read waits for
/// it, for as long as the time limit says; intake and routing know nothing of it. Answers are kept for a while, failures for
/// a moment; everything is bounded.
public final class CRMDesk: Sendable {
    /// Fetches a document within the time limit; a text for people when that fails.
    public typealias Fetch = @Sendable (_ url: String) async -> Result<Answer, Failure>

    public struct Answer: Sendable {
        public var status: Int
        public var body: [UInt8]

        public init(status: Int, body: [UInt8]) {
            self.status = status
            self.body = body
        }
    }

    public struct Failure: Error, Sendable {
        public var text: String
        public init(text: String) { self.text = text }
    }

    public static let mostKept = 2_000
    public static let mostAtOnce = 8
    public static let mostFields = 100
    public static let longestValue = 500
    static let failureKept = TimeSpan.seconds(30)

    private let link: CRMTemplate?
    private let lookup: CRMTemplate?
    private let keep: TimeSpan
    private let fetch: Fetch
    private let state = Mutex(State())

    private struct State {
        var kept: [String: (record: API.CRMRecord, until: Instant)] = [:]
        /// In the order of keeping; the oldest go first.
        var order: [String] = []
        var running = 0
    }

    /// - Parameter keep: how long an answer is good.
    public init(link: CRMTemplate?, lookup: CRMTemplate?, keep: TimeSpan, fetch: @escaping Fetch) {
        self.link = link
        self.lookup = lookup
        self.keep = keep
        self.fetch = fetch
    }

    /// The link alone: what lists show.
    func linked(_ card: CustomerCard) -> API.CRMRecord {
        API.CRMRecord(link: link?.filled(Self.values(card)), state: "off")
    }

    func record(of card: CustomerCard, at now: Instant) async -> API.CRMRecord {
        var record = linked(card)
        guard let lookup else { return record }
        guard let url = lookup.filled(Self.values(card)) else {
            record.state = "unknown"
            return record
        }
        let found = await found(url, at: now)
        record.state = found.state
        record.fields = found.fields
        record.at = found.at
        record.detail = found.detail
        return record
    }

    private func found(_ url: String, at now: Instant) async -> API.CRMRecord {
        enum Turn { case kept(API.CRMRecord), busy, mine }
        let turn = state.withLock { state -> Turn in
            if let kept = state.kept[url], now < kept.until { return .kept(kept.record) }
            guard state.running < Self.mostAtOnce else { return .busy }
            state.running += 1
            return .mine
        }
        switch turn {
        case .kept(let record): return record
        case .busy:
            return API.CRMRecord(
                state: "failed", detail: "\(Self.mostAtOnce) look-ups are under way; try again")
        case .mine: break
        }
        let record = Self.read(await fetch(url), at: now)
        let until = now + (record.state == "failed" ? Self.failureKept : keep)
        state.withLock { state in
            state.running -= 1
            if state.kept.updateValue((record, until), forKey: url) == nil {
                state.order.append(url)
            }
            if state.order.count > Self.mostKept {
                let oldest = state.order.prefix(Self.mostKept / 10)
                for url in oldest { state.kept[url] = nil }
                state.order.removeFirst(oldest.count)
            }
        }
        return record
    }

    private static func read(
        _ result: Result<Answer, Failure>, at now: Instant
    ) -> API.CRMRecord {
        func failed(_ text: String) -> API.CRMRecord {
            API.CRMRecord(state: "failed", at: Timestamp(now), detail: text)
        }
        switch result {
        case .failure(let failure): return failed(failure.text)
        case .success(let answer):
            if answer.status == 404 || answer.status == 204 {
                return API.CRMRecord(state: "unknown", at: Timestamp(now))
            }
            guard (200...299).contains(answer.status) else {
                return failed("the CRM answered \(answer.status)")
            }
            do throws(JSONReader.Fault) {
                let value = try JSONReader.value(of: answer.body)
                guard case .object = value else { return failed("no JSON object came back") }
                return API.CRMRecord(
                    state: "known", fields: fields(of: value), at: Timestamp(now))
            } catch {
                return failed("what came back is no JSON: \(error.reason)")
            }
        }
    }

    /// Every value of the document by its path: `plan`, `orders.0.item`; at most `mostFields`, the first ones.
    private static func fields(of value: JSONValue) -> [String: String] {
        var fields: [String: String] = [:]
        var waiting: [(path: String, value: JSONValue)] = [("", value)]
        var next = 0
        while next < waiting.count, fields.count < mostFields, next < 2_000 {
            let (path, value) = waiting[next]
            next += 1
            switch value {
            case .null: break
            case .bool(let flag): fields[path] = flag ? "yes" : "no"
            case .integer(let number): fields[path] = String(number)
            case .number(let number): fields[path] = String(number)
            case .string(let text): fields[path] = shortened(text)
            case .array(let elements):
                for (index, element) in elements.prefix(mostFields).enumerated() {
                    waiting.append((path.isEmpty ? "\(index)" : "\(path).\(index)", element))
                }
            case .object(let members):
                for member in members.prefix(mostFields) {
                    let name = shortened(member.name)
                    waiting.append((path.isEmpty ? name : "\(path).\(name)", member.value))
                }
            }
        }
        return fields
    }

    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > longestValue else { return text }
        return String(text.unicodeScalars.prefix(longestValue / 4)) + "…"
    }

    private static func values(_ card: CustomerCard) -> [CRMTemplate.Place: String] {
        var values: [CRMTemplate.Place: String] = [.id: String(card.customer.id.rawValue)]
        values[.externalID] = card.externalID
        let mails = card.identities.filter { $0.address.kind == IdentityAddress.emailKind }
        values[.email] =
            (mails.first { $0.verification == .verified } ?? mails.first)?.address.value
        values[.phone] =
            card.identities.first { IdentityLikeness.phone($0.address) != nil }
            .flatMap { IdentityLikeness.phone($0.address) }
        return values
    }
}
