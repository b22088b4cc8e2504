package import ChannelKit

/// What an adapter wants of its `config`, so that a mistake is told before it starts. Of JSON Schema: `required`, and `type` of
/// each of `properties` (`string`, `integer`, `boolean`, `array`, `object`); all else is the adapter's own to check.
package struct ConfigSchema: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case text = "string"
        case integer
        case boolean
        case list = "array"
        case table = "object"
    }

    package let required: [String]
    package let kinds: [String: Kind]

    package init(required: [String] = [], kinds: [String: Kind] = [:]) {
        self.required = required
        self.kinds = kinds
    }

    init(_ node: JSONNode?) throws(JSONFault) {
        guard let node else {
            self.init()
            return
        }
        let fields = try JSONFields(node, path: "config_schema")
        var required: [String] = []
        for node in try fields.list("required", atMost: 100) {
            guard case .text(let name) = node.value else {
                throw fields.fault("required", "expected a list of names")
            }
            required.append(name)
        }
        var kinds: [String: Kind] = [:]
        if case .object(let members)? = fields.node("properties")?.value {
            for (name, node) in members {
                let property = try JSONFields(node, path: "config_schema.properties.\(name)")
                kinds[name] = try property.text("type", atMost: 32).flatMap(Kind.init)
            }
        }
        self.init(required: required, kinds: kinds)
    }

    /// The first thing that is wrong, as a sentence; nil when nothing is. A name that is not described is a mistake where anything is.
    package func fault(in config: [String: ChannelConfiguration.Value]) -> String? {
        for name in required.sorted() where config[name] == nil {
            return "config.\(name) is missing"
        }
        guard !kinds.isEmpty else { return nil }
        for name in config.keys.sorted() {
            guard let value = config[name] else { continue }
            guard let kind = kinds[name] else {
                if required.contains(name) { continue }
                return "config.\(name) is not known to the adapter; it knows "
                    + kinds.keys.sorted().joined(separator: ", ")
            }
            if kind != Self.kind(of: value) {
                return
                    "config.\(name): expected \(kind.rawValue), got \(Self.kind(of: value).rawValue)"
            }
        }
        return nil
    }

    private static func kind(of value: ChannelConfiguration.Value) -> Kind {
        switch value {
        case .text: .text
        case .integer: .integer
        case .boolean: .boolean
        case .list: .list
        case .table: .table
        }
    }
}
