public import HelpdeskCore

/// An inbox's own settings as read from the configuration file, without secrets. Keys are those of the `[[inbox]]`
/// table; values keep their type, so that an adapter's error can say what it expected and what it got.
public struct ChannelConfiguration: Sendable {
    public indirect enum Value: Hashable, Sendable {
        case text(String)
        case integer(Int64)
        case boolean(Bool)
        case list([Value])
        case table([String: Value])
    }

    public let inbox: InboxID
    public let values: [String: Value]
    /// Rules of the inbox's time zone, looked up by the daemon: FoundationEssentials knows no named zone.
    public let zone: ZoneRules

    public init(inbox: InboxID, values: [String: Value], zone: ZoneRules) {
        self.inbox = inbox
        self.values = values
        self.zone = zone
    }

    public func text(_ key: String) -> String? {
        guard case .text(let value)? = values[key] else { return nil }
        return value
    }

    /// Nil when the key is missing.
    public func isSet(_ key: String) -> Bool? {
        guard case .boolean(let value)? = values[key] else { return nil }
        return value
    }

    public func texts(_ key: String) -> [String] {
        guard case .list(let values)? = values[key] else { return [] }
        return values.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }
}

/// Live secrets of an inbox; the first signs what we send, each is accepted on what comes in. Never printed.
public struct ChannelSecrets: Sendable, CustomStringConvertible {
    public let live: [String]
    /// Further secrets by name: what we show to the provider (`credentials` of the inbox).
    public let named: [String: String]

    public init(live: [String], named: [String: String] = [:]) {
        self.live = live
        self.named = named
    }

    public var description: String { "ChannelSecrets(\(live.count), \(named.count) named)" }
}

public struct ChannelConfigurationError: Error, Hashable, Sendable {
    /// The key at fault, within the inbox's table.
    public let key: String
    public let expected: String
    public let got: String

    public init(key: String, expected: String, got: String) {
        self.key = key
        self.expected = expected
        self.got = got
    }
}
