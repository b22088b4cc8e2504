// GNU libidn2: domain names of every script as the DNS knows them (IDNA 2008, UTS 46). Debian: libidn2-dev.
#include <idn2.h>
