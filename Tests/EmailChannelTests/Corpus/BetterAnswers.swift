/// Cases where our reading differs from a peer's and is the better one: set → id of the case → why. Nothing else may
/// stand here; `Measure` holds the list to 10 % of a set.
enum BetterAnswers {
    static let mail: [String: [String: String]] = [:]
}
