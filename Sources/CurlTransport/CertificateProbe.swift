internal import CCurl

/// Looks at the certificate that a server shows, valid or not: connects, does the TLS handshake, and leaves again.
public enum CertificateProbe {
    private static let isReady = hamdel_curl_global_init() == CURLE_OK

    /// When the certificate ends, in seconds since 1970; nil where the server speaks no TLS. Blocks, for ten seconds at most.
    /// - Parameter url: `https`, `smtp`, `smtps`, `imap` or `imaps`; the plain ones use STARTTLS where it is offered.
    public static func expiry(of url: String) -> Result<Int64?, TransportFailure> {
        guard isReady, let easy = curl_easy_init() else {
            return .failure(.invalidRequest("no memory"))
        }
        defer { curl_easy_cleanup(easy) }
        // What nobody should trust is looked at too: that is what this is for.
        for (option, value) in [
            (CURLOPT_SSL_VERIFYPEER, 0), (CURLOPT_SSL_VERIFYHOST, 0), (CURLOPT_CERTINFO, 1),
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_TIMEOUT, 10), (CURLOPT_CONNECTTIMEOUT, 5),
            (CURLOPT_NOBODY, 1), (CURLOPT_USE_SSL, Int(CURLUSESSL_TRY.rawValue)),
        ] as [(CURLoption, Int)] {
            guard hamdel_curl_set_long(easy, option, value) == CURLE_OK else {
                return .failure(.invalidRequest("libcurl has no TLS"))
            }
        }
        let isTaken = url.withCString { hamdel_curl_set_text(easy, CURLOPT_URL, $0) == CURLE_OK }
        _ = hamdel_curl_set_text(easy, CURLOPT_PROXY, "")
        // A mail server is greeted and left; nobody signs in.
        if url.hasPrefix("smtp") { _ = hamdel_curl_set_text(easy, CURLOPT_CUSTOMREQUEST, "NOOP") }
        if url.hasPrefix("imap") {
            _ = hamdel_curl_set_text(easy, CURLOPT_CUSTOMREQUEST, "NOOP")
        }
        guard isTaken else { return .failure(.invalidRequest("not a URL")) }
        let code = curl_easy_perform(easy)
        let expiry = hamdel_curl_certificate_expiry(easy)
        if expiry >= 0 { return .success(expiry) }
        guard code == CURLE_OK else {
            return .failure(.unreachable(String(cString: curl_easy_strerror(code))))
        }
        return .success(nil)
    }
}
