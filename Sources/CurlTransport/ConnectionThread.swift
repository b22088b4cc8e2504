internal import CCurl
internal import Glibc

/// The thread of one `SecuredConnection`: opens it, carries out orders one by one, and takes it down.
/// Everything of libcurl's happens here.
final class ConnectionThread {
    /// libcurl and OpenSSL need less than half of it; many mailboxes have many threads.
    private static let stackBytes = 512 << 10
    private static let chunkBytes = 64 << 10

    private let orders: ConnectionOrders
    private let opening: ConnectionOpening

    private init(_ orders: ConnectionOrders, _ opening: ConnectionOpening) {
        self.orders = orders
        self.opening = opening
    }

    /// False when the system has no thread to give.
    static func start(_ orders: ConnectionOrders, _ opening: ConnectionOpening) -> Bool {
        guard CurlThread.isLibraryReady else { return false }
        let context = Unmanaged.passRetained(ConnectionThread(orders, opening)).toOpaque()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackBytes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        guard pthread_create(&thread, &attributes, body, context) == 0 else {
            Unmanaged<ConnectionThread>.fromOpaque(context).release()
            return false
        }
        return true
    }

    private static let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
        { context in
            guard let context else { return nil }
            let thread = Unmanaged<ConnectionThread>.fromOpaque(context).takeRetainedValue()
            CurlThread.keepSignalsAway()
            "mailbox".withCString { hamdel_curl_name_thread($0) }
            thread.run()
            return nil
        }

    private func run() {
        guard let multi = curl_multi_init() else { return orders.ended() }
        orders.began(multi)
        work(multi)
        orders.ended()
        curl_multi_cleanup(multi)
    }

    private func work(_ multi: UnsafeMutableRawPointer) {
        let orders = orders
        guard
            let handle = EasyHandle(
                id: TransferID(number: 0), transfer: opening, started: .now,
                isAbandoned: { orders.interruption != nil })
        else { return orders.answer(.failure(.busy)) }
        defer {
            hangUp(handle)
            curl_multi_remove_handle(multi, handle.raw)
            handle.retire()
        }
        var isFit = true
        while isFit {
            guard let order = next(multi) else { return }
            let answer = carryOut(order, handle, multi)
            if case .failure = answer { isFit = false }
            orders.answer(answer)
        }
    }

    /// Sleeps until there is an order; nil when the connection is to be closed.
    private func next(_ multi: UnsafeMutableRawPointer) -> ConnectionOrders.Order? {
        while orders.interruption == nil {
            if let order = orders.take() { return order }
            curl_multi_poll(multi, nil, 0, 60_000, nil)
        }
        return nil
    }

    private func carryOut(
        _ order: ConnectionOrders.Order, _ handle: EasyHandle, _ multi: UnsafeMutableRawPointer
    ) -> ConnectionOrders.Answer {
        do throws(TransportFailure) {
            switch order.work {
            case .open:
                try open(handle, multi, until: order.deadline)
                return .success(.opened)
            case .send(let bytes):
                try send(bytes, handle, multi, until: order.deadline)
                return .success(.sent)
            case .receive:
                return .success(.received(try receive(handle, multi, until: order.deadline)))
            }
        } catch {
            return .failure(error)
        }
    }

    private func open(
        _ handle: EasyHandle, _ multi: UnsafeMutableRawPointer,
        until deadline: ContinuousClock.Instant
    ) throws(TransportFailure) {
        try handle.prepare()
        guard curl_multi_add_handle(multi, handle.raw) == CURLM_OK else { throw .busy }
        var running: Int32 = 1
        while true {
            curl_multi_perform(multi, &running)
            var raw: UnsafeMutableRawPointer?
            var code = CURLE_OK
            if hamdel_curl_multi_next_done(multi, &raw, &code) == 1 {
                if let interruption = orders.interruption { throw interruption }
                guard code == CURLE_OK else {
                    throw TransportFailure(curl: code, detail: handle.failureText)
                }
                return
            }
            let left = try remaining(until: deadline)
            curl_multi_poll(multi, nil, 0, left, nil)
        }
    }

    private func send(
        _ bytes: [UInt8], _ handle: EasyHandle, _ multi: UnsafeMutableRawPointer,
        until deadline: ContinuousClock.Instant
    ) throws(TransportFailure) {
        var offset = 0
        while offset < bytes.count {
            var count = 0
            let code = bytes.withUnsafeBytes { buffer in
                curl_easy_send(
                    handle.raw, buffer.baseAddress?.advanced(by: offset), buffer.count - offset,
                    &count)
            }
            if code == CURLE_OK, count > 0 {
                offset += count
            } else if code == CURLE_OK || code == CURLE_AGAIN {
                try wait(handle, multi, for: Int16(CURL_WAIT_POLLOUT), until: deadline)
            } else {
                throw .interrupted("the server hung up while it was written to")
            }
        }
    }

    private func receive(
        _ handle: EasyHandle, _ multi: UnsafeMutableRawPointer,
        until deadline: ContinuousClock.Instant
    ) throws(TransportFailure) -> SecuredConnection.Reception {
        while true {
            var count = 0
            var code = CURLE_OK
            let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, filled in
                code = curl_easy_recv(handle.raw, buffer.baseAddress, buffer.count, &count)
                filled = code == CURLE_OK ? min(max(count, 0), buffer.count) : 0
            }
            switch code {
            case CURLE_OK: return chunk.isEmpty ? .ended : .bytes(chunk)
            case CURLE_AGAIN: break
            default: throw .interrupted("the connection broke while it was read from")
            }
            do throws(TransportFailure) {
                try wait(handle, multi, for: Int16(CURL_WAIT_POLLIN), until: deadline)
            } catch .deadlineExceeded {
                return .silence
            }
        }
    }

    /// Sleeps until the socket is ready, somebody wakes us, or the time is up.
    private func wait(
        _ handle: EasyHandle, _ multi: UnsafeMutableRawPointer, for events: Int16,
        until deadline: ContinuousClock.Instant
    ) throws(TransportFailure) {
        let left = try remaining(until: deadline)
        let socket = hamdel_curl_active_socket(handle.raw)
        guard socket >= 0 else { throw .interrupted("the connection is gone") }
        var watched = curl_waitfd(fd: socket, events: events, revents: 0)
        curl_multi_poll(multi, &watched, 1, left, nil)
    }

    /// Milliseconds, at least 1.
    private func remaining(
        until deadline: ContinuousClock.Instant
    ) throws(TransportFailure) -> Int32 {
        if let interruption = orders.interruption { throw interruption }
        let left = deadline - .now
        guard left > .zero else { throw .deadlineExceeded }
        return Int32(left.milliseconds(atMost: 60_000))
    }

    /// libcurl says LOGOUT when it lets go of a connection and waits for the answer, up to two minutes for a server that is
    /// dead (lib/imap.c, `imap_disconnect`). On a socket that is shut down it has nobody to wait for.
    private func hangUp(_ handle: EasyHandle) {
        let socket = hamdel_curl_active_socket(handle.raw)
        if socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
    }
}
