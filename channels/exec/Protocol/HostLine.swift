package import ChannelKit
internal import HelpdeskCore

/// What the daemon says (`hamdel-channel/1`).
package enum HostLine {
    /// Versions that this program speaks.
    package static let versions: [Int64] = [1]

    package static func hello(
        spool: String, inbox: String, versions: [Int64] = versions
    ) -> JSONOutput {
        .object([
            ("type", .text("hello")), ("protocol", .list(versions.map(JSONOutput.number))),
            ("inbox", .text(inbox)), ("spool", .text(spool)),
        ])
    }

    package static func start(
        config: [String: ChannelConfiguration.Value], secrets: [String: String], cursor: Cursor?,
        credit: Int
    ) -> JSONOutput {
        .object([
            ("type", .text("start")), ("config", .object(members(config))),
            (
                "secrets",
                .object(secrets.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
            ),
            ("cursor", .optional(cursor?.text)), ("credit", .number(Int64(credit))),
        ])
    }

    package static func ack(_ sequence: Int64) -> JSONOutput {
        .object([("type", .text("ack")), ("seq", .number(sequence))])
    }

    package static func nack(
        _ sequence: Int64, after milliseconds: Int64, reason: String
    ) -> JSONOutput {
        .object([
            ("type", .text("nack")), ("seq", .number(sequence)),
            ("retry_after_ms", .number(milliseconds)), ("reason", .text(reason)),
        ])
    }

    package static func ping(_ number: Int64) -> JSONOutput {
        .object([("type", .text("ping")), ("n", .number(number))])
    }

    package static func stop(graceMilliseconds: Int64) -> JSONOutput {
        .object([("type", .text("stop")), ("grace_ms", .number(graceMilliseconds))])
    }

    /// Headers that come several times are joined by commas.
    package static func webhook(
        _ id: String, _ request: WebhookRequest, bodyPath: String
    ) -> JSONOutput {
        var headers: [(String, String)] = []
        for (name, value) in request.headers {
            if let index = headers.firstIndex(where: { $0.0 == name }) {
                headers[index].1 += ", " + value
            } else {
                headers.append((name, value))
            }
        }
        return .object([
            ("type", .text("webhook")), ("req", .text(id)), ("method", .text(request.method)),
            ("path", .text(request.path)),
            ("headers", .object(headers.map { ($0.0, .text($0.1)) })),
            ("body_path", .text(bodyPath)),
        ])
    }

    private static func members(
        _ table: [String: ChannelConfiguration.Value]
    ) -> [(String, JSONOutput)] {
        table.sorted { $0.key < $1.key }.map { ($0.key, output($0.value)) }
    }

    private static func output(_ value: ChannelConfiguration.Value) -> JSONOutput {
        switch value {
        case .text(let text): .text(text)
        case .integer(let number): .number(number)
        case .boolean(let flag): .boolean(flag)
        case .list(let values): .list(values.map(output))
        case .table(let table): .object(members(table))
        }
    }
}
