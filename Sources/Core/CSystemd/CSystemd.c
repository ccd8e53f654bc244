#define _GNU_SOURCE
#define SD_JOURNAL_SUPPRESS_LOCATION
#include "CSystemd.h"

#include <errno.h>
#include <sys/timerfd.h>
#include <systemd/sd-journal.h>
#include <time.h>
#include <unistd.h>

int fourrunr_journal_send(const struct iovec *fields, int count) { return sd_journal_sendv(fields, count); }

static int arm(int descriptor) {
    struct itimerspec never = {.it_value = {.tv_sec = (time_t)0x7fffffffffLL}};
    return timerfd_settime(descriptor, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL) == 0 ? 0 : -errno;
}

int fourrunr_clock_set_descriptor(void) {
    int descriptor = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (descriptor < 0) return -errno;
    int result = arm(descriptor);
    if (result < 0) {
        close(descriptor);
        return result;
    }
    return descriptor;
}

int fourrunr_clock_set_acknowledge(int descriptor) {
    uint64_t expirations = 0;
    ssize_t count = read(descriptor, &expirations, sizeof expirations);
    int failure = count < 0 ? errno : 0;
    if (failure == EAGAIN || failure == EINTR) return 0;
    int result = arm(descriptor);
    if (failure != 0 && failure != ECANCELED) return -failure;
    // settime itself answers ECANCELED when the clock was set again meanwhile; the timer is armed all the same.
    if (result < 0 && result != -ECANCELED) return result;
    return failure == ECANCELED ? 1 : 0;
}
