internal import HelpdeskAPI

extension JSONValue {
    /// The elements of a page, `{"tickets":[…],"next_cursor":…}`; nil for anything else.
    var pageElements: [JSONValue]? {
        guard self["next_cursor"] != nil, case .object(let members) = self else { return nil }
        return members.first?.value.elements
    }
}
