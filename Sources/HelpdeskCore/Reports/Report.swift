/// A report as numbers with names: the same for the terminal, the API, CSV and a page. What each figure means stands in
/// Docs/Reports.md under its name.
public struct Report: Hashable, Sendable {
    public var name: String
    public var period: ReportPeriod
    public var figures: [ReportFigure]
    public var tables: [ReportTable]

    public init(
        name: String, period: ReportPeriod, figures: [ReportFigure] = [],
        tables: [ReportTable] = []
    ) {
        self.name = name
        self.period = period
        self.figures = figures
        self.tables = tables
    }
}

public enum ReportUnit: String, Hashable, Sendable, CaseIterable {
    case count
    /// From 0 to 1.
    case share
    /// In milliseconds.
    case duration
    /// A mean.
    case mean
    /// From -1 to 1: NPS.
    case net
    /// A word.
    case text
}

public struct ReportFigure: Hashable, Sendable {
    public var name: String
    public var unit: ReportUnit
    /// Nil where there is nothing to say it of.
    public var value: Double?
    /// Of how many.
    public var count: Int
    public var interval: ScoreSummary.Interval?
    /// The same in the period before.
    public var previous: Double?

    public init(
        _ name: String, _ unit: ReportUnit, _ value: Double?, of count: Int,
        interval: ScoreSummary.Interval? = nil, previous: Double? = nil
    ) {
        self.name = name
        self.unit = unit
        self.value = value
        self.count = count
        self.interval = interval
        self.previous = previous
    }

    /// Shares and means of few say little.
    public var size: ScoreSummary.Size {
        unit != .count && count < ScoreSummary.smallSample ? .small : .sufficient
    }

    /// A share with its interval.
    public static func share(
        _ name: String, _ part: Int, of count: Int, previous: (part: Int, of: Int)? = nil
    ) -> ReportFigure {
        ReportFigure(
            name, .share, count > 0 ? Double(part) / Double(count) : nil, of: count,
            interval: ScoreSummary.wilson(part, of: count),
            previous: previous.flatMap { $0.of > 0 ? Double($0.part) / Double($0.of) : nil })
    }

    public static func duration(
        _ name: String, _ value: TimeSpan?, of count: Int, previous: TimeSpan?
    ) -> ReportFigure {
        ReportFigure(
            name, .duration, value.map { Double($0.milliseconds) }, of: count,
            previous: previous.map { Double($0.milliseconds) })
    }
}

public struct ReportTable: Hashable, Sendable {
    /// How it is best shown.
    public enum Shape: String, Hashable, Sendable, CaseIterable {
        case rows
        /// The first column names, the second is drawn.
        case bars
        /// A line over time.
        case series
        /// A day in each row, an hour in each column.
        case heat
    }

    public struct Column: Hashable, Sendable {
        public var name: String
        public var unit: ReportUnit

        public init(_ name: String, _ unit: ReportUnit) {
            self.name = name
            self.unit = unit
        }
    }

    public enum Cell: Hashable, Sendable {
        case text(String)
        case number(Double)
        case nothing
    }

    public var name: String
    public var shape: Shape
    public var columns: [Column]
    public var rows: [[Cell]]

    public init(_ name: String, _ shape: Shape, columns: [Column], rows: [[Cell]]) {
        self.name = name
        self.shape = shape
        self.columns = columns
        self.rows = rows
    }
}

extension ReportTable.Cell {
    public init(_ count: Int) { self = .number(Double(count)) }

    public init(_ value: Double?) { self = value.map { .number($0) } ?? .nothing }

    public init(_ text: String?) { self = text.map { .text($0) } ?? .nothing }

    /// A part of a whole; nothing of nothing.
    public init(_ part: Int, of whole: Int) {
        self = whole > 0 ? .number(Double(part) / Double(whole)) : .nothing
    }

    public init(_ span: TimeSpan?) {
        self = span.map { .number(Double($0.milliseconds)) } ?? .nothing
    }
}
