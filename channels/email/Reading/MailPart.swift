import ChannelKit

/// One MIME part with its place in the bytes.
struct MailPart {
    enum Kind { case leaf, multipart, message }

    let kind: Kind
    let parent: Int?
    /// Type and subtype in lower case.
    let type: String
    let subtype: String
    let charset: String?
    /// Lower case; nil when not stated.
    let disposition: String?
    let filename: String?
    let contentID: String?
    let isFlowed: Bool
    let deletesSpace: Bool
    let smimeType: String?
    let reportType: String?
    let method: String?
    let description: String?
    let encoding: TransferEncoding
    /// The encoded content; nil when GMime could not say where it lies.
    var range: Range<Int>?
    let boundary: String?

    init(
        kind: Kind, parent: Int?, type: String, subtype: String, contentType: HeaderParameters,
        disposition: HeaderParameters, contentID: String?,
        description: String?, encoding: TransferEncoding, range: Range<Int>?
    ) {
        self.kind = kind
        self.parent = parent
        self.type = type
        self.subtype = subtype
        self.contentID = contentID
        self.description = description
        self.encoding = encoding
        self.range = range
        charset = contentType.text("charset")
        self.disposition = disposition.value.isEmpty ? nil : disposition.value.asText
        // The standard's place first, then where old and careless programs put it.
        filename =
            disposition.text("filename") ?? contentType.text("name") ?? contentType.text("filename")
            ?? disposition.text("name") ?? contentType.text("file")
        isFlowed = contentType.text("format")?.lowercased() == "flowed"
        deletesSpace = contentType.text("delsp")?.lowercased() == "yes"
        smimeType = contentType.text("smime-type")?.lowercased()
        reportType = contentType.text("report-type")?.lowercased()
        method = contentType.text("method")?.lowercased()
        boundary = contentType.text("boundary")
    }

    var contentType: String { "\(type)/\(subtype)" }
    /// A whole mail that was transfer-encoded against RFC 2046 section 5.2.1, so that no parser looked into it.
    var isEncodedMessage: Bool {
        kind == .leaf && encoding != .identity
            && (contentType == "message/rfc822" || contentType == "message/global")
    }
    var isText: Bool { type == "text" && (subtype == "plain" || subtype == "html") }
    var isMedia: Bool { type == "image" || type == "audio" || type == "video" }
}
