internal import HelpdeskCore

/// Turns JSON into messages, the same on every door: a webhook's body (one InboundMessage of DESIGN §7, or `{"messages":[…]}`), and
/// each message of a `deliver` line of `hamdel-channel/1`.
///
/// Strict about what it knows (types, lengths, words), deaf to what it does not know. One fault refuses
/// the whole request, so that the sender keeps it.
package struct MessageDecoder {
    /// Of a text of a message, and of a webhook's body.
    package static let maximumBytes = 1024 * 1024

    let trust: IdentityTrust
    let files: MessageFiles

    package init(trust: IdentityTrust, files: MessageFiles = .none) {
        self.trust = trust
        self.files = files
    }

    package func messages(_ body: [UInt8]) throws(JSONFault) -> [InboundMessage] {
        let document = try JSONDocumentReader.read(body)
        let fields = try JSONFields(document, path: "")
        guard let node = fields.node("messages") else {
            return [try message(document, path: "", body)]
        }
        guard case .list(let nodes) = node.value, !nodes.isEmpty,
            nodes.count <= InboundBatch.maximumMessages
        else {
            throw JSONFault(
                place: "messages",
                reason: "expected a list of 1 to \(InboundBatch.maximumMessages) messages")
        }
        var messages: [InboundMessage] = []
        for (index, node) in nodes.enumerated() {
            messages.append(try message(node, path: "messages[\(index)]", body))
        }
        return messages
    }

    package func message(
        _ node: JSONNode, path: String, _ body: [UInt8]
    ) throws(JSONFault) -> InboundMessage {
        let fields = try JSONFields(node, path: path)
        guard let externalID = try fields.word("external_id", atMost: 255) else {
            throw fields.fault("external_id", "is missing; it must be unique in the inbox")
        }
        let kind = try fields.choice("kind", [("message", MessageKind.message), ("call", .call)])
        let call = try call(fields)
        guard (kind == .call) == (call != nil) else {
            throw fields.fault("call", "goes with kind \"call\", and the other way round")
        }
        let html = try fields.text("html", atMost: Self.maximumBytes)
        let attachments = try MessageAttachments.read(fields, files)
        var text = try fields.text("text", atMost: Self.maximumBytes) ?? ""
        if text.isEmpty, let html { text = PlainText.from(html: html) }
        text += attachments.links
        guard !text.isEmpty || call != nil || !attachments.files.isEmpty else {
            throw fields.fault(
                "text", "is missing; a message has text, html, attachments or a call")
        }
        let people = try MessagePeople.read(fields, trust)
        var message = InboundMessage(
            externalID: externalID, conversation: try fields.word("conversation", atMost: 255),
            sender: people.sender, identities: people.further,
            author: try fields.choice(
                "author", [("customer", AuthorKind.customer), ("agent", .agent), ("bot", .bot)])
                ?? .customer, kind: kind ?? .message, sentAt: try sentAt(fields),
            subject: try fields.text("subject", atMost: 2000), text: text, html: html,
            attachments: attachments.files, inReplyTo: try fields.word("in_reply_to", atMost: 255),
            references: try references(fields), call: call, autoSubmitted: try automatic(fields),
            senderAuth: people.senderAuth, raw: Array(body[node.range]))
        message.conversationKind = try fields.choice(
            "conversation_kind",
            [
                ("session", ConversationKind.session), ("perpetual", .perpetual), ("group", .group),
            ])
        message.handoff = try fields.flag("handoff") ?? false
        return message
    }

    private func sentAt(_ fields: JSONFields) throws(JSONFault) -> Instant? {
        guard let text = try fields.text("sent_at", atMost: 40) else { return nil }
        guard let instant = WireTime.instant(text) else {
            throw fields.fault("sent_at", "expected a time like 2026-11-21T05:30:00Z")
        }
        return instant
    }

    private func references(_ fields: JSONFields) throws(JSONFault) -> [String] {
        var references: [String] = []
        for (index, node) in try fields.list("references", atMost: 100).enumerated() {
            guard case .text(let text) = node.value, !text.isEmpty, text.utf8.count <= 998 else {
                throw fields.fault("references[\(index)]", "expected text of 1 to 998 bytes")
            }
            references.append(text)
        }
        return references
    }

    /// A word of RFC 3834's, or true for "a machine wrote it".
    private func automatic(_ fields: JSONFields) throws(JSONFault) -> AutoSubmitted {
        if case .boolean(let flag)? = fields.node("auto_submitted")?.value {
            return flag ? .generated : .no
        }
        return try fields.choice(
            "auto_submitted",
            [
                ("no", AutoSubmitted.no), ("auto_replied", .replied), ("auto-replied", .replied),
                ("auto_generated", .generated), ("auto-generated", .generated), ("bounce", .bounce),
            ]) ?? .no
    }

    private func call(_ message: JSONFields) throws(JSONFault) -> Call? {
        guard let node = message.node("call") else { return nil }
        let fields = try JSONFields(node, path: message.place("call"))
        guard
            let direction = try fields.choice(
                "direction",
                [
                    ("in", CallDirection.inbound), ("inbound", .inbound), ("out", .outbound),
                    ("outbound", .outbound),
                ])
        else { throw fields.fault("direction", "is missing") }
        guard
            let outcome = try fields.choice(
                "outcome",
                [
                    ("answered", CallOutcome.answered), ("missed", .missed),
                    ("voicemail", .voicemail),
                    ("busy", .busy), ("failed", .failed),
                ])
        else { throw fields.fault("outcome", "is missing") }
        return Call(
            direction: direction, outcome: outcome,
            durationSeconds: try fields.count("duration_s", atMost: 604_800) ?? 0,
            extension: try fields.word("extension", atMost: 64),
            recordingURL: try fields.word("recording_url", atMost: 2000))
    }
}
