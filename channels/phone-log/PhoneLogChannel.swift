public import ChannelKit
public import HelpdeskCore

/// Calls from a phone system's CSV log: each row becomes a message of kind call. It only receives.
///
/// Files come by `hamdeld import phone-log`, through `PhoneLogImport`, or are followed as they grow (`path`).
/// Setup and limits: README.md here.
public struct PhoneLogChannel: ChannelAdapter {
    public static let kind = ChannelKind.phoneLog

    let settings: PhoneLogSettings

    public init(
        configuration: ChannelConfiguration, secrets: ChannelSecrets
    ) throws(ChannelConfigurationError) {
        settings = try PhoneLogSettings(configuration)
    }

    public var capabilities: ChannelCapabilities {
        ChannelCapabilities(
            sending: .receiveOnly, liveness: .deferred, conversations: .session,
            continuity: .days(7), attachments: .notCarried, sameIDOtherContent: .keepBoth,
            attemptSafety: .atLeastOnce, claimedSenders: .everywhere)
    }

    public func check() async -> ChannelHealth {
        guard let path = settings.path else { return ChannelHealth(state: .ok) }
        return await LogDisk().kind(of: path) == nil
            ? ChannelHealth(
                state: .down, detail: "\(path) is not there, or may not be read",
                action: .fixConfiguration)
            : ChannelHealth(state: .ok)
    }

    /// Follows the inbox's file or folder, looking once a second; returns at once where there is none.
    public func run(from cursor: Cursor?, host: any ChannelHost) async throws {
        guard let path = settings.path else { return }
        var follower = PhoneLogFollower(self, path: path, from: cursor, host: host)
        while !Task.isCancelled {
            do {
                try await follower.look()
            } catch let failure as PhoneLogImport.Failure {
                if case .format(let fault) = failure {
                    await host.health(
                        ChannelHealth(
                            state: .down, detail: "\(path): \(fault)", action: .fixConfiguration))
                }
                throw failure
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    public func prepare(_ message: OutboundMessage) throws(OutboundRefusal) -> PreparedMessage {
        throw OutboundRefusal(
            .receiveOnly, "A phone log cannot carry answers; ring the customer or answer by mail.")
    }

    public func send(_ message: PreparedMessage, attempt: Int) async -> SendResult {
        .rejected(.unsupported, detail: "a phone log only receives")
    }
}
