public import ChannelKit

/// The shape of DESIGN §7 for whoever else reads it: `POST /messages/{inbox}` takes the same bodies as the generic webhook.
public enum NormalisedMessages {
    /// What is wrong with a body, and at which place of it.
    public struct Fault: Error, Hashable, Sendable {
        public let place: String
        public let reason: String
    }

    /// Addresses stay claims: whoever vouches for them does so through an inbox with `trust_identities`.
    public static func read(_ body: [UInt8]) throws(Fault) -> [InboundMessage] {
        do throws(JSONFault) {
            return try MessageDecoder(trust: .suggestionOnly).messages(body)
        } catch {
            throw Fault(place: error.place, reason: error.reason)
        }
    }
}
