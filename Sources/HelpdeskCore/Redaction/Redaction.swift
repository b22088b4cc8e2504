/// Which words of a message are taken away for good: a card number that a customer should not have sent. Pure.
public enum Redaction: Hashable, Sendable {
    /// All of them.
    case everything
    /// Wherever they stand, byte by byte: what a person sees as one letter may be several, and none of it may stay.
    case words([String])

    /// What stands in their place.
    public static let mark = "█████"
    public static let mostWords = 20
    /// Of one word or phrase, in UTF-8 bytes.
    public static let longestWord = 200

    /// What is left; nil where nothing was to be taken away.
    public func applied(to text: String) -> String? {
        switch self {
        case .everything: return text == Self.mark ? nil : Self.mark
        case .words(let words):
            var bytes = Array(text.utf8)
            for word in words { bytes = Self.replacing(Array(word.utf8), in: bytes) }
            let left = String(decoding: bytes, as: UTF8.self)
            return left.utf8.elementsEqual(text.utf8) ? nil : left
        }
    }

    private static func replacing(_ word: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        guard let first = word.first, bytes.count >= word.count else { return bytes }
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let end = place + word.count
            if bytes[place] == first, end <= bytes.count, bytes[place..<end].elementsEqual(word) {
                result += mark.utf8
                place = end
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return result
    }
}
