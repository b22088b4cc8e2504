/// A language we have customer-facing texts in.
public enum TextLanguage: String, Sendable, Codable, CaseIterable, Hashable {
    case english = "en"
    case persian = "fa"

    /// The language of ours that serves somebody who reads `code`; `nil` when we have none.
    public init?(_ code: LanguageCode) {
        self.init(rawValue: code.rawValue)
    }

    public var code: LanguageCode {
        switch self {
        case .english: .english
        case .persian: .persian
        }
    }

    public var direction: TextDirection {
        switch self {
        case .english: .leftToRight
        case .persian: .rightToLeft
        }
    }

    /// A number in the digits of the language.
    public func number(_ value: Int64) -> String { digits(String(value)) }

    /// The text with its digits changed to those of the language.
    public func digits(_ text: String) -> String {
        switch self {
        case .english: text
        case .persian: PersianDigits.persian(text)
        }
    }
}
