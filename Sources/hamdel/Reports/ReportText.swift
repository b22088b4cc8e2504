internal import HelpdeskAPI

/// Figures in a few characters.
enum ReportText {
    static func cell(_ cell: JSONValue, _ unit: String) -> String {
        if let text = cell.text { return text }
        return value(cell.double, unit)
    }

    /// `-` where there is none.
    static func value(_ value: Double?, _ unit: String) -> String {
        guard let value, value.isFinite else { return "-" }
        switch unit {
        case "share": return "\(fixed(value * 100, 1)) %"
        case "duration": return duration(value)
        case "mean": return fixed(value, 2)
        // As NPS is written: from -100 to 100.
        case "net": return fixed(value * 100, 1)
        default: return fixed(value, 0)
        }
    }

    /// Against the period before: shares and NPS in points, the rest in percent.
    static func change(_ figure: API.Report.Figure) -> String? {
        guard let value = figure.value, let previous = figure.previous else { return nil }
        let difference = value - previous
        guard difference != 0 else { return "=" }
        let arrow = difference > 0 ? "▲" : "▼"
        switch figure.unit {
        case "share", "net": return "\(arrow) \(fixed(abs(difference) * 100, 1)) points"
        default:
            guard previous != 0 else { return "\(arrow) from 0" }
            return "\(arrow) \(fixed(abs(difference / previous) * 100, 1)) %"
        }
    }

    /// `42 s`, `7 min`, `3 h 05`, `4 d 12 h`.
    private static func duration(_ milliseconds: Double) -> String {
        guard let seconds = Int64(exactly: (milliseconds / 1000).rounded(.down)) else { return "-" }
        if seconds < 60 { return "\(seconds) s" }
        let minutes = seconds / 60
        if minutes < 60 { return "\(minutes) min" }
        let hours = minutes / 60
        if hours < 48 { return "\(hours) h \(minutes % 60 < 10 ? "0" : "")\(minutes % 60)" }
        return "\(hours / 24) d \(hours % 24) h"
    }

    /// With so many digits behind the point, without Foundation.
    static func fixed(_ value: Double, _ digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        guard let whole = Int64(exactly: (value * scale).rounded()) else { return "-" }
        let sign = whole < 0 ? "-" : ""
        let magnitude = whole.magnitude
        let unit = UInt64(scale)
        guard digits > 0 else { return "\(sign)\(magnitude)" }
        let part = String(magnitude % unit)
        return "\(sign)\(magnitude / unit)."
            + String(repeating: "0", count: max(0, digits - part.count)) + part
    }
}

/// Small plots out of block characters.
enum Plot {
    private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    private static let heights = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let shades = ["··", "░░", "▒▒", "▓▓", "██"]

    static func bar(_ value: Double, of most: Double, width: Int) -> String {
        guard most > 0, value > 0, width > 0 else { return "" }
        let steps = Int((min(value / most, 1) * Double(width * 8)).rounded())
        return String(repeating: "█", count: steps / 8) + eighths[steps % 8]
    }

    /// One column for each value; the highest fills its cell.
    static func line(_ values: [Double]) -> String {
        let most = values.max() ?? 0
        return values.map { value in
            guard most > 0 else { return heights[0] }
            let step = Int((max(0, value) / most * 7).rounded())
            return heights[min(max(step, 0), 7)]
        }.joined()
    }

    static func shade(_ value: Double, of most: Double) -> String {
        guard most > 0, value > 0 else { return shades[0] }
        let step = 1 + Int((min(value / most, 1) * 3.999).rounded(.down))
        return shades[min(step, shades.count - 1)]
    }
}
