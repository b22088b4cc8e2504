/// A customer-facing text with places to fill in: ours, or one an inbox was configured with.
public struct TextTemplate: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        case words(String)
        case place(TextPlaceholder)
    }

    let parts: [Part]

    /// More than any acknowledgement needs, in UTF-8 bytes.
    public static let lengthLimit = 8_000

    /// - Throws: when the text refers to something that a text under this key cannot have, lacks what it must have,
    ///   or is too long; whoever configured it can change that.
    public init(_ text: String, for key: CustomerTextKey) throws(TextTemplateError) {
        guard text.utf8.count <= Self.lengthLimit else {
            throw TextTemplateError(key: key, problem: .tooLong)
        }
        parts = try Self.parts(of: text, for: key)
        let named = Set(parts.compactMap { if case .place(let place) = $0 { place } else { nil } })
        if let missing = key.required.subtracting(named).map(\.rawValue).min() {
            throw TextTemplateError(key: key, problem: .lacks(missing))
        }
    }

    private static func parts(
        of text: String, for key: CustomerTextKey
    ) throws(TextTemplateError) -> [Part] {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            if open != rest.startIndex { parts.append(.words(String(rest[..<open]))) }
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}") else {
                throw TextTemplateError(key: key, problem: .notClosed)
            }
            let name = String(rest[..<close])
            guard let place = TextPlaceholder(rawValue: name), key.placeholders.contains(place)
            else {
                throw TextTemplateError(key: key, problem: .unknown(name))
            }
            parts.append(.place(place))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.words(String(rest))) }
        return parts
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

    public let key: CustomerTextKey
    public let problem: Problem

    public init(key: CustomerTextKey, problem: Problem) {
        self.key = key
        self.problem = problem
    }

    public var description: String {
        let allowed = key.placeholders.map { "{\($0.rawValue)}" }.sorted().joined(separator: ", ")
        let offer = allowed.isEmpty ? "this text has nothing to fill in" : "it can have \(allowed)"
        return switch problem {
        case .unknown(let name): "text \(key.rawValue): {\(name)} is not known here; \(offer)"
        case .lacks(let name): "text \(key.rawValue): {\(name)} is missing and must be there"
        case .notClosed: "text \(key.rawValue): a { has no }; \(offer)"
        case .tooLong:
            "text \(key.rawValue): longer than \(TextTemplate.lengthLimit) bytes; shorten it"
        }
    }
}
