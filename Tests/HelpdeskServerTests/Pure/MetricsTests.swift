import CoreMetrics
import Testing

@testable import HelpdeskServer

@Suite struct MetricsTests {
    @Test func theTextIsWhatPrometheusReads() {
        let registry = MetricsRegistry()
        Counter(label: "b_total", dimensions: [("route", "a\"b\\c\n")], factory: registry)
            .increment(by: 3)
        Meter(label: "a-gauge", factory: registry).set(2.5)
        Timer(label: "c_seconds", factory: registry).recordNanoseconds(2_000_000)
        let lines = registry.text().split(separator: "\n").map(String.init)
        #expect(
            lines.prefix(4) == [
                "# TYPE a_gauge gauge", "a_gauge 2.5", "# TYPE b_total counter",
                #"b_total{route="a\"b\\c\n"} 3"#,
            ])
        #expect(lines.contains(#"c_seconds_bucket{le="0.001"} 0"#))
        #expect(lines.contains(#"c_seconds_bucket{le="0.0025"} 1"#))
        #expect(lines.contains(#"c_seconds_bucket{le="+Inf"} 1"#))
        #expect(lines.contains("c_seconds_sum 0.002"))
        #expect(lines.contains("c_seconds_count 1"))
    }

    @Test func theSameNameIsTheSameSeries() {
        let registry = MetricsRegistry()
        for _ in 0..<5 { Counter(label: "x_total", factory: registry).increment() }
        #expect(registry.text().contains("x_total 5\n"))
    }

    @Test func seriesAreBounded() {
        let registry = MetricsRegistry()
        for number in 0..<(MetricsRegistry.maximumSeries + 10) {
            Counter(label: "x_total", dimensions: [("n", "\(number)")], factory: registry)
                .increment()
        }
        #expect(registry.text().contains("hamdel_metrics_dropped_total 10\n"))
    }
}
