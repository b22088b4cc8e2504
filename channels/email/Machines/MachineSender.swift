/// Whether the one who sent a mail may be a mail server: the envelope, the name, the subject.
struct MachineSender {
    enum MayReport { case never, ifWordedSo, likely }

    /// Lower case: who the mail was sent to.
    let own: Set<String>
    let subject: [UInt8]?
    /// X-Failed-Recipients, which Exim and Gmail write.
    let failedRecipients: [String]
    let mayReport: MayReport

    private let subjectSaysSo: Bool
    /// The null path, or a name such as no-reply: nobody forwards mail from there by hand.
    private let isNobody: Bool

    init(_ header: HeaderBlock, in bytes: [UInt8], returnPath: String?, own: Set<String>) {
        self.own = own
        let subject = header.first("subject", in: bytes).map { EncodedWords.decoded($0) }
        self.subject = subject
        var failed: [String] = []
        for value in header.values("x-failed-recipients", in: bytes).prefix(20) {
            failed += MailAddressScan.all(in: value, 0..<value.count, limit: 100).map(\.address)
        }
        failedRecipients = failed.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        subjectSaysSo = BounceWords.subjects.matches(PrefixTable.lowered(subject ?? []))
        let from = (header.first("from", in: bytes) ?? []).lowercasedASCII()
        isNobody = returnPath == "" || BounceWords.programs.contains(Self.local(from))
        mayReport = Self.mayReport(
            header, in: bytes, returnPath: returnPath, subjectSaysSo: subjectSaysSo,
            isListed: !failed.isEmpty)
    }

    private static func mayReport(
        _ header: HeaderBlock, in bytes: [UInt8], returnPath: String?, subjectSaysSo: Bool,
        isListed: Bool
    ) -> MayReport {
        if isListed { return .likely }
        let from = (header.first("from", in: bytes) ?? []).lowercasedASCII()
        let local = Self.local(from)
        if BounceWords.daemons.contains(local) || local.hasPrefix("mailer-daemon") {
            return .likely
        }
        let isNull = returnPath == "" || returnPath?.lowercased().hasPrefix("mailer-daemon") == true
        let isNamed = BounceWords.daemonNames.matches(
            Phrases.normalised(EncodedWords.decoded(from)))
        let isPerhaps = BounceWords.perhapsDaemons.contains(local) || local.isEmpty
        if isNull, isNamed || isPerhaps || subjectSaysSo { return .likely }
        if isNamed, isPerhaps { return .likely }
        let isProgram = BounceWords.programs.contains(local)
        return isNull || isNamed || isPerhaps || isProgram || subjectSaysSo ? .ifWordedSo : .never
    }

    /// Whether what is written is a notice, for senders that may write one.
    func isReport(_ notice: BounceNotice, bringsMailBack: Bool) -> Bool {
        if !failedRecipients.isEmpty { return true }
        let saysSo = BounceWords.notices.matches(Phrases.normalised(notice.words))
        switch mayReport {
        case .never: return false
        case .likely: return subjectSaysSo || saysSo
        case .ifWordedSo:
            // Customers write “Delivery failed” too: only a server quotes codes or sends mails back.
            guard saysSo, !notice.recipients.isEmpty else { return false }
            return subjectSaysSo && notice.isServers || isNobody && bringsMailBack
        }
    }

    /// The local part of the first address in a From line.
    private static func local(_ from: [UInt8]) -> String {
        var value = from[...]
        if let open = from.lastIndex(of: Ascii.less) {
            value = from[(open &+ 1)...].prefix { $0 != Ascii.greater }
        }
        let local = value.prefix { $0 != Ascii.at }
        return Array(local.filter { !Ascii.isBlank($0) && $0 != Ascii.quote }.prefix(64)).asText
    }
}
