/// Message-IDs as they stand in headers (RFC 5322 section 3.6.4), without their angle brackets.
enum MessageIdentifiers {
    /// Longer ones are no ids; RFC 5322 lines have at most 998 bytes.
    static let longest = 998

    /// In order. What is not in angle brackets counts only when nothing is.
    static func list(_ value: [UInt8], limit: Int) -> [String] {
        var found: [[UInt8]] = []
        var current: [UInt8]?
        for byte in value {
            switch byte {
            case Ascii.less: current = []
            case Ascii.greater:
                if let id = current, !id.isEmpty, id.count <= longest { found.append(id) }
                current = nil
            case Ascii.space, Ascii.tab: continue
            default:
                if let length = current?.count, length <= longest { current?.append(byte) }
            }
        }
        if found.isEmpty {
            let words = value.split(whereSeparator: {
                Ascii.isBlank($0) || $0 == Ascii.less || $0 == Ascii.greater
                    || $0 == UInt8(ascii: ",")
            })
            found = words.filter { $0.contains(Ascii.at) && $0.count <= longest }.map(Array.init)
        }
        return bounded(found.map(\.asText), limit: limit)
    }

    /// One id; what has no brackets and no “@” is taken as it is, because it is still how the mail is named.
    static func single(_ value: [UInt8]) -> String? {
        if let id = list(value, limit: 1).first { return id }
        let bare = value.filter {
            !Ascii.isBlank($0) && $0 != Ascii.less && $0 != Ascii.greater
        }
        // Longer ones are no ids: cut off, the ids of two mails would be one (D6).
        return bare.isEmpty || bare.count > longest ? nil : Array(bare).asText
    }

    /// The first one names the thread; of the rest the latest are the useful ones (RFC 5322 advises the same cut).
    private static func bounded(_ ids: [String], limit: Int) -> [String] {
        guard ids.count > limit, let first = ids.first, limit > 0 else { return ids }
        return [first] + ids.suffix(limit &- 1)
    }
}
