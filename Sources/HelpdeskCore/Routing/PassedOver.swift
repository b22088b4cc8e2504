/// Why an agent could not take the ticket; the first reason found, in the order of DESIGN §4.
public enum PassedOver: Hashable, Sendable {
    /// Preferred, but not in the team any more, or unknown.
    case notMember
    case disabled
    case excluded(RoutingExclusion)
    case lacksSkill(SkillName, level: Int?, needed: Int)
    case lacksLanguage(LanguageCode)
    /// By shift or business hours.
    case offDuty
    /// Set by hand.
    case offline
    /// Set by hand; matters on live channels only.
    case away
    /// Said nothing by hand, and has closed the screen; matters on live channels only.
    case screenClosed
    case full(load: Int, capacity: Int, needed: Int)
}
