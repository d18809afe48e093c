/* tracer: run a command and interfere with the Nth system call by which it, or a program that it
 * starts, changes something below a folder.
 *
 *   tracer FOLDER N ACTION LOG COMMAND...
 *
 * ACTION  none        only write the calls to LOG, one per line
 *         kill        SIGKILL for everything that runs, before the call is made
 *         int term hup    the signal for the command itself; the call goes on
 *         eio         this one call fails with EIO
 *         enospc      this call and all later ones that need room fail with ENOSPC
 *
 * Exits as the command did, with 128 + n after signal n, and with 125 for a failure of its own.
 * Linux on x86-64. Everything is stopped at every system call: slow, but nothing is missed,
 * not even calls that are made without the C library.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __x86_64__
#error "the registers are those of x86-64"
#endif

enum { FD = 1, PATH = 2, AT = 3 };

/* Which argument names what is changed, and whether the call needs room on the device. */
static const struct call { long number; const char *name; int how, argument, room; } CALLS[] = {
    {SYS_write, "write", FD, 0, 1},           {SYS_pwrite64, "pwrite64", FD, 0, 1},
    {SYS_writev, "writev", FD, 0, 1},         {SYS_sendfile, "sendfile", FD, 0, 1},
    {SYS_copy_file_range, "copy_file_range", FD, 2, 1},
    {SYS_ftruncate, "ftruncate", FD, 0, 0},   {SYS_fallocate, "fallocate", FD, 0, 1},
    {SYS_fsync, "fsync", FD, 0, 0},           {SYS_fdatasync, "fdatasync", FD, 0, 0},
    {SYS_syncfs, "syncfs", FD, 0, 0},         {SYS_fchmod, "fchmod", FD, 0, 0},
    {SYS_open, "open", PATH, 0, 1},           {SYS_creat, "creat", PATH, 0, 1},
    {SYS_mkdir, "mkdir", PATH, 0, 1},         {SYS_rmdir, "rmdir", PATH, 0, 0},
    {SYS_unlink, "unlink", PATH, 0, 0},       {SYS_rename, "rename", PATH, 1, 1},
    {SYS_link, "link", PATH, 1, 1},           {SYS_symlink, "symlink", PATH, 1, 1},
    {SYS_chmod, "chmod", PATH, 0, 0},         {SYS_truncate, "truncate", PATH, 0, 0},
    {SYS_openat, "openat", AT, 0, 1},         {SYS_mkdirat, "mkdirat", AT, 0, 1},
    {SYS_unlinkat, "unlinkat", AT, 0, 0},     {SYS_fchmodat, "fchmodat", AT, 0, 0},
    {SYS_renameat, "renameat", AT, 2, 1},     {SYS_renameat2, "renameat2", AT, 2, 1},
    {SYS_linkat, "linkat", AT, 2, 1},         {SYS_symlinkat, "symlinkat", AT, 1, 1},
};

static pid_t tasks[1024];  /* everything that runs */
static int failing[1024];  /* the error that the current call of the task is to return */
static int count;

static int slot(pid_t task) {
    for (int i = 0; i < count; i++)
        if (tasks[i] == task) return i;
    if (count == 1024) exit(125);
    tasks[count] = task, failing[count] = 0;
    return count++;
}

static void forget(pid_t task) {
    int i = slot(task);
    tasks[i] = tasks[--count], failing[i] = failing[count];
}

static void link_target(char *out, size_t size, const char *format, pid_t task, int fd) {
    char link[64];
    snprintf(link, sizeof link, format, task, fd);
    ssize_t length = readlink(link, out, size - 1);
    out[length < 0 ? 0 : length] = 0;
}

/* The string at an address of the task; read in pieces that end where pages may end. */
static void string_at(char *out, size_t size, pid_t task, unsigned long address) {
    size_t have = 0;
    while (have + 512 < size) {
        size_t piece = 512 - (address + have) % 512;
        struct iovec here = {out + have, piece}, there = {(void *)(address + have), piece};
        if (process_vm_readv(task, &here, 1, &there, 1, 0) <= 0) break;
        if (memchr(out + have, 0, piece)) return;
        have += piece;
    }
    out[have] = 0;
}

/* What the call changes, as a path. A `..` in it is left alone: none of our subjects uses one. */
static void subject(char *out, size_t size, pid_t task, const struct call *call, const __uint64_t *args) {
    char name[4096] = "", folder[4096] = "";
    int fd = (int)args[call->argument];
    if (call->how == FD) {
        link_target(out, size, "/proc/%d/fd/%d", task, fd);
        return;
    }
    string_at(name, sizeof name, task, args[call->argument + (call->how == AT)]);
    if (name[0] != '/') {
        if (call->how == PATH || fd == AT_FDCWD) link_target(folder, sizeof folder, "/proc/%d/cwd", task, 0);
        else link_target(folder, sizeof folder, "/proc/%d/fd/%d", task, fd);
    }
    snprintf(out, size, "%s%s%s", folder, folder[0] ? "/" : "", name);
}

static int opens_to_read(const struct call *call, const __uint64_t *args) {
    int change = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
    if (call->number == SYS_open) return !(args[1] & change);
    if (call->number == SYS_openat) return !(args[2] & change);
    return 0;
}

/* Ours: the folder itself only as the place of a sync. */
static int below(const char *path, const char *folder) {
    size_t length = strlen(folder);
    return !strncmp(path, folder, length) && (path[length] == '/' || path[length] == 0);
}

static void launch(char **command, int gate) {
    char byte;
    setpgid(0, 0);
    /* A shell in the background hands SIGINT down ignored; the command must see it. */
    for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
    if (read(gate, &byte, 1) != 1) _exit(125);
    close(gate);
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

static pid_t begin(char **command) {
    int gate[2], status;
    if (pipe2(gate, O_CLOEXEC)) exit(125);
    pid_t child = fork();
    if (!child) launch(command, gate[0]);
    long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
                   PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
    if (child < 0 || ptrace(PTRACE_SEIZE, child, 0, options) || ptrace(PTRACE_INTERRUPT, child, 0, 0) ||
        waitpid(child, &status, 0) != child) {
        perror("tracer");
        exit(125);
    }
    slot(child);
    ptrace(PTRACE_SYSCALL, child, 0, 0);
    if (write(gate[1], "x", 1) != 1) exit(125);
    close(gate[0]);
    close(gate[1]);
    return child;
}

static const char *folder, *action;
static long wanted, seen;
static FILE *journal;
static pid_t command;

/* Counts the call a task is about to make, and interferes. Returns the error it has to fail with. */
static int enter(pid_t task, const struct __ptrace_syscall_info *info) {
    const struct call *call = NULL;
    char path[8200];
    for (size_t i = 0; i < sizeof CALLS / sizeof *CALLS; i++)
        if (CALLS[i].number == (long)info->entry.nr) call = &CALLS[i];
    if (!call || opens_to_read(call, info->entry.args)) return 0;
    subject(path, sizeof path, task, call, info->entry.args);
    if (!below(path, folder)) return 0;
    seen++;
    fprintf(journal, "%ld %s %s\n", seen, call->name, path);
    if (!strcmp(action, "enospc")) return wanted && seen >= wanted && call->room ? ENOSPC : 0;
    if (seen != wanted) return 0;
    if (!strcmp(action, "eio")) return EIO;
    if (!strcmp(action, "kill"))
        for (int i = 0; i < count; i++) kill(tasks[i], SIGKILL);
    if (!strcmp(action, "int")) kill(command, SIGINT);
    if (!strcmp(action, "term")) kill(command, SIGTERM);
    if (!strcmp(action, "hup")) kill(command, SIGHUP);
    return 0;
}

static void at_call(pid_t task) {
    struct __ptrace_syscall_info info;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, task, sizeof info, &info) <= 0) return;
    int i = slot(task);
    if (info.op == PTRACE_SYSCALL_INFO_ENTRY && (failing[i] = enter(task, &info)))
        ptrace(PTRACE_POKEUSER, task, offsetof(struct user_regs_struct, orig_rax), -1L);
    else if (info.op == PTRACE_SYSCALL_INFO_EXIT && failing[i]) {
        ptrace(PTRACE_POKEUSER, task, offsetof(struct user_regs_struct, rax), (long)-failing[i]);
        failing[i] = 0;
    }
}

int main(int argc, char **argv) {
    if (argc < 6 || !(journal = fopen(argv[4], "we"))) return 125;
    folder = argv[1], wanted = atol(argv[2]), action = argv[3];
    command = begin(argv + 5);
    int status, result = 125;
    for (pid_t task; (task = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR;) {
        if (task < 0) continue;
        if (!WIFSTOPPED(status)) {
            if (task == command) result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            forget(task);
            continue;
        }
        slot(task);
        int signal = WSTOPSIG(status), event = status >> 16;
        if (signal == (SIGTRAP | 0x80)) at_call(task);
        /* Stops of the tracing itself are not signals to hand on. */
        int deliver = signal == (SIGTRAP | 0x80) || event ? 0 : signal;
        ptrace(PTRACE_SYSCALL, task, 0, deliver);
    }
    fclose(journal);
    return result;
}
