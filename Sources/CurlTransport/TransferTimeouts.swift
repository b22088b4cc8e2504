/// How long a transfer may take before it is given up.
///
/// All durations count from the moment the transfer is handed over, waiting for a free place included,
/// except `connect`. Values below a millisecond count as one millisecond.
public struct TransferTimeouts: Sendable, Equatable {
    /// For name lookup, connection and TLS together.
    public var connect: Duration
    /// For the whole transfer; nil for streams that have no end.
    public var total: Duration?
    /// The longest silence of the peer; nil when silence is no fault.
    public var idle: Duration?

    public init(
        connect: Duration = .seconds(10), total: Duration? = .seconds(60), idle: Duration? = nil
    ) {
        self.connect = connect
        self.total = total
        self.idle = idle
    }
}

extension Duration {
    /// Whole milliseconds, at least 1 and at most `ceiling`; never traps on huge values.
    func milliseconds(atMost ceiling: Int) -> Int {
        let (seconds, attoseconds) = components
        guard seconds >= 0 else { return 1 }
        guard seconds < Int64(ceiling / 1000) else { return ceiling }
        return max(1, min(ceiling, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)))
    }
}
