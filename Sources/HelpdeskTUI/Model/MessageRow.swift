internal import HelpdeskAPI
internal import HelpdeskCore

/// A message as a thread keeps it: what the screen shows of it, a quarter of an `API.Message`. The headers of a mail and
/// the names that providers give to messages are not kept; `hamdel ticket show` reads them.
struct MessageRow: Hashable, Sendable {
    let id: MessageID
    let receivedAt: Instant
    private let ticket: TicketNumber
    private let fullText: String
    private let text: Text
    private let authorName: String?
    private let author: API.PartyID?
    private let channel: ChannelKind
    private let inbox: InboxID
    private let sentAt: Instant?
    /// Nil: as it is with most messages.
    private let rare: Rare?
    let direction: MessageDirection
    private let kind: MessageKind
    private let authorKind: AuthorKind
    private let senderAuth: SenderAuth?
    private let autoSubmitted: AutoSubmitted

    /// What a person wrote now; mostly it is how the full text begins.
    private enum Text: Hashable, Sendable {
        case beginning(bytes: Int)
        case other(String)

        init(_ text: String, of full: String) {
            let isBeginning = full.utf8.starts(with: text.utf8)
            self = isBeginning ? .beginning(bytes: text.utf8.count) : .other(text)
        }

        func text(of full: String) -> String {
            switch self {
            case .beginning(full.utf8.count): full
            case .beginning(let bytes): String(decoding: full.utf8.prefix(bytes), as: UTF8.self)
            case .other(let text): text
            }
        }
    }

    /// What few messages have; immutable, shared by copies of its row.
    private final class Rare: Hashable, Sendable {
        let subject: String?
        let mark: String?
        let attachments: [API.Attachment]
        let delivery: API.Delivery?
        let call: Call?

        init?(_ message: API.Message) {
            subject = message.subject
            mark = message.mark
            attachments = message.attachments
            delivery = message.delivery
            call = message.call
            if mark == nil, attachments.isEmpty, delivery == nil, call == nil { return nil }
        }

        static func == (left: Rare, right: Rare) -> Bool {
            left === right
                || (left.subject == right.subject && left.mark == right.mark
                    && left.attachments == right.attachments && left.delivery == right.delivery
                    && left.call == right.call)
        }

        func hash(into hasher: inout Hasher) { hasher.combine(attachments) }
    }

    /// - Parameter shared: names that many rows have alike.
    init(_ message: API.Message, _ shared: inout SharedWords) {
        id = message.id
        receivedAt = message.receivedAt.instant
        ticket = message.ticket
        fullText = message.fullText
        text = Text(message.text, of: message.fullText)
        authorName = message.author.name.map { shared.word($0) }
        author = message.author.id
        channel = ChannelKind(rawValue: shared.word(message.channel.rawValue))
        inbox = InboxID(rawValue: shared.word(message.inbox.rawValue))
        sentAt = message.sentAt?.instant
        rare = Rare(message)
        direction = message.direction
        kind = message.kind
        authorKind = message.author.kind
        senderAuth = message.senderAuth
        autoSubmitted = message.autoSubmitted
    }

    /// The message without what is not kept.
    var message: API.Message {
        API.Message(
            id: id, ticket: ticket, direction: direction, kind: kind, channel: channel,
            inbox: inbox, author: .init(kind: authorKind, id: author, name: authorName),
            senderAuth: senderAuth, mark: rare?.mark, sentAt: Timestamp(sentAt),
            receivedAt: Timestamp(receivedAt), subject: rare?.subject,
            text: text.text(of: fullText), fullText: fullText, attachments: rare?.attachments ?? [],
            delivery: rare?.delivery, autoSubmitted: autoSubmitted, call: rare?.call)
    }

    var attachments: [API.Attachment] { rare?.attachments ?? [] }
}
