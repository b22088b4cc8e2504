internal import CurlTransport
internal import HelpdeskConfiguration
internal import HelpdeskCore

/// Whether the daemon runs, and whether each of its doors answers: the API, LMTP, each webhook, and the public address through
/// whatever stands in front of it.
struct DaemonCheck: DoctorCheck {
    let name = "daemon"

    private static let loop = CurlLoop(name: "doctor")
    private static let patience = TransferTimeouts(connect: .seconds(5), total: .seconds(10))

    func findings(in room: DoctorRoom) async -> [DoctorFinding] {
        let configuration = room.loaded.configuration
        guard room.access.respondent == .daemon else {
            return [
                finding(
                    .warning, "hamdeld", "no daemon runs; what it would answer was not tried",
                    "systemctl start hamdeld")
            ]
        }
        var findings = [finding(.fine, "hamdeld", "it runs and answers its commands")]
        if let socket = configuration.http.socket {
            findings.append(
                await door(
                    socket, "http://localhost/readyz", route: .unixSocket(path: socket),
                    fine: [200], "systemctl restart hamdeld; see its log"))
        }
        if let listen = configuration.http.listen {
            findings.append(
                await door(
                    listen.written, "http://\(listen.written)/readyz", fine: [200],
                    "see the daemon's log"))
            for inbox in configuration.inboxes {
                guard case .chatWebhook = inbox.channel else { continue }
                // An unsigned request must be turned away at the door: then the door is there, and shut.
                findings.append(
                    await door(
                        inbox.name, "http://\(listen.written)/in/\(inbox.name)", body: "{}",
                        fine: [400, 401, 403],
                        "reload the daemon so that it knows the inbox: systemctl reload hamdeld"))
            }
        }
        if let url = configuration.http.publicURL, configuration.http.listen?.written != nil,
            url != "http://\(configuration.http.listen?.written ?? "")"
        {
            findings.append(
                await door(
                    url, "\(url)/healthz", fine: [200],
                    "survey links and webhooks lead there: look at DNS and at the proxy in front"))
        }
        if configuration.inboxes.contains(where: {
            if case .email = $0.channel { true } else { false }
        }) {
            findings.append(mailDoor(configuration.lmtp.socket))
        }
        return findings
    }

    private func door(
        _ subject: String, _ url: String, route: HTTPTransfer.Route = .network,
        body: String? = nil, fine: Set<Int>, _ advice: String
    ) async -> DoctorFinding {
        do throws(TransportFailure) {
            let response = try await HTTPTransfer(loop: Self.loop).send(
                HTTPTransfer.Request(
                    body == nil ? .get : .post, url,
                    headers: body == nil
                        ? [] : [HTTPTransfer.Header("Content-Type", "application/json")],
                    body: body.map { Array($0.utf8) }, route: route, timeouts: Self.patience,
                    maximumResponseBytes: 65_536))
            guard fine.contains(Int(response.status)) else {
                return finding(
                    .problem, subject, "\(url) answers \(response.status)", advice)
            }
            return finding(
                .fine, subject,
                body == nil ? "answers" : "answers, and turns away what is not signed")
        } catch {
            return finding(.problem, subject, "\(url) does not answer: \(error)", advice)
        }
    }

    private func mailDoor(_ socket: String) -> DoctorFinding {
        do {
            _ = try LMTPClient(socket: socket)
            return finding(.fine, socket, "takes mail")
        } catch {
            return finding(
                .problem, socket, "\(error)",
                "see the daemon's log; the mail server keeps its mail and tries again")
        }
    }

    private func finding(
        _ state: DoctorFinding.State, _ subject: String, _ text: String, _ advice: String? = nil
    ) -> DoctorFinding {
        DoctorFinding(check: name, state: state, subject: subject, text: text, advice: advice)
    }
}
