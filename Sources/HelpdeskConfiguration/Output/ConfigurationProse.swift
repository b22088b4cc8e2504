/// Sentences about keys, shared by the example and the manual.
enum ConfigurationProse {
    /// "A duration such as "1h", from 0s to 90d. Default: "1h"."
    static func presence(of key: KeyDescription) -> String {
        let kind = capitalised(key.expectation)
        var text =
            switch key.presence {
            case .required: "\(kind). Must be set."
            case .defaults(let value): "\(kind). Default: \(value)."
            case .optional(let absence): "\(kind). Not set: \(absence)."
            }
        if !key.channels.isEmpty { text += " Only for \(key.channels.joined(separator: ", "))." }
        return text
    }

    static func capitalised(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }

    /// Broken at spaces into lines of at most 100 characters, each behind `mark`.
    static func wrapped(_ text: String, mark: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, mark.count + line.count + 1 + word.count > 100 {
                lines.append(mark + line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        if !line.isEmpty { lines.append(mark + line) }
        return lines
    }
}
