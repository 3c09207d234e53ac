/* Preloaded into a JVM, kills it as a defect of FFmpeg would: when it is given a packet with the magic words in it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The beginning of FFmpeg's AVPacket. */
struct packet {
  void *buf;
  int64_t pts, dts;
  uint8_t *data;
  int size;
};

static void *loaded;

static int find(struct dl_phdr_info *library, size_t size, void *name) {
  (void)size;
  if (strstr(library->dlpi_name, name)) {
    loaded = dlopen(library->dlpi_name, RTLD_LAZY | RTLD_NOLOAD);
  }
  return loaded != NULL;
}

static void *original(char *library, const char *function) {
  loaded = NULL;
  dl_iterate_phdr(find, library);
  return dlsym(loaded, function);
}

static void die_of(const struct packet *packet, const char *magic) {
  if (packet && packet->data && memmem(packet->data, packet->size, magic, strlen(magic))) {
    abort();
  }
}

int avcodec_send_packet(void *context, const struct packet *packet) {
  static int (*real)(void *, const struct packet *);
  if (!real) {
    real = original("libavcodec.so", "avcodec_send_packet");
  }
  die_of(packet, "KILLS THE DECODER");
  return real(context, packet);
}

int av_read_frame(void *context, struct packet *packet) {
  static int (*real)(void *, struct packet *);
  if (!real) {
    real = original("libavformat.so", "av_read_frame");
  }
  int result = real(context, packet);
  die_of(packet, "KILLS THE DEMUXER");
  return result;
}
