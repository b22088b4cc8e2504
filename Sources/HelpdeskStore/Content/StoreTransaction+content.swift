internal import Crypto
internal import FoundationEssentials
public import HelpdeskCore

extension StoreTransaction {
    /// Stores personal content and returns how events refer to it.
    /// - Parameter salt: 16 random bytes, handed in; dies with the row.
    public func keep(
        _ body: String, as kind: ContentKind, of customer: CustomerID?, salt: [UInt8]
    ) throws(StoreError) -> ContentRef {
        let id = nextContent()
        try execute(
            """
            INSERT INTO contents (id, kind, customer, salt, body, seal)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [id, kind, customer, salt, body, RowSeal.ofContent(id, kind, customer)])
        return ContentRef(id: id, mac: ContentSeal.mac(of: body, salt: salt))
    }

    public func keep(
        json value: some Encodable, as kind: ContentKind, of customer: CustomerID?,
        salt: [UInt8]
    ) throws(StoreError) -> ContentRef {
        let reference = try keep(
            ContentSeal.json(value), as: kind, of: customer, salt: salt)
        if let message = value as? MessageContent { fresh[reference.id] = message }
        return reference
    }

    /// Stores bytes once under their hash.
    public func keep(blob bytes: [UInt8], hash: BlobHash) throws(StoreError) {
        try execute(
            """
            INSERT INTO blobs (hash, size, bytes) VALUES ($1, $2, $3)
            ON CONFLICT (hash) DO NOTHING
            """,
            [hash, bytes.count, bytes])
    }
}

/// The HMAC that lets `verify` vouch for content rows.
enum ContentSeal {
    static func mac(of body: String, salt: [UInt8]) -> String {
        var body = body
        let code = body.withUTF8 { bytes in
            HMAC<SHA256>.authenticationCode(
                for: UnsafeRawBufferPointer(bytes), using: SymmetricKey(data: salt))
        }
        return Hexadecimal.text(code.prefix(16))
    }

    static func json(_ value: some Encodable) throws(StoreError) -> String {
        do {
            return try JSONText.text(of: value)
        } catch {
            throw .statement(code: 0, message: "cannot encode content: \(error)")
        }
    }

    static func decode<Value: Decodable>(
        _ type: Value.Type, from body: String
    ) throws(StoreError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(body.utf8))
        } catch {
            throw .damaged("content: \(error)")
        }
    }
}

/// Bytes as lower-case hexadecimal digits.
public enum Hexadecimal {
    public static func text(_ bytes: some Sequence<UInt8>) -> String {
        var digits: [UInt8] = []
        for byte in bytes {
            digits.append(digit(byte >> 4))
            digits.append(digit(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x57 + value
    }
}
