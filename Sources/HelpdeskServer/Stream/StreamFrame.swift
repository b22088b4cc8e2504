internal import HelpdeskAPI
internal import HelpdeskCore

/// Server-sent events on the wire (WHATWG HTML, "Server-sent events"). Data is JSON on one line, so no field can
/// break out of its line.
enum StreamFrame {
    /// How long a client waits before it connects again, in milliseconds.
    static let retry = Array("retry: 1000\n\n".utf8)

    /// A comment: keeps proxies and the connection's other end awake.
    static let heartbeat = Array(": still here\n\n".utf8)

    static func event(_ event: API.Event) -> [UInt8] {
        frame(id: event.position, name: "event", data: (try? WireJSON.encode(event)) ?? [])
    }

    /// Events were left out: read everything again, and go on from this position.
    static func resync(at position: Position) -> [UInt8] {
        let data: JSONValue = ["position": .integer(position.rawValue)]
        return frame(id: position, name: "resync", data: JSONText.bytes(of: data))
    }

    /// Who looks at a ticket now. Without an id: it is no event of the stream, and nobody goes on from it.
    static func attention(_ attention: API.Attention) -> [UInt8] {
        Array("event: attention\ndata: ".utf8) + ((try? WireJSON.encode(attention)) ?? [])
            + Array("\n\n".utf8)
    }

    private static func frame(id: Position, name: String, data: [UInt8]) -> [UInt8] {
        Array("id: \(id.rawValue)\nevent: \(name)\ndata: ".utf8) + data + Array("\n\n".utf8)
    }
}
