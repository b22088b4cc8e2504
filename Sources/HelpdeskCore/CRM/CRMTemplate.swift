/// A URL of the CRM with places for what is known of a customer: `https://crm.example.org/c/{external_id}`.
///
/// What goes in is percent-encoded (RFC 3986 section 2.3), and only behind the host: nothing that a customer says can
/// lead to another server.
public struct CRMTemplate: Hashable, Sendable {
    /// What can stand in braces.
    public enum Place: String, Hashable, Sendable, CaseIterable {
        case externalID = "external_id"
        /// The first verified mail address, else the first.
        case email
        case phone
        /// Our own number of the customer.
        case id
    }

    private enum Part: Hashable, Sendable {
        case text(String)
        case place(Place)
    }

    public static let maximumBytes = 2_000

    public let text: String
    private let parts: [Part]

    /// Nil when it is no http(s) URL, names an unknown place, or has one in its host.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.maximumBytes,
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) })
        else { return nil }
        let rest = bytes.dropFirst(scheme.utf8.count)
        guard let slash = rest.firstIndex(of: UInt8(ascii: "/")), slash > rest.startIndex,
            !rest[..<slash].contains(where: { "{}@?#\\".utf8.contains($0) })
        else { return nil }
        guard let parts = Self.parts(bytes) else { return nil }
        self.text = text
        self.parts = parts
    }

    private static func parts(_ bytes: [UInt8]) -> [Part]? {
        var parts: [Part] = []
        var run: [UInt8] = []
        var name: [UInt8]?
        for byte in bytes {
            switch (byte, name) {
            case (UInt8(ascii: "{"), nil):
                parts.append(.text(String(decoding: run, as: UTF8.self)))
                run = []
                name = []
            case (UInt8(ascii: "}"), .some(let word)):
                guard let place = Place(rawValue: String(decoding: word, as: UTF8.self)) else {
                    return nil
                }
                parts.append(.place(place))
                name = nil
            case (UInt8(ascii: "{"), _), (UInt8(ascii: "}"), _): return nil
            case (_, .some(let word)): name = word + [byte]
            case (_, nil): run.append(byte)
            }
        }
        guard name == nil else { return nil }
        parts.append(.text(String(decoding: run, as: UTF8.self)))
        return parts
    }

    /// Nil when a place has nothing to stand in it.
    public func filled(_ values: [Place: String]) -> String? {
        var url = ""
        for part in parts {
            switch part {
            case .text(let text): url += text
            case .place(let place):
                guard let value = values[place], !value.isEmpty else { return nil }
                url += Self.encoded(value)
            }
        }
        return url
    }

    private static func encoded(_ value: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in value.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        // A segment that is only dots would climb.
        if bytes.allSatisfy({ $0 == UInt8(ascii: ".") }) {
            return bytes.map { _ in "%2E" }.joined()
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
