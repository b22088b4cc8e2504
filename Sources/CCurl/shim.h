/* Typed doors to libcurl's variadic functions, which Swift cannot call.
 * No logic here: each function sets or reads one thing. */
#ifndef HAMDEL_CCURL_SHIM_H
#define HAMDEL_CCURL_SHIM_H

#include <curl/curl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>

typedef size_t (*hamdel_curl_bytes)(char *bytes, size_t size, size_t count, void *context);
typedef int (*hamdel_curl_debug)(CURL *easy, curl_infotype kind, char *bytes, size_t count,
                                 void *context);
typedef int (*hamdel_curl_progress)(void *context, curl_off_t dltotal, curl_off_t dlnow,
                                    curl_off_t ultotal, curl_off_t ulnow);

static inline CURLcode hamdel_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode hamdel_curl_set_size(CURL *easy, CURLoption option, long long value) {
    return curl_easy_setopt(easy, option, (curl_off_t)value);
}

static inline CURLcode hamdel_curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode hamdel_curl_set_list(CURL *easy, CURLoption option,
                                            struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode hamdel_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

/* Copies the bytes; the size must have been set before (CURLOPT_POSTFIELDSIZE_LARGE). */
static inline CURLcode hamdel_curl_copy_body(CURL *easy, const void *bytes) {
    return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes);
}

static inline CURLcode hamdel_curl_set_bytes(CURL *easy, CURLoption option,
                                             hamdel_curl_bytes callback) {
    return curl_easy_setopt(easy, option, callback);
}

static inline CURLcode hamdel_curl_set_debug(CURL *easy, hamdel_curl_debug callback) {
    return curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, callback);
}

static inline CURLcode hamdel_curl_set_progress(CURL *easy, hamdel_curl_progress callback) {
    return curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, callback);
}

typedef curl_socket_t (*hamdel_curl_open)(void *context, curlsocktype purpose,
                                          struct curl_sockaddr *address);

static inline CURLcode hamdel_curl_set_open(CURL *easy, hamdel_curl_open callback) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, callback);
}

/* The IP address behind a resolved name: 4 or 16 bytes in network order, or 0 for another family. */
static inline int hamdel_curl_address(const struct curl_sockaddr *address, unsigned char *bytes) {
    if (address->family == AF_INET) {
        memcpy(bytes, &((const struct sockaddr_in *)(const void *)&address->addr)->sin_addr, 4);
        return 4;
    }
    if (address->family == AF_INET6) {
        memcpy(bytes, &((const struct sockaddr_in6 *)(const void *)&address->addr)->sin6_addr, 16);
        return 16;
    }
    return 0;
}

/* What libcurl itself would open. */
static inline curl_socket_t hamdel_curl_open_socket(const struct curl_sockaddr *address) {
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static inline curl_socket_t hamdel_curl_no_socket(void) { return CURL_SOCKET_BAD; }

static inline long hamdel_curl_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

/* The socket of a connection that was opened with CURLOPT_CONNECT_ONLY; CURL_SOCKET_BAD without one. */
static inline curl_socket_t hamdel_curl_active_socket(CURL *easy) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket);
    return socket;
}

static inline CURLMcode hamdel_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

/* The next finished transfer: 1 and its handle and result, or 0. */
static inline int hamdel_curl_multi_next_done(CURLM *multi, CURL **easy, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE) {
            *easy = message->easy_handle;
            *result = message->data.result;
            return 1;
        }
    }
    return 0;
}

static inline CURLcode hamdel_curl_global_init(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* Names the calling thread; the kernel keeps 15 bytes. */
static inline void hamdel_curl_name_thread(const char *name) {
    prctl(PR_SET_NAME, (unsigned long)name, 0, 0, 0);
}

static inline size_t hamdel_curl_write_pause(void) { return CURL_WRITEFUNC_PAUSE; }
static inline size_t hamdel_curl_read_abort(void) { return CURL_READFUNC_ABORT; }

/* When the first certificate of the last connection ends, in seconds since 1970; -1 when none was shown. */
static inline long long hamdel_curl_certificate_expiry(CURL *easy) {
    struct curl_certinfo *chain = NULL;
    if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == NULL ||
        chain->num_of_certs < 1)
        return -1;
    for (struct curl_slist *entry = chain->certinfo[0]; entry != NULL; entry = entry->next)
        if (strncmp(entry->data, "Expire date:", 12) == 0)
            return (long long)curl_getdate(entry->data + 12, NULL);
    return -1;
}

#endif
