internal import HelpdeskCore
internal import HelpdeskStore

extension ArchivedMacro {
    init(_ entry: MacroEntry) {
        let macro = entry.macro
        self.init(
            id: "macro/\(macro.name.rawValue)", at: ArchiveTime(entry.updatedAt),
            by: entry.updatedBy, name: macro.name, title: macro.title, teams: macro.teams,
            texts: Dictionary(
                macro.texts.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { $1 }),
            addTags: macro.addTags, removeTags: macro.removeTags, priority: macro.priority,
            transfer: macro.transfer,
            holder: macro.holder.map { holder in
                switch holder {
                case .applier: "applier"
                case .nobody: "nobody"
                case .agent(let agent): "agent:\(agent.rawValue)"
                }
            }, note: macro.note,
            ending: {
                switch macro.ending {
                case .unchanged: "unchanged"
                case .pending: "pending"
                case .closed(let reason): "closed:\(reason.rawValue)"
                }
            }(), snooze: macro.snooze)
    }

    /// The macro; nil where it says what no macro can.
    var macro: Macro? {
        var texts: [LanguageCode: String] = [:]
        for (language, text) in self.texts {
            guard let code = LanguageCode(language) else { return nil }
            texts[code] = text
        }
        let ending: Macro.Ending
        switch self.ending {
        case "unchanged": ending = .unchanged
        case "pending": ending = .pending
        default:
            guard self.ending.hasPrefix("closed:"),
                let reason = ClosingReason(rawValue: String(self.ending.dropFirst(7)))
            else { return nil }
            ending = .closed(reason)
        }
        return try? Macro(
            name: name, title: title, teams: teams, texts: texts, addTags: addTags,
            removeTags: removeTags, priority: priority, transfer: transfer,
            holder: holder.map { word in
                switch word {
                case "applier": .applier
                case "nobody": .nobody
                default:
                    .agent(
                        AgentID(
                            rawValue: String(
                                word.hasPrefix("agent:") ? word.dropFirst(6) : word[...])))
                }
            }, note: note, ending: ending, snooze: snooze)
    }
}

extension ArchivedCustomer {
    init(_ customer: ArchivableCustomer, _ names: ArchiveNames) throws(StoreError) {
        var identities: [Identity] = []
        for identity in customer.identities {
            identities.append(
                Identity(
                    id: try names.of(identity.id), kind: identity.kind,
                    address: customer.erasedAt == nil ? identity.address : nil,
                    scope: identity.scope, verified: identity.verification == .verified,
                    evidence: identity.evidence, shared: identity.sharing == .shared,
                    undeliverable: identity.undeliverableAt.map {
                        Undeliverable(at: ArchiveTime($0), code: identity.undeliverableCode)
                    }))
        }
        let settings = customer.settings
        self.init(
            id: try names.of(customer.id), at: ArchiveTime(customer.createdAt),
            name: customer.name, vip: settings.standing == .vip,
            blocked: settings.blocking == .blocked, preferredChannel: settings.preferred,
            external: settings.externalID.flatMap { $0.isEmpty ? nil : $0 },
            segments: settings.segments, attributes: customer.attributes,
            identities: identities, surveysRefused: customer.surveysRefusedAt.map(ArchiveTime.init),
            erased: customer.erasedAt.map(ArchiveTime.init))
    }
}

extension ArchivedWords {
    init(_ content: MessageContent) {
        self.init(
            external: content.externalID, conversation: content.conversation,
            subject: content.subject, author: content.authorName, address: content.address,
            text: content.text, full: content.fullText, html: content.html,
            files: content.files.map {
                File(name: $0.name, type: $0.contentType, cid: $0.contentID)
            }, mail: content.mail.map(Mail.init), extension: content.call?.extension,
            recording: content.call?.recordingURL)
    }

    func content(_ call: ArchivedCall?) -> MessageContent {
        MessageContent(
            externalID: external, conversation: conversation, subject: subject,
            authorName: author, address: address, text: text, fullText: full, html: html,
            files: files.map { .init(name: $0.name, contentType: $0.type, contentID: $0.cid) },
            mail: mail?.content,
            call: call.map {
                Call(
                    direction: $0.direction, outcome: $0.outcome, durationSeconds: $0.seconds,
                    extension: `extension`, recordingURL: recording)
            })
    }
}

extension ArchivedWords.Mail {
    init(_ mail: MessageContent.Mail) {
        func addresses(_ list: [MessageContent.Mail.Address]) -> [ArchivedWords.Address] {
            list.map { ArchivedWords.Address(name: $0.name, address: $0.address) }
        }
        self.init(
            id: mail.messageID, date: mail.date.map(ArchiveTime.init), from: addresses(mail.from),
            to: addresses(mail.to), cc: addresses(mail.cc), replyTo: addresses(mail.replyTo),
            inReplyTo: mail.inReplyTo, references: mail.references)
    }

    var content: MessageContent.Mail {
        func addresses(_ list: [ArchivedWords.Address]) -> [MessageContent.Mail.Address] {
            list.map { .init(name: $0.name, address: $0.address) }
        }
        return MessageContent.Mail(
            from: addresses(from), to: addresses(to), cc: addresses(cc),
            replyTo: addresses(replyTo), date: date?.instant, messageID: id,
            inReplyTo: inReplyTo, references: references)
    }
}

extension ArchivedAttachment {
    init(_ attachment: AttachmentRef) {
        self.init(sha256: attachment.sha256, size: attachment.size)
        if case .range(let offset, let length, let encoding) = attachment.place {
            start = offset
            self.length = length
            self.encoding = encoding
        }
    }

    var place: AttachmentRef.Place {
        guard let start, let length, let encoding else { return .blob }
        return .range(offset: start, length: length, encoding: encoding)
    }
}
