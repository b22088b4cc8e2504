import HelpdeskCore
import RandomKit
import TestKit
import Testing

@testable import HelpdeskServer

@Suite struct RateLimitTests {
    let start = ManualClock.start

    private func takes(_ buckets: TokenBuckets, _ key: String, at now: Instant) -> Int64? {
        do throws(DeskProblem) {
            try buckets.take(key, at: now)
            return nil
        } catch {
            #expect(error.status == 429)
            return error.retryAfter
        }
    }

    @Test func aBurstPassesAndTheNextOneWaitsForOneToken() {
        let buckets = TokenBuckets(RateLimit(60, per: .minutes(1), burst: 3))
        let first = (0..<4).map { _ in takes(buckets, "nima", at: start) }
        #expect(first == [nil, nil, nil, 1])
        #expect(takes(buckets, "nima", at: start + .seconds(1)) == nil)
        #expect(takes(buckets, "nima", at: start + .seconds(1)) != nil)
        #expect(takes(buckets, "leila", at: start) == nil, "others are not held up")
    }

    @Test func zeroIsOff() {
        let buckets = TokenBuckets(RateLimit(0, per: .minutes(1), burst: 3))
        for _ in 0..<10_000 { #expect(takes(buckets, "nima", at: start) == nil) }
        #expect(buckets.keyCount == 0)
    }

    @Test func aClockThatJumpsBackFillsNothing() {
        let buckets = TokenBuckets(RateLimit(60, per: .minutes(1), burst: 1))
        #expect(takes(buckets, "nima", at: start) == nil)
        #expect(takes(buckets, "nima", at: start - .days(1)) != nil)
        #expect(takes(buckets, "nima", at: start) != nil)
        #expect(takes(buckets, "nima", at: .distantFuture) == nil)
    }

    @Test func memoryIsBounded() {
        let buckets = TokenBuckets(RateLimit(1, per: .minutes(1), burst: 1))
        for number in 0..<(3 * TokenBuckets.maximumKeys) {
            _ = takes(buckets, "key\(number)", at: start)
        }
        #expect(buckets.keyCount <= TokenBuckets.maximumKeys)
    }

    /// Whatever the times are: within any stretch at most the burst and what the rate gives pass.
    @Test func neverMoreThanBurstAndRate() {
        var random = SeededRandom(seed: 20_261_122)
        for round in 0..<200 {
            let burst = Int.random(in: 1...20, using: &random)
            let buckets = TokenBuckets(RateLimit(10, per: .seconds(1), burst: burst))
            var now = start
            var passed = 0
            for _ in 0..<200 {
                now = now + TimeSpan(milliseconds: Int64.random(in: 0...90, using: &random))
                if takes(buckets, "k", at: now) == nil { passed += 1 }
            }
            let seconds = Double(now.since(start).milliseconds) / 1_000
            #expect(Double(passed) <= Double(burst) + seconds * 10, "round \(round)")
        }
    }

    @Test(
        arguments: [
            ("203.0.113.9", nil, "203.0.113.9"),
            ("203.0.113.9", "6.6.6.6", "203.0.113.9"),
            ("127.0.0.1", nil, nil),
            ("127.0.0.1", "6.6.6.6, 198.51.100.7", "198.51.100.7"),
            ("::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8::17", nil, "2001:db8:0:0::/64"),
            (nil, nil, nil),
            (nil, "198.51.100.7", "198.51.100.7"),
        ] as [(String?, String?, String?)])
    func aClientIsItsNetwork(_ peer: String?, _ forwarded: String?, _ key: String?) {
        #expect(ClientAddress.key(peer: peer, forwardedFor: forwarded) == key)
    }
}
