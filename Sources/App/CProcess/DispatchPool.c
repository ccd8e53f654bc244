#include "CProcess.h"

#include <stdbool.h>

// On Linux, libdispatch monitors the threads of its global queues with a timer that fires every second for as long as
// the program runs, and starts more threads while some of them block (src/event/workqueue.c). In this program nothing
// blocks on those threads: blocking work has a serial queue or its own thread. Both entry points of the monitor do
// nothing here, so that an idle daemon can sleep.
//
// These functions are linked first. The static libdispatch's workqueue.o defines no others, so it is left out of the
// program. In a dynamic build they are not used.

bool _dispatch_workq_worker_register(void *queue);
void _dispatch_workq_worker_unregister(void *queue);

bool _dispatch_workq_worker_register(void *queue) {
    (void)queue;
    return true;
}

void _dispatch_workq_worker_unregister(void *queue) { (void)queue; }
