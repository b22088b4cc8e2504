internal import Crypto
public import HelpdeskCore

extension StoreReader {
    /// The body of a content row; nil once erased.
    public func content(_ id: ContentID) throws(StoreError) -> String? {
        let row = try connection.first("SELECT body FROM contents WHERE id = $1", [id]) {
            row throws(StoreError) in [row.optionalText(0)]
        }
        return row?.first ?? nil
    }

    public func messageContent(_ id: ContentID) throws(StoreError) -> MessageContent? {
        guard let body = try content(id) else { return nil }
        return try ContentSeal.decode(MessageContent.self, from: body)
    }

    public func deliveryContent(_ id: ContentID) throws(StoreError) -> DeliveryContent? {
        guard let body = try content(id) else { return nil }
        return try ContentSeal.decode(DeliveryContent.self, from: body)
    }

    public func blob(_ hash: BlobHash) throws(StoreError) -> [UInt8]? {
        try connection.first("SELECT bytes FROM blobs WHERE hash = $1", [hash]) {
            row throws(StoreError) in try row.blob(0)
        }
    }
}

/// Keys under which messages are found again: 16 bytes of SHA-256, so that the index holds no personal content.
public enum IndexKey {
    public static func of(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { Array(SHA256.hash(data: UnsafeRawBufferPointer($0)).prefix(16)) }
    }
}
