/// `[retention]` was acted on: the bytes of these mails and these entries of the quarantine are gone. Words, files and times stay.
public struct RetentionApplied: Hashable, Sendable, Codable {
    public var messages: [MessageID]
    public var quarantine: [QuarantineID]

    public init(messages: [MessageID], quarantine: [QuarantineID]) {
        self.messages = messages
        self.quarantine = quarantine
    }
}
