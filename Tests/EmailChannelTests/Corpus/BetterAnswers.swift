/// Cases where our reading differs from a peer's and is the better one: set → id of the case → why. Nothing else may
/// stand here; `Measure` holds the list to 10 % of a set.
enum BetterAnswers {
    static let mail: [String: [String: String]] = [
        "email-chatwoot": [
            "email-chatwoot/html-part-empty": "a picture of the HTML side is listed as a file, not lost"
        ],
        "email-enmime": [
            "email-enmime/mail-mime-alternative":
                "both plain alternatives are shown (RFC 8621): nobody knows which one the sender meant"
        ],
        "email-libredesk": [
            "email-libredesk/utf8-22": "the byte is read as the © that it is, not as U+FFFD",
            "email-libredesk/utf8-29": "the bytes are read as the ©© that they are",
            "email-libredesk/utf8-33": "the bytes are read as the quotation marks that they are",
        ],
        "email-mikel": [
            "email-mikel/rfc2822-example10": "comments within an address are no part of it (RFC 5322 4.4)",
            "email-mikel/rfc2822-example11": "routes are dropped (RFC 5322 4.4): the address can be answered",
        ],
        "email-mime4j": [
            "email-mime4j/testmsgs-malformedHeader-noheader":
                "no mail at all: kept whole in quarantine, where the peer keeps nothing of it",
            "email-mime4j/testmsgs-malformedHeaderStartsBody-noheader":
                "no mail at all: kept whole in quarantine, where the peer loses its first line",
            "email-mime4j/testmsgs-multipartemptypart": "a part without bytes is not listed: it holds nothing",
        ],
        "email-stalwart": [
            "email-stalwart/legacy-010": "raw ISO-8859-1 in headers is read; the peer shows U+FFFD",
            "email-stalwart/legacy-017": "raw ISO-8859-1 in headers is read, and uuencoded files are decoded",
            "email-stalwart/legacy-020": "raw ISO-8859-1 in headers is read; the peer shows U+FFFD",
            "email-stalwart/legacy-026": "a raw ISO-8859-1 file name is read, and the file is decoded",
            "email-stalwart/legacy-048": "uuencoded files are decoded; the peer keeps their lines",
            "email-stalwart/legacy-052": "raw ISO-8859-1 is read; the peer shows U+FFFD",
            "email-stalwart/malformed-002": "text of a multipart without parts is shown, not filed away",
            "email-stalwart/malformed-006": "text of an unclosed multipart is shown, not filed away",
            "email-stalwart/malformed-008": "text of an unclosed multipart is shown, not filed away",
            "email-stalwart/malformed-009": "the peer has a boundary and a header within a text",
            "email-stalwart/malformed-011": "the peer has a boundary and a header within a text",
            "email-stalwart/rfc-001": "file names never hold a path (E9)",
            "email-stalwart/rfc-002": "the picture of the forwarded mail is listed beside that mail",
            "email-stalwart/thirdparty-015": "three mails came as files; the peer lists the first",
            "email-stalwart/hdr-address-013": "routes and blanks are dropped (RFC 5322 4.4)",
            "email-stalwart/hdr-date-012": "a row of numbers is no date",
            "email-stalwart/hdr-id-010": "References that name no id name no thread: a word is prose",
        ],
        "email-zammad": [
            "email-zammad/mail046": "GB 18030 is read as Chinese; the peer shows accented Latin",
            "email-zammad/mail092": "the comment “Mail Delivery System” is kept with the name",
            "email-zammad/mail105": "the text of a multipart without parts is shown",
            "email-zammad/process_simple_04": "the address is kept as it was written",
            "email-zammad/process_simple_37": "GB 18030 is read as Chinese; the peer shows accented Latin",
            "email-zammad/process_simple_44": "a comma within an encoded word does not end the name",
        ],
    ]
}
