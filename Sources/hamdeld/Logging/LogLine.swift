internal import HelpdeskCore
internal import Logging

/// One line of the log before it is written: pure, so that every form says the same.
struct LogLine: Sendable {
    let level: Logger.Level
    let at: Instant
    let message: String
    /// In the order of their names.
    let fields: [(name: String, value: String)]

    init(level: Logger.Level, at: Instant, message: String, metadata: Logger.Metadata) {
        self.level = level
        self.at = at
        self.message = message
        fields = metadata.map { (name: Self.name($0.key), value: "\($0.value)") }.sorted {
            $0.name < $1.name
        }
    }

    /// Letters, digits and underscores in lower case.
    private static func name(_ key: String) -> String {
        String(
            decoding: key.lowercased().utf8.map { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) ? byte : 0x5F
            }, as: UTF8.self)
    }

    /// `2026-11-29T20:57:03Z info: serving (inboxes=3)`; one line whatever the words hold.
    var text: String {
        let shown = fields.filter { $0.name != LogEvent.key }
        let rest =
            shown.isEmpty
            ? "" : " (" + shown.map { "\($0.name)=\($0.value)" }.joined(separator: ", ") + ")"
        return "\(UTCText.of(at)) \(level.rawValue): \(Self.oneLine(message + rest))"
    }

    var logfmt: String {
        let pairs =
            [("time", UTCText.of(at)), ("level", level.rawValue), ("msg", message)]
            + fields.map { ($0.name, $0.value) }
        return pairs.map { "\($0.0)=\(Self.quoted($0.1))" }.joined(separator: " ")
    }

    var json: String {
        let pairs =
            [("time", UTCText.of(at)), ("level", level.rawValue), ("message", message)]
            + fields.map { ($0.name, $0.value) }
        return "{" + pairs.map { "\"\($0.0)\":\(Self.jsonText($0.1))" }.joined(separator: ",") + "}"
    }

    /// As journald takes it (systemd's JOURNAL_NATIVE_PROTOCOL): a value with a line end is given by its length.
    var journal: [UInt8] {
        var bytes: [UInt8] = []
        func add(_ name: String, _ value: String) {
            guard value.utf8.contains(0x0A) else {
                bytes += Array("\(name)=\(value)\n".utf8)
                return
            }
            bytes += Array("\(name)\n".utf8)
            let count = UInt64(value.utf8.count)
            withUnsafeBytes(of: count.littleEndian) { bytes += $0 }
            bytes += Array(value.utf8) + [0x0A]
        }
        add("MESSAGE", message)
        add("PRIORITY", "\(priority)")
        add("SYSLOG_IDENTIFIER", "hamdeld")
        for field in fields {
            add(
                field.name == LogEvent.key ? "MESSAGE_ID" : "HAMDEL_\(field.name.uppercased())",
                field.value)
        }
        return bytes
    }

    /// Of syslog.
    var priority: Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    private static func oneLine(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A: result += "; "
            case 0..<0x20, 0x7F...0x9F: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func quoted(_ value: String) -> String {
        let isPlain =
            !value.isEmpty
            && value.utf8.allSatisfy {
                $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3D && $0 != 0x5C
            }
        return isPlain ? value : jsonText(value)
    }

    private static func jsonText(_ value: String) -> String {
        var bytes: [UInt8] = []
        JSONString.append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
