internal import ChannelKit
internal import Crypto
internal import HelpdeskCore

extension PresetSignature {
    enum Fault: Error, Equatable, CustomStringConvertible {
        case missing(String)
        case noMatch
        case badTime
        case tooOld
        case tooNew
        case standard(StandardWebhooks.Fault)

        var description: String {
            switch self {
            case .missing(let what): "\(what) is missing"
            case .noMatch: "the signature does not match; check the inbox's secret"
            case .badTime: "the time of the signature is no number of seconds since 1970"
            case .tooOld: "the signature is too old; check the sender's clock"
            case .tooNew: "the signature's time is ahead of ours; check the sender's clock"
            case .standard(let fault): "\(fault)"
            }
        }
    }

    /// Returns when the request is the provider's. Compares in constant time.
    func verify(
        _ request: WebhookRequest, _ scope: PresetScope, _ inbox: PresetInbox, at now: Instant
    ) throws(Fault) {
        switch self {
        case .standardWebhooks:
            do throws(StandardWebhooks.Fault) {
                _ = try StandardWebhooks(secrets: inbox.secrets).verify(
                    id: request.header("webhook-id"),
                    timestamp: request.header("webhook-timestamp"),
                    signatures: request.header("webhook-signature"), body: request.body, at: now)
            } catch {
                throw .standard(error)
            }
        case .token(let given):
            let token = scope.text(given)
            guard !token.isEmpty else { throw .missing("the provider's token") }
            // Over digests of one length: the time tells nothing, not even how long the secret is.
            let digest = SHA256.hash(data: Array(token.utf8))
            var isRight = false
            for secret in inbox.secrets where SHA256.hash(data: secret.text) == digest {
                isRight = true
            }
            guard isRight else { throw .noMatch }
        case .code(let code): try code.verify(request, scope, inbox, at: now)
        }
    }
}

extension PresetSignature.Code {
    fileprivate func verify(
        _ request: WebhookRequest, _ scope: PresetScope, _ inbox: PresetInbox, at now: Instant
    ) throws(PresetSignature.Fault) {
        guard let value = request.header(header) else { throw .missing("the header \(header)") }
        guard let given = decoded(value) else { throw .noMatch }
        let url = SignedURL(inbox.webhookURL + request.path)
        var isRight = false
        for template in signed {
            let content = content(template, request, scope, url)
            for secret in inbox.secrets where matches(given, content, secret) { isRight = true }
        }
        guard isRight else { throw .noMatch }
        guard let time else { return }
        let text = scope.text(time)
        guard (1...12).contains(text.utf8.count), text.utf8.allSatisfy(PresetScanner.isDigit),
            let seconds = Int64(text)
        else { throw .badTime }
        let age = now.since(Instant(milliseconds: seconds * 1000))
        guard age <= tolerance else { throw .tooOld }
        guard age >= -tolerance else { throw .tooNew }
    }

    private func decoded(_ value: String) -> [UInt8]? {
        let bytes = Array(value.utf8)
        guard bytes.starts(with: prefix.utf8), bytes.count <= 512 else { return nil }
        let code = bytes.dropFirst(prefix.utf8.count)
        return encoding == .base64 ? WireBase64.decoded(code) : Hexadecimal.decoded(code)
    }

    private func content(
        _ template: PresetTemplate, _ request: WebhookRequest, _ scope: PresetScope,
        _ url: SignedURL
    ) -> [UInt8] {
        var content: [UInt8] = []
        for part in template.parts {
            switch part {
            case .literal(let text): content += text.utf8
            case .choice(let choice):
                guard case .path(let path)? = choice.first else { continue }
                switch path.root {
                case "raw": content += request.body
                case "url": content += url.asGiven.utf8
                case "url_with_port": content += url.withPort.utf8
                case "url_without_port": content += url.withoutPort.utf8
                case "sorted_form": content += FormBody.sorted(request.body)
                default: content += scope.text(choice).utf8
                }
            }
        }
        return content
    }

    private func matches(_ given: [UInt8], _ content: [UInt8], _ secret: WebhookSecret) -> Bool {
        let key = SymmetricKey(data: secret.text)
        return switch hash {
        case .sha1:
            HMAC<Insecure.SHA1>.isValidAuthenticationCode(
                given, authenticating: content, using: key)
        case .sha256:
            HMAC<SHA256>.isValidAuthenticationCode(given, authenticating: content, using: key)
        }
    }
}

/// An address with its port said, not said, or as it was given: a provider may sign either.
struct SignedURL {
    let asGiven: String
    let withPort: String
    let withoutPort: String

    init(_ url: String) {
        asGiven = url
        let bytes = Array(url.utf8)
        let scheme = url.hasPrefix("http://") ? "http://" : "https://"
        let start = scheme.utf8.count
        guard bytes.count > start else {
            (withPort, withoutPort) = (url, url)
            return
        }
        let end =
            bytes[start...].firstIndex { [0x2F, 0x3F, 0x23].contains($0) } ?? bytes.count
        let rest = String(decoding: bytes[end...], as: UTF8.self)
        let host = bytes[start..<end]
        let colon = host.last == UInt8(ascii: "]") ? nil : host.lastIndex(of: UInt8(ascii: ":"))
        let name = String(decoding: host[..<(colon ?? host.endIndex)], as: UTF8.self)
        let port = colon.map { String(decoding: host[($0 + 1)...], as: UTF8.self) }
        withoutPort = scheme + name + rest
        withPort = "\(scheme)\(name):\(port ?? (scheme == "https://" ? "443" : "80"))\(rest)"
    }
}

enum Hexadecimal {
    static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for byte in text {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return bytes
    }

    static func encoded(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
