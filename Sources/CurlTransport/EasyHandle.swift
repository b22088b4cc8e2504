internal import CCurl

/// Owns one libcurl easy handle and turns its callbacks into calls on a `Transfer`.
///
/// Lives on curl's thread only. The handle's callbacks carry an unretained pointer to this object;
/// it stays valid because the loop keeps the object until after `retire()`, which ends all callbacks.
/// This is the only file with callback pointers (`Unmanaged`) besides the thread's start.
final class EasyHandle {
    let raw: UnsafeMutableRawPointer
    let id: TransferID
    let transfer: any Transfer
    let started: ContinuousClock.Instant
    private(set) var lastActivity: ContinuousClock.Instant
    private let isAbandoned: () -> Bool
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private let errorText: UnsafeMutablePointer<CChar>
    private var retired = false

    /// nil when libcurl is out of memory. `isAbandoned` is asked while libcurl blocks (about once a
    /// second) and makes it give up.
    init?(
        id: TransferID, transfer: any Transfer, started: ContinuousClock.Instant,
        isAbandoned: @escaping () -> Bool
    ) {
        guard let raw = curl_easy_init() else { return nil }
        self.raw = raw
        self.id = id
        self.transfer = transfer
        self.started = started
        // Silence counts from the start of the work, not of the waiting for a place.
        self.lastActivity = .now
        self.isAbandoned = isAbandoned
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        retire()
        errorText.deallocate()
    }

    /// Frees the handle. It must have left its multi handle before.
    func retire() {
        guard !retired else { return }
        retired = true
        _ = hamdel_curl_set_long(raw, CURLOPT_VERBOSE, 0)
        curl_easy_cleanup(raw)
        for list in lists { curl_slist_free_all(list) }
        lists = []
    }

    /// What libcurl wrote about the last failure; empty when it wrote nothing. It may quote the peer, so
    /// control characters are taken out.
    var failureText: String {
        var text = ""
        for scalar in String(cString: errorText).unicodeScalars
        where scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) {
            text.unicodeScalars.append(scalar)
        }
        return text
    }

    /// Installs the callbacks and what holds for every transfer, then lets the transfer set its own.
    func prepare() throws(TransportFailure) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try check(hamdel_curl_set_pointer(raw, CURLOPT_ERRORBUFFER, errorText))
        try check(hamdel_curl_set_pointer(raw, CURLOPT_WRITEDATA, context))
        try check(hamdel_curl_set_bytes(raw, CURLOPT_WRITEFUNCTION, writeCallback))
        try check(hamdel_curl_set_pointer(raw, CURLOPT_HEADERDATA, context))
        try check(hamdel_curl_set_bytes(raw, CURLOPT_HEADERFUNCTION, headerCallback))
        try check(hamdel_curl_set_pointer(raw, CURLOPT_XFERINFODATA, context))
        try check(hamdel_curl_set_progress(raw, progressCallback))
        try set(CURLOPT_NOPROGRESS, 0)
        try set(CURLOPT_NOSIGNAL, 1)
        // A cancelled name lookup must not hold the thread until the resolver gives up.
        try set(CURLOPT_QUICK_EXIT, 1)
        // No proxy from the environment: what we connect to is what the configuration says.
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_CONNECTTIMEOUT_MS, transfer.timeouts.connect.milliseconds(atMost: 600_000))
        try transfer.prepare(self)
    }

    /// The transfer wants to give upload bytes.
    func feedUpload(count: Int) throws(TransportFailure) {
        try set(CURLOPT_UPLOAD, 1)
        try check(hamdel_curl_set_size(raw, CURLOPT_INFILESIZE_LARGE, Int64(count)))
        let context = Unmanaged.passUnretained(self).toOpaque()
        try check(hamdel_curl_set_pointer(raw, CURLOPT_READDATA, context))
        try check(hamdel_curl_set_bytes(raw, CURLOPT_READFUNCTION, readCallback))
    }

    /// The transfer wants to watch the dialogue (`Transfer.observed`).
    func watchDialogue() throws(TransportFailure) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try check(hamdel_curl_set_pointer(raw, CURLOPT_DEBUGDATA, context))
        try check(hamdel_curl_set_debug(raw, debugCallback))
        try set(CURLOPT_VERBOSE, 1)
    }

    /// Refuses connections to addresses that are not public, as they were resolved, at the moment of connecting:
    /// a name that changes its address between a check and the connection gains nothing. A connection of the
    /// pool was opened under another rule, so none is used or left behind.
    func reachOnlyPublicAddresses() throws(TransportFailure) {
        try set(CURLOPT_FRESH_CONNECT, 1)
        try set(CURLOPT_FORBID_REUSE, 1)
        try check(hamdel_curl_set_open(raw, guardedOpen))
    }

    func set(_ option: CURLoption, _ value: Int) throws(TransportFailure) {
        try check(hamdel_curl_set_long(raw, option, value))
    }

    /// Refuses NUL, because a C string would silently end there.
    func set(_ option: CURLoption, _ value: String) throws(TransportFailure) {
        guard !value.utf8.contains(0) else { throw .invalidRequest("a text holds NUL") }
        try check(value.withCString { hamdel_curl_set_text(raw, option, $0) })
    }

    func set(_ option: CURLoption, list values: [String]) throws(TransportFailure) {
        var list: UnsafeMutablePointer<curl_slist>?
        for value in values {
            guard !value.utf8.contains(0),
                let longer = value.withCString({ curl_slist_append(list, $0) })
            else {
                curl_slist_free_all(list)
                throw .invalidRequest("a text holds NUL, or memory ran out")
            }
            list = longer
        }
        guard let list else { return }
        lists.append(list)
        try check(hamdel_curl_set_list(raw, option, list))
    }

    func copyBody(_ bytes: [UInt8]) throws(TransportFailure) {
        try check(hamdel_curl_set_size(raw, CURLOPT_POSTFIELDSIZE_LARGE, Int64(bytes.count)))
        try check(
            bytes.withUnsafeBytes {
                hamdel_curl_copy_body(raw, $0.baseAddress ?? UnsafeRawPointer(noBytes.utf8Start))
            })
    }

    func trust(_ trust: TLSTrust) throws(TransportFailure) {
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if case .authorities(let path) = trust { try set(CURLOPT_CAINFO, path) }
    }

    var newConnections: Int { hamdel_curl_get_long(raw, CURLINFO_NUM_CONNECTS) }

    private func check(_ code: CURLcode) throws(TransportFailure) {
        guard code != CURLE_OK else { return }
        throw TransportFailure(curl: code, detail: "")
    }

    // MARK: What the callbacks do

    fileprivate func noteActivity() { lastActivity = .now }
    fileprivate var mustStop: Bool { isAbandoned() }
}

/// An address to hand to libcurl for an empty body: nobody reads what is behind it, because its length is given as 0.
private let noBytes: StaticString = ""

private func handle(_ context: UnsafeMutableRawPointer) -> EasyHandle {
    Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue()
}

private func answer(_ verdict: BodyVerdict, _ count: Int) -> Int {
    switch verdict {
    case .taken: count
    case .pause: hamdel_curl_write_pause()
    // libcurl takes any other number than the one offered as a refusal.
    case .stop: count == 0 ? 1 : 0
    }
}

private let writeCallback: hamdel_curl_bytes = { bytes, size, count, context in
    guard let bytes, let context else { return 0 }
    let handle = handle(context)
    handle.noteActivity()
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size &* count)
    return answer(handle.transfer.received(body: buffer), buffer.count)
}

private let headerCallback: hamdel_curl_bytes = { bytes, size, count, context in
    guard let bytes, let context else { return 0 }
    let handle = handle(context)
    handle.noteActivity()
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size &* count)
    return answer(handle.transfer.received(headLine: buffer), buffer.count)
}

private let guardedOpen: hamdel_curl_open = { _, _, address in
    guard let address else { return hamdel_curl_no_socket() }
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = Int(hamdel_curl_address(address, &bytes))
    let isPublic =
        count == 4
        ? PublicAddress.isPublic(v4: Array(bytes.prefix(4)))
        : count == 16 && PublicAddress.isPublic(v6: bytes)
    return isPublic ? hamdel_curl_open_socket(address) : hamdel_curl_no_socket()
}

private let readCallback: hamdel_curl_bytes = { bytes, size, count, context in
    guard let bytes, let context else { return hamdel_curl_read_abort() }
    let handle = handle(context)
    handle.noteActivity()
    return handle.transfer.fill(UnsafeMutableRawBufferPointer(start: bytes, count: size &* count))
}

private let progressCallback: hamdel_curl_progress = { context, _, _, _, _ in
    guard let context else { return 0 }
    return handle(context).mustStop ? 1 : 0
}

private let debugCallback: hamdel_curl_debug = { _, kind, bytes, count, context in
    guard let bytes, let context else { return 0 }
    let buffer = UnsafeRawBufferPointer(start: bytes, count: count)
    let handle = handle(context)
    switch kind {
    case CURLINFO_HEADER_OUT: handle.transfer.observed(.commandSent, buffer)
    case CURLINFO_HEADER_IN: handle.transfer.observed(.replyReceived, buffer)
    case CURLINFO_DATA_OUT: handle.transfer.observed(.uploadSent, buffer)
    default: break
    }
    return 0
}
