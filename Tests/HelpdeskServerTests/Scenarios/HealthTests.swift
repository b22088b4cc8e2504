import HTTPTypes
import HelpdeskAPI
import HelpdeskCore
import HelpdeskStore
import TestKit
import Testing

@testable import HelpdeskServer

@Suite struct HealthTests {
    @Test func theProcessIsThere() async throws {
        let server = try await ServerUnderTest()
        let answer = try await server.send(.get, "/healthz")
        #expect(answer.status == 200 && answer.text == "ok\n")
    }

    @Test func readyNamesEachCheckAndDrainingIsNotReady() async throws {
        let server = try await ServerUnderTest()
        let before = server.desk.position
        let ready = try await server.send(.get, "/readyz")
        #expect(
            ready.text
                == #"{"status":"ready","checks":{"store":{"status":"ok","detail":null},"drain":{"status":"ok","detail":null}}}"#
        )
        server.server.beginDraining()
        let draining = try await server.send(.get, "/readyz")
        #expect(draining.status == 503 && draining.headers[.retryAfter] == "5")
        #expect(try draining.json["checks"]?["drain"]?["status"] == "failed")
        #expect(try await server.send(.get, "/healthz").status == 200)
        #expect(server.desk.position == before)
    }

    @Test func aClosedStoreIsNotReady() async throws {
        let server = try await ServerUnderTest()
        await server.desk.store.close()
        let answer = try await server.send(.get, "/readyz")
        #expect(answer.status == 503)
        #expect(try answer.json["checks"]?["store"]?["status"] == "failed")
    }

    @Test func figuresAreThere() async throws {
        let server = try await ServerUnderTest()
        _ = try await server.desk.ticket(.mail(from: "sara@example.ir", id: "m1"))
        _ = try await server.ask(.get, "/tickets")
        _ = try await server.ask(.get, "/nothing")
        let answer = try await server.send(.get, "/metrics")
        #expect(answer.type == "text/plain; version=0.0.4; charset=utf-8")
        let lines = Set(answer.text.split(separator: "\n").map(String.init))
        #expect(lines.contains(#"hamdel_http_requests_total{route="listTickets",status="2xx"} 1"#))
        #expect(lines.contains(#"hamdel_http_requests_total{route="none",status="4xx"} 1"#))
        #expect(lines.contains("hamdel_stream_position \(server.desk.position.rawValue)"))
        #expect(lines.contains("# TYPE hamdel_http_request_duration_seconds histogram"))
        #expect(lines.contains(#"hamdel_events_total{type="message_received"} 1"#))
        // What is shown is described, by its name alone.
        for line in lines where line.hasPrefix("# TYPE ") {
            let name = String(line.split(separator: " ")[2])
            #expect(MetricCatalogue.help[name] != nil, "\(name) is not in the catalogue")
            #expect(lines.contains { $0.hasPrefix("# HELP \(name) ") }, "\(name)")
        }
    }
}
