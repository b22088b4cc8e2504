import ChannelKit

/// What a server said about one recipient, and what that means: whether the address itself is dead, and why.
struct Failure {
    typealias Outcome = DeliveryReport.Outcome
    typealias Reason = DeliveryReport.Reason

    /// RFC 3464 section 2.3.3. `unsaid` in old notices; they are sent when a mail is given up.
    enum Action { case failed, delayed, delivered, relayed, expanded, unsaid }

    var action = Action.unsaid
    /// RFC 3463, as the report's own field states it.
    var status: String?
    /// The server's words, of any length; the first `reach` bytes are read.
    var words: [UInt8] = []

    /// Bytes of one server's words that are looked at.
    static let reach = 4 << 10

    struct Judgement {
        var outcome: Outcome
        var reason: Reason
        var status: String?
        var replyCode: String?
    }

    func judged() -> Judgement {
        let said = Array(words.prefix(Self.reach))
        let inWords = Self.status(in: said[...])
        let status = Self.better(status, inWords)
        let reply = Self.replyCode(in: said[...])
        let reason = reason(status: status, reply: reply, text: Phrases.normalised(said))
        return Judgement(
            outcome: outcome(reason, status: status, reply: reply), reason: reason, status: status,
            replyCode: reply)
    }

    /// `5.0.0` and the like say nothing: then what the words hold is better.
    private static func better(_ field: String?, _ words: String?) -> String? {
        guard let field else { return words }
        guard let words, words.hasPrefix(field.prefix(1)) else { return field }
        return field.hasSuffix(".0.0") ? words : field
    }

    private func reason(status: String?, reply: String?, text: [UInt8]) -> Reason {
        if let reason = FailureWords.certain.best(in: text) { return reason }
        let detail = status.map { String($0.dropFirst(2)) }
        if let detail, detail != "0.0", let reason = FailureWords.statuses[detail] {
            return reason
        }
        if let reason = FailureWords.likely.best(in: text) { return reason }
        return reply.flatMap { FailureWords.replies[$0] } ?? .unknown
    }

    private func outcome(_ reason: Reason, status: String?, reply: String?) -> Outcome {
        switch action {
        case .delayed: return .delayed
        case .delivered: return .delivered
        case .relayed: return .relayed
        case .expanded: return .expanded
        case .failed, .unsaid: break
        }
        // A temporary code: the address may be good, its server would not say.
        let isTemporary = (status ?? reply)?.first == "4"
        let isDead =
            reason == .unknownUser && !isRefusal(status)
            || reason == .unknownHost && stage != .mailFrom
        return isDead && !isTemporary ? .failedForEver : .failedForNow
    }

    /// “User unknown” under a code for a policy (5.7), or after the server had taken the address and saw the mail (DATA):
    /// a filter says so, the address may be good. After MAIL FROM it is ours that is unknown.
    private func isRefusal(_ status: String?) -> Bool {
        if stage == .mailFrom || status?.hasPrefix("5.7.") == true { return true }
        guard stage == .data, status?.hasPrefix("5.1.") != true else { return false }
        return !FailureWords.unmistakable.matches(Phrases.normalised(words.prefix(Self.reach)))
    }

    /// Which command was refused (RFC 5321 section 3.3), where the words say so.
    enum Stage { case mailFrom, data, unsaid }

    var stage = Stage.unsaid

    static func stage(in text: [UInt8]) -> Stage {
        stages.best(in: Phrases.normalised(text)) ?? .unsaid
    }

    private static let stages = PhraseTable<Stage>([
        (
            .mailFrom,
            [
                "after mail from", "reply to mail from", "after sender",
                "error following mail command",
            ]
        ),
        (
            .data,
            [
                "end of data", ">>> data", "after data", "reply to data", "data command",
                "smtp command data", "final data", "after i sent the message",
                // The answer to RCPT names the address; where the name is missing there was none to repeat.
                "550 : user unknown", "550: : user unknown",
            ]
        ),
    ])

    /// The first `5.1.1` in a text that is no part of an IP address or a version.
    static func status(in text: ArraySlice<UInt8>) -> String? {
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == UInt8(ascii: "5") || byte == UInt8(ascii: "4") || byte == UInt8(ascii: "2"),
                let end = statusEnd(text, from: index)
            {
                return String(decoding: text[index..<end], as: UTF8.self)
            }
            index &+= 1
        }
        return nil
    }

    private static func statusEnd(_ text: ArraySlice<UInt8>, from start: Int) -> Int? {
        if start > text.startIndex {
            let before = text[start &- 1]
            if Ascii.isDigit(before) || before == Ascii.dot || isLetter(before) { return nil }
        }
        var index = start &+ 1
        for _ in 0..<2 {
            guard index < text.endIndex, text[index] == Ascii.dot else { return nil }
            index &+= 1
            let first = index
            while index < text.endIndex, index &- first < 3, Ascii.isDigit(text[index]) {
                index &+= 1
            }
            if index == first { return nil }
        }
        guard index < text.endIndex else { return index }
        let after = text[index]
        if Ascii.isDigit(after) || isLetter(after) { return nil }
        // `4.2.2.` ends a sentence, `4.2.2.1` is an address.
        if after == Ascii.dot, index &+ 1 < text.endIndex, Ascii.isDigit(text[index &+ 1]) {
            return nil
        }
        return index
    }

    /// The first `550` in a text that stands where a reply code may: at a word's beginning, with a blank, a dash,
    /// a colon or a mark behind it.
    static func replyCode(in text: ArraySlice<UInt8>) -> String? {
        var index = text.startIndex
        while index &+ 2 < text.endIndex {
            defer { index &+= 1 }
            let first = text[index]
            guard first == UInt8(ascii: "4") || first == UInt8(ascii: "5"),
                text[index &+ 1] >= 0x30, text[index &+ 1] <= 0x37,
                Ascii.isDigit(text[index &+ 2])
            else { continue }
            if index > text.startIndex, !startsWord(text[index &- 1]) { continue }
            let next = index &+ 3
            if next < text.endIndex, !endsCode(text, at: next) { continue }
            return String(decoding: text[index..<next], as: UTF8.self)
        }
        return nil
    }

    private static func startsWord(_ byte: UInt8) -> Bool {
        Ascii.isBlank(byte) || byte == Ascii.semicolon || byte == Ascii.colon
            || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "'")
            || byte == Ascii.quote || byte == Ascii.equals || byte == UInt8(ascii: ",")
    }

    private static func endsCode(_ text: ArraySlice<UInt8>, at index: Int) -> Bool {
        let byte = text[index]
        if Ascii.isBlank(byte) || byte == Ascii.dash || byte == Ascii.colon { return true }
        if byte == UInt8(ascii: "#") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]")
            || byte == UInt8(ascii: "'") || byte == Ascii.quote || byte == UInt8(ascii: ")")
        {
            return true
        }
        // “550.” ends a sentence, “550.5” is a number.
        return byte == Ascii.dot
            && (index &+ 1 >= text.endIndex || !Ascii.isDigit(text[index &+ 1]))
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        let lower = Ascii.lower(byte)
        return lower >= 0x61 && lower <= 0x7A
    }
}
