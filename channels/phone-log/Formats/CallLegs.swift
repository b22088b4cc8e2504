internal import ChannelKit
internal import HelpdeskCore

/// Makes one missed call of the many rings that a queue or ring group logs for it.
///
/// Asterisk writes a row for every member that rang, though another one answered. Of the rows of one
/// inbound call (same id) the answered ones stay; unanswered ones stay only when nobody answered, and then
/// the first alone. Looks `span` rows back and ahead, so the result does not depend on how the file is cut
/// into chunks and batches.
struct CallLegs {
    /// A call's rows are written together; this is far more than the longest queue rings at once.
    static let span = 64

    struct Leg {
        let line: Int
        let message: InboundMessage
    }

    enum Verdict {
        case kept(Leg)
        /// Another row tells of this call.
        case told
    }

    private var ahead: [Leg] = []
    private var first = 0
    /// Answered rows ahead, and rows behind that were kept, by call.
    private var answeredAhead: [String: Int] = [:]
    private var keptBehind: [String: Int] = [:]
    private var behind: [String?] = []
    private var oldest = 0

    /// Takes the next row; judges the one that is `span` rows back.
    mutating func take(_ leg: Leg) -> Verdict? {
        ahead.append(leg)
        if Self.isReached(leg), let call = leg.message.conversation {
            answeredAhead[call, default: 0] += 1
        }
        return ahead.count - first > Self.span ? judgeFirst() : nil
    }

    /// The file has ended: judges what is left, one by one; nil when nothing is.
    mutating func finish() -> Verdict? {
        first < ahead.count ? judgeFirst() : nil
    }

    private mutating func judgeFirst() -> Verdict {
        let leg = ahead[first]
        first += 1
        if first >= 256 {
            ahead.removeFirst(first)
            first = 0
        }
        guard let call = leg.message.conversation else {
            remember(nil)
            return .kept(leg)
        }
        if Self.isReached(leg) {
            Self.decrease(&answeredAhead, call)
            remember(call)
            return .kept(leg)
        }
        guard leg.message.call?.direction == .inbound,
            answeredAhead[call] != nil || keptBehind[call] != nil
        else {
            remember(call)
            return .kept(leg)
        }
        remember(nil)
        return .told
    }

    private static func isReached(_ leg: Leg) -> Bool {
        leg.message.call?.outcome == .answered || leg.message.call?.outcome == .voicemail
    }

    private mutating func remember(_ call: String?) {
        if let call { keptBehind[call, default: 0] += 1 }
        guard behind.count == Self.span else { return behind.append(call) }
        if let forgotten = behind[oldest] { Self.decrease(&keptBehind, forgotten) }
        behind[oldest] = call
        oldest = (oldest + 1) % Self.span
    }

    private static func decrease(_ counts: inout [String: Int], _ call: String) {
        guard let count = counts[call] else { return }
        counts[call] = count > 1 ? count - 1 : nil
    }
}
