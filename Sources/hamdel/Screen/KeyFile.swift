internal import HelpdeskClient
internal import HelpdeskTUI
internal import TOMLReading

/// `$XDG_CONFIG_HOME/hamdel/keys.toml`: which keys the commands of the screen have. `reply = "e"` holds wherever the
/// command has keys, a line under `[queue]`, `[thread]`, `[customer]` or `[page]` there; a list gives several, an empty
/// one none. What cannot be had is an error that names its place.
enum KeyFile {
    static let limit = 64 << 10

    static func load(folder: String?) throws(ClientFailure) -> KeyBindings {
        guard let path = folder.map({ $0 + "/keys.toml" }),
            let bytes = DurableFile.read(path, limit: limit)
        else { return .standard }
        return try read(bytes, file: path)
    }

    static func read(_ bytes: [UInt8], file: String) throws(ClientFailure) -> KeyBindings {
        let table: TOMLTable
        switch TOMLDocument.parse(bytes, file: file) {
        case .success(let found): table = found
        case .failure(let fault): throw .configuration("\(fault.place): \(fault.message)")
        }
        var lines: [Line] = []
        for entry in table.entries {
            guard case .table(let section) = entry.node.value else {
                lines.append(try Line(entry, in: nil))
                continue
            }
            for member in section.entries { lines.append(try Line(member, in: entry)) }
        }
        do throws(KeyFault) {
            return try KeyBindings(lines.map(\.wish))
        } catch {
            guard lines.indices.contains(error.wish) else {
                throw .configuration("\(file): \(error.text)")
            }
            throw .configuration("\(lines[error.wish].place(of: error.part)): \(error.text)")
        }
    }

    /// A wish, and where its parts stand.
    private struct Line {
        let wish: KeyWish
        private let entry: TOMLEntry
        private let section: TOMLEntry?

        init(_ entry: TOMLEntry, in section: TOMLEntry?) throws(ClientFailure) {
            let nodes: [TOMLNode] =
                if case .array(let list) = entry.node.value { list } else { [entry.node] }
            var keys: [String] = []
            for node in nodes {
                guard case .string(let key) = node.value else {
                    throw .configuration(
                        "\(node.place): \(entry.key): expected a key, \"r\", or a list of keys, "
                            + "[\"r\", \"C-r\"]; none is []")
                }
                keys.append(key)
            }
            self.entry = entry
            self.section = section
            wish = KeyWish(context: section?.key, command: entry.key, keys: keys)
        }

        func place(of part: KeyFault.Part) -> SourcePlace {
            switch part {
            case .context: return (section ?? entry).keyPlace
            case .command: return entry.keyPlace
            case .key(let index):
                guard case .array(let list) = entry.node.value, list.indices.contains(index) else {
                    return entry.node.place
                }
                return list[index].place
            }
        }
    }
}
