import ChannelKit

/// One MIME part as GMime found it, with its place in the bytes.
struct MailPart {
    enum Kind { case leaf, multipart, message }

    var kind: Kind
    var parent: Int?
    /// Type and subtype in lower case.
    var type: String
    var subtype: String
    var charset: String?
    /// Lower case; nil when not stated.
    var disposition: String?
    var filename: String?
    var contentID: String?
    var isFlowed: Bool
    var deletesSpace: Bool
    var smimeType: String?
    var protocolName: String?
    var reportType: String?
    var nestedSubject: String?
    var description: String?
    var encoding: TransferEncoding
    /// The encoded content; nil when GMime could not say where it lies.
    var range: Range<Int>?
    var boundary: String?

    var contentType: String { "\(type)/\(subtype)" }
    var isText: Bool { type == "text" && (subtype == "plain" || subtype == "html") }
    var isMedia: Bool { type == "image" || type == "audio" || type == "video" }
}
