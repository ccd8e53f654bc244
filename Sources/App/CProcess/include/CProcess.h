// What a process has to be told in C: its signals before Swift's `main`, and a look at a file with another user's eyes.
#ifndef CPROCESS_H
#define CPROCESS_H

#include <stdbool.h>
#include <sys/types.h>

// Whether a SIGHUP came since the last time this was asked, before anything else took it over.
bool cprocess_take_hangup(void);

// Ends the process with a status at once: no handlers, no waiting for anybody.
void cprocess_exit_now(int status);

// Whether a user could open a file for reading: 0, or the errno that it would meet. Only root can ask for others.
int cprocess_open_as(const char *path, uid_t user, gid_t group);

// Gives memory that was freed back to the system, malloc_trim(3).
void cprocess_trim_memory(void);

#endif
