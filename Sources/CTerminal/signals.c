#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { patience = 3 };  // seconds, and Ctrl-Cs, before a signal that nobody takes is obeyed

static int wake[2] = {-1, -1};
static volatile sig_atomic_t got_int, got_end_int, got_term, got_hup;
static volatile sig_atomic_t got_winch, got_tstp, got_cont;
static volatile sig_atomic_t is_interactive, has_modes, is_editing;
static struct termios modes;
static const char *note;
static size_t note_length;

static bool has_terminal(void) { return has_modes && tcgetpgrp(STDIN_FILENO) == getpgrp(); }

// TCSANOW: draining would wait for ever on a terminal held by Ctrl-S. From the background
// tcsetattr would stop us, or spoil the modes of the shell that has the terminal.
void terminal_restore_modes(void) {
  if (!has_terminal()) return;
  if (is_editing) {
    static const char off[] = "\033[?2004l\033[0m";
    (void)!write(STDOUT_FILENO, off, sizeof off - 1);
  }
  (void)tcsetattr(STDIN_FILENO, TCSANOW, &modes);
}

void terminal_die(int signo) {
  terminal_restore_modes();
  signal(signo, SIG_DFL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signo);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  raise(signo);
  _exit(128 + signo);  // process 1 of a container survives its own signals
}

// A flag alone would make a loop that never looks at it deaf to TERM and HUP, an orphan that
// eats a core when its terminal closes.
static void on_alarm(int signo) {
  (void)signo;
  terminal_die(got_hup ? SIGHUP : got_term ? SIGTERM : SIGINT);
}

static void on_signal(int signo) {
  int saved = errno;
  switch (signo) {
  case SIGINT:
    if (++got_int >= patience) terminal_die(SIGINT);
    if (!is_interactive) {
      got_end_int = 1;
      alarm(patience);
    }
    break;
  case SIGTERM: got_term = 1; alarm(patience); break;
  case SIGHUP: got_hup = 1; alarm(patience); break;
  case SIGWINCH: got_winch = 1; break;
  case SIGTSTP: got_tstp = 1; break;
  case SIGCONT: got_cont = 1; break;
  }
  char byte = (char)signo;
  (void)!write(wake[1], &byte, 1);
  errno = saved;
}

static void on_crash(int signo) {
  terminal_restore_modes();
  if (is_editing) (void)!write(STDERR_FILENO, "\n", 1);
  if (signo != SIGQUIT && note) (void)!write(STDERR_FILENO, note, note_length);
  raise(signo);  // SA_RESETHAND: the default action now
}

// nohup(1), and `&` without job control, start us with a signal ignored: it stays so.
static void handle(int signo, void (*handler)(int), int flags) {
  struct sigaction old, new;
  if (sigaction(signo, NULL, &old) == 0 && old.sa_handler == SIG_IGN) return;
  memset(&new, 0, sizeof new);
  new.sa_handler = handler;
  new.sa_flags = flags;
  sigemptyset(&new.sa_mask);
  sigaction(signo, &new, NULL);
}

int terminal_install_signals(bool interactive, const char *crash_note) {
  if (wake[0] >= 0) return 0;
  if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0) return errno;
  is_interactive = interactive;
  note = crash_note;
  note_length = crash_note ? strlen(crash_note) : 0;
  if (interactive && tcgetattr(STDIN_FILENO, &modes) == 0) {
    has_modes = 1;
    atexit(terminal_restore_modes);
  }

  // SA_RESTART: only what polls the wake pipe may notice a signal.
  handle(SIGINT, on_signal, SA_RESTART);
  handle(SIGTERM, on_signal, SA_RESTART);
  handle(SIGHUP, on_signal, SA_RESTART);
  handle(SIGALRM, on_alarm, SA_RESTART);
  if (interactive) {
    handle(SIGWINCH, on_signal, SA_RESTART);
    handle(SIGCONT, on_signal, SA_RESTART);
  }

  static char stack[65536];  // lets on_crash run after a stack overflow
  stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&other, NULL);
  static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
  int once = (int)(SA_RESETHAND | SA_NODEFER | SA_ONSTACK);
  for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) handle(crashes[i], on_crash, once);
  if (interactive) handle(SIGQUIT, on_crash, once);
  signal(SIGPIPE, SIG_IGN);  // writes report EPIPE instead
  return 0;
}

int terminal_signal_descriptor(void) { return wake[0]; }

void terminal_drain_signals(void) {
  char bytes[64];
  while (read(wake[0], bytes, sizeof bytes) > 0) {
  }
}

static bool take(volatile sig_atomic_t *flag) {
  bool taken = *flag != 0;
  if (taken) *flag = 0;
  return taken;
}

static bool is_stopped;  // by a Ctrl-C since the present command began

void terminal_begin_command(void) { is_stopped = false; }

bool terminal_is_stopped(void) {
  is_stopped = terminal_take_interrupt() || is_stopped;
  return is_stopped || terminal_ending_signal() != 0;
}

bool terminal_take_interrupt(void) { return take(&got_int); }
bool terminal_take_resize(void) { return take(&got_winch); }
bool terminal_take_suspend(void) { return take(&got_tstp); }
bool terminal_take_continue(void) { return take(&got_cont); }

int terminal_ending_signal(void) {
  return got_hup ? SIGHUP : got_term ? SIGTERM : got_end_int ? SIGINT : 0;
}

void terminal_begin_editing(void) {
  got_cont = 0;
  is_editing = 1;
  handle(SIGTSTP, on_signal, SA_RESTART);
}

void terminal_end_editing(void) {
  handle(SIGTSTP, SIG_DFL, 0);
  is_editing = 0;
  if (terminal_take_suspend()) raise(SIGTSTP);
}

void terminal_stop(void) {
  handle(SIGTSTP, SIG_DFL, 0);
  raise(SIGTSTP);
  handle(SIGTSTP, on_signal, SA_RESTART);
}
