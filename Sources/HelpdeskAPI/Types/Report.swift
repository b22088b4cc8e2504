public import HelpdeskCore

extension API {
    /// A report as figures and tables. What each figure means stands in Docs/Reports.md under its name.
    public struct Report: Hashable, Sendable, Codable {
        public var report: String
        public var from: Timestamp
        public var to: Timestamp
        public var team: TeamID?
        public var agent: AgentID?
        public var figures: [Figure]
        public var tables: [Table]

        public struct Figure: Hashable, Sendable, Codable {
            public var name: String
            /// `count`, `share` (0 to 1), `duration` (milliseconds), `mean` or `net` (-1 to 1).
            public var unit: String
            public var value: Double?
            /// Of how many.
            public var n: Int
            /// 95 %.
            public var interval: ScoreReport.Interval?
            /// The same in the period before, as long.
            public var previous: Double?
            /// Fewer than 30: it says little.
            public var smallSample: Bool

            public init(
                name: String, unit: String, value: Double?, n: Int,
                interval: ScoreReport.Interval?, previous: Double?, smallSample: Bool
            ) {
                self.name = name
                self.unit = unit
                self.value = value
                self.n = n
                self.interval = interval
                self.previous = previous
                self.smallSample = smallSample
            }

            enum CodingKeys: String, CodingKey {
                case name, unit, value, n, interval, previous
                case smallSample = "small_sample"
            }
        }

        public struct Table: Hashable, Sendable, Codable {
            public var name: String
            /// How it is best shown: `rows`, `bars`, `series` or `heat`.
            public var shape: String
            public var columns: [Column]
            /// Texts, numbers and nulls, one for each column.
            public var rows: [[JSONValue]]

            public struct Column: Hashable, Sendable, Codable {
                public var name: String
                /// As of figures, or `text`.
                public var unit: String

                public init(name: String, unit: String) {
                    self.name = name
                    self.unit = unit
                }
            }

            public init(name: String, shape: String, columns: [Column], rows: [[JSONValue]]) {
                self.name = name
                self.shape = shape
                self.columns = columns
                self.rows = rows
            }
        }

        public init(
            report: String, from: Timestamp, to: Timestamp, team: TeamID?, agent: AgentID?,
            figures: [Figure], tables: [Table]
        ) {
            self.report = report
            self.from = from
            self.to = to
            self.team = team
            self.agent = agent
            self.figures = figures
            self.tables = tables
        }
    }
}
