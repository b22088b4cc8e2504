/// A customer-facing text with places to fill in: ours, one an inbox was configured with, or a macro's. A place may have words
/// for when there is nothing to fill it: `{customer|customer}`.
public struct TextTemplate: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        case words(String)
        case place(TextPlaceholder, else: String)
    }

    let parts: [Part]

    /// More than any acknowledgement needs, in UTF-8 bytes.
    public static let lengthLimit = 8_000

    /// - Throws: when the text refers to something that a text under this key cannot have, lacks what it must have,
    ///   or is too long; whoever configured it can change that.
    public init(_ text: String, for key: CustomerTextKey) throws(TextTemplateError) {
        do throws(TextTemplateError) {
            try self.init(text, places: key.placeholders, required: key.required)
        } catch {
            throw TextTemplateError(key: key, problem: error.problem)
        }
    }

    /// - Throws: as above.
    public init(
        _ text: String, places: Set<TextPlaceholder>, required: Set<TextPlaceholder> = []
    ) throws(TextTemplateError) {
        guard text.utf8.count <= Self.lengthLimit else {
            throw TextTemplateError(places: places, problem: .tooLong)
        }
        parts = try Self.parts(of: text, places)
        let named = Set(
            parts.compactMap { if case .place(let place, _) = $0 { place } else { nil } })
        if let missing = required.subtracting(named).map(\.rawValue).min() {
            throw TextTemplateError(places: places, problem: .lacks(missing))
        }
    }

    private static func parts(
        of text: String, _ places: Set<TextPlaceholder>
    ) throws(TextTemplateError) -> [Part] {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            if open != rest.startIndex { parts.append(.words(String(rest[..<open]))) }
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}") else {
                throw TextTemplateError(places: places, problem: .notClosed)
            }
            let name = rest[..<close].split(
                separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            guard let place = TextPlaceholder(rawValue: String(name[0])), places.contains(place)
            else {
                throw TextTemplateError(places: places, problem: .unknown(String(name[0])))
            }
            parts.append(.place(place, else: name.count == 2 ? String(name[1]) : ""))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.words(String(rest))) }
        return parts
    }

    /// Places that stay empty when there is nothing to fill them.
    var placesWithoutWords: [TextPlaceholder] {
        parts.compactMap { part in
            if case .place(let place, let words) = part, words.isEmpty { place } else { nil }
        }
    }
}

/// Why a configured text was refused; `description` says what to write instead.
public struct TextTemplateError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Problem: Hashable, Sendable {
        case unknown(String)
        case lacks(String)
        case notClosed
        case tooLong
    }

    /// Nil for a text that is none of the catalogue's.
    public let key: CustomerTextKey?
    let places: Set<TextPlaceholder>
    public let problem: Problem

    init(key: CustomerTextKey, problem: Problem) {
        self.key = key
        places = key.placeholders
        self.problem = problem
    }

    init(places: Set<TextPlaceholder>, problem: Problem) {
        key = nil
        self.places = places
        self.problem = problem
    }

    public var description: String { (key.map { "text \($0.rawValue): " } ?? "") + expected }

    /// The same without the name of the text.
    public var expected: String {
        let allowed = places.map { "{\($0.rawValue)}" }.sorted().joined(separator: ", ")
        let offer = allowed.isEmpty ? "this text has nothing to fill in" : "it can have \(allowed)"
        return switch problem {
        case .unknown(let name): "{\(name)} is not known here; \(offer)"
        case .lacks(let name): "{\(name)} is missing and must be there"
        case .notClosed: "a { has no }; \(offer)"
        case .tooLong: "longer than \(TextTemplate.lengthLimit) bytes; shorten it"
        }
    }
}
