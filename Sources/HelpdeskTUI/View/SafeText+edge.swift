internal import Terminal

/// The one way for words of customers, agents and the daemon onto the screen: painting takes `SafeText` only, and
/// what was not written by us becomes it here.
extension SafeText {
    /// A name, a subject, an address: one line.
    static func line(_ text: String) -> SafeText { Sanitizer.singleLine(text) }

    /// What somebody wrote: as many lines as it has.
    static func body(_ text: String) -> SafeText { Sanitizer.multiLine(text) }
}
