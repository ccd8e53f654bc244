// What a process has to do in C: handle signals before Swift's `main`, and check whether another user can read a file.
#ifndef CPROCESS_H
#define CPROCESS_H

#include <stdbool.h>
#include <sys/types.h>

// Whether a SIGHUP has come since the last call, before another handler was installed.
bool cprocess_take_hangup(void);

// Ends the process at once with a status: no exit handlers run, and nothing is waited for.
void cprocess_exit_now(int status);

// Whether a user could open a file for reading: returns 0, or the errno of the attempt. Only root can ask about other
// users.
int cprocess_open_as(const char *path, uid_t user, gid_t group);

// Returns freed memory to the system, malloc_trim(3).
void cprocess_trim_memory(void);

#endif
