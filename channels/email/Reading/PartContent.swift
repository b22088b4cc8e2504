import CGMime
import ChannelKit
import Crypto
import HelpdeskCore

/// The decoded content of a part: text up to a bound, and the digest of attachments without holding them.
enum PartContent {
    /// At most `limit` decoded bytes.
    static func decoded(
        _ bytes: [UInt8], range: Range<Int>, encoding: TransferEncoding, limit: Int
    ) -> [UInt8] {
        let range = range.clamped(to: 0..<bytes.count)
        if encoding == .identity { return Array(bytes[range].prefix(limit)) }
        var result: [UInt8] = []
        decode(bytes, range: range, encoding: encoding) { chunk in
            result += chunk.prefix(Swift.max(limit &- result.count, 0))
            return result.count < limit ? .more : .enough
        }
        return result
    }

    struct Digest: Equatable {
        let size: Int64
        let sha256: BlobHash
    }

    static func digest(
        _ bytes: [UInt8], range: Range<Int>, encoding: TransferEncoding
    ) -> Digest {
        let range = range.clamped(to: 0..<bytes.count)
        var hasher = SHA256()
        var size: Int64 = 0
        if encoding == .identity {
            bytes[range].withUnsafeBytes { hasher.update(bufferPointer: $0) }
            size = Int64(range.count)
        } else {
            decode(bytes, range: range, encoding: encoding) { chunk in
                hasher.update(bufferPointer: UnsafeRawBufferPointer(chunk))
                size &+= Int64(chunk.count)
                return .more
            }
        }
        return Digest(size: size, sha256: BlobHash(rawValue: hexadecimal(hasher.finalize())))
    }

    private enum Wish { case more, enough }

    /// Hands decoded chunks over until the end or until they are enough. One buffer serves all of them.
    private static func decode(
        _ bytes: [UInt8], range: Range<Int>, encoding: TransferEncoding,
        _ take: (UnsafeBufferPointer<UInt8>) -> Wish
    ) {
        let code = encodingCode(encoding)
        guard !range.isEmpty, let decoder = cgm_decoder_make(code) else { return }
        defer { cgm_decoder_free(decoder) }
        let step = 48 << 10
        let room = cgm_decoder_room(code, Swift.min(step, range.count))
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { output in
            bytes.withUnsafeBufferPointer { input in
                guard let base = input.baseAddress, let target = output.baseAddress else { return }
                var position = range.lowerBound
                while position < range.upperBound {
                    let count = Swift.min(step, range.upperBound &- position)
                    let written = cgm_decoder_step(decoder, base + position, count, target)
                    position &+= count
                    let chunk = UnsafeBufferPointer(start: target, count: Swift.min(written, room))
                    if take(chunk) == .enough { return }
                }
                let rest = cgm_decoder_finish(decoder, target)
                if rest > 0 {
                    _ = take(UnsafeBufferPointer(start: target, count: Swift.min(rest, room)))
                }
            }
        }
    }

    private static func encodingCode(_ encoding: TransferEncoding) -> Int32 {
        switch encoding {
        case .identity: Int32(CGM_IDENTITY)
        case .base64: Int32(CGM_BASE64)
        case .quotedPrintable: Int32(CGM_QUOTED_PRINTABLE)
        case .uuencode: Int32(CGM_UUENCODE)
        }
    }

    private static func hexadecimal(_ digest: SHA256Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return text.asText
    }
}
