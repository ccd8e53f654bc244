#include "CWebText.h"

#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <string.h>

int cwebtext_takes_mail(const char *domain) {
    struct __res_state state;
    memset(&state, 0, sizeof state);
    if (res_ninit(&state) != 0) return -1;
    state.retrans = 3;
    state.retry = 2;
    unsigned char answer[4096];
    int length = res_nquery(&state, domain, ns_c_in, ns_t_mx, answer, sizeof answer);
    int reason = state.res_h_errno;
    res_nclose(&state);
    if (length < 0) return reason == HOST_NOT_FOUND || reason == NO_DATA ? 0 : -1;
    if (length > (int)sizeof answer) length = sizeof answer;
    if (length < NS_HFIXEDSZ) return -1;
    const unsigned char *end = answer + length, *place = answer + NS_HFIXEDSZ;
    int questions = answer[4] << 8 | answer[5], records = answer[6] << 8 | answer[7], found = 0;
    while (questions-- > 0) {
        int skip = dn_skipname(place, end);
        if (skip < 0 || place + skip + NS_QFIXEDSZ > end) return -1;
        place += skip + NS_QFIXEDSZ;
    }
    while (records-- > 0) {
        int skip = dn_skipname(place, end);
        if (skip < 0 || place + skip + NS_RRFIXEDSZ > end) return -1;
        place += skip;
        int type = place[0] << 8 | place[1], size = place[8] << 8 | place[9];
        place += NS_RRFIXEDSZ;
        if (place + size > end) return -1;
        char name[NS_MAXDNAME];
        // Two bytes of preference stand before the name. The null MX of RFC 7505 is the root.
        if (type == ns_t_mx && size >= 3 && dn_expand(answer, end, place + 2, name, sizeof name) >= 0 && name[0] != 0 &&
            strcmp(name, ".") != 0)
            found = 1;
        place += size;
    }
    return found;
}
