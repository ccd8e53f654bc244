// What the Systemd room needs of libsystemd and of timerfd, which Glibc as Swift imports it does not have.
#pragma once

#include <stdint.h>
#include <sys/uio.h>
#include <systemd/sd-daemon.h>

/// As sd_journal_sendv(3): each vector is "FIELD=value". Declared here, since sd-journal.h hides the plain function
/// behind a macro that Swift cannot see.
int fourrunr_journal_send(const struct iovec *fields, int count);

/// A timerfd on CLOCK_REALTIME that never expires but is cancelled when that clock is set (TFD_TIMER_CANCEL_ON_SET).
/// Returns the descriptor, or -errno.
int fourrunr_clock_set_descriptor(void);

/// Reads and re-arms such a descriptor. Returns 1 if the clock was set, 0 if not, -errno on failure.
int fourrunr_clock_set_acknowledge(int descriptor);
