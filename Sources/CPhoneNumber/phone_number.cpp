#include "phone_number.h"

#include <phonenumbers/phonenumberutil.h>

#include <cstring>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

bool copy(const std::string &from, char *to, size_t capacity) {
    if (from.size() >= capacity) return false;
    std::memcpy(to, from.data(), from.size());
    to[from.size()] = '\0';
    return true;
}

}  // namespace

extern "C" hamdel_phone_verdict hamdel_phone_read(const char *text, size_t count,
                                                  const char *region,
                                                  hamdel_phone_number *number) {
    number->e164[0] = '\0';
    number->extension[0] = '\0';
    if (count == 0 || count > 250) return HAMDEL_PHONE_UNREADABLE;
    // No C++ exception may reach Swift.
    try {
        const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
        PhoneNumber parsed;
        if (util.Parse(std::string(text, count), region, &parsed) !=
            PhoneNumberUtil::NO_PARSING_ERROR)
            return HAMDEL_PHONE_UNREADABLE;
        std::string e164;
        util.Format(parsed, PhoneNumberUtil::E164, &e164);
        if (!copy(e164, number->e164, sizeof number->e164) ||
            !copy(parsed.extension(), number->extension, sizeof number->extension))
            return HAMDEL_PHONE_UNREADABLE;
        return util.IsValidNumber(parsed) ? HAMDEL_PHONE_VALID : HAMDEL_PHONE_INVALID;
    } catch (...) {
        return HAMDEL_PHONE_UNREADABLE;
    }
}

extern "C" int hamdel_phone_knows_region(const char *region) {
    try {
        return PhoneNumberUtil::GetInstance()->GetCountryCodeForRegion(region) != 0;
    } catch (...) {
        return 0;
    }
}
