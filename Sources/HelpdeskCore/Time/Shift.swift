/// When one agent is on duty. Several calendars add up: mornings here, an evening there, each in its own zone and
/// with its own days off.
///
/// An agent without a shift is on duty by the business hours of the team, and without those always (DESIGN §4
/// "Routing").
public struct Shift: Hashable, Sendable {
    public let calendars: [BusinessHours]

    public init(_ calendars: [BusinessHours]) { self.calendars = calendars }

    public func isOnDuty(at instant: Instant) -> Bool {
        calendars.contains { $0.isOpen(at: instant) }
    }

    /// The next moment on duty at or after this one, `nil` when there is none before `limit`.
    public func nextDuty(from instant: Instant, before limit: Instant) -> Instant? {
        calendars.compactMap { $0.nextOpen(from: instant, before: limit) }.min()
    }
}
