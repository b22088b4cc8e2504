/// What of a ticket's life moves its clocks.
public enum SLAFact: Hashable, Sendable {
    case opened
    /// An agent opened it: nobody waits for a first answer.
    case openedByUs
    /// A person wrote, on an open ticket.
    case customerWrote
    /// A human answer was delivered. Acknowledgements, bots and notes are none.
    case answered
    /// The answer that was counted at that moment came back, and no other was delivered since.
    case answerBounced(answeredAt: Instant)
    /// The ticket became pending. Snooze is none of these: it pauses nothing.
    case customerAwaited
    case workResumed
    case closed(ClosingReason)
    case reopened
    /// Spam or bulk, by an agent's word.
    case withdrawn
    /// It was neither spam nor bulk after all.
    case restored
    /// Priority, team or segment changed, and with it perhaps the policy.
    case subjectChanged
    /// The moment that a clock had asked for.
    case momentCame
}
