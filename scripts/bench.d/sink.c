/* A mail server that takes everything and keeps nothing: what the daemon's acknowledgements go to during a benchmark.
 *
 * usage: sink      (prints the port it listens on at 127.0.0.1, then serves until it is killed or its stdin ends)
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define CONNECTIONS 1024

/* `tail` holds the last bytes of the data, to find its end across reads. */
static struct session { int in_data; char line[512]; size_t length; char tail[5]; } *sessions[CONNECTIONS];

static void answer(int socket, const char *text) { (void)!send(socket, text, strlen(text), MSG_NOSIGNAL); }

static void command(int socket, struct session *session)
{
    const char *line = session->line;
    if (strncasecmp(line, "EHLO", 4) == 0) answer(socket, "250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n");
    else if (strncasecmp(line, "DATA", 4) == 0) {
        session->in_data = 1;
        memcpy(session->tail, "\0\0\0\r\n", 5);
        answer(socket, "354 go on\r\n");
    } else if (strncasecmp(line, "QUIT", 4) == 0) answer(socket, "221 bye\r\n");
    else answer(socket, "250 fine\r\n");
}

static void take(int socket, struct session *session, const char *bytes, size_t length)
{
    for (size_t index = 0; index < length; index++) {
        if (session->in_data) {
            memmove(session->tail, session->tail + 1, 4);
            session->tail[4] = bytes[index];
            if (memcmp(session->tail, "\r\n.\r\n", 5) != 0) continue;
            session->in_data = 0;
            answer(socket, "250 kept\r\n");
            continue;
        }
        if (session->length < sizeof session->line - 1) session->line[session->length++] = bytes[index];
        if (bytes[index] != '\n') continue;
        session->line[session->length] = 0;
        session->length = 0;
        command(socket, session);
    }
}

static void finish(int signal)
{
    (void)signal;
    _exit(0);
}

int main(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), loop = epoll_create1(0);
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 128)) { perror("sink"); return 1; }
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    signal(SIGTERM, finish);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[64];
    epoll_ctl(loop, EPOLL_CTL_ADD, listener, &event);
    event.data.fd = 0;
    epoll_ctl(loop, EPOLL_CTL_ADD, 0, &event);
    static char bytes[65536];
    for (;;) {
        int count = epoll_wait(loop, events, 64, -1);
        for (int index = 0; index < count; index++) {
            int socket = events[index].data.fd;
            if (socket == listener) {
                int peer = accept4(listener, 0, 0, SOCK_NONBLOCK), on = 1;
                if (peer < 0 || peer >= CONNECTIONS) { if (peer >= 0) close(peer); continue; }
                setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                free(sessions[peer]);
                sessions[peer] = calloc(1, sizeof *sessions[peer]);
                if (!sessions[peer]) return 1;
                event.data.fd = peer;
                epoll_ctl(loop, EPOLL_CTL_ADD, peer, &event);
                answer(peer, "220 sink\r\n");
                continue;
            }
            ssize_t length = read(socket, bytes, sizeof bytes);
            if (length < 0 && errno == EAGAIN) continue;
            if (socket == 0 && length <= 0) return 0;
            if (socket == 0) continue;
            if (length <= 0) { close(socket); continue; }
            take(socket, sessions[socket], bytes, (size_t)length);
        }
    }
}
