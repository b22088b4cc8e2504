internal import Crypto
internal import HelpdeskCore

/// A number that any flipped bit of a row changes, kept beside it: eight bytes of a SHA-256 over the kinds and values of the
/// columns. It finds damage, not malice: whoever can write the file can write the seal too.
enum RowSeal {
    /// Of an event's columns without `past`, which came with the second schema: the seals of what was there before hold.
    static func ofEvent(_ columns: [SQLValue], past: SQLValue) -> Int64 {
        of(past == .null ? columns : columns + [past])
    }

    /// Of a row of words: whose it is and what kind. The words have their HMAC in an event, and may go.
    static func ofContent(
        _ id: ContentID, _ kind: ContentKind, _ customer: CustomerID?
    ) -> Int64 {
        of([id.sqlValue, kind.sqlValue, customer.sqlValue])
    }

    static func of(_ columns: [SQLValue]) -> Int64 {
        var hash = SHA256()
        for column in columns {
            switch column {
            case .null: hash.update(tag: 0, count: 0)
            case .integer(let integer):
                hash.update(tag: 1, count: 8)
                withUnsafeBytes(of: integer.littleEndian) { hash.update(bufferPointer: $0) }
            case .text(var text):
                hash.update(tag: 2, count: text.utf8.count)
                text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
            case .blob(let bytes):
                hash.update(tag: 3, count: bytes.count)
                bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
            }
        }
        return hash.finalize().prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }
}

extension SHA256 {
    /// What follows is of this kind and length: without it two columns could trade a byte unseen.
    fileprivate mutating func update(tag: UInt8, count: Int) {
        withUnsafeBytes(of: tag) { update(bufferPointer: $0) }
        withUnsafeBytes(of: Int64(count).littleEndian) { update(bufferPointer: $0) }
    }
}
