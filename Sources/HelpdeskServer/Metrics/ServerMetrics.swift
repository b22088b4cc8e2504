internal import CoreMetrics

/// What the server counts of itself. Labels are route ids and classes of status: few and known.
struct ServerMetrics: Sendable {
    private let factory: any MetricsFactory
    let streams: Meter

    init(_ factory: any MetricsFactory) {
        self.factory = factory
        streams = Meter(label: "hamdel_http_streams", dimensions: [], factory: factory)
    }

    func count(_ route: String, status: Int) {
        let dimensions = [("route", route), ("status", "\(status / 100)xx")]
        Counter(label: "hamdel_http_requests_total", dimensions: dimensions, factory: factory)
            .increment()
    }

    func record(_ route: String, _ duration: Duration) {
        Timer(
            label: "hamdel_http_request_duration_seconds", dimensions: [("route", route)],
            factory: factory
        ).recordNanoseconds(duration.nanoseconds)
    }
}

extension Duration {
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product &+ attoseconds / 1_000_000_000
    }
}
