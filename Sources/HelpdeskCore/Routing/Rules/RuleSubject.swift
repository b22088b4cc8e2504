/// What is known of a ticket when rules are asked about it. A field that is not here, or is empty, is not set.
public struct RuleSubject: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case text(String)
        /// Several at once: tags, segments.
        case texts([String])
        case number(Double)
    }

    /// How much of one text is read, in UTF-8 bytes: the beginning of a long mail says what it is about.
    public static let textLimit = 65_536

    private var values: [RuleField: Value] = [:]

    public init() {}

    public init(_ values: [RuleField: Value]) {
        self.values = values.filter { !$0.value.isEmpty }
    }

    public subscript(field: RuleField) -> Value? {
        get { values[field] }
        set { values[field] = newValue.flatMap { $0.isEmpty ? nil : $0 } }
    }
}

extension RuleSubject.Value {
    fileprivate var isEmpty: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .texts(let texts): texts.allSatisfy(\.isEmpty)
        case .number: false
        }
    }
}
