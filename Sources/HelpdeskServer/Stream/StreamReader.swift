/// Who reads a stream: only an agent at a screen can answer a chat that is given to them now.
enum StreamReader: Hashable, Sendable {
    case screen
    /// `hamdel watch`, an integration, a script: says nothing about where its agent sits.
    case program

    init(_ query: RequestQuery) throws(DeskProblem) {
        switch query["screen"] {
        case nil: self = .program
        case "open": self = .screen
        default: throw .malformed("screen", "\"open\" was expected, or nothing")
        }
    }
}
