internal import HelpdeskAPI
public import HelpdeskEngine
public import HelpdeskStore

/// An event as a webhook out carries it: the document of `/events` and `/stream`, byte for byte.
public enum EventDocument {
    /// - Parameter sight: `.farewell` says only that the ticket is gone.
    public static func bytes(of event: StoredEvent, as sight: EventAudience.Sight) -> [UInt8] {
        let document: API.Event =
            switch sight {
            case .whole, .nothing: API.Event(event)
            case .farewell: .hidden(event)
            }
        return (try? WireJSON.encode(document)) ?? []
    }
}
