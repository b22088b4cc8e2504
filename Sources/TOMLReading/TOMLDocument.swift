internal import CToml

/// Why a file is not TOML, and where.
package struct TOMLSyntaxError: Error, Equatable {
    package let place: SourcePlace
    package let message: String

    package init(place: SourcePlace, message: String) {
        self.place = place
        self.message = message
    }
}

/// Reads bytes as TOML 1.0.
package enum TOMLDocument {
    /// The table at the root of the document. Bounds: `TOMLNesting`; blocking: no; a file that is not well formed
    /// stops at its first fault.
    package static func parse(
        _ bytes: [UInt8], file: String
    ) -> Result<TOMLTable, TOMLSyntaxError> {
        if let fault = TOMLNesting.fault(in: bytes, file: file) { return .failure(fault) }
        // An empty array has no address to hand over; one line end is as empty a document.
        let content = bytes.isEmpty ? [UInt8(ascii: "\n")] : bytes
        return content.withUnsafeBytes { raw in
            parse(raw.bindMemory(to: CChar.self), file: file)
        }
    }

    private static func parse(
        _ characters: UnsafeBufferPointer<CChar>, file: String
    ) -> Result<TOMLTable, TOMLSyntaxError> {
        let start = SourcePlace(file: file, line: 1, column: 1)
        guard let base = characters.baseAddress,
            let document = hamdel_toml_parse(base, characters.count)
        else {
            return .failure(TOMLSyntaxError(place: start, message: "there is no memory to read it"))
        }
        defer { hamdel_toml_free(document) }
        var line: UInt32 = 0
        var column: UInt32 = 0
        if let message = hamdel_toml_error(document, &line, &column) {
            let place = SourcePlace(file: file, line: Int(line), column: Int(column))
            let text = String(cString: message)
            return .failure(TOMLSyntaxError(place: place, message: text))
        }
        let nodes = UnsafeBufferPointer(
            start: hamdel_toml_nodes(document), count: hamdel_toml_count(document))
        return .success(TOMLTree(nodes: nodes, file: file).root())
    }
}

/// Turns the flat list of the shim into values. Children stand behind their parent, so one walk from the end
/// finds every child finished before its parent is built, without recursion.
private struct TOMLTree {
    let nodes: UnsafeBufferPointer<hamdel_toml_node>
    let file: String

    func root() -> TOMLTable {
        var children = [[TOMLEntry]](repeating: [], count: nodes.count)
        for index in nodes.indices.dropFirst().reversed() {
            let node = nodes[index]
            let parent = Int(node.parent)
            guard children.indices.contains(parent) else { continue }
            let place = place(node.line, node.column)
            let entry = TOMLEntry(
                key: text(node.key, node.key_length),
                keyPlace: keyPlace(of: node, otherwise: place),
                node: TOMLNode(value: value(node, children[index], place), place: place))
            children[index] = []
            children[parent].append(entry)
        }
        let start = place(1, 1)
        return TOMLTable(entries: inFileOrder(children.first ?? []), form: .section, place: start)
    }

    private func value(
        _ node: hamdel_toml_node, _ children: [TOMLEntry], _ place: SourcePlace
    ) -> TOMLValue {
        switch Int(node.kind) {
        case HAMDEL_TOML_TABLE:
            .table(
                TOMLTable(
                    entries: inFileOrder(children), form: node.is_inline == 1 ? .inline : .section,
                    place: place))
        case HAMDEL_TOML_ARRAY: .array(children.reversed().map(\.node))
        case HAMDEL_TOML_STRING: .string(text(node.text, node.text_length))
        case HAMDEL_TOML_INTEGER: .integer(node.integer)
        case HAMDEL_TOML_FLOAT: .float(node.real)
        case HAMDEL_TOML_BOOLEAN: .boolean(node.integer == 1)
        case HAMDEL_TOML_DATE:
            .date(year: Int(node.year), month: Int(node.month), day: Int(node.day))
        case HAMDEL_TOML_TIME: .timeOfDay
        default: .dateTime
        }
    }

    /// toml++ keeps tables sorted by key; people read them as they wrote them.
    private func inFileOrder(_ entries: [TOMLEntry]) -> [TOMLEntry] {
        entries.sorted {
            ($0.keyPlace.line, $0.keyPlace.column) < ($1.keyPlace.line, $1.keyPlace.column)
        }
    }

    private func keyPlace(of node: hamdel_toml_node, otherwise: SourcePlace) -> SourcePlace {
        node.key == nil ? otherwise : place(node.key_line, node.key_column)
    }

    private func place(_ line: UInt32, _ column: UInt32) -> SourcePlace {
        SourcePlace(file: file, line: Int(line), column: Int(column))
    }

    private func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
        guard let start else { return "" }
        let bytes = UnsafeRawBufferPointer(start: start, count: length)
        return String(decoding: bytes, as: UTF8.self)
    }
}
