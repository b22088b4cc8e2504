/// Which customers may be made one. Merges are links: a customer stands under another, and the one at the top, the root,
/// speaks for all of them. Any link can be cut at any time, in any order.
public enum CustomerMerge {
    /// At most so many customers are one person; it bounds every read of a whole tree.
    public static let largestTree = 100

    /// Where a customer stands among the merged.
    public struct Place: Hashable, Sendable {
        public var customer: CustomerID
        /// Into whom they were merged; nil: a root.
        public var parent: CustomerID?
        public var root: CustomerID
        /// Customers in the whole tree.
        public var treeSize: Int

        public init(
            customer: CustomerID, parent: CustomerID?, root: CustomerID, treeSize: Int
        ) {
            self.customer = customer
            self.parent = parent
            self.root = root
            self.treeSize = treeSize
        }
    }

    /// Refuses a merge that would make a cycle, or link somebody twice.
    public static func check(_ one: Place, into other: Place) throws(CustomerMergeRejection) {
        guard one.customer != other.customer else { throw .intoThemselves(one.customer) }
        guard one.root != other.root else { throw .alreadyOne(one.customer, other.customer) }
        if let parent = one.parent { throw .mergedElsewhere(one.customer, into: parent) }
        guard one.treeSize + other.treeSize <= largestTree else {
            throw .treeTooLarge(one.customer, other.customer)
        }
    }

    /// From whom the customer's link is cut.
    public static func cut(_ place: Place) throws(CustomerMergeRejection) -> CustomerID {
        guard let parent = place.parent else { throw .notMerged(place.customer) }
        return parent
    }
}

/// Why customers are not merged or unmerged; each text can be shown to the agent.
public enum CustomerMergeRejection: Error, Hashable, Sendable {
    case intoThemselves(CustomerID)
    case alreadyOne(CustomerID, CustomerID)
    case mergedElsewhere(CustomerID, into: CustomerID)
    case treeTooLarge(CustomerID, CustomerID)
    case notMerged(CustomerID)
    /// Only some people may know of one of them.
    case privateTeam(CustomerID, TeamID)

    public var text: String {
        switch self {
        case .intoThemselves(let customer):
            "customer \(customer.rawValue) cannot be merged into themselves"
        case .alreadyOne(let one, let other):
            "customers \(one.rawValue) and \(other.rawValue) are merged already"
        case .mergedElsewhere(let customer, let into):
            "customer \(customer.rawValue) is merged into \(into.rawValue) already; unmerge them first, or merge \(into.rawValue)"
        case .treeTooLarge(let one, let other):
            "customers \(one.rawValue) and \(other.rawValue) together would be more than \(CustomerMerge.largestTree) merged customers"
        case .notMerged(let customer):
            "customer \(customer.rawValue) is merged into nobody; unmerge one who was merged into them"
        case .privateTeam(let customer, let team):
            "customer \(customer.rawValue) is known to private team \(team.rawValue) only; merging would show them to others"
        }
    }
}
