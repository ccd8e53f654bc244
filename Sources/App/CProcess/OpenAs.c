#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pthread.h>
#include <pwd.h>
#include <sys/fsuid.h>
#include <sys/syscall.h>
#include <unistd.h>

struct question {
    const char *path;
    uid_t user;
    gid_t group;
    int answer;
};

// Runs in its own thread: the ids belong to the thread that sets them, setfsuid(2), and end with it. The C library's
// setgroups would change all threads, so the system call is used directly.
static void *ask(void *context) {
    struct question *question = context;
    gid_t groups[256];
    int count = 256;
    struct passwd *entry = getpwuid(question->user);
    if (entry == NULL || getgrouplist(entry->pw_name, question->group, groups, &count) < 0) {
        groups[0] = question->group;
        count = 1;
    }
    if (syscall(SYS_setgroups, count, groups) != 0) {
        question->answer = errno;
        return NULL;
    }
    setfsgid(question->group);
    setfsuid(question->user);
    int descriptor = open(question->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    question->answer = descriptor < 0 ? errno : 0;
    if (descriptor >= 0) close(descriptor);
    return NULL;
}

int cprocess_open_as(const char *path, uid_t user, gid_t group) {
    struct question question = {path, user, group, EAGAIN};
    pthread_t thread;
    if (pthread_create(&thread, NULL, ask, &question) != 0) return EAGAIN;
    pthread_join(thread, NULL);
    return question.answer;
}
