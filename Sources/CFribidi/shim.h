// GNU FriBidi: the Unicode bidirectional algorithm (UAX #9) and Arabic joining and shaping.
// Debian: libfribidi-dev. Its headers include each other by relative name, so no flags are needed.
#include <fribidi/fribidi.h>
