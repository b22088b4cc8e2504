public import HelpdeskCore
import TOMLReading

/// Days off from an iCalendar file, read when the configuration is.
public struct CalendarFile: Equatable, Sendable {
    /// As it was opened.
    public let path: String
    /// Each with the name of the feast.
    public let days: [CivilDate: String]

    /// Larger files are refused.
    static let sizeLimit = 4 * 1_048_576
    /// The years of which the days are written out.
    static let firstYear = 2000
    static let lastYear = 2099
}

extension ValueKind where Value == CalendarFile {
    static var calendarFile: Self {
        let expectation =
            "the path of an iCalendar file with all-day events, at most \(CalendarFile.sizeLimit / 1_048_576) MiB"
        return Self("iCalendar file", expectation: expectation) { node, key, reader in
            guard case .string(let text) = node.value, !text.isEmpty, text.utf8.count <= 4_096,
                !text.unicodeScalars.contains(where: isUnprintable)
            else {
                reader.refuse(node, key: key, expected: expectation)
                return nil
            }
            // Beside the file that names it, wherever the daemon was started.
            let folder = node.place.file.split(separator: "/", omittingEmptySubsequences: false)
                .dropLast().joined(separator: "/")
            let path = text.hasPrefix("/") || folder.isEmpty ? text : "\(folder)/\(text)"
            switch reader.files.read(path, CalendarFile.sizeLimit) {
            case .failure(let failure):
                reader.record(
                    ConfigurationProblem(
                        place: node.place, key: key, expected: expectation,
                        got: "\(failure.inWords) at \(TOMLText.quoted(path))"))
                return nil
            case .success(let content):
                return read(content.bytes, path, node, key, &reader)
            }
        }
    }

    private static func read(
        _ bytes: [UInt8], _ path: String, _ node: TOMLNode, _ key: String,
        _ reader: inout ConfigurationReader
    ) -> CalendarFile? {
        let calendar = HolidayCalendar(iCalendar: bytes)
        for problem in calendar.problems.prefix(20) {
            reader.record(
                ConfigurationProblem(
                    place: SourcePlace(file: path, line: problem.line, column: 1), key: key,
                    expected: "days that come again by a rule of this program",
                    got: printable(problem.detail),
                    hint: "take the event out, and write its days into holidays"))
        }
        guard calendar.problems.isEmpty else { return nil }
        guard (1..<HolidayCalendar.eventLimit).contains(calendar.count),
            let first = CivilDate(year: CalendarFile.firstYear, month: 1, day: 1),
            let end = CivilDate(year: CalendarFile.lastYear + 1, month: 1, day: 1)
        else {
            reader.record(
                ConfigurationProblem(
                    place: SourcePlace(file: path, line: 1, column: 1), key: key,
                    expected:
                        "1 to \(HolidayCalendar.eventLimit - 1) all-day events (iCalendar, RFC 5545)",
                    got: calendar.count == 0 ? "none" : "\(calendar.count) or more"))
            return nil
        }
        return CalendarFile(path: path, days: calendar.days(in: first..<end))
    }
}
