extension IMAPSession {
    /// Lets the server speak until it tells of mail, or for this long. True when it did.
    ///
    /// RFC 2177: begun anew well within 29 minutes. Its end is a command's end, so a server that died meanwhile is noticed.
    func idle(for duration: Duration) async throws(IMAPFault) -> Bool {
        let tag = try await send("IDLE")
        let answerBy = ContinuousClock.now + patience.command
        var isIdling = false
        while !isIdling {
            guard let response = try await next(by: answerBy) else {
                throw .tooSlow(command: "IDLE")
            }
            switch response {
            case .continuation: isIdling = true
            case .tagged(_, _, let code, let text):
                throw .refused(command: "IDLE", code: code?.name, text: text)
            default: note(response)
            }
        }
        let end = ContinuousClock.now + duration
        while folder?.hasNews != true, let response = try await next(by: end) {
            note(response)
            // The server ended it by itself.
            if case .tagged = response { return folder?.hasNews == true }
        }
        try await write(Array("DONE\r\n".utf8))
        let doneBy = ContinuousClock.now + patience.command
        while try await finish(tag, "IDLE", by: doneBy, onResponse: { _ in }) == nil {}
        return folder?.hasNews == true
    }

    /// Waits for a poll to be due; what the server says unasked is noted, and news end the wait.
    func linger(for duration: Duration) async throws(IMAPFault) {
        let end = ContinuousClock.now + duration
        while folder?.hasNews != true, let response = try await next(by: end) {
            note(response)
            if case .tagged = response { throw .malformed("an answer that nobody asked for") }
        }
    }

    func poll() async throws(IMAPFault) -> Bool {
        try await perform("NOOP")
        return folder?.hasNews == true
    }
}
