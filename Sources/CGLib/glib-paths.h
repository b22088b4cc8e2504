// This module exists so that SwiftPM asks pkg-config where GLib's headers are.
// Only the C code in CGMime includes them.
