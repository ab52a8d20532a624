#ifndef CLIBEDIT_SHIM_H
#define CLIBEDIT_SHIM_H
// Swift cannot call the variadic el_set, el_get and history, nor, in Swift 6, read the C globals
// stdin, stdout and stderr: one function for each operation keeps every call type-checked.
#include <histedit.h>
#include <stdio.h>
#include <wchar.h>

typedef char *(*libedit_prompt)(EditLine *);
typedef unsigned char (*libedit_key)(EditLine *, int);
typedef int (*libedit_getc)(EditLine *, wchar_t *);

static inline EditLine *libedit_init(const char *program) {
  return el_init(program, stdin, stdout, stderr);
}
static inline void libedit_flush(void) { (void)fflush(stdout); }

// `bracket` encloses what takes no room on the screen. It must not be the prompt's last byte.
static inline int libedit_set_prompt(EditLine *e, libedit_prompt f, char bracket) {
  return el_set(e, EL_PROMPT_ESC, f, (int)bracket);
}
static inline int libedit_set_editor(EditLine *e, const char *mode) {
  return el_set(e, EL_EDITOR, mode);
}
static inline int libedit_set_signal(EditLine *e, int on) { return el_set(e, EL_SIGNAL, on); }
static inline int libedit_set_history(EditLine *e, History *h) {
  return el_set(e, EL_HIST, history, h);
}
static inline int libedit_set_owner(EditLine *e, void *owner) {
  return el_set(e, EL_CLIENTDATA, owner);
}
static inline void *libedit_owner(EditLine *e) {
  void *owner = NULL;
  return el_get(e, EL_CLIENTDATA, &owner) == 0 ? owner : NULL;
}
// libedit copies `name` and `help` and never frees them.
static inline int libedit_add_function(
    EditLine *e, const char *name, const char *help, libedit_key f) {
  return el_set(e, EL_ADDFN, name, help, f);
}
static inline int libedit_bind(EditLine *e, const char *key, const char *function) {
  return el_set(e, EL_BIND, key, function, NULL);
}
static inline int libedit_set_getc(EditLine *e, libedit_getc f) {
  return el_set(e, EL_GETCFN, f);
}
static inline int libedit_set_raw(EditLine *e, int raw) { return el_set(e, EL_PREP_TERM, raw); }
static inline int libedit_refresh(EditLine *e) { return el_set(e, EL_REFRESH); }
static inline int libedit_edits(EditLine *e) {
  int on = 0;
  return el_get(e, EL_EDITMODE, &on) == 0 ? on : 0;
}
static inline int libedit_is_vi(EditLine *e) {
  const char *mode = NULL;
  return el_get(e, EL_EDITOR, &mode) == 0 && mode && mode[0] == 'v';
}

static inline int libedit_history_limit(History *h, int lines) {
  HistEvent event;
  return history(h, &event, H_SETSIZE, lines);
}
static inline int libedit_history_skip_repeats(History *h) {
  HistEvent event;
  return history(h, &event, H_SETUNIQUE, 1);
}
static inline int libedit_history_enter(History *h, const char *line) {
  HistEvent event;
  return history(h, &event, H_ENTER, line);
}
#endif
