/// What a routing rule may want.
public enum RoutingEffect: Hashable, Sendable {
    case skill(SkillName, level: Int)
    case language(LanguageCode)
    case team(TeamID)
    case priority(TicketPriority)
    case tag(String)
}

/// What all rules that apply to a ticket want together.
public struct RoutingDemands: Hashable, Sendable {
    /// The highest level that any rule wants.
    public var skills: [SkillName: Int] = [:]
    /// Of the first rule that names one, so that a rule further up is stronger.
    public var language: LanguageCode?
    /// Likewise.
    public var team: TeamID?
    /// The highest.
    public var priority: TicketPriority?
    /// In the order of the rules, each once.
    public var tags: [String] = []

    public init(_ effects: [RoutingEffect]) {
        for effect in effects {
            switch effect {
            case .skill(let name, let level): skills[name] = max(skills[name] ?? level, level)
            case .language(let code): language = language ?? code
            case .team(let id): team = team ?? id
            case .priority(let wanted): priority = max(priority ?? wanted, wanted)
            case .tag(let tag): if !tags.contains(tag) { tags.append(tag) }
            }
        }
    }
}

extension RoutingRequest {
    /// The same ticket with what the rules want: skills come to those that were required, team, priority and
    /// language replace.
    public func demanding(_ demands: RoutingDemands) -> RoutingRequest {
        var request = self
        request.requiredSkills.merge(demands.skills) { max($0, $1) }
        request.team = demands.team ?? team
        request.priority = demands.priority ?? priority
        request.language = demands.language ?? language
        return request
    }
}
