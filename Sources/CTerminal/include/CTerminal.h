#ifndef CTERMINAL_H
#define CTERMINAL_H
// What must be async-signal-safe, or is out of Swift's sight: signals, terminal modes, wcwidth.
#include <stdbool.h>
#include <stdint.h>

// Handles INT, TERM and HUP; for a person at a terminal also QUIT, WINCH and CONT, and saves the
// terminal's modes. Ignores PIPE. A crash restores the terminal and writes `crash_note`, which
// must live for ever, to standard error. Returns 0, or an errno.
int terminal_install_signals(bool interactive, const char *crash_note);

// Becomes readable when a handled signal has arrived; -1 before the handlers are installed.
int terminal_signal_descriptor(void);
void terminal_drain_signals(void);

// Whether Ctrl-C was pressed since the last call.
bool terminal_take_interrupt(void);

// Forgets the Ctrl-C that has stopped an earlier command.
void terminal_begin_command(void);

// Whether a Ctrl-C has come since then, or the program is to end.
bool terminal_is_stopped(void);

// The signal that asks the program to end: SIGHUP, SIGTERM, in a batch SIGINT as well; else 0.
int terminal_ending_signal(void);
bool terminal_take_resize(void);
bool terminal_take_suspend(void);
bool terminal_take_continue(void);

// Ctrl-Z is ours between these two, when the terminal is raw, and the system's otherwise.
void terminal_begin_editing(void);
void terminal_end_editing(void);
// Stops here as Ctrl-Z does, until SIGCONT.
void terminal_stop(void);

// The modes at the start, unless another process now has the terminal.
void terminal_restore_modes(void);
_Noreturn void terminal_die(int signo);

// Sets LC_CTYPE, and nothing else, to a UTF-8 locale; false when there is none.
bool terminal_use_utf8(void);
// Columns on the screen, -1 for a control character.
int terminal_scalar_width(uint32_t scalar);
#endif
