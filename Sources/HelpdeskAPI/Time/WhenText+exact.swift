public import HelpdeskCore

extension WhenText {
    /// What people type, or an RFC 3339 time; nil when the text is neither.
    public func instant(_ text: String, dayStart: DayStart = .working) -> Instant? {
        RFC3339.instant(text) ?? moment(text, dayStart: dayStart)
    }
}
