import HelpdeskCore
import Testing

@Suite("A template of the CRM")
struct CRMTemplateTests {
    @Test(
        "is filled with what is known, encoded",
        arguments: [
            ("https://crm.example/c/{external_id}", "K 7", "https://crm.example/c/K%207"),
            (
                "https://crm.example/c/{external_id}", "../../admin",
                "https://crm.example/c/..%2F..%2Fadmin"
            ),
            ("https://crm.example/c/{external_id}", "..", "https://crm.example/c/%2E%2E"),
            (
                "https://crm.example/?q={external_id}&x=1", "a&b=c#d",
                "https://crm.example/?q=a%26b%3Dc%23d&x=1"
            ),
            (
                "http://10.0.0.1:8080/{external_id}/{external_id}", "ی",
                "http://10.0.0.1:8080/%DB%8C/%DB%8C"
            ),
            ("https://crm.example/", "K", "https://crm.example/"),
        ])
    func filled(text: String, value: String, url: String) {
        #expect(CRMTemplate(text)?.filled([.externalID: value]) == url)
    }

    @Test("leads nowhere while something is missing")
    func missing() {
        let template = CRMTemplate("https://crm.example/{email}")
        #expect(template != nil)
        #expect(template?.filled([:]) == nil)
        #expect(template?.filled([.email: ""]) == nil)
    }

    @Test(
        "never lets a customer choose the server",
        arguments: [
            "https://{email}/", "https://crm.{email}/x", "https://a@b.example/{id}",
            "ftp://crm.example/{id}", "crm.example/{id}", "https://crm.example/{name}",
            "https://crm.example/{id", "https://crm.example/id}", "https://crm.example/{{id}}",
            "https://crm.example", "https:///{id}", "https://crm.example/ {id}",
            "https://crm.example\\@evil.example/{id}", "https://crm.example?{id}/",
        ])
    func refused(text: String) {
        #expect(CRMTemplate(text) == nil)
    }
}
