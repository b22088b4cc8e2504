/// What customer-facing texts are filled in with. Nothing but `customer` and `subject` comes from a customer, and no text that
/// goes out by itself has these: an acknowledgement must not carry a stranger's words to somebody else (DESIGN invariant 9).
public struct TextParameters: Hashable, Sendable {
    public var ticket: TicketNumber?
    public var promise: Promise?
    /// A whole URL of the survey page.
    public var link: String?
    public var brand: String?
    public var agent: String?
    public var team: String?
    public var customer: String?
    public var subject: String?

    /// The time by which we answer, on the clocks of the team.
    public struct Promise: Hashable, Sendable {
        public var local: LocalTime
        /// IANA name of the zone; it is shown as its city.
        public var zoneName: String

        public init(local: LocalTime, zoneName: String) {
            self.local = local
            self.zoneName = zoneName
        }

        public init(_ instant: Instant, in zone: ZoneRules) {
            self.init(local: zone.local(instant), zoneName: zone.name)
        }
    }

    public init(
        ticket: TicketNumber? = nil, promise: Promise? = nil, link: String? = nil,
        brand: String? = nil, agent: String? = nil, team: String? = nil,
        customer: String? = nil, subject: String? = nil
    ) {
        self.ticket = ticket
        self.promise = promise
        self.link = link
        self.brand = brand
        self.agent = agent
        self.team = team
        self.customer = customer
        self.subject = subject
    }

    /// What stands at a place; nothing where it was not given.
    func value(of place: TextPlaceholder, in language: TextLanguage) -> String {
        switch place {
        case .ticket:
            ticket.map { Isolate.around("#" + language.number($0.rawValue), in: language) } ?? ""
        case .promise: promise?.text(in: language) ?? ""
        case .link: link ?? ""
        case .brand: brand.map { Isolate.around($0, in: language) } ?? ""
        // A signature may have several lines; an isolate ends with its line (UAX #9 rule P1).
        case .agent:
            agent.map { agent in
                agent.split(separator: "\n", omittingEmptySubsequences: false)
                    .map { Isolate.around(String($0), in: language) }.joined(separator: "\n")
            } ?? ""
        case .team: team.map { Isolate.around($0, in: language) } ?? ""
        case .customer: customer.map { Isolate.around($0, in: language) } ?? ""
        case .subject: subject.map { Isolate.around($0, in: language) } ?? ""
        }
    }
}

extension TextParameters.Promise {
    /// `16:30 on Sunday 22 November 2026 (Tehran time)`, or the same in Persian with the Jalali date.
    func text(in language: TextLanguage) -> String {
        let clock = Isolate.around(local.clockText(in: language), in: language)
        let day = Isolate.around(local.dayText(in: language), in: language)
        switch language {
        case .english:
            return "\(clock) on \(day) (\(zoneName == "UTC" ? "UTC" : "\(city) time"))"
        case .persian:
            return "ساعت \(clock) \(day) (به وقت \(Isolate.around(persianCity, in: language)))"
        }
    }

    /// The last part of an IANA name.
    private var city: String {
        let part = zoneName.split(separator: "/").last.map(String.init) ?? zoneName
        return String(part.map { $0 == "_" ? " " : $0 })
    }

    private var persianCity: String {
        switch zoneName {
        case "Asia/Tehran", "Iran": "تهران"
        case "Asia/Kabul": "کابل"
        case "Asia/Dushanbe": "دوشنبه"
        case "Asia/Dubai": "دبی"
        default: city
        }
    }
}

/// Keeps numbers and names in one piece in a text of the other direction (Unicode Bidirectional Algorithm, FSI and
/// PDI). A text of ASCII stays ASCII in English.
enum Isolate {
    static func around(_ value: String, in language: TextLanguage) -> String {
        switch language {
        case .persian: "\u{2068}\(value)\u{2069}"
        case .english:
            value.utf8.allSatisfy { $0 < 0x80 } ? value : "\u{2068}\(value)\u{2069}"
        }
    }
}
