/// An agent's answer came back: the customer does not have it.
public struct ReplyReturned: Hashable, Sendable, Codable {
    /// The answer.
    public var message: MessageID
    public var delivery: DeliveryID
    /// As in `DeliveryReported`.
    public var code: String?

    public init(message: MessageID, delivery: DeliveryID, code: String?) {
        self.message = message
        self.delivery = delivery
        self.code = code
    }
}
