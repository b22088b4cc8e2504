/// What is promised to a customer, and measured by one clock each.
public enum SLATarget: String, Hashable, Sendable, Codable, CaseIterable {
    /// From the opening of the ticket to the first human answer that was delivered.
    case firstResponse = "first_response"
    /// From the customer's oldest unanswered message, the first one too, to the next human answer that was delivered.
    case response
    /// From the opening to the closing; the time in which the customer is waited for does not count.
    case resolution
}
