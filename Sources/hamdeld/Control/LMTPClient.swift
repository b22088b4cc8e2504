internal import Glibc

/// Speaks LMTP to the daemon for one mail: blocking, in a process that does nothing else.
final class LMTPClient {
    struct Reply {
        let code: Int
        let text: String
    }

    /// The daemon answers within a minute or the mail is tried again later.
    private static let patienceSeconds = 120

    private let handle: Int32
    private var received: [UInt8] = []

    init(socket path: String) throws {
        handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        setsockopt(
            handle, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(
            handle, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw DaemonFailure(text: "the path \(path) is too long for a socket")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(handle, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else {
            throw DaemonFailure(
                text: "no daemon answers at \(path): \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(handle) }

    /// The reply to the first step that was not accepted, or to the mail.
    func deliver(_ mail: [UInt8], to recipient: String, from sender: String) throws -> Reply {
        var reply = try read()
        for command in [
            "LHLO localhost", "MAIL FROM:<\(sender)> SIZE=\(mail.count)", "RCPT TO:<\(recipient)>",
            "DATA",
        ] {
            guard reply.code < 400 else { return reply }
            try write(Array("\(command)\r\n".utf8))
            reply = try read()
        }
        guard reply.code == 354 else { return reply }
        try write(Self.stuffed(mail))
        return try read()
    }

    /// CRLF line ends, dots doubled, `.` at the end (RFC 5321 section 4.5.2). A lone LF of a pipe is a line end; a lone CR stays.
    static func stuffed(_ mail: [UInt8]) -> [UInt8] {
        var wire: [UInt8] = []
        wire.reserveCapacity(mail.count + mail.count / 32 + 8)
        var isAtLineStart = true
        for (index, byte) in mail.enumerated() {
            if isAtLineStart && byte == UInt8(ascii: ".") { wire.append(byte) }
            if byte == 0x0A && (index == 0 || mail[index - 1] != 0x0D) { wire.append(0x0D) }
            wire.append(byte)
            isAtLineStart = byte == 0x0A
        }
        if !isAtLineStart { wire += [0x0D, 0x0A] }
        return wire + Array(".\r\n".utf8)
    }

    private func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes {
                send(handle, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard written > 0 else {
                throw DaemonFailure(text: "the daemon hung up: \(String(cString: strerror(errno)))")
            }
            rest = rest.dropFirst(written)
        }
    }

    /// One reply, its last line; lines are bounded by 8 KiB.
    private func read() throws -> Reply {
        while true {
            while let end = received.firstIndex(of: 0x0A) {
                let line = received[..<end].filter { $0 != 0x0D }
                received.removeFirst(end + 1)
                guard line.count >= 3,
                    let code = Int(String(decoding: line.prefix(3), as: UTF8.self))
                else { throw DaemonFailure(text: "the daemon's answer is no LMTP") }
                if line.count > 3, line[3] == UInt8(ascii: "-") { continue }
                return Reply(
                    code: code, text: String(decoding: line.dropFirst(4), as: UTF8.self))
            }
            guard received.count < 8192 else {
                throw DaemonFailure(text: "the daemon's answer is too long")
            }
            var buffer = [UInt8](repeating: 0, count: 1024)
            let got = recv(handle, &buffer, buffer.count, 0)
            guard got > 0 else {
                throw DaemonFailure(text: "the daemon did not answer")
            }
            received += buffer.prefix(got)
        }
    }
}
