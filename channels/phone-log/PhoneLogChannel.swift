public import ChannelKit
public import HelpdeskCore

/// Calls from a phone system's CSV log: each row becomes a message of kind call. It only receives.
///
/// Files come by `hamdeld import phone-log`, through `PhoneLogImport`. Setup and limits: README.md here.
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

    public func prepare(_ message: OutboundMessage) throws(OutboundRefusal) -> PreparedMessage {
        throw OutboundRefusal(
            .receiveOnly, "A phone log cannot carry answers; ring the customer or answer by mail.")
    }

    public func send(_ message: PreparedMessage, attempt: Int) async -> SendResult {
        .rejected(.unsupported, detail: "a phone log only receives")
    }
}
