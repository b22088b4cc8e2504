/// The catalogue of customer-facing texts: ours in every language, and those that an inbox was configured with
/// instead. One place, so that a language is complete or does not compile its tests.
public struct CustomerTexts: Hashable, Sendable {
    private let own: [TextLanguage: [CustomerTextKey: TextTemplate]]

    public static let standard = CustomerTexts()

    /// - Parameter own: texts of one inbox; what is missing is ours.
    public init(own: [TextLanguage: [CustomerTextKey: TextTemplate]] = [:]) { self.own = own }

    /// The text in a language, filled in. What was not given leaves its place empty, and lines with nothing but such
    /// places fall away.
    public func text(
        _ key: CustomerTextKey, in language: TextLanguage, _ parameters: TextParameters = .init()
    ) -> String {
        let template = own[language]?[key] ?? Self.template(key, language)
        return template?.filled { parameters.value(of: $0, in: language) } ?? ""
    }

    /// Our own text under a key, unfilled; for the commented configuration.
    public static func source(_ key: CustomerTextKey, in language: TextLanguage) -> String {
        switch language {
        case .english: EnglishTexts.text(key)
        case .persian: PersianTexts.text(key)
        }
    }

    private static func template(
        _ key: CustomerTextKey, _ language: TextLanguage
    ) -> TextTemplate? {
        templates[language]?[key]
    }

    /// Ours, parsed once.
    private static let templates: [TextLanguage: [CustomerTextKey: TextTemplate]] = {
        var templates: [TextLanguage: [CustomerTextKey: TextTemplate]] = [:]
        for language in TextLanguage.allCases {
            for key in CustomerTextKey.allCases {
                templates[language, default: [:]][key] = try? TextTemplate(
                    source(key, in: language), for: key)
            }
        }
        return templates
    }()
}
