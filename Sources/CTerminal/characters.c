#define _GNU_SOURCE
#include "CTerminal.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <wchar.h>

// LC_CTYPE only: LC_NUMERIC must stay "C", or strtod and printf would want a decimal comma.
bool terminal_use_utf8(void) {
  if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return true;
  return setlocale(LC_CTYPE, "C.UTF-8") != NULL;
}

int terminal_scalar_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }
