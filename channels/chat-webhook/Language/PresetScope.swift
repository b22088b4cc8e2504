internal import ChannelKit

/// The values a preset's texts can name, and what they come to. Reading is linear in what a path visits, and a
/// path visits at most `mostValues` values.
struct PresetScope: Sendable {
    static let mostValues = 10_000
    /// No text made from a template is longer.
    static let mostBytes = 256 * 1024

    private(set) var roots: [String: JSONNode] = [:]
    private var numbers: [String: Int] = [:]

    mutating func bind(_ name: String, _ node: JSONNode, number: Int = 0) {
        roots[name] = node
        numbers[name] = number
    }

    mutating func bind(_ name: String, text: String?) {
        roots[name] = text.map { JSONNode(.text($0)) }
    }

    mutating func bind(_ name: String, texts: [String: String]) {
        roots[name] = JSONNode(.object(texts.mapValues { JSONNode(.text($0)) }))
    }

    func nodes(_ path: PresetPath) -> [JSONNode] {
        guard let root = roots[path.root] else { return [] }
        var found = [root]
        for step in path.steps {
            found = next(found, step)
            if found.isEmpty { return [] }
        }
        return found
    }

    private func next(_ found: [JSONNode], _ step: PresetPath.Step) -> [JSONNode] {
        var result: [JSONNode] = []
        for node in found {
            switch (step, node.value) {
            case (.member(let name), .object(let members)):
                if let member = members[name] { result.append(member) }
            case (.every, .list(let list)): result += list.prefix(Self.mostValues - result.count)
            case (.every, .text(let text)):
                result += text.utf8.split(separator: UInt8(ascii: ","), maxSplits: 255).map {
                    JSONNode(.text(PlainWord.trimmed(String(decoding: $0, as: UTF8.self))))
                }
            case (.at(let place), .list(let list)):
                let index = place < 0 ? list.count + place : place
                if list.indices.contains(index) { result.append(list[index]) }
            case (.sameNumber(let name), .list(let list)):
                if let number = numbers[name], list.indices.contains(number) {
                    result.append(list[number])
                }
            case (.matching(let member, let operand), .list(let list)):
                let wanted = text(operand)
                result += list.prefix(Self.mostValues - result.count).filter {
                    guard case .object(let members) = $0.value, let node = members[member] else {
                        return false
                    }
                    return Self.equal(node.plainText, wanted)
                }
            default: break
            }
            if result.count >= Self.mostValues { break }
        }
        return result
    }

    /// Several values are joined by `, `; objects are no text.
    func text(_ path: PresetPath) -> String {
        let nodes = nodes(path)
        if nodes.count == 1 { return nodes[0].plainText }
        return nodes.map(\.plainText).filter { !$0.isEmpty }.joined(separator: ", ")
    }

    func text(_ operand: PresetOperand) -> String {
        switch operand {
        case .literal(let text): text
        case .path(let path): text(path)
        }
    }

    func text(_ template: PresetTemplate) -> String {
        var result = ""
        for part in template.parts {
            switch part {
            case .literal(let text): result += text
            case .choice(let choice): result += text(choice)
            }
        }
        guard result.utf8.count > Self.mostBytes else { return result }
        return String(decoding: result.utf8.prefix(Self.mostBytes), as: UTF8.self) + "…"
    }

    /// As above, but nothing when one of its values is empty: half an id names something else.
    func whole(_ template: PresetTemplate) -> String {
        for part in template.parts {
            if case .choice(let choice) = part, text(choice).isEmpty { return "" }
        }
        return text(template)
    }

    func text(_ choice: [PresetOperand]) -> String {
        for operand in choice {
            let text = text(operand)
            if !text.isEmpty { return text }
        }
        return ""
    }

    func holds(_ conditions: [PresetCondition]) -> Bool { conditions.allSatisfy(holds) }

    func holds(_ condition: PresetCondition) -> Bool {
        let isTrue =
            switch condition.test {
            case .present: nodes(condition.path).contains(where: \.isPresent)
            case .equal(let operands):
                {
                    let found = text(condition.path)
                    return operands.contains { Self.equal(found, text($0)) }
                }()
            case .starts(let operand):
                text(condition.path).utf8.starts(with: text(operand).utf8)
            }
        return isTrue == (condition.sense == .holds)
    }

    /// Bytes, in a time that depends on the lengths alone: what is compared may be a credential.
    static func equal(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (first, second) in zip(left, right) { difference |= first ^ second }
        return difference == 0
    }
}

extension JSONNode {
    /// A value that stands in no document.
    init(_ value: Value) {
        self.init(value: value, range: 0..<0)
    }

    /// As text: empty for null and objects, a list's elements joined.
    var plainText: String {
        switch value {
        case .null, .object: ""
        case .boolean(let flag): flag ? "true" : "false"
        case .number(let text), .text(let text): text
        case .list(let list): list.map(\.plainText).filter { !$0.isEmpty }.joined(separator: ", ")
        }
    }

    var isPresent: Bool {
        switch value {
        case .null, .boolean(false): false
        case .boolean(true), .number: true
        case .text(let text): !text.isEmpty
        case .list(let list): !list.isEmpty
        case .object(let members): !members.isEmpty
        }
    }
}
