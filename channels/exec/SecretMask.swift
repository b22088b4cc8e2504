/// Takes secrets out of what is logged, wherever they came from.
package struct SecretMask: Sendable {
    /// Shorter ones cannot be told from words.
    private static let shortest = 4
    private let secrets: [[UInt8]]

    package init(_ secrets: some Sequence<String>) {
        self.secrets = secrets.map { Array($0.utf8) }.filter { $0.count >= Self.shortest }
            .sorted { $0.count > $1.count }
    }

    package func masked(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let first = rest.first {
            if let secret = secrets.first(where: { rest.starts(with: $0) }) {
                result += "[secret]".utf8
                rest = rest.dropFirst(secret.count)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether any of them stands in the bytes.
    package func isBroken(by bytes: [UInt8]) -> Bool {
        secrets.contains { secret in
            bytes.indices.contains { bytes[$0...].starts(with: secret) }
        }
    }
}
