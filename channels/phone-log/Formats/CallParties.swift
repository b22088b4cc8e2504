internal import ChannelKit
internal import HelpdeskCore

/// Whose numbers a row holds: which side is the customer, which way the call went, who we are.
struct CallParties: Sendable {
    let numbers: PhoneNumberReader
    /// Numbers with at most this many digits are ours, like `201`.
    let extensionDigits: Int
    /// Our own full numbers, as E.164.
    let ownNumbers: Set<String>

    struct Judgement: Equatable {
        var direction: CallDirection
        /// The other side's number as written; nil when withheld.
        var customer: String?
        /// Our side, where it is an inner number.
        var inner: String?
    }

    private enum Side: Equatable {
        case withheld
        case inner(String)
        case outer(String)
    }

    func judge(_ call: CallRow) -> Judgement {
        if call.from.isEmpty, call.to.isEmpty, !call.otherSide.isEmpty {
            let direction = call.direction ?? .inbound
            return Judgement(
                direction: direction, customer: number(side(call.otherSide)), inner: nil)
        }
        let from = side(call.from)
        let to = side(call.to)
        switch call.direction ?? guess(from, to) {
        case .inbound:
            return Judgement(direction: .inbound, customer: number(from), inner: inner(to))
        case .outbound:
            return Judgement(direction: .outbound, customer: number(to), inner: inner(from))
        case .internal:
            return Judgement(direction: .internal, customer: nil, inner: inner(to))
        }
    }

    /// The customer's identity: E.164 where the plan knows the number, else its digits, else none.
    /// A caller's number can be forged, so it is claimed, never vouched for.
    func identity(_ number: String?) -> ClaimedIdentity? {
        guard let number else { return nil }
        if case .valid(let e164, _) = numbers.read(number) {
            return ClaimedIdentity(address: .phone(e164), evidence: .claimed)
        }
        // A name with the number in it, as contact books of switchboards have it.
        if let found = numbers.numbers(in: number).first {
            return ClaimedIdentity(address: .phone(found), evidence: .claimed)
        }
        let digits = Self.digits(number)
        guard (3...15).contains(digits.count) else { return nil }
        return ClaimedIdentity(address: .phone(digits), evidence: .claimed)
    }

    private func guess(_ from: Side, _ to: Side) -> CallDirection {
        switch (from, to) {
        case (.inner, .inner): .internal
        case (.inner, .outer): .outbound
        case (.outer, .outer(let called)):
            isOwn(called) ? .inbound : isOwn(number(from) ?? "") ? .outbound : .inbound
        case (.withheld, _), (.outer, _), (.inner, .withheld): .inbound
        }
    }

    private func isOwn(_ number: String) -> Bool {
        guard case .valid(let e164, _) = numbers.read(number) else { return false }
        return ownNumbers.contains(e164)
    }

    private func side(_ text: String) -> Side {
        let folded = GenericColumns.folded(text)
        guard !folded.isEmpty, !Self.withheldWords.contains(folded) else { return .withheld }
        let digits = Self.digits(text)
        guard digits.count > extensionDigits else {
            // "s", "voicemail", "dial_alice": names of the dial plan.
            return .inner(text)
        }
        return .outer(text)
    }

    private func number(_ side: Side) -> String? {
        switch side {
        case .withheld: nil
        case .inner(let text), .outer(let text): text
        }
    }

    private func inner(_ side: Side) -> String? {
        guard case .inner(let text) = side else { return nil }
        return text
    }

    private static func digits(_ text: String) -> String {
        let digits = PhoneNumberReader.folded(text).filter { $0 >= 0x30 && $0 <= 0x39 }
        return String(decoding: digits, as: UTF8.self)
    }

    /// What stands in place of a number that the caller or the network keeps back.
    private static let withheldWords: Set<String> = [
        "anonymous", "unknown", "unavailable", "private", "privatenumber", "restricted",
        "withheld", "blocked", "hidden", "na", "none", "null", "nonumber", "asterisk",
        "anonymousanonymousinvalid", "ناشناس", "خصوصی", "مخفی",
    ]
}
