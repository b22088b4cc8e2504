internal import HelpdeskCore

/// What one row says about a call, before anybody asks whose numbers these are. Texts as in the file.
struct CallRow: Equatable {
    var from = ""
    var to = ""
    /// Set where the file knows only "the other side's number" and a direction.
    var otherSide = ""
    var name = ""
    var start = Instant.distantPast
    var talkSeconds: Int64 = 0
    var outcome = CallOutcome.missed
    /// As the file says; nil: to be seen from the numbers.
    var direction: CallDirection?
    /// The inner number that took part, where the file says so.
    var `extension` = ""
    /// The devices that rang and were rung, where the file names them.
    var callingDevice = ""
    var calledDevice = ""
    var recordingURL = ""
    /// The id the phone system gave the call; legs of one call may share it.
    var callID = ""
    /// Unique and the same at every import of this row.
    var externalID = ""
}

/// What became of one row of the file.
enum RowReading: Equatable {
    case call(CallRow)
    /// Column names, or types below them: nothing to count.
    case heading
    /// Another row has told of this call.
    case told
    /// Said to a person, with the column at fault.
    case rejected(String)
}

/// Why a file cannot be read at all with this inbox's settings.
public enum PhoneLogFault: Error, Sendable, Equatable {
    /// The column that a setting names is not in the first row; what is there instead.
    case missingColumn(setting: String, wanted: String, found: [String])
    /// UTF-16 and the like.
    case encoding(String)
}

extension PhoneLogFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missingColumn(let setting, let wanted, let found):
            "line 1: no column for \(setting) (\(wanted)); the file has: "
                + found.prefix(40).map { "\"\($0)\"" }.joined(separator: ", ")
                + ". Set mapping.\(setting) in the inbox's configuration."
        case .encoding(let found): "the file is \(found); save it as UTF-8"
        }
    }
}
