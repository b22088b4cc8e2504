internal import ArgumentParser

/// An address of a customer as typed: `kind:value`, or a bare mail address.
enum AddressText {
    static func address(_ text: String) throws -> String {
        let bytes = Array(text.utf8)
        let isPlain = bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F } && bytes.count <= 352
        if isPlain, let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            colon < bytes.count - 1
        {
            return text
        }
        if isPlain, let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > 0, at < bytes.count - 1 {
            return "email:" + text
        }
        throw ValidationError("an address is KIND:VALUE or a mail address, not \(text)")
    }
}
