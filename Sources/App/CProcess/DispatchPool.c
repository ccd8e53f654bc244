#include "CProcess.h"

#include <stdbool.h>

// libdispatch on Linux watches the threads of its global queues from a timer that rings every second for as long as the
// program lives, and starts more of them while some block (src/event/workqueue.c). Here nothing blocks on those threads:
// what does has a serial queue or a thread of its own. An idle daemon is to sleep, so both ways into that part do nothing.
//
// Being linked first, these keep workqueue.o of the static libdispatch out of the program, as it defines nothing else; in a
// dynamic build they are not used.

bool _dispatch_workq_worker_register(void *queue);
void _dispatch_workq_worker_unregister(void *queue);

bool _dispatch_workq_worker_register(void *queue) {
    (void)queue;
    return true;
}

void _dispatch_workq_worker_unregister(void *queue) { (void)queue; }
