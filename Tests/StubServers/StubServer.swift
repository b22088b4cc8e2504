import Foundation
import Glibc

/// A server for tests: listens on loopback or a unix socket and runs a script per connection, each on a
/// thread of its own. It listens until the process ends: a test that holds only its port keeps it.
package final class StubServer: Sendable {
    package enum Address {
        case tcp
        case unix(path: String)
    }

    package let port: UInt16
    /// Connections so far.
    package let accepted = Counter()

    package init(_ address: Address = .tcp, script: @escaping @Sendable (StubConnection) -> Void)
        throws
    {
        let listener: Int32
        switch address {
        case .tcp: (listener, port) = try Self.listenTCP()
        case .unix(let path):
            listener = try Self.listenUnix(path)
            port = 0
        }
        Thread.detachNewThread { [accepted] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                accepted.add(1)
                Thread.detachNewThread {
                    let connection = StubConnection(descriptor)
                    script(connection)
                    connection.close()
                }
            }
        }
    }

    private static func listenTCP() throws -> (Int32, UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, size) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, pointer, &size) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRINUSE) }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    private static func listenUnix(_ path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
                    && listen(descriptor, 64) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRINUSE) }
        return descriptor
    }
}

/// One accepted connection. For the thread of its script only.
package final class StubConnection {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var isOpen = true

    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// A line without its line end; nil when the peer has closed.
    package func readLine() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                var line = buffer[..<end]
                if line.last == 0x0D { line = line.dropLast() }
                buffer.removeFirst(end + 1)
                return String(decoding: line, as: UTF8.self)
            }
            guard fill() else { return nil }
        }
    }

    package func read(count: Int) -> [UInt8]? {
        while buffer.count < count { guard fill() else { return nil } }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    /// Everything up to and with `end`; nil when the peer closes before.
    package func read(through end: [UInt8]) -> [UInt8]? {
        var searched = 0
        while true {
            var index = max(0, searched - end.count)
            while index + end.count <= buffer.count {
                if buffer[index..<(index + end.count)].elementsEqual(end) {
                    defer { buffer.removeFirst(index + end.count) }
                    return Array(buffer.prefix(index + end.count))
                }
                index += 1
            }
            searched = buffer.count
            guard fill() else { return nil }
        }
    }

    /// Waits until the peer closes.
    package func drain() {
        while fill() { buffer.removeAll(keepingCapacity: true) }
    }

    package func write(_ text: String) { write(Array(text.utf8)) }

    package func write(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Breaks the connection with a reset, as a crashed host would.
    package func cut() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    package func close() {
        guard isOpen else { return }
        isOpen = false
        Glibc.close(descriptor)
    }

    private func fill() -> Bool {
        guard isOpen else { return false }
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        buffer.append(contentsOf: chunk[..<count])
        return true
    }
}
