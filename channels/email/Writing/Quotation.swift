import ChannelKit
import HelpdeskCore

/// The message being answered, as it stands below an answer: who wrote when, and what.
struct Quotation: Equatable {
    /// Enough to see what is answered; the rest is in the reader's own mailbox.
    static let longest = 32_768
    static let mostLines = 400

    let attribution: String
    /// LF line ends.
    let text: String

    init(_ quote: OutboundMessage.Quote, language: String, zone: ZoneRules) {
        attribution = Self.attribution(
            quote, language.hasPrefix("fa") ? .persian : .english, zone.local(quote.date))
        text = Self.bounded(OutgoingText.normalised(quote.text))
    }

    /// In the shape that mail programs write, so that they (and our own reader) know it again.
    private static func attribution(
        _ quote: OutboundMessage.Quote, _ language: TextLanguage, _ at: LocalTime
    ) -> String {
        let address = HeaderText.oneLine(quote.address)
        let name = HeaderText.name(quote.name ?? "")
        let writer = name.isEmpty ? address : "\(name.prefix(100)) <\(address)>"
        let day = at.dayText(in: language)
        let clock = at.clockText(in: language)
        return switch language {
        case .english: "On \(day) at \(clock), \(writer) wrote:"
        case .persian: "در تاریخ \(day) ساعت \(clock)، \(writer) نوشت:"
        }
    }

    private static func bounded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let lines = bytes.split(separator: Ascii.lineFeed, omittingEmptySubsequences: false)
        var kept: [UInt8] = []
        for (number, line) in lines.enumerated() {
            guard number < mostLines, kept.count &+ line.count < longest else {
                return (kept + Array("[…]\n".utf8)).asText
            }
            kept += line + [Ascii.lineFeed]
        }
        while kept.suffix(2) == [Ascii.lineFeed, Ascii.lineFeed] { kept.removeLast() }
        return kept.asText
    }

    /// As plain text, with a mark before each line (RFC 3676 section 4.5).
    var plain: String {
        var result = Array((attribution + "\n").utf8)
        let lines = Array(text.utf8).split(
            separator: Ascii.lineFeed, omittingEmptySubsequences: false)
        for line in lines.dropLast(lines.last?.isEmpty == true ? 1 : 0) {
            result.append(Ascii.greater)
            if line.first != Ascii.greater { result.append(Ascii.space) }
            result += line + [Ascii.lineFeed]
        }
        return result.asText
    }
}
