public import HelpdeskCore

extension API {
    /// A file of a message; its bytes are at `/attachments/{id}`.
    public struct Attachment: Hashable, Sendable, Codable {
        public var id: AttachmentID
        /// As the sender named it; never to be used as a path.
        public var name: String?
        public var contentType: String
        /// In bytes, decoded.
        public var size: Int64
        public var sha256: BlobHash

        public init(
            id: AttachmentID, name: String? = nil, contentType: String, size: Int64,
            sha256: BlobHash
        ) {
            self.id = id
            self.name = name
            self.contentType = contentType
            self.size = size
            self.sha256 = sha256
        }

        enum CodingKeys: String, CodingKey {
            case id, name
            case contentType = "content_type"
            case size, sha256
        }
    }
}
