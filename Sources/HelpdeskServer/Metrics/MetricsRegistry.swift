public import CoreMetrics
internal import Synchronization

/// Keeps what swift-metrics records and prints it as Prometheus text (exposition format 0.0.4). Bounded: series beyond
/// `maximumSeries` are counted and dropped, so a label nobody foresaw cannot fill the memory.
public final class MetricsRegistry: MetricsFactory {
    public static let maximumSeries = 2_000

    private struct State {
        var series: [SeriesName: any MetricSeries] = [:]
        var dropped: Int64 = 0
    }

    private let state = Mutex(State())

    public init() {}

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(.counter, label, dimensions) { CounterSeries() } ?? CounterSeries()
    }

    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(.counter, label, dimensions) { FloatingCounterSeries() } ?? FloatingCounterSeries()
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(.gauge, label, dimensions) { GaugeSeries() } ?? GaugeSeries()
    }

    /// An aggregated recorder is a histogram; one that is not is a gauge.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        guard aggregate else {
            return series(.gauge, label, dimensions) { GaugeSeries() } ?? GaugeSeries()
        }
        return series(.histogram, label, dimensions) { HistogramSeries(unit: 1) }
            ?? HistogramSeries(unit: 1)
    }

    /// A timer is a histogram in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(.histogram, label, dimensions) { HistogramSeries(unit: 1_000_000_000) }
            ?? HistogramSeries(unit: 1_000_000_000)
    }

    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}

    /// The whole exposition, series of one name together, in alphabetical order.
    public func text() -> String {
        let (series, dropped) = state.withLock { ($0.series, $0.dropped) }
        var lines: [String] = []
        var last = ""
        for name in series.keys.sorted() {
            if name.label != last {
                if let help = MetricCatalogue.help[name.label] {
                    lines.append("# HELP \(name.label) \(help)")
                }
                lines.append("# TYPE \(name.label) \(name.kind.rawValue)")
                last = name.label
            }
            lines += series[name]?.lines(name) ?? []
        }
        lines.append(
            "# HELP hamdel_metrics_dropped_total \(MetricCatalogue.help["hamdel_metrics_dropped_total"] ?? "")"
        )
        lines.append("# TYPE hamdel_metrics_dropped_total counter")
        lines.append("hamdel_metrics_dropped_total \(dropped)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The series of this name, made when it is new. Nil where there is no place for it or the name is taken by another
    /// kind: then it counts into nothing.
    private func series<Series: MetricSeries>(
        _ kind: SeriesName.Kind, _ label: String, _ dimensions: [(String, String)],
        _ make: () -> Series
    ) -> Series? {
        let name = SeriesName(kind, label, dimensions)
        return state.withLock { state in
            if let known = state.series[name] { return known as? Series }
            guard state.series.count < Self.maximumSeries else {
                state.dropped &+= 1
                return nil
            }
            let made = make()
            state.series[name] = made
            return made
        }
    }
}
