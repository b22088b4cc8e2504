internal import TOMLReading

/// What is wrong with a preset, and where.
struct PresetFault: Error, Equatable, CustomStringConvertible {
    let place: SourcePlace
    let reason: String

    var description: String { "\(place): \(reason)" }
}

/// What is wrong within one text of a preset; the reader turns the offset into a place.
struct PresetTextFault: Error, Equatable {
    /// In bytes from the beginning of the text.
    let offset: Int
    let reason: String
}
