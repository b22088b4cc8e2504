import ChannelKit

/// The message of a mail that is too large to be taken: its header, and a sentence that says where the rest is.
enum HeaderTicket {
    /// What is stored as the raw mail is the header as received. The same mail gives the same message whenever it is read,
    /// so nothing of a server's numbering is in the text.
    static func message(
        _ header: [UInt8], size: Int, limit: Int, adapter: EmailAdapter
    ) -> Result<InboundMessage, MailRejection> {
        let note =
            "[This mail is \(mebibytes(size)) MiB, above the limit of \(mebibytes(limit)) MiB. Only its header was taken; "
            + "the whole mail, with its text and files, is still on the mail server.]\r\n"
        let readable =
            withoutContentFields(header)
            + Array("Content-Type: text/plain; charset=utf-8\r\n\r\n\(note)".utf8)
        return adapter.read(readable).map { message in
            var message = message
            message.raw = header
            message.attachments = []
            return message
        }
    }

    /// Without the fields that describe a body which is not there, and without the blank line at the end.
    private static func withoutContentFields(_ header: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        var isDropping = false
        var position = 0
        while position < header.count {
            let line = header.lineRange(from: position)
            guard let first = header[line.content].first, first != Ascii.carriageReturn else { break }
            if first != Ascii.space, first != Ascii.tab {
                isDropping = header.matches("content-", at: position)
            }
            if !isDropping { kept += header[line.content] + Array("\r\n".utf8) }
            position = line.next
        }
        return kept
    }

    /// With one digit behind the point.
    private static func mebibytes(_ bytes: Int) -> String {
        let tenths = max(0, bytes) / 104_858 + (bytes > 0 && bytes < 104_858 ? 1 : 0)
        return "\(tenths / 10).\(tenths % 10)"
    }
}
