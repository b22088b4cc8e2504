public import TOMLReading

/// Something that works and is probably not meant, or not wise.
public struct ConfigurationWarning: Equatable, Sendable, CustomStringConvertible {
    public let place: SourcePlace
    public let key: String
    public let text: String

    public init(place: SourcePlace, key: String, text: String) {
        self.place = place
        self.key = key
        self.text = text
    }

    public var description: String { "\(place): \(printable(key)): warning: \(text)" }
}
