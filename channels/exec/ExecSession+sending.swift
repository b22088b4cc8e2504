internal import ChannelKit
internal import HelpdeskCore

extension ExecSession {
    func send(_ message: PreparedMessage, attempt: Int) async -> SendResult {
        let id = OutgoingMessage.id(of: message)
        let paths: [String]
        let line: [UInt8]
        do throws(JSONFault) {
            let files = try OutgoingMessage.files(of: message)
            paths = files.indices.map { "out/\(id).\($0)" }
            for (path, file) in zip(paths, files) {
                guard await settings.spool.write(file.bytes, as: path) else {
                    await settings.spool.remove(paths)
                    return .retry(after: nil, detail: "the files cannot be put into the spool")
                }
            }
            line = try OutgoingMessage.line(
                message, attempt: attempt, paths: paths.map { settings.spool.path + "/" + $0 })
        } catch {
            return .rejected(.content, detail: "what was to be sent cannot be read: \(error)")
        }
        guard line.count <= ChildProcess.lineLimit else {
            await settings.spool.remove(paths)
            return .rejected(.tooLong, detail: "more than a line of the adapter may have")
        }
        let result = await withCheckedContinuation { continuation in
            guard waiting.add(id, until: .now + settings.timing.send, continuation) else {
                continuation.resume(returning: .retry(after: nil, detail: "the adapter is busy"))
                return
            }
            switch child.write(line) {
            case .accepted(let number): waiting.handedOver(id, line: number)
            case .refused:
                waiting.settle(id, .unavailable(detail: "the adapter does not listen"))
            }
        }
        await settings.spool.remove(paths)
        return result
    }

    func receive(_ request: WebhookRequest) async -> WebhookReply {
        guard waiting.takesWebhooks else {
            return WebhookReply(
                status: 404, contentType: "text/plain",
                body: Array("this inbox takes no webhooks".utf8))
        }
        let id = waiting.nextRequest()
        let path = "out/\(id).body"
        guard await settings.spool.write(request.body, as: path) else {
            return ExecWaiting.tryAgain
        }
        let line = HostLine.webhook(
            id, request, bodyPath: settings.spool.path + "/" + path
        ).bytes
        let reply = await withCheckedContinuation { continuation in
            guard
                waiting.add(
                    request: id, until: .now + settings.timing.webhook, continuation)
            else { return continuation.resume(returning: ExecWaiting.tryAgain) }
            if line.count > ChildProcess.lineLimit || child.write(line) == .refused {
                waiting.settle(id, ExecWaiting.tryAgain)
            }
        }
        await settings.spool.remove([path])
        return reply
    }
}
