internal import TOMLReading

/// Which values a text may name at its place; anything else is refused when the preset is read, not when a message comes.
struct PresetRoots {
    /// `partial`: behind a binding that could not be read; what it would have named is not told as a fault of its own.
    enum Extent: Sendable { case whole, partial }

    let names: Set<String>
    let extent: Extent

    init(_ names: String...) { self.init(Set(names), .whole) }

    private init(_ names: Set<String>, _ extent: Extent) {
        self.names = names
        self.extent = extent
    }

    func with(_ more: String...) -> PresetRoots { PresetRoots(names.union(more), extent) }
    var withUnknown: PresetRoots { PresetRoots(names, .partial) }

    static let request = PresetRoots("header", "query", "body", "settings")
    static let outgoing = PresetRoots("settings", "credentials", "secret", "reply_url")
    static let message = PresetRoots(
        "settings", "text", "to", "conversation", "conversation_head", "conversation_tail",
        "delivery", "ticket", "subject", "language", "in_reply_to")
    static let answer = PresetRoots(
        "answer", "status", "settings", "conversation", "conversation_head", "conversation_tail")
}

extension PresetReader {
    mutating func template(
        _ key: String, _ table: PresetTable, _ roots: PresetRoots
    ) -> PresetTemplate? {
        guard let text = text(key, table) else { return nil }
        return template(text, at: table.valuePlace(key), table.path(key), roots)
    }

    mutating func required(
        _ key: String, _ table: PresetTable, _ roots: PresetRoots
    ) -> PresetTemplate? {
        if table.node(key) == nil { missing(key, in: table) }
        return template(key, table, roots)
    }

    mutating func template(
        _ text: String, at place: SourcePlace, _ path: String, _ roots: PresetRoots
    ) -> PresetTemplate? {
        do throws(PresetTextFault) {
            let template = try PresetTemplate(text)
            check(template.paths, at: place, path, roots)
            return template
        } catch {
            fault(Self.place(place, text, error.offset), "\(path): \(error.reason)")
            return nil
        }
    }

    /// One condition, or several that must all hold.
    mutating func conditions(
        _ key: String, _ table: PresetTable, _ roots: PresetRoots
    ) -> [PresetCondition] {
        guard let node = table.node(key) else { return [] }
        let nodes: [TOMLNode] = if case .array(let list) = node.value { list } else { [node] }
        return nodes.compactMap { node in
            guard case .string(let text) = node.value else {
                fault(node.place, "\(table.path(key)): expected conditions as texts")
                return nil
            }
            do throws(PresetTextFault) {
                let condition = try PresetCondition(text)
                check(condition.paths, at: node.place, table.path(key), roots)
                return condition
            } catch {
                fault(
                    Self.place(node.place, text, error.offset),
                    "\(table.path(key)): \(error.reason)")
                return nil
            }
        }
    }

    /// `each`: the bindings, each able to name those before it. Gives the roots that hold behind them.
    mutating func bindings(
        _ key: String, _ table: PresetTable, _ roots: PresetRoots
    ) -> ([PresetBinding], PresetRoots) {
        var roots = roots
        var bindings: [PresetBinding] = []
        guard let node = table.node(key) else { return ([], roots) }
        let nodes: [TOMLNode] = if case .array(let list) = node.value { list } else { [node] }
        for node in nodes {
            guard case .string(let text) = node.value else {
                fault(node.place, "\(table.path(key)): expected \"name = path\"")
                continue
            }
            do throws(PresetTextFault) {
                let binding = try PresetBinding(text)
                check(binding.paths, at: node.place, table.path(key), roots)
                roots = roots.with(binding.name)
                bindings.append(binding)
            } catch {
                roots = roots.withUnknown
                fault(
                    Self.place(node.place, text, error.offset),
                    "\(table.path(key)): \(error.reason)")
            }
        }
        if bindings.count > PresetIncoming.mostBindings {
            fault(node.place, "\(table.path(key)): at most \(PresetIncoming.mostBindings) bindings")
        }
        return (bindings, roots)
    }

    mutating func headers(
        _ table: PresetTable, _ roots: PresetRoots
    ) -> [(name: String, value: PresetTemplate)] {
        guard let headers = self.table("headers", table) else { return [] }
        return headers.keys.compactMap { name in
            template(name, headers, roots).map { (name, $0) }
        }
    }

    private mutating func check(
        _ paths: [PresetPath], at place: SourcePlace, _ key: String, _ roots: PresetRoots
    ) {
        for path in paths {
            guard roots.names.contains(path.root) else {
                if roots.extent == .partial { continue }
                let known = roots.names.sorted().joined(separator: ", ")
                fault(place, "\(key): nothing is called \(path.root) here; there are \(known)")
                continue
            }
            guard case .member(let name)? = path.steps.first else { continue }
            if path.root == "settings", !settingNames.contains(name) {
                fault(place, "\(key): [settings] has no \(name)")
            }
            if path.root == "credentials", !credentialNames.contains(name) {
                fault(place, "\(key): [credentials] has no \(name)")
            }
        }
    }

    /// Where the byte stands, when the value is a text on one line: behind its opening quote.
    private static func place(
        _ place: SourcePlace, _ text: String, _ offset: Int
    ) -> SourcePlace {
        let before = String(decoding: text.utf8.prefix(offset), as: UTF8.self)
        guard !before.utf8.contains(0x0A) else { return place }
        return SourcePlace(
            file: place.file, line: place.line,
            column: place.column + 1 + before.unicodeScalars.count)
    }
}
