/// What keeps a message's bytes from being sent.
///
/// libcurl 7.88.1 sends bare CR and LF as they are, which lets one message be read as two by the next
/// server ("SMTP smuggling"; RFC 5321 §2.3.8 forbids both). So they are refused here, not repaired.
public enum SMTPMessageFault: Error, Sendable, Equatable {
    case empty
    case tooLarge(limit: Int)
    /// CR without LF; the offset in bytes.
    case bareCarriageReturn(at: Int)
    /// LF without CR.
    case bareLineFeed(at: Int)
    case nul(at: Int)

    static let maximumBytes = 64 * 1024 * 1024

    /// The first fault, in one pass.
    static func first(in message: [UInt8]) -> SMTPMessageFault? {
        guard !message.isEmpty else { return .empty }
        guard message.count <= maximumBytes else { return .tooLarge(limit: maximumBytes) }
        return message.withUnsafeBufferPointer { bytes in
            var previous: UInt8 = 0
            for index in bytes.indices {
                let byte = bytes[index]
                if previous == 0x0D, byte != 0x0A { return .bareCarriageReturn(at: index - 1) }
                if byte == 0x0A, previous != 0x0D { return .bareLineFeed(at: index) }
                if byte == 0 { return .nul(at: index) }
                previous = byte
            }
            return previous == 0x0D ? .bareCarriageReturn(at: bytes.count - 1) : nil
        }
    }
}

extension SMTPMessageFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty: "it is empty"
        case .tooLarge(let limit): "it is longer than \(limit) bytes"
        case .bareCarriageReturn(let offset):
            "byte \(offset) is a carriage return without line feed"
        case .bareLineFeed(let offset): "byte \(offset) is a line feed without carriage return"
        case .nul(let offset): "byte \(offset) is NUL"
        }
    }
}
