/// A key that must be set. The three types of key differ only in what reading one gives.
struct RequiredKey<Value: Sendable>: Sendable {
    let kind: ValueKind<Value>
    let description: KeyDescription

    init(
        _ name: String, _ kind: ValueKind<Value>, _ meaning: String, example: String,
        only channels: [String] = []
    ) {
        self.kind = kind
        description = kind.description(
            name: name, presence: .required, meaning: meaning, example: example, channels: channels)
    }
}

/// A key with a default. The default is given twice, as a value and as TOML: a test holds the two together.
struct DefaultedKey<Value: Sendable>: Sendable {
    let kind: ValueKind<Value>
    let description: KeyDescription
    let defaultValue: Value

    init(
        _ name: String, _ kind: ValueKind<Value>, default defaultValue: Value, written: String,
        _ meaning: String, example: String? = nil, only channels: [String] = []
    ) {
        self.kind = kind
        self.defaultValue = defaultValue
        description = kind.description(
            name: name, presence: .defaults(written), meaning: meaning, example: example ?? written,
            channels: channels)
    }
}

/// A key that may be left out, and what that means.
struct OptionalKey<Value: Sendable>: Sendable {
    let kind: ValueKind<Value>
    let description: KeyDescription

    init(
        _ name: String, _ kind: ValueKind<Value>, absent: String, _ meaning: String,
        example: String, only channels: [String] = []
    ) {
        self.kind = kind
        description = kind.description(
            name: name, presence: .optional(absent), meaning: meaning, example: example,
            channels: channels)
    }
}
