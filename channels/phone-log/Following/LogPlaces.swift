internal import ChannelKit
internal import Crypto

/// How far each followed file was read: the inbox's cursor. A file is known by its inode and by how it begins, so that neither
/// a rotated nor a truncated log is taken for the one before.
struct LogPlaces: Sendable, Equatable {
    static let headBytes = 256

    struct Place: Sendable, Equatable {
        var inode: UInt64
        var offset: Int
        /// Of the first `headBytes`, or as many as were read.
        var head: String
    }

    private(set) var places: [String: Place] = [:]

    init() {}

    /// What cannot be read as a cursor of ours is none: rows that were kept before add nothing.
    init(_ cursor: Cursor) {
        for line in cursor.text.split(separator: "\n").dropFirst() {
            let parts = line.split(separator: " ", maxSplits: 3)
            guard parts.count == 4, let inode = UInt64(parts[0]), let offset = Int(parts[1]),
                offset >= 0
            else { continue }
            places[String(parts[3])] = Place(inode: inode, offset: offset, head: String(parts[2]))
        }
    }

    var cursor: Cursor {
        let lines = places.sorted { $0.key < $1.key }.map {
            "\($0.value.inode) \($0.value.offset) \($0.value.head) \($0.key)"
        }
        return Cursor(text: (["phone-log 1"] + lines).joined(separator: "\n"))
    }

    subscript(name: String) -> Place? {
        get { places[name] }
        set { places[name] = newValue }
    }

    /// Only what is still there is remembered.
    mutating func keep(only names: Set<String>) {
        places = places.filter { names.contains($0.key) }
    }

    static func head(_ bytes: [UInt8], of offset: Int) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let hash = SHA256.hash(data: Array(bytes.prefix(min(offset, headBytes)))).prefix(8)
        return String(
            decoding: hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
