/// A file to be sent, with the type its name promises.
struct AttachedFile: Hashable {
    let name: String
    let contentType: String
    let bytes: [UInt8]

    /// In bytes; the daemon's own bound may be lower.
    static let limit = 25 * 1_024 * 1_024

    init(_ path: String, _ context: CommandContext) throws {
        bytes = try context.input.readFile(path, limit: Self.limit)
        name = path.split(separator: "/").last.map(String.init) ?? "file"
        contentType = Self.contentType(of: name)
    }

    /// By the ending of the name; a stream of bytes when it says nothing.
    static func contentType(of name: String) -> String {
        let ending = name.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
        switch ending.lowercased() {
        case "txt", "log", "md": return "text/plain; charset=utf-8"
        case "csv": return "text/csv; charset=utf-8"
        case "html", "htm": return "text/html; charset=utf-8"
        case "pdf": return "application/pdf"
        case "png": return "image/png"
        case "jpg", "jpeg": return "image/jpeg"
        case "gif": return "image/gif"
        case "webp": return "image/webp"
        case "zip": return "application/zip"
        case "json": return "application/json"
        case "docx":
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case "xlsx": return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case "ogg": return "audio/ogg"
        case "mp3": return "audio/mpeg"
        case "mp4": return "video/mp4"
        default: return "application/octet-stream"
        }
    }
}
