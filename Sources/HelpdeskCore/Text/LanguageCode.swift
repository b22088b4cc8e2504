/// A language an agent speaks or a customer writes: the primary subtag of BCP 47 in lower case (`fa`, `en`). Regions
/// and scripts are left off, so that `fa-IR` and `fa` are one.
public struct LanguageCode: Hashable, Comparable, Sendable, Codable {
    public let rawValue: String

    public static let persian = LanguageCode(subtag: "fa")
    public static let english = LanguageCode(subtag: "en")
    public static let arabic = LanguageCode(subtag: "ar")

    /// Reads a tag; `nil` unless it begins with two to eight ASCII letters.
    public init?(_ tag: String) {
        let letters = tag.utf8.prefix { $0 != 0x2D && $0 != 0x5F }
        guard (2...8).contains(letters.count),
            letters.allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A })
        else { return nil }
        rawValue = String(decoding: letters.map { $0 | 0x20 }, as: UTF8.self)
    }

    private init(subtag: String) { rawValue = subtag }

    public static func < (left: LanguageCode, right: LanguageCode) -> Bool {
        left.rawValue < right.rawValue
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let tag = try container.decode(String.self)
        guard let code = LanguageCode(tag) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a language code: 2 to 8 letters were expected"
            )
        }
        self = code
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// So that texts by language are an object where they are stored: `{"en": …}`.
extension LanguageCode: CodingKeyRepresentable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public var codingKey: any CodingKey { Key(stringValue: rawValue) }

    public init?<Name: CodingKey>(codingKey: Name) { self.init(codingKey.stringValue) }
}
