import Foundation
import HelpdeskAPI
import HelpdeskCore
import Testing

@testable import hamdel

/// Reports as pages, whole. `HAMDEL_WRITE_PAGES=1` writes them anew; look at them in a browser before they are kept.
struct ReportPageTests {
    private static let from = Timestamp(Instant(milliseconds: 1_793_491_200_000))
    private static let to = Timestamp(Instant(milliseconds: 1_796_083_200_000))

    private static var overview: API.Report {
        func figure(
            _ name: String, _ unit: String, _ value: Double?, _ n: Int,
            _ low: Double? = nil, _ high: Double? = nil, before: Double? = nil
        ) -> API.Report.Figure {
            var interval: API.ScoreReport.Interval?
            if let low, let high { interval = .init(low: low, high: high) }
            return .init(
                name: name, unit: unit, value: value, n: n, interval: interval, previous: before,
                smallSample: unit != "count" && n < 30)
        }
        return API.Report(
            report: "overview", from: from, to: to, team: TeamID(rawValue: "پشتیبانی"), agent: nil,
            figures: [
                figure("opened", "count", 1_204, 1_204, before: 1_100),
                figure("first_response_median", "duration", 4_980_000, 1_100, before: 5_400_000),
                figure("csat_satisfied", "share", 0.8125, 16, 0.5699, 0.9341, before: 0.9),
                figure("nps", "net", -0.0521, 96, -0.22, 0.12), figure("csat_mean", "mean", nil, 0),
            ],
            tables: [
                .init(
                    name: "opened_over_time", shape: "series",
                    columns: [
                        .init(name: "from", unit: "duration"), .init(name: "opened", unit: "count"),
                    ],
                    rows: (0..<3).map {
                        [
                            .integer(1_793_491_200_000 + Int64($0) * 864_000_000),
                            .integer(Int64(5 * $0)),
                        ]
                    }),
                .init(
                    name: "topics", shape: "bars",
                    columns: [
                        .init(name: "topic", unit: "text"), .init(name: "opened", unit: "count"),
                        .init(name: "csat_n", unit: "count"),
                        .init(name: "csat_satisfied", unit: "share"),
                    ],
                    rows: [
                        [
                            .string("<script>alert('x')</script>"), .integer(90), .integer(40),
                            .number(0.75),
                        ],
                        [.string("ارسال & \u{202E}بازگشت"), .integer(30), .integer(4), .null],
                    ]),
                .init(
                    name: "opened_by_hour", shape: "heat",
                    columns: [.init(name: "day", unit: "text")]
                        + (0..<24).map { .init(name: "\($0)", unit: "count") },
                    rows: ["sat", "sun"].map { day in
                        [.string(day)] + (0..<24).map { .integer(Int64($0 % 6)) }
                    }),
            ])
    }

    private static var scores: API.ScoreReport {
        API.ScoreReport(
            report: "nps", from: nil, to: nil, n: 12, sent: 40, responseRate: 0.3, satisfied: 0.5,
            neutral: 0.25, dissatisfied: 0.25, mean: 7.5, interval: .init(low: 0.25, high: 0.75),
            nps: 0.25, npsInterval: .init(low: -0.2, high: 0.6), smallSample: true,
            scores: (0...10).map { .init(score: $0, n: $0, share: Double($0) / 55) },
            agents: [
                .init(
                    key: "nima", n: 12, sent: 40, responseRate: 0.3, satisfied: 0.5, mean: 7.5,
                    interval: .init(low: 0.25, high: 0.75), nps: 0.25,
                    npsInterval: .init(low: -0.2, high: 0.6), smallSample: true)
            ])
    }

    private static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Pages")
    }

    @Test(arguments: ["overview", "nps"], ReportLanguage.allCases)
    func `a page is the same as it was`(name: String, language: ReportLanguage) throws {
        let report =
            name == "overview"
            ? Self.overview : API.Report(Self.scores, now: Self.to)
        let html = ReportPage(language) { _ in 12_600 }.html(report)
        let file = Self.folder.appending(path: "\(name).\(language.rawValue).html")
        if ProcessInfo.processInfo.environment["HAMDEL_WRITE_PAGES"] == "1" {
            try FileManager.default.createDirectory(
                at: Self.folder, withIntermediateDirectories: true)
            try Data(html.utf8).write(to: file)
        }
        #expect(html == String(decoding: try Data(contentsOf: file), as: UTF8.self))
        #expect(!html.contains("<script"), "a topic's name is text")
        #expect(!html.unicodeScalars.contains("\u{202E}"), "nothing turns the reader's eye")
        #expect(
            html.components(separatedBy: "<table").count
                == html.components(separatedBy: "<caption>").count)
        #expect(html.contains("dir=\"\(language == .persian ? "rtl" : "ltr")\""))
    }

    @Test func `the command writes it, in the language asked for or the locale's`() async throws {
        let answer = String(decoding: try WireJSON.encode(Self.overview), as: UTF8.self)
        let rig = Rig(["GET /reports/overview": answer])
        try await rig.run("report", "overview", "-o", "html")
        #expect(rig.printed.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">"))
        let persian = Rig(
            ["GET /reports/overview": answer], environment: ["LANG": "fa_IR.UTF-8"])
        try await persian.run("report", "overview", "-o", "html")
        #expect(persian.printed.contains("<h1>گزارش کلی</h1>"))
        let said = Rig(["GET /reports/overview": answer], environment: ["LANG": "fa_IR.UTF-8"])
        try await said.run("report", "overview", "-o", "html", "--language", "en")
        #expect(said.printed.contains("lang=\"en\""))
        let csv = Rig(["GET /reports/overview": answer])
        try await csv.run("report", "overview", "-o", "csv")
        #expect(csv.printed.hasPrefix("figure,unit,value,n,low,high,previous\n"))
    }
}
