internal import CCurl

/// What libcurl is asked for: connect, secure, sign in, and leave the rest to us (`CURLOPT_CONNECT_ONLY`).
final class ConnectionOpening: Transfer {
    private let server: ConnectionServer
    private let signIn: ConnectionServer.SignIn

    let timeouts: TransferTimeouts

    init(_ server: ConnectionServer, _ signIn: ConnectionServer.SignIn) {
        self.server = server
        self.signIn = signIn
        timeouts = TransferTimeouts(connect: server.patience, total: server.patience)
    }

    func prepare(_ handle: EasyHandle) throws(TransportFailure) {
        guard ConnectionServer.isPrintable(signIn.secret), !signIn.secret.isEmpty else {
            throw .invalidRequest("the password or token is empty or holds control characters")
        }
        try handle.set(CURLOPT_PROTOCOLS_STR, "imap,imaps")
        try handle.set(CURLOPT_URL, server.url)
        try handle.set(CURLOPT_CONNECT_ONLY, 1)
        try prepareTLS(handle)
        try handle.set(CURLOPT_USERNAME, server.user)
        switch signIn {
        case .password(let password):
            try handle.set(CURLOPT_PASSWORD, password)
        case .plain(let password):
            try handle.set(CURLOPT_PASSWORD, password)
            try handle.set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN")
        case .login(let password):
            try handle.set(CURLOPT_PASSWORD, password)
            // With the plus sign the LOGIN command, not the SASL mechanism of that name (lib/imap.c).
            try handle.set(CURLOPT_LOGIN_OPTIONS, "AUTH=+LOGIN")
        case .bearer(let token):
            try handle.set(CURLOPT_XOAUTH2_BEARER, token)
            try handle.set(CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2")
        }
        try handle.set(CURLOPT_SASL_IR, 1)
        try handle.set(CURLOPT_TCP_KEEPALIVE, 1)
        try handle.set(
            CURLOPT_SERVER_RESPONSE_TIMEOUT,
            max(1, server.patience.milliseconds(atMost: 3_600_000) / 1000))
    }

    private func prepareTLS(_ handle: EasyHandle) throws(TransportFailure) {
        try handle.trust(server.trust)
        let use: curl_usessl =
            switch server.tls {
            case _ where server.isTLSFromStart: CURLUSESSL_ALL
            case .require: CURLUSESSL_ALL
            case .none: CURLUSESSL_NONE
            case .opportunistic: server.isLoopback ? CURLUSESSL_TRY : CURLUSESSL_ALL
            }
        try handle.set(CURLOPT_USE_SSL, Int(use.rawValue))
        if use == CURLUSESSL_TRY {
            // See TLSRule.opportunistic for why this is safe.
            try handle.set(CURLOPT_SSL_VERIFYPEER, 0)
            try handle.set(CURLOPT_SSL_VERIFYHOST, 0)
        }
    }

    /// `ConnectionThread` reads libcurl's verdict itself.
    func ended(_ ending: TransferEnding) {}
}
