/// Where a generic log has what: by the name in its first row, or by number (the first column is 1).
struct GenericColumns: Sendable, Equatable {
    enum Meaning: String, CaseIterable, Sendable {
        case id
        case startedAt = "started_at"
        case from
        case to
        case number
        case direction
        case isInternal = "internal"
        case outcome
        case duration
        case name
        case `extension`
        case recording
    }

    enum Column: Sendable, Equatable {
        case named(String)
        /// From 0.
        case at(Int)
    }

    /// A time may stand in two columns (date, time); everything else has one.
    let columns: [Meaning: [Column]]

    /// Without any mapping the first row's names are understood by the words below.
    var isGuessing: Bool { columns.isEmpty }

    /// Whether the file's first row holds names.
    var hasNames: Bool {
        isGuessing
            || columns.values.contains {
                $0.contains { if case .named = $0 { true } else { false } }
            }
    }

    /// The indexes of this file's columns.
    func indexes(_ names: CSVRow) throws(PhoneLogFault) -> [Meaning: [Int]] {
        let folded = names.fields.map(Self.folded)
        if isGuessing { return try guess(folded, names) }
        var indexes: [Meaning: [Int]] = [:]
        for (meaning, wanted) in columns {
            for column in wanted {
                switch column {
                case .at(let index): indexes[meaning, default: []].append(index)
                case .named(let name):
                    guard let index = folded.firstIndex(of: Self.folded(name)) else {
                        throw .missingColumn(
                            setting: meaning.rawValue, wanted: "\"\(name)\"",
                            found: names.fields.map(shown))
                    }
                    indexes[meaning, default: []].append(index)
                }
            }
        }
        return indexes
    }

    /// For logs without names.
    var fixedIndexes: [Meaning: [Int]] {
        columns.mapValues { $0.compactMap { if case .at(let index) = $0 { index } else { nil } } }
    }

    private func guess(_ folded: [String], _ names: CSVRow) throws(PhoneLogFault) -> [Meaning:
        [Int]]
    {
        var indexes: [Meaning: [Int]] = [:]
        for (meaning, words) in Self.words {
            for word in words {
                guard let index = folded.firstIndex(of: word) else { continue }
                indexes[meaning] = [index]
                break
            }
        }
        let found = names.fields.map(shown)
        guard indexes[.startedAt] != nil else {
            throw .missingColumn(setting: "started_at", wanted: "a start time", found: found)
        }
        guard indexes[.from] != nil || indexes[.number] != nil else {
            throw .missingColumn(setting: "from", wanted: "the caller's number", found: found)
        }
        return indexes
    }

    /// Letters and digits in lower case: `Call Time` and `call_time` are the same name.
    static func folded(_ name: String) -> String {
        var result = ""
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A:
                result.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
            case 0x30...0x39, 0x61...0x7A: result.unicodeScalars.append(scalar)
            case ..<0x80: break
            default:
                let properties = scalar.properties
                guard properties.isAlphabetic || properties.numericType != nil else { break }
                result += properties.lowercaseMapping
            }
        }
        return result
    }

    /// Names that exports use, the most telling first.
    private static let words: [Meaning: [String]] = [
        .id: ["callid", "uniqueid", "id", "globalcallidcallid", "uuid"],
        .startedAt: [
            "startedat", "start", "starttime", "calltime", "calldate", "datetime", "timestamp",
            "datetimeorigination", "date", "time", "زمان", "تاریخ",
        ],
        .from: [
            "from", "caller", "callernumber", "callerid", "src", "source", "callingpartynumber",
            "fromnumber", "calling", "تماسگیرنده", "مبدا",
        ],
        .to: [
            "to", "called", "callee", "calleenumber", "dst", "destination",
            "finalcalledpartynumber",
            "originalcalledpartynumber", "tonumber", "callednumber", "dialled", "مقصد",
        ],
        .number: ["number", "phone", "phonenumber", "customernumber", "msisdn", "شماره"],
        .direction: ["direction", "calldirection", "dir", "جهت"],
        .isInternal: ["internal", "isinternal"],
        .outcome: ["outcome", "status", "disposition", "result", "callstatus", "وضعیت"],
        .duration: [
            "talking", "talktime", "billsec", "duration", "callduration", "durationseconds",
            "durations", "مدت",
        ],
        .name: ["name", "callername", "fromname", "contact", "نام"],
        .extension: ["extension", "ext", "agentextension", "agent", "داخلی"],
        .recording: ["recordingurl", "recording"],
    ]
}
