/// The documents of the HTTP API, shared by server and clients: `API.Ticket` is what `/tickets/{number}` shows,
/// `HelpdeskCore.Ticket` is what the core decides on. CONTRACT "HTTP" fixes names and shapes: members are added,
/// never renamed.
///
/// Words that may grow (event types, reasons, verdicts) are texts, so that an old client reads a new daemon; words
/// that CONTRACT closes are enums. Write and read them with `WireJSON`, which writes nil as null.
public enum API {}
