#include "benchmark.h"

#include <stdio.h>
#include <time.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

double processor_time(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

void print_row(const char *format, const double *n) {
  static char buffer[ROW_BYTES];
  snprintf(
      buffer, sizeof buffer, format, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9],
      n[10], n[11], n[12], n[13], n[14], n[15]);
}

size_t heap_in_use(void) {
#if defined(__GLIBC__)
  struct mallinfo2 heap = mallinfo2();
  return heap.uordblks + heap.hblkhd;
#else
  return 0;
#endif
}
