internal import HelpdeskConfiguration

/// All that an adapter is made of. Equal recipes make equal adapters: then the one that runs stays as it is over a reload, and
/// whoever speaks with it notices nothing.
struct AdapterRecipe: Equatable, Sendable {
    var inbox: InboxConfiguration?
    /// The values of all its secrets, in the order in which they were read.
    var secrets: [[UInt8]] = []
    var smtp: SMTPConfiguration?
    var messageBytes = 0
    var presetSource: String?
}
