/// What a session tells its program.
public enum TerminalEvent: Equatable, Sendable {
    case input(TerminalInput)
    /// The screen has another size: paint a frame of it.
    case resized(Size)
    /// The terminal is ours again after a stop or another program: paint a frame.
    case resumed
    /// The terminal answered the questions of the start only now (a slow line): lay text out with
    /// this from here on, and paint a frame.
    case learned(FieldLayout)
    /// Somebody asks the program to end: save what is unsaved, then `close()`. Asking twice ends it
    /// at once. After `.hangup` nobody is watching and the stream ends.
    case interrupted(Interruption)
}

public enum Interruption: Sendable {
    /// SIGINT from outside (Ctrl-C at the keyboard is a key).
    case interrupt
    case terminate
    /// The terminal or the connection to it is gone.
    case hangup
}
