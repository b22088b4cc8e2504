public import HelpdeskAPI
public import HelpdeskCore

extension HelpdeskClient {
    public func customers(
        matching words: String, limit: Int? = nil, cursor: String? = nil
    ) async throws(ClientFailure) -> API.Page<API.Customer> {
        let query = PercentEncoding.query([
            ("q", words), ("limit", limit.map { String($0) }), ("cursor", cursor),
        ])
        return try await document(API.Page<API.Customer>.self, .get, "/customers" + query)
    }

    public func customer(_ id: CustomerID) async throws(ClientFailure) -> API.Customer {
        try await document(API.Customer.self, .get, "/customers/\(id.rawValue)")
    }

    public func update(
        _ id: CustomerID, _ patch: API.CustomerPatch
    ) async throws(ClientFailure) -> API.Customer {
        try await document(API.Customer.self, .patch, "/customers/\(id.rawValue)", body: patch)
    }

    /// The card of both.
    public func merge(
        _ id: CustomerID, _ request: API.CustomerMergeRequest
    ) async throws(ClientFailure) -> API.Customer {
        try await document(
            API.Customer.self, .post, "/customers/\(id.rawValue)/merge", body: request)
    }

    public func unmerge(
        _ id: CustomerID, _ request: API.CustomerUnmergeRequest = API.CustomerUnmergeRequest()
    ) async throws(ClientFailure) -> API.Customer {
        try await document(
            API.Customer.self, .post, "/customers/\(id.rawValue)/unmerge", body: request)
    }

    /// Oldest first.
    public func timeline(
        of id: CustomerID, limit: Int? = nil, cursor: String? = nil
    ) async throws(ClientFailure) -> API.Page<API.TimelineItem> {
        let query = PercentEncoding.query([
            ("limit", limit.map { String($0) }), ("cursor", cursor),
        ])
        return try await document(
            API.Page<API.TimelineItem>.self, .get, "/customers/\(id.rawValue)/timeline" + query)
    }
}
