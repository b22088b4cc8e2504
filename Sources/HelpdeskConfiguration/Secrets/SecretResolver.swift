import TOMLReading

/// Gets secrets from where the configuration says they are. The environment and the credentials folder are handed in.
public struct SecretResolver: Sendable {
    /// Bytes: far above every key, far below a file named by mistake.
    static let sizeLimit = 65_536

    private let files: ConfigurationFiles
    private let credentialsFolder: String?
    private let environment: [String: String]

    /// `credentialsFolder` is `$CREDENTIALS_DIRECTORY`; nil outside a unit with credentials.
    public init(
        files: ConfigurationFiles = .disk, credentialsFolder: String?, environment: [String: String]
    ) {
        self.files = files
        self.credentialsFolder = credentialsFolder
        self.environment = environment
    }

    /// The secret, with what is to be said about how it is kept. Blocks on the disk.
    public func resolve(_ source: SecretSource) -> Result<ResolvedSecret, SecretProblem> {
        switch source {
        case .literal(let secret): return .success(ResolvedSecret(secret: secret, remarks: []))
        case .file(let path): return file(path, from: .file)
        case .credential(let name):
            guard let credentialsFolder else { return .failure(.noCredentials(name: name)) }
            return file("\(credentialsFolder)/\(name)", from: .credential)
        case .environment(let variable):
            guard let value = environment[variable] else {
                return .failure(.variableMissing(variable))
            }
            guard !value.isEmpty else { return .failure(.variableEmpty(variable)) }
            return .success(ResolvedSecret(secret: Secret(bytes: Array(value.utf8)), remarks: []))
        }
    }

    /// Tries every secret of a configuration: what `hamdeld config check` adds to loading it.
    public func check(
        _ loaded: LoadedConfiguration
    ) -> (problems: [ConfigurationProblem], warnings: [ConfigurationWarning]) {
        var problems: [ConfigurationProblem] = []
        var warnings: [ConfigurationWarning] = []
        for use in loaded.secretUses {
            switch resolve(use.source) {
            case .failure(let problem):
                problems.append(
                    ConfigurationProblem(
                        place: use.place, key: use.key, expected: problem.expected, got: problem.got
                    ))
            case .success(let resolved):
                for remark in resolved.remarks {
                    warnings.append(
                        ConfigurationWarning(
                            place: use.place, key: use.key, text: remark.description))
                }
            }
        }
        return (problems, warnings)
    }

    private enum Origin { case file, credential }

    private func file(
        _ path: String, from origin: Origin
    ) -> Result<ResolvedSecret, SecretProblem> {
        switch files.read(path, Self.sizeLimit) {
        case .failure(let failure): return .failure(.file(path: path, failure))
        case .success(let content):
            let bytes = withoutLineEnd(content.bytes)
            guard !bytes.isEmpty else { return .failure(.fileEmpty(path: path)) }
            // systemd makes the folder of credentials private itself.
            let isWide = origin == .file && content.mode.bits & ~0o640 != 0
            return .success(
                ResolvedSecret(
                    secret: Secret(bytes: bytes),
                    remarks: isWide ? [.permissions(path: path, content.mode)] : []))
        }
    }

    /// One line end, as `echo` and editors leave it.
    private func withoutLineEnd(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        return bytes
    }
}

public struct ResolvedSecret: Equatable, Sendable {
    public let secret: Secret
    public let remarks: [SecretRemark]
}

/// What is to be said about a secret that works.
public enum SecretRemark: Equatable, Sendable, CustomStringConvertible {
    /// More than owner and group can read it, or somebody else than the owner can write it.
    case permissions(path: String, FileMode)

    public var description: String {
        switch self {
        case .permissions(let path, let mode):
            "\(printable(path)) has permissions 0\(String(mode.bits, radix: 8)), wider than 0640; chmod 0640 it"
        }
    }
}
