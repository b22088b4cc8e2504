import Foundation

/// A TLS server for tests, in Python (its standard library only), with a certificate made for it.
///
/// `https` answers every request with "ok"; `smtps` speaks TLS at once, `smtp` offers STARTTLS; `imaps`
/// and `imap` likewise. Says on which
/// port it listens; ends when this object goes, because its standard input ends then.
final class TLSStub {
    enum Service: String {
        case https, smtps, smtp, imap, imaps
    }

    static let isPossible: Bool = {
        let isThere = ["/usr/bin/python3", "/usr/bin/openssl"].allSatisfy {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        if !isThere { print("SKIPPED: TLS tests need python3 and openssl") }
        return isThere
    }()

    let port: UInt16
    /// Self-signed for 127.0.0.1, so it is its own authority.
    let certificate: String
    private let process: Process
    private let input = Pipe()
    private let folder: URL

    init(_ service: Service) throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "hamdel-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificate = folder.appending(path: "cert.pem").path
        let key = folder.appending(path: "key.pem").path
        try Self.run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days", "2", "-subj", "/CN=stub", "-addext", "subjectAltName=IP:127.0.0.1",
                "-keyout", key,
                "-out", certificate,
            ])
        let output = Pipe()
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-c", Self.script, service.rawValue, certificate, key]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8)
        {
            line += byte
        }
        guard let port = UInt16(String(decoding: line, as: UTF8.self)) else {
            throw CocoaError(.featureUnsupported)
        }
        self.port = port
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
    }

    private static let script = """
        import os, socket, ssl, sys, threading
        service, cert, key = sys.argv[1:]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        listener = socket.create_server(("127.0.0.1", 0))
        print(listener.getsockname()[1], flush=True)
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()

        def smtp(plain):
            secured = service == "smtps"
            peer = context.wrap_socket(plain, server_side=True) if secured else plain
            peer.sendall(b"220 stub\\r\\n")
            lines = peer.makefile("rb")
            while line := lines.readline():
                verb = line[:4].upper()
                if verb == b"EHLO":
                    peer.sendall(b"250-stub\\r\\n250-AUTH PLAIN\\r\\n250 8BITMIME\\r\\n" if secured
                                 else b"250-stub\\r\\n250 STARTTLS\\r\\n")
                elif verb == b"STAR":
                    peer.sendall(b"220 go\\r\\n")
                    peer = context.wrap_socket(peer, server_side=True)
                    lines, secured = peer.makefile("rb"), True
                elif verb == b"DATA":
                    peer.sendall(b"354 go on\\r\\n")
                    while lines.readline() != b".\\r\\n": pass
                    peer.sendall(b"250 2.0.0 kept, TLS " + (b"yes" if secured else b"no") + b"\\r\\n")
                elif verb == b"QUIT":
                    peer.sendall(b"221 bye\\r\\n")
                    return
                elif verb == b"AUTH":
                    if len(line.split()) < 3:
                        peer.sendall(b"334 \\r\\n")
                        lines.readline()
                    peer.sendall(b"235 welcome\\r\\n")
                else:
                    peer.sendall(b"250 fine\\r\\n")

        def imap(plain):
            secured = service == "imaps"
            peer = context.wrap_socket(plain, server_side=True) if secured else plain
            peer.sendall(b"* OK stub\\r\\n")
            lines = peer.makefile("rb")
            while line := lines.readline():
                tag, verb = line.split()[:2]
                if verb == b"CAPABILITY":
                    peer.sendall(b"* CAPABILITY IMAP4rev1 " + (b"AUTH=PLAIN SASL-IR" if secured else b"STARTTLS LOGINDISABLED")
                                 + b"\\r\\n" + tag + b" OK done\\r\\n")
                elif verb == b"STARTTLS":
                    peer.sendall(tag + b" OK go\\r\\n")
                    peer = context.wrap_socket(peer, server_side=True)
                    lines, secured = peer.makefile("rb"), True
                else:
                    peer.sendall(tag + b" OK TLS " + (b"yes" if secured else b"no") + b"\\r\\n")

        def https(plain):
            peer = context.wrap_socket(plain, server_side=True)
            lines = peer.makefile("rb")
            while lines.readline() not in (b"", b"\\r\\n"): pass
            peer.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nok")
            peer.unwrap()

        def serve(plain):
            try: {"https": https, "imap": imap, "imaps": imap}.get(service, smtp)(plain)
            except OSError: pass

        while True:
            threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
        """
}
