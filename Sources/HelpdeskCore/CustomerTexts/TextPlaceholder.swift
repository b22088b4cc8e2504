/// A place in a text that is filled in, written `{ticket}`.
public enum TextPlaceholder: String, Sendable, CaseIterable, Hashable {
    /// The ticket's number with a `#`.
    case ticket
    /// Day and time of day by which we answer.
    case promise
    /// The survey page. Stands on a line of its own: what touches a link becomes part of it in many mail programs.
    case link
    /// Who we are, as the inbox says.
    case brand
    /// The agent's own signature, else their name.
    case agent
    /// The team the ticket is with.
    case team
    /// The customer's name. In texts that an agent sends only: no automatic mail carries a stranger's words.
    case customer
    /// What the ticket is about, in the customer's words; as with `customer`.
    case subject
}
