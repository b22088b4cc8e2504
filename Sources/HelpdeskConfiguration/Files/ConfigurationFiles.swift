import TOMLReading

/// The only way this module touches the disk; tests hand in files that are not there.
public struct ConfigurationFiles: Sendable {
    /// A file's bytes and who may read it.
    public struct Content: Sendable {
        public let bytes: [UInt8]
        /// The nine permission bits.
        public let mode: FileMode

        public init(bytes: [UInt8], mode: FileMode) {
            self.bytes = bytes
            self.mode = mode
        }
    }

    public enum Failure: Error, Equatable, Sendable {
        case missing
        case notAFile
        case tooLarge(limit: Int)
        /// The system's words: "Permission denied".
        case unreadable(reason: String)
    }

    /// Reads a whole file of at most `limit` bytes. Blocks on the disk.
    public let read: @Sendable (_ path: String, _ limit: Int) -> Result<Content, Failure>
    /// The names in a folder, in any order; none when there is no such folder. Blocks on the disk.
    public let names: @Sendable (_ folder: String) -> Result<[String], Failure>

    public init(
        read: @escaping @Sendable (String, Int) -> Result<Content, Failure>,
        names: @escaping @Sendable (String) -> Result<[String], Failure>
    ) {
        self.read = read
        self.names = names
    }
}

extension ConfigurationFiles.Failure {
    /// For the end of a message: "got …".
    var inWords: String {
        switch self {
        case .missing: "no such file"
        case .notAFile: "something that is not a file"
        case .tooLarge(let limit): "more than \(limit) bytes"
        case .unreadable(let reason): "a file that cannot be read (\(printable(reason)))"
        }
    }
}
