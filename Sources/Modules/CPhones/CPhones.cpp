#include "CPhones.h"

#include <cstring>
#include <exception>
#include <string>

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumbermatch.h>
#include <phonenumbers/phonenumbermatcher.h>
#include <phonenumbers/phonenumberutil.h>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberMatch;
using i18n::phonenumbers::PhoneNumberMatcher;
using i18n::phonenumbers::PhoneNumberUtil;

static int kind(PhoneNumberUtil::PhoneNumberType type) {
    switch (type) {
    case PhoneNumberUtil::FIXED_LINE: return cphones_fixed;
    case PhoneNumberUtil::MOBILE: return cphones_mobile;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE: return cphones_fixed_or_mobile;
    case PhoneNumberUtil::TOLL_FREE: return cphones_toll_free;
    default: return cphones_other;
    }
}

static bool copy(const std::string &text, char *place, size_t size) {
    if (text.size() >= size) return false;
    std::memcpy(place, text.c_str(), text.size() + 1);
    return true;
}

extern "C" long cphones_find(const char *text, const char *region, struct cphones_match *matches, size_t limit) {
    try {
        const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
        // Fewer tries than the default bound the time that a page of nothing but digits takes.
        PhoneNumberMatcher matcher(util, text, region, PhoneNumberMatcher::VALID, 2000);
        long count = 0;
        while (static_cast<size_t>(count) < limit && matcher.HasNext()) {
            PhoneNumberMatch match;
            matcher.Next(&match);
            const PhoneNumber &number = match.number();
            struct cphones_match &found = matches[count];
            std::string formatted;
            util.Format(number, PhoneNumberUtil::E164, &formatted);
            if (!copy(match.raw_string(), found.written, sizeof found.written) ||
                !copy(formatted, found.number, sizeof found.number) ||
                !copy(number.has_extension() ? number.extension() : "", found.extension, sizeof found.extension))
                continue;
            found.kind = kind(util.GetNumberType(number));
            count++;
        }
        return count;
    } catch (const std::exception &) {
        return 0;
    }
}
