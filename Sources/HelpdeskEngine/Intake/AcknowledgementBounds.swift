internal import HelpdeskCore
internal import HelpdeskStore

/// How much of what nobody wrote by hand a customer gets (invariant 9): per person and day, per week where nobody vouches for
/// the sender (reliability §5), and over everybody, so that a flood of forged senders makes us a nuisance to two hundred people
/// at most.
struct AcknowledgementBounds {
    enum Limit { case day, week, everybody }

    let session: TicketSession

    /// Which bound the next one would break; nil: none.
    func limit(
        _ auth: SenderAuth, to address: IdentityAddress, of customer: CustomerID
    ) throws -> Limit? {
        let policy = session.policy.acknowledgement
        let reader = session.reader
        let person = try reader.addressesAsOne(address.value, of: customer)
        func sent(within span: TimeSpan) throws -> Int {
            try person.reduce(0) { count, address in
                try count + reader.acknowledgements(to: address, since: session.now + -span)
            }
        }
        let perDay = auth == .verified ? policy.verifiedPerDay : policy.othersPerDay
        if try sent(within: .days(1)) >= perDay { return .day }
        if auth != .verified, try sent(within: .days(7)) >= policy.othersPerWeek { return .week }
        guard policy.perHour > 0 else { return nil }
        let everybody = try reader.acknowledgements(
            since: session.now - .hours(1), limit: policy.perHour)
        return everybody >= policy.perHour ? .everybody : nil
    }
}
