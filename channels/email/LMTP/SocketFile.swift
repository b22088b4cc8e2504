#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The file of a unix socket.
enum SocketFile {
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let code: Int32

        var description: String {
            "\(path): the mode of the socket could not be set (\(String(cString: strerror(code)))); does its folder belong to the daemon?"
        }
    }

    static func setMode(_ mode: UInt16, of path: String) throws(Failure) {
        guard chmod(path, mode_t(mode)) == 0 else { throw Failure(path: path, code: errno) }
    }
}
