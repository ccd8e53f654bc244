#include "CProcess.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t hangups;

static void note_hangup(int number) {
    (void)number;
    hangups = 1;
}

// A handler rather than SIG_IGN, because a job's program would inherit SIG_IGN.
static void do_nothing(int number) { (void)number; }

static void install(int number, void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigaction(number, &action, NULL);
}

// A daemon should be ended by SIGTERM and SIGINT, but not by other signals that are sent by mistake: neither by a
// SIGHUP that comes before it listens for one, nor by signals that it does not use. This runs before `main`, because
// starting the runtime takes longer than everything before it.
__attribute__((constructor)) static void survive(int count, char **arguments) {
    if (count < 2 || strcmp(arguments[1], "serve") != 0) return;
    install(SIGHUP, note_hangup);
    const int useless[] = {SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSTKFLT, SIGXFSZ, SIGPIPE};
    for (size_t index = 0; index < sizeof useless / sizeof *useless; index++) install(useless[index], do_nothing);
    for (int number = SIGRTMIN; number <= SIGRTMAX; number++) install(number, do_nothing);
}

bool cprocess_take_hangup(void) {
    bool came = hangups != 0;
    hangups = 0;
    return came;
}

void cprocess_exit_now(int status) { _exit(status); }
