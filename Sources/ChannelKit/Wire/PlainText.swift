/// The words of a little HTML, where a chat sends no plain text. Chats have few tags; mails have their own
/// renderer. Linear in the input.
package enum PlainText {
    private static let maximumEntityBytes = 10

    package static func from(html: String) -> String {
        let bytes = Array(html.utf8)
        var text: [UInt8] = []
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "<"):
                guard let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")) else {
                    text += bytes[index...]
                    index = bytes.count
                    break
                }
                let name = String(
                    decoding: bytes[(index + 1)..<end].drop { $0 == UInt8(ascii: "/") }
                        .prefix { $0.isLetter }.map { $0 | 0x20 }, as: UTF8.self)
                if ["br", "p", "div", "li", "tr"].contains(name), text.last != 0x0A, !text.isEmpty {
                    text.append(0x0A)
                }
                index = end + 1
            case UInt8(ascii: "&"):
                index += entity(bytes[index...], &text)
            default:
                text.append(bytes[index])
                index += 1
            }
        }
        while let last = text.last, last == 0x0A || last == 0x20 { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends what the entity means, or its ampersand; returns how many bytes that took.
    private static func entity(_ bytes: ArraySlice<UInt8>, _ text: inout [UInt8]) -> Int {
        let name = bytes.dropFirst().prefix(maximumEntityBytes)
        guard let end = name.firstIndex(of: UInt8(ascii: ";")) else {
            text.append(UInt8(ascii: "&"))
            return 1
        }
        let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " "]
        let word = String(decoding: name[..<end], as: UTF8.self)
        if let meaning = known[word] {
            text += meaning.utf8
        } else if word.utf8.first == UInt8(ascii: "#"), let scalar = scalar(word) {
            text += String(scalar).utf8
        } else {
            text += bytes[bytes.startIndex...end]
        }
        return end - bytes.startIndex + 1
    }

    private static func scalar(_ word: String) -> Unicode.Scalar? {
        let digits = Array(word.utf8.dropFirst())
        let isHexadecimal = digits.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
        let number = String(decoding: isHexadecimal ? digits[1...] : digits[...], as: UTF8.self)
        guard let code = UInt32(number, radix: isHexadecimal ? 16 : 10), code != 0 else {
            return nil
        }
        return Unicode.Scalar(code)
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
}
