internal import FoundationEssentials

/// The one way documents of the API are written and read: by the server, by the client, in webhooks out.
///
/// Swift's own `JSONEncoder` leaves out members that are nil and shuffles the others. CONTRACT wants every
/// documented key, nothing = null; this encoder writes nil as null and keeps the order in which a type declares
/// its members, so the types themselves stay plain.
public enum WireJSON {
    /// UTF-8 without a line end; safe to print (see `JSONText`). Throws only for a number that is not finite.
    public static func encode(_ document: some Encodable) throws -> [UInt8] {
        let stream = JSONStream()
        try stream.append(document: document)
        guard stream.needsPlaces else { return stream.text.bytes }
        return JSONText.bytes(of: try value(of: document))
    }

    /// A document as a JSON value: the `data` of an event, a body put together by hand.
    public static func value(of document: some Encodable) throws -> JSONValue {
        let place = JSONPlace()
        try place.fill(with: document, path: [])
        return place.value
    }

    /// Missing members of optional type are nil. Throws `DecodingError`; `WireJSON.describe` makes it readable.
    public static func decode<Document: Decodable>(
        _ type: Document.Type, from bytes: [UInt8]
    ) throws -> Document {
        try JSONDecoder().decode(type, from: Data(bytes))
    }

    /// A decoding error as one plain sentence: where, and what was expected there.
    public static func describe(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .keyNotFound(let key, let context):
            return "\(place(context.codingPath + [key])): is missing"
        case .typeMismatch(let type, let context):
            return "\(place(context.codingPath)): \(name(of: type)) was expected"
        case .valueNotFound(let type, let context):
            return "\(place(context.codingPath)): \(name(of: type)) was expected, got null"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty
                ? "this is not JSON: \(context.debugDescription)"
                : "\(place(context.codingPath)): \(context.debugDescription)"
        @unknown default:
            return "\(error)"
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        if path.isEmpty { return "the document" }
        var text = ""
        for key in path {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return text
    }

    private static func name(of type: Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is Int.Type, is Int64.Type, is Int32.Type: "a whole number"
        case is Double.Type: "a number"
        case is [Any].Type: "a list"
        case is [String: Any].Type: "an object"
        default: "\(type)"
        }
    }
}
