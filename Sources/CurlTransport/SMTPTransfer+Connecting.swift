internal import CCurl

extension SMTPTransfer.Server {
    /// How every connection to this server is made: protocol, TLS, sign-in, patience.
    func prepare(_ handle: EasyHandle) throws(TransportFailure) {
        try handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        try handle.set(CURLOPT_URL, url)
        try prepareTLS(handle)
        if let credentials {
            try handle.set(CURLOPT_USERNAME, credentials.user)
            try handle.set(CURLOPT_PASSWORD, credentials.password)
        }
        try handle.set(
            CURLOPT_SERVER_RESPONSE_TIMEOUT,
            max(1, timeouts.reply.milliseconds(atMost: 3_600_000) / 1000))
    }

    private func prepareTLS(_ handle: EasyHandle) throws(TransportFailure) {
        try handle.trust(trust)
        let use: curl_usessl =
            switch tls {
            case _ where isTLSFromStart: CURLUSESSL_ALL
            case .require: CURLUSESSL_ALL
            case .none: CURLUSESSL_NONE
            case .opportunistic:
                credentials == nil || isLoopback ? CURLUSESSL_TRY : CURLUSESSL_ALL
            }
        try handle.set(CURLOPT_USE_SSL, Int(use.rawValue))
        if use == CURLUSESSL_TRY, isLoopback, trust == .system {
            // See TLSRule.opportunistic for why this is safe. Whoever names an authority means it.
            try handle.set(CURLOPT_SSL_VERIFYPEER, 0)
            try handle.set(CURLOPT_SSL_VERIFYHOST, 0)
        }
    }
}
