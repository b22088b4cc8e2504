internal import CoreMetrics
internal import Synchronization

/// The name of one line of numbers: metric and labels.
struct SeriesName: Hashable, Comparable {
    enum Kind: String { case counter, gauge, histogram }

    let label: String
    /// `{route="listTickets",status="2xx"}` without the braces; empty without labels.
    let labels: String
    let kind: Kind

    init(_ kind: Kind, _ label: String, _ dimensions: [(String, String)]) {
        self.kind = kind
        self.label = Self.name(label)
        labels = dimensions.map { "\(Self.name($0.0))=\"\(Self.escaped($0.1))\"" }
            .joined(separator: ",")
    }

    static func < (left: SeriesName, right: SeriesName) -> Bool {
        (left.label, left.labels) < (right.label, right.labels)
    }

    func text(_ suffix: String = "", adding label: String? = nil) -> String {
        let all = [labels, label ?? ""].filter { !$0.isEmpty }.joined(separator: ",")
        return self.label + suffix + (all.isEmpty ? "" : "{\(all)}")
    }

    /// Letters, digits and underscores only, not beginning with a digit.
    private static func name(_ text: String) -> String {
        var bytes: [UInt8] = text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: byte
            default: 0x5F
            }
        }
        if let first = bytes.first, (0x30...0x39).contains(first) { bytes.insert(0x5F, at: 0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// Something that can print its numbers.
protocol MetricSeries: AnyObject, Sendable {
    func lines(_ name: SeriesName) -> [String]
}

final class CounterSeries: MetricSeries, CounterHandler {
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { value.store(0, ordering: .relaxed) }

    func lines(_ name: SeriesName) -> [String] {
        ["\(name.text()) \(value.load(ordering: .relaxed))"]
    }
}

final class FloatingCounterSeries: MetricSeries, FloatingPointCounterHandler {
    private let value = Mutex<Double>(0)

    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func reset() { value.withLock { $0 = 0 } }
    func lines(_ name: SeriesName) -> [String] { ["\(name.text()) \(value.withLock { $0 })"] }
}

final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler {
    private let value = Mutex<Double>(0)

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(value) }
    func record(_ value: Double) { set(value) }

    func lines(_ name: SeriesName) -> [String] {
        let value = value.withLock { $0 }
        let whole = value.rounded() == value && abs(value) < 1e15
        return ["\(name.text()) \(whole ? "\(Int64(value))" : "\(value)")"]
    }
}

/// Counts of what was at most so much; bounds from half a millisecond to ten seconds suit requests and commits.
final class HistogramSeries: MetricSeries, TimerHandler, RecorderHandler {
    static let bounds: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    private struct State {
        var counts = Array(repeating: Int64(0), count: HistogramSeries.bounds.count)
        var count: Int64 = 0
        var sum: Double = 0
    }

    private let state = Mutex(State())
    /// What recorded numbers are divided by.
    private let unit: Double

    init(unit: Double) { self.unit = unit }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration)) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let amount = value / unit
        state.withLock { state in
            if let place = Self.bounds.firstIndex(where: { amount <= $0 }) {
                state.counts[place] &+= 1
            }
            state.count &+= 1
            state.sum += amount
        }
    }

    func lines(_ name: SeriesName) -> [String] {
        let state = state.withLock { $0 }
        var lines: [String] = []
        var running: Int64 = 0
        for (bound, count) in zip(Self.bounds, state.counts) {
            running &+= count
            lines.append("\(name.text("_bucket", adding: "le=\"\(bound)\"")) \(running)")
        }
        lines.append("\(name.text("_bucket", adding: "le=\"+Inf\"")) \(state.count)")
        lines.append("\(name.text("_sum")) \(state.sum)")
        lines.append("\(name.text("_count")) \(state.count)")
        return lines
    }
}
