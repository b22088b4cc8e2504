public import HelpdeskCore

/// One customer of a list that ops bring in; what is nil stays as it is.
public struct CustomerImportRow: Codable, Hashable, Sendable {
    /// Where it stands in the file, from 1.
    public var line: Int
    public var externalID: String?
    public var name: String?
    public var addresses: [IdentityAddress]
    public var organisation: String?
    public var standing: CustomerUpdated.Standing?
    public var segments: [String]?
    public var preferredChannel: String?
    public var attributes: [String: String]

    public init(
        line: Int, externalID: String? = nil, name: String? = nil,
        addresses: [IdentityAddress] = [], organisation: String? = nil,
        standing: CustomerUpdated.Standing? = nil, segments: [String]? = nil,
        preferredChannel: String? = nil, attributes: [String: String] = [:]
    ) {
        self.line = line
        self.externalID = externalID
        self.name = name
        self.addresses = addresses
        self.organisation = organisation
        self.standing = standing
        self.segments = segments
        self.preferredChannel = preferredChannel
        self.attributes = attributes
    }
}

/// What became of a row.
public struct CustomerImportOutcome: Codable, Hashable, Sendable {
    public enum Result: String, Codable, Hashable, Sendable {
        case created, updated, unchanged, rejected
    }

    public var line: Int
    public var result: Result
    public var customer: CustomerID?
    public var reason: String?

    public init(line: Int, result: Result, customer: CustomerID? = nil, reason: String? = nil) {
        self.line = line
        self.result = result
        self.customer = customer
        self.reason = reason
    }
}
