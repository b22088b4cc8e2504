internal import CCurl

/// Domain names in letters of any script, as the network knows them (`مثال.ir` → `xn--mgbh0fb.ir`): UTS 46 by the library
/// that libcurl itself uses for host names (libidn2 in Debian).
public enum InternationalDomain {
    /// Nil when it is no domain name: a label that IDNA 2008 forbids, too long, or this libcurl has no IDN. A name of plain
    /// ASCII comes back in lower case. Pure; allocates a URL handle, takes microseconds.
    public static func ascii(_ domain: String) -> String? {
        let bytes = Array(domain.utf8)
        guard !bytes.isEmpty, bytes.count <= 1_000, !bytes.contains(where: { $0 <= 0x20 }) else {
            return nil
        }
        if bytes.allSatisfy({ $0 < 0x80 }) { return checked(domain.lowercased()) }
        guard let url = curl_url() else { return nil }
        defer { curl_url_cleanup(url) }
        guard curl_url_set(url, CURLUPART_SCHEME, "smtp", 0) == CURLUE_OK,
            curl_url_set(url, CURLUPART_HOST, domain, 0) == CURLUE_OK
        else { return nil }
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, CURLUPART_HOST, &text, hamdel_curl_url_punycode()) == CURLUE_OK,
            let text
        else { return nil }
        defer { curl_free(text) }
        return checked(String(cString: text).lowercased())
    }

    /// RFC 1035 section 2.3.4: at most 63 letters, digits and hyphens in a label, 253 in all. Underscores are in use.
    private static func checked(_ domain: String) -> String? {
        let bytes = Array(domain.utf8)
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isGood = bytes.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count)
                    && label.allSatisfy {
                        $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-")
                            || $0 == UInt8(ascii: "_")
                    }
            }
        return isGood ? domain : nil
    }
}
