internal import HelpdeskCore

/// The words phone systems use, in English and Persian. Letters' case does not count.
enum CallWords {
    static func direction(_ text: String) -> CallDirection? {
        switch GenericColumns.folded(text) {
        case "in", "i", "inbound", "incoming", "received", "inboundqueue", "ورودی", "وارده":
            .inbound
        case "out", "o", "outbound", "outgoing", "sent", "dialed", "dialled", "خروجی", "صادره":
            .outbound
        case "internal", "int", "local", "داخلی": .internal
        default: nil
        }
    }

    static func outcome(_ text: String) -> CallOutcome? {
        switch GenericColumns.folded(text) {
        case "answered", "answer", "ok", "completed", "connected", "success", "yes", "true", "1",
            "sent", "received", "served", "پاسخدادهشده", "پاسخ", "موفق":
            .answered
        case "missed", "noanswer", "unanswered", "notanswered", "cancelled", "canceled", "cancel",
            "abandoned", "timeout", "no", "false", "0", "waiting", "notserved", "بیپاسخ",
            "ازدسترفته", "پاسخدادهنشده":
            .missed
        case "voicemail", "صندوقصوتی", "پیامگیر": .voicemail
        case "busy", "اشغال", "مشغول": .busy
        case "failed", "failure", "error", "congestion", "rejected", "unavailable", "ناموفق":
            .failed
        default: nil
        }
    }

    static func isYes(_ text: String) -> Bool {
        ["1", "true", "yes", "y", "internal"].contains(GenericColumns.folded(text))
    }

    /// `FAX (8888)` and `"Ann" <8888>` are a name and a number; anything else is a number.
    static func nameAndNumber(_ text: String) -> (name: String, number: String) {
        let bytes = Array(text.utf8)
        let pairs: [(UInt8, UInt8)] = [
            (UInt8(ascii: "("), UInt8(ascii: ")")), (UInt8(ascii: "<"), UInt8(ascii: ">")),
        ]
        for (open, close) in pairs {
            guard bytes.last == close, let start = bytes.lastIndex(of: open), start > 0 else {
                continue
            }
            let number = bytes[(start + 1)..<(bytes.count - 1)]
            let digits = number.count { $0 >= 0x30 && $0 <= 0x39 }
            // "+44 (0)" is no name.
            let startsLikeNumber = bytes[0] == UInt8(ascii: "+") || (0x30...0x39).contains(bytes[0])
            guard digits >= 2, digits * 2 >= number.count, !startsLikeNumber else { continue }
            let name = AsteriskFormat.displayName(
                String(decoding: bytes[..<start], as: UTF8.self), number: "")
            return (name, String(decoding: number, as: UTF8.self))
        }
        return ("", text)
    }
}
