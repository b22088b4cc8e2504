internal import Glibc

/// What a child finds in its environment: nothing of the daemon's, which may hold secrets, but where programs are, how people
/// write, and that it is spoken to.
package enum ExecEnvironment {
    private static let handedOn = ["PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "HOME"]

    package static func variables() -> [String] {
        var variables = ["HAMDEL_CHANNEL=1"]
        for name in handedOn {
            if let value = getenv(name) {
                variables.append("\(name)=\(String(cString: value))")
            } else if name == "PATH" {
                variables.append("PATH=/usr/local/bin:/usr/bin:/bin")
            }
        }
        return variables
    }
}
