/// An object's members, taken one by one with their types; faults carry the path.
///
/// A missing member and `null` are the same. Members nobody asks for are ignored.
package struct JSONFields {
    package let path: String
    private let members: [String: JSONNode]

    package init(_ node: JSONNode, path: String) throws(JSONFault) {
        guard case .object(let members) = node.value else {
            throw JSONFault(place: path, reason: "expected an object, got \(node.kind)")
        }
        self.path = path
        self.members = members
    }

    package func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    package func fault(_ name: String, _ reason: String) -> JSONFault {
        JSONFault(place: place(name), reason: reason)
    }

    /// nil when missing or null.
    package func node(_ name: String) -> JSONNode? {
        guard let node = members[name] else { return nil }
        if case .null = node.value { return nil }
        return node
    }

    package func text(_ name: String, atMost limit: Int) throws(JSONFault) -> String? {
        guard let node = node(name) else { return nil }
        guard case .text(let text) = node.value else {
            throw fault(name, "expected text, got \(node.kind)")
        }
        guard text.utf8.count <= limit else { throw fault(name, "longer than \(limit) bytes") }
        return text
    }

    /// Not empty, without control characters: ids and addresses.
    package func word(_ name: String, atMost limit: Int) throws(JSONFault) -> String? {
        guard let text = try text(name, atMost: limit) else { return nil }
        guard !text.isEmpty else { throw fault(name, "must not be empty") }
        let isClean = text.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0 != "\u{2400}"
        }
        guard isClean else { throw fault(name, "must not hold control characters") }
        return text
    }

    package func flag(_ name: String) throws(JSONFault) -> Bool? {
        guard let node = node(name) else { return nil }
        guard case .boolean(let flag) = node.value else {
            throw fault(name, "expected true or false, got \(node.kind)")
        }
        return flag
    }

    /// A whole number from 0 to `limit`.
    package func count(_ name: String, atMost limit: Int64) throws(JSONFault) -> Int64? {
        guard let node = node(name) else { return nil }
        guard case .number(let text) = node.value else {
            throw fault(name, "expected a number, got \(node.kind)")
        }
        guard let number = Int64(text), number >= 0, number <= limit else {
            throw fault(name, "expected a whole number from 0 to \(limit)")
        }
        return number
    }

    package func list(_ name: String, atMost limit: Int) throws(JSONFault) -> [JSONNode] {
        guard let node = node(name) else { return [] }
        guard case .list(let nodes) = node.value else {
            throw fault(name, "expected a list, got \(node.kind)")
        }
        guard nodes.count <= limit else { throw fault(name, "more than \(limit) entries") }
        return nodes
    }

    /// One of the words, as the value beside it.
    package func choice<Value>(
        _ name: String, _ choices: [(String, Value)]
    ) throws(JSONFault) -> Value? {
        guard let text = try text(name, atMost: 100) else { return nil }
        guard let choice = choices.first(where: { $0.0 == text }) else {
            throw fault(name, "expected " + choices.map(\.0).joined(separator: ", "))
        }
        return choice.1
    }
}
