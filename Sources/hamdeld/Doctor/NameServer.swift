internal import EmailChannel
internal import Glibc

/// Asks one name server, by UDP and where the answer is too long by TCP. Blocking: for a thread of its own.
struct NameServer: Sendable {
    /// Waited for each answer, twice.
    private static let patienceSeconds = 2

    struct Failure: Error { let text: String }

    let address: String
    let port: UInt16

    /// `127.0.0.1:5353` or an address alone; nil for anything else. IPv4 and IPv6 (`[::1]:53`).
    init?(_ text: String) {
        var host = text[...]
        var port: UInt16 = 53
        if let colon = text.lastIndex(of: ":"),
            text.hasPrefix("[") || text.filter({ $0 == ":" }).count == 1
        {
            guard let number = UInt16(text[text.index(after: colon)...]) else { return nil }
            port = number
            host = text[..<colon]
        }
        address = String(host.drop { $0 == "[" }.prefix { $0 != "]" })
        self.port = port
        guard Self.socketAddress(address, port) != nil else { return nil }
    }

    /// The first of `/etc/resolv.conf`; nil without one.
    static func ofSystem() -> NameServer? {
        guard let file = fopen("/etc/resolv.conf", "re") else { return nil }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 512)
        for _ in 0..<200 where fgets(&buffer, Int32(buffer.count), file) != nil {
            let line = String(
                decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\n" })
            if words.count >= 2, words[0] == "nameserver", let server = NameServer(String(words[1]))
            {
                return server
            }
        }
        return nil
    }

    func ask(
        _ name: String, _ type: DNSMessage.RecordType
    ) throws(Failure) -> DNSMessage.Answer {
        let id = Surroundings.random(2).reduce(0) { $0 << 8 | UInt16($1) }
        guard let query = DNSMessage.query(id: id, name: name, type: type) else { return .none }
        for _ in 0..<2 {
            guard let bytes = try exchange(query, SOCK_DGRAM),
                let answer = DNSMessage.answer(bytes, to: id, type: type)
            else { continue }
            guard answer == .truncated else { return answer }
            let framed = [UInt8(query.count >> 8), UInt8(truncatingIfNeeded: query.count)] + query
            guard let long = try exchange(framed, SOCK_STREAM), long.count > 2 else { continue }
            return DNSMessage.answer(Array(long.dropFirst(2)), to: id, type: type) ?? .truncated
        }
        throw Failure(text: "the name server \(address) port \(port) does not answer")
    }

    /// Nil when nothing came in time.
    private func exchange(_ bytes: [UInt8], _ kind: __socket_type) throws(Failure) -> [UInt8]? {
        guard let (found, length) = Self.socketAddress(address, port) else { return nil }
        var storage = found
        let handle = socket(
            Int32(storage.ss_family), Int32(kind.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard handle >= 0 else { throw Failure(text: String(cString: strerror(errno))) }
        defer { close(handle) }
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(
                handle, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        let connected = withUnsafePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(handle, $0, length) }
        }
        guard connected == 0,
            bytes.withUnsafeBytes({ write(handle, $0.baseAddress, $0.count) }) == bytes.count
        else { return nil }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        // A datagram is whole; of a stream, at most 64 KiB and as long as its first two bytes say.
        while received.count < 65_538 {
            let count = buffer.withUnsafeMutableBytes { read(handle, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            received += buffer[..<count]
            if kind == SOCK_DGRAM { break }
            if received.count >= 2,
                received.count >= 2 + (Int(received[0]) << 8 | Int(received[1]))
            {
                break
            }
        }
        return received.isEmpty ? nil : received
    }

    private static func socketAddress(
        _ address: String, _ port: UInt16
    ) -> (sockaddr_storage, socklen_t)? {
        var storage = sockaddr_storage()
        var four = sockaddr_in()
        if inet_pton(AF_INET, address, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            withUnsafeMutableBytes(of: &storage) { target in
                withUnsafeBytes(of: four) { target.copyMemory(from: $0) }
            }
            return (storage, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
        var six = sockaddr_in6()
        guard inet_pton(AF_INET6, address, &six.sin6_addr) == 1 else { return nil }
        six.sin6_family = sa_family_t(AF_INET6)
        six.sin6_port = port.bigEndian
        withUnsafeMutableBytes(of: &storage) { target in
            withUnsafeBytes(of: six) { target.copyMemory(from: $0) }
        }
        return (storage, socklen_t(MemoryLayout<sockaddr_in6>.size))
    }
}
