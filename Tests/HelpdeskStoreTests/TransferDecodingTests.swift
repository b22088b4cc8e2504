import Testing

@testable import HelpdeskStore

/// Held against what GMime 3.2 makes of the same bytes: the mail's reader measured size and hash with it.
@Suite struct TransferDecodingTests {
    @Test(arguments: [
        ("QUJD", "ABC"), ("QQ==", "A"), ("QUI=\r\n", "AB"), ("QUJDR", "ABC"), ("QUJDRA", "ABC"),
        ("Q!U-J_D", "ABC"), ("QQ===", "A"), ("====", ""), ("", ""), ("QQ==QUJD", "A"),
        ("QUJDQQ==\n--x", "ABCA"), ("QU\r\nJD\r\n", "ABC"),
    ])
    func base64(_ encoded: String, _ expected: String) {
        #expect(
            TransferDecoding.decoded(Array(encoded.utf8), encoding: "base64")
                == Array(expected.utf8))
    }

    @Test(arguments: [
        ("a=41=\r\nb=\nc=zz=4", "aAbc=zz"), ("a  \r\n=3d=", "a  \r\n="), ("==41", "==41"),
        ("=\rx=41", "=\rxA"), ("", ""), ("=", ""), ("=C3=A9", "é"),
    ])
    func quotedPrintable(_ encoded: String, _ expected: String) {
        #expect(
            TransferDecoding.decoded(Array(encoded.utf8), encoding: "quoted-printable")
                == Array(expected.utf8))
    }

    @Test(arguments: [
        ("begin 644 x\n#04)#\n`\nend\n", "ABC"), ("#04)#\n`\nend\n", "ABC"),
        ("hello\r\nbegin 644 x\r\n#04)#\r\n`\r\nend\r\nmore", "ABC"),
        ("begin 644 x\n#04)#\nend\n#04)#\n", "ABC"), ("begin 644 x\n", ""), ("", ""),
        ("begin 644 x\n!00\n", "A"),
    ])
    func uuencode(_ encoded: String, _ expected: String) {
        #expect(
            TransferDecoding.decoded(Array(encoded.utf8), encoding: "uuencode")
                == Array(expected.utf8))
    }

    @Test(arguments: ["", "identity", "7bit", "unheard-of"])
    func anythingElseIsTakenAsItIs(_ encoding: String) {
        #expect(TransferDecoding.decoded([0, 61, 255], encoding: encoding) == [0, 61, 255])
    }

    @Test func everyByteSurvivesTheWayThereAndBack() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let quoted = bytes.flatMap { byte -> [UInt8] in
            [0x3D] + Array(Hexadecimal.text([byte]).utf8)
        }
        #expect(TransferDecoding.decoded(quoted, encoding: "quoted-printable") == bytes)
    }
}
