/// The little of DNS (RFC 1035, RFC 6891) that a look at a mail domain needs: one question out, its answers back. Bytes in and
/// out; who asks whom is somebody else's business.
public enum DNSMessage {
    public enum RecordType: UInt16, Sendable { case mx = 15, txt = 16 }

    /// What a server answered.
    public enum Answer: Hashable, Sendable {
        case records([Record])
        /// No such name, or the name has none of this type.
        case none
        /// It did not fit into a datagram: ask again by TCP.
        case truncated
        /// The server could not or would not say: its response code.
        case refused(code: UInt8)
    }

    public enum Record: Hashable, Sendable {
        case mx(preference: UInt16, host: String)
        case txt(String)
    }

    /// A query with one question, recursion wanted, and room for 1,232 bytes of answer; nil for a name that no DNS message can
    /// hold.
    public static func query(id: UInt16, name: String, type: RecordType) -> [UInt8]? {
        guard let encoded = encode(name: name) else { return nil }
        var bytes = bigEndian(id)
        bytes += [0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 1]
        bytes += encoded + bigEndian(type.rawValue) + [0, 1]
        // OPT: root, type 41, 1,232 bytes, no flags, no data.
        return bytes + [0, 0, 41] + bigEndian(1_232) + [0, 0, 0, 0, 0, 0]
    }

    /// Nil for bytes that are no answer to the query with this id.
    public static func answer(_ bytes: [UInt8], to id: UInt16, type: RecordType) -> Answer? {
        var reader = DNSReader(bytes)
        guard let answered = reader.word(), answered == id, let flags = reader.word(),
            flags & 0x8000 != 0, let questions = reader.word(), let answers = reader.word(),
            reader.skip(4)
        else { return nil }
        if flags & 0x0200 != 0 { return .truncated }
        let code = UInt8(flags & 0x0F)
        guard code == 0 else { return code == 3 ? DNSMessage.Answer.none : .refused(code: code) }
        for _ in 0..<questions { guard reader.name() != nil, reader.skip(4) else { return nil } }
        var records: [Record] = []
        for _ in 0..<answers {
            guard reader.name() != nil, let found = reader.word(), reader.skip(6),
                let length = reader.word(), let end = reader.end(of: Int(length))
            else { return nil }
            if found == type.rawValue {
                guard let record = reader.record(type, until: end) else { return nil }
                records.append(record)
            }
            reader.move(to: end)
        }
        return records.isEmpty ? DNSMessage.Answer.none : .records(records)
    }

    private static func encode(name: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for label in name.utf8.split(separator: UInt8(ascii: ".")) {
            guard label.count <= 63 else { return nil }
            bytes.append(UInt8(label.count))
            bytes += label
        }
        bytes.append(0)
        return bytes.count <= 255 && bytes.count > 1 ? bytes : nil
    }

    private static func bigEndian(_ word: UInt16) -> [UInt8] {
        [UInt8(word >> 8), UInt8(truncatingIfNeeded: word)]
    }
}

/// Reads a message from front to back; every step says when the bytes end too early.
private struct DNSReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func byte() -> UInt8? {
        guard place < bytes.count else { return nil }
        defer { place += 1 }
        return bytes[place]
    }

    mutating func word() -> UInt16? {
        guard let high = byte(), let low = byte() else { return nil }
        return UInt16(high) << 8 | UInt16(low)
    }

    mutating func skip(_ count: Int) -> Bool {
        guard place + count <= bytes.count else { return false }
        place += count
        return true
    }

    /// Where so many bytes from here end.
    func end(of count: Int) -> Int? { place + count <= bytes.count ? place + count : nil }

    mutating func move(to place: Int) { self.place = place }

    /// A name, following its pointers: each must lead further to the front, so that none can go round.
    mutating func name() -> String? {
        var labels: [String] = []
        var at = place
        var behind: Int?
        var floor = bytes.count
        while at < bytes.count, labels.count <= 127 {
            let length = Int(bytes[at])
            if length == 0 {
                place = behind ?? at + 1
                return labels.joined(separator: ".")
            }
            if length >= 0xC0 {
                guard at + 1 < bytes.count else { return nil }
                let target = (length & 0x3F) << 8 | Int(bytes[at + 1])
                behind = behind ?? at + 2
                guard target < floor, target < at else { return nil }
                floor = target
                at = target
                continue
            }
            guard length <= 63, at + 1 + length <= bytes.count else { return nil }
            labels.append(String(decoding: bytes[(at + 1)..<(at + 1 + length)], as: UTF8.self))
            at += 1 + length
        }
        return nil
    }

    mutating func record(_ type: DNSMessage.RecordType, until end: Int) -> DNSMessage.Record? {
        switch type {
        case .mx:
            guard let preference = word(), let host = name() else { return nil }
            return .mx(preference: preference, host: host)
        case .txt:
            var text: [UInt8] = []
            while place < end {
                guard let length = byte(), place + Int(length) <= end else { return nil }
                text += bytes[place..<(place + Int(length))]
                place += Int(length)
            }
            return .txt(String(decoding: text, as: UTF8.self))
        }
    }
}
