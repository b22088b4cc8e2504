#include "phone_number.h"

#include <phonenumbers/phonenumbermatch.h>
#include <phonenumbers/phonenumbermatcher.h>
#include <phonenumbers/phonenumberutil.h>

#include <cstring>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberMatch;
using i18n::phonenumbers::PhoneNumberMatcher;
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

extern "C" size_t hamdel_phone_find(const char *text, size_t count, const char *region,
                                    hamdel_phone_number *numbers, size_t capacity) {
    size_t found = 0;
    if (count == 0 || count > 4096) return 0;
    try {
        const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
        PhoneNumberMatcher matcher(util, std::string(text, count), region,
                                   PhoneNumberMatcher::VALID, 1000);
        PhoneNumberMatch match;
        while (found < capacity && matcher.HasNext() && matcher.Next(&match)) {
            std::string e164;
            util.Format(match.number(), PhoneNumberUtil::E164, &e164);
            hamdel_phone_number &number = numbers[found];
            number.e164[0] = '\0';
            number.extension[0] = '\0';
            if (!copy(e164, number.e164, sizeof number.e164)) continue;
            if (!copy(match.number().extension(), number.extension, sizeof number.extension))
                number.extension[0] = '\0';
            found += 1;
        }
    } catch (...) {
        return 0;
    }
    return found;
}

extern "C" int hamdel_phone_knows_region(const char *region) {
    try {
        return PhoneNumberUtil::GetInstance()->GetCountryCodeForRegion(region) != 0;
    } catch (...) {
        return 0;
    }
}
