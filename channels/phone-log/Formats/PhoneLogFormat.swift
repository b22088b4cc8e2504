/// How an inbox's rows are read: one of the presets, with what it has seen of the file.
enum PhoneLogFormat: Sendable {
    enum Preset: String, CaseIterable, Sendable {
        case asterisk, freepbx, issabel, freeswitch
        case freeSwitchJSON = "freeswitch-json"
        case threeCX = "3cx"
        case generic
    }

    case asterisk(AsteriskFormat)
    case freeSwitch(FreeSwitchFormat)
    case freeSwitchJSON(FreeSwitchJSONFormat)
    case threeCX(ThreeCXFormat)
    case generic(GenericFormat)
    /// While a row is read: what is being read with is not held twice, so that nothing in it is copied.
    case reading

    init(
        _ preset: Preset, time: LogTime, inboundContexts: [String], columns: GenericColumns,
        rowsToSkip: Int
    ) {
        self =
            switch preset {
            case .asterisk, .freepbx, .issabel:
                .asterisk(AsteriskFormat(time: time, inboundContexts: inboundContexts))
            case .freeswitch: .freeSwitch(FreeSwitchFormat(time: time))
            case .freeSwitchJSON: .freeSwitchJSON(FreeSwitchJSONFormat(time: time))
            case .threeCX: .threeCX(ThreeCXFormat(time: time, columns: columns))
            case .generic:
                .generic(GenericFormat(time: time, columns: columns, rowsToSkip: rowsToSkip))
            }
    }

    mutating func read(_ row: CSVRow) throws(PhoneLogFault) -> RowReading {
        let current = self
        self = .reading
        switch consume current {
        case .asterisk(var format):
            defer { self = .asterisk(format) }
            return format.read(row)
        case .freeSwitch(var format):
            defer { self = .freeSwitch(format) }
            return format.read(row)
        case .freeSwitchJSON(var format):
            defer { self = .freeSwitchJSON(format) }
            return format.read(row)
        case .threeCX(var format):
            defer { self = .threeCX(format) }
            return try format.read(row)
        case .generic(var format):
            defer { self = .generic(format) }
            return try format.read(row)
        case .reading: return .heading
        }
    }
}

/// Makes a link of what a log says of a recording. Recordings themselves are never fetched.
struct Recordings: Sendable, Equatable {
    /// What stands before a file's name; nil: only whole addresses become links.
    let base: String?

    func link(_ text: String) -> String? {
        guard !text.isEmpty, text.utf8.count <= 1000 else { return nil }
        if text.hasPrefix("https://") || text.hasPrefix("http://") {
            return text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? text : nil
        }
        guard let base else { return nil }
        var link = base.hasSuffix("/") ? base : base + "/"
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8.drop(while: { $0 == 0x2F }) {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                || "-._~/+".utf8.contains(byte)
            if isPlain {
                link.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                link += "%"
                link.unicodeScalars.append(Unicode.Scalar(digits[Int(byte >> 4)]))
                link.unicodeScalars.append(Unicode.Scalar(digits[Int(byte & 15)]))
            }
        }
        return link
    }
}
