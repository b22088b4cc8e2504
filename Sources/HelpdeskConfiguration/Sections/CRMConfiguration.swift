public import HelpdeskCore

/// `[crm]`: what another program knows of customers.
public struct CRMConfiguration: Equatable, Sendable {
    public let link: CRMTemplate?
    public let lookup: CRMTemplate?
    /// Sent as a bearer token with every look-up.
    public let token: SecretSource?
    public let timeout: TimeSpan
    public let keep: TimeSpan
}

enum CRMKeys {
    static let link = OptionalKey<CRMTemplate>(
        "link", .crmTemplate, absent: "no link",
        "Where agents find a customer there: {external_id}, {email}, {phone} and {id} stand for what is known of them.",
        example: "\"https://crm.example.org/customers/{external_id}\"")
    static let lookup = OptionalKey<CRMTemplate>(
        "lookup", .crmTemplate, absent: "nothing is looked up",
        "Asked by GET when a customer's card is read; the values of the JSON object that comes back stand on it, 404 means nobody.",
        example: "\"https://crm.example.org/api/customers/{external_id}\"")
    static let token = OptionalKey<SecretSource>(
        "token", .secret, absent: "none", "Sent with every look-up as a bearer token.",
        example: "{ file = \"/etc/hamdel/secrets/crm\" }")
    static let timeout = DefaultedKey<TimeSpan>(
        "timeout", .duration(.seconds(1) ... .seconds(30), example: "2s"), default: .seconds(2),
        written: "\"2s\"", "How long a card waits for a look-up at most.")
    static let keep = DefaultedKey<TimeSpan>(
        "keep", .duration(.seconds(1) ... .days(7), example: "5m"), default: .minutes(5),
        written: "\"5m\"", "How long an answer is good; failures are tried again after 30 seconds.")
    static let section = SectionDescription(
        "crm", .table, "What another program knows of customers, shown on their cards.",
        keys: [
            link.description, lookup.description, token.description, timeout.description,
            keep.description,
        ])
}

extension ValueKind where Value == CRMTemplate {
    static var crmTemplate: Self {
        let expectation =
            "an http or https URL with places such as {external_id} behind its host"
        return Self("URL with places", expectation: expectation) { value throws(Mismatch) in
            guard let template = CRMTemplate(try value.text()) else { throw Mismatch() }
            return template
        }
    }
}

extension ConfigurationReader {
    mutating func crm(_ section: SectionTable) -> CRMConfiguration {
        CRMConfiguration(
            link: read(CRMKeys.link, section), lookup: read(CRMKeys.lookup, section),
            token: read(CRMKeys.token, section), timeout: read(CRMKeys.timeout, section),
            keep: read(CRMKeys.keep, section))
    }
}
