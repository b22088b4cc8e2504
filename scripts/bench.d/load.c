/* The load: hands mails to an LMTP socket over many connections, one thread, and measures each acknowledgement.
 *
 * usage: load SOCKET MAILS FIRST COUNT CONNECTIONS [RATE [SEED]]
 *
 * Without RATE every connection sends its next mail as soon as the last one was answered. With RATE mails fall due at
 * random times (Poisson) at that many a second, whether or not a connection is free, and the time is taken from when a
 * mail fell due: waiting counts. The time of a mail runs from MAIL FROM (or its due time) to the last byte of the reply to
 * its data. The envelope is pipelined up to DATA (RFC 2920). Prints one JSON object; all times in milliseconds.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <unistd.h>
#include "mails.h"

#define RECIPIENT "support@example.org"
#define SILENCE_MS 60000

/* A mail as it goes over the wire: envelope, and dot-stuffed data with its end. */
struct wire {
    char *envelope, *data;
    size_t envelope_length, data_length;
    double due, sent, answered;
};

enum phase { GREETING, HELLO, IDLE, ENVELOPE, DATA };

struct connection {
    int socket;
    enum phase phase;
    int replies, refused;
    struct wire *mail;
    const char *out;
    size_t out_length;
    char line[1024];
    size_t line_length;
};

static struct wire *mails;
static size_t mail_count, next_mail, answered, accepted, refused;
static char first_refusal[200];
static struct connection *connections;
static size_t connection_count, ready;
static size_t *idle, idle_count;
static int loop, timer = -1;
static double start;
static const char greeting[] = "LHLO bench.example\r\n";

static double now(void) { return seconds_of(CLOCK_MONOTONIC); }

static void make_wire(const struct mail *mail, struct wire *wire)
{
    char envelope[600];
    int length = snprintf(envelope, sizeof envelope,
                          "MAIL FROM:<%.*s>\r\nRCPT TO:<" RECIPIENT ">\r\nDATA\r\n", (int)mail->sender_length, mail->sender);
    wire->envelope = must(strdup(envelope));
    wire->envelope_length = (size_t)length;
    char *data = must(malloc((size_t)mail->length * 2 + 8)), *out = data;
    int line_starts = 1;
    for (uint32_t index = 0; index < mail->length; index++) {
        if (line_starts && mail->bytes[index] == '.') *out++ = '.';
        *out++ = (char)mail->bytes[index];
        line_starts = mail->bytes[index] == '\n';
    }
    if (!line_starts) { *out++ = '\r'; *out++ = '\n'; }
    memcpy(out, ".\r\n", 3);
    wire->data_length = (size_t)(out + 3 - data);
    wire->data = must(realloc(data, wire->data_length));
}

static void watch(struct connection *connection, uint32_t events, int operation)
{
    struct epoll_event event = {.events = events, .data.u64 = (uint64_t)(connection - connections)};
    if (epoll_ctl(loop, operation, connection->socket, &event)) die("epoll_ctl");
}

static void flush(struct connection *connection)
{
    while (connection->out_length) {
        ssize_t done = send(connection->socket, connection->out, connection->out_length, MSG_NOSIGNAL);
        if (done < 0 && errno == EAGAIN) return watch(connection, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
        if (done < 0) die("send");
        connection->out += done;
        connection->out_length -= (size_t)done;
    }
    watch(connection, EPOLLIN, EPOLL_CTL_MOD);
}

static void say(struct connection *connection, const char *text, size_t length)
{
    connection->out = text;
    connection->out_length = length;
    flush(connection);
}

static void give(struct connection *connection)
{
    struct wire *mail = &mails[next_mail++];
    mail->sent = now();
    connection->mail = mail;
    connection->phase = ENVELOPE;
    connection->replies = connection->refused = 0;
    say(connection, mail->envelope, mail->envelope_length);
}

static void arm(double at)
{
    double wait = at - now();
    if (wait < 1e-6) wait = 1e-6;
    struct itimerspec spec = {.it_value = {(time_t)wait, (long)((wait - (double)(time_t)wait) * 1e9)}};
    if (timerfd_settime(timer, 0, &spec, 0)) die("timerfd_settime");
}

/* Gives what is due to whoever is free. */
static void schedule(void)
{
    while (next_mail < mail_count && idle_count) {
        if (timer >= 0 && start + mails[next_mail].due > now()) return arm(start + mails[next_mail].due);
        give(&connections[idle[--idle_count]]);
    }
}

static void rest(struct connection *connection)
{
    connection->phase = IDLE;
    idle[idle_count++] = (size_t)(connection - connections);
}

static void refuse(const char *line)
{
    refused++;
    if (!first_refusal[0]) snprintf(first_refusal, sizeof first_refusal, "%.180s", line);
}

static void finish(struct connection *connection, int is_accepted, const char *line)
{
    connection->mail->answered = now();
    answered++;
    if (is_accepted) accepted++;
    else refuse(line);
    rest(connection);
}

static void reply(struct connection *connection, const char *line)
{
    int good = line[0] == '2';
    switch (connection->phase) {
    case GREETING:
        if (!good) { fprintf(stderr, "load: greeted by: %s\n", line); exit(1); }
        connection->phase = HELLO;
        say(connection, greeting, sizeof greeting - 1);
        break;
    case HELLO:
        ready++;
        rest(connection);
        break;
    case ENVELOPE:
        connection->replies++;
        if (connection->replies < 3) { if (!good) connection->refused = 1; break; }
        if (line[0] != '3') { finish(connection, 0, line); break; }
        connection->phase = DATA;
        say(connection, connection->mail->data, connection->mail->data_length);
        break;
    case DATA: finish(connection, good && !connection->refused, line); break;
    case IDLE:
        fprintf(stderr, "load: unasked: %s\n", line);
        exit(1);
    }
}

static void receive(struct connection *connection)
{
    char bytes[4096];
    ssize_t length = recv(connection->socket, bytes, sizeof bytes, 0);
    if (length < 0 && errno == EAGAIN) return;
    if (length <= 0) { fprintf(stderr, "load: the daemon hung up\n"); exit(1); }
    for (ssize_t index = 0; index < length; index++) {
        if (connection->line_length < sizeof connection->line - 1)
            connection->line[connection->line_length++] = bytes[index];
        if (bytes[index] != '\n') continue;
        connection->line[connection->line_length] = 0;
        int is_last = connection->line_length < 4 || connection->line[3] != '-';
        connection->line_length = 0;
        if (is_last) reply(connection, connection->line);
    }
}

static void open_connections(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) { fprintf(stderr, "load: the path is too long: %s\n", path); exit(1); }
    strcpy(address.sun_path, path);
    for (size_t index = 0; index < connection_count; index++) {
        struct connection *connection = &connections[index];
        connection->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connection->socket < 0) die("socket");
        if (connect(connection->socket, (struct sockaddr *)&address, sizeof address)) die(path);
        if (fcntl(connection->socket, F_SETFL, O_NONBLOCK)) die("fcntl");
        watch(connection, EPOLLIN, EPOLL_CTL_ADD);
    }
}

static void turn(void)
{
    struct epoll_event events[64];
    int count = epoll_wait(loop, events, 64, SILENCE_MS);
    if (count < 0 && errno == EINTR) return;
    if (count < 0) die("epoll_wait");
    if (count == 0) { fprintf(stderr, "load: no answer for %d s\n", SILENCE_MS / 1000); exit(1); }
    for (int index = 0; index < count; index++) {
        if (events[index].data.u64 == UINT64_MAX) {
            uint64_t ticks;
            if (read(timer, &ticks, sizeof ticks) < 0 && errno != EAGAIN) die("timer");
            continue;
        }
        struct connection *connection = &connections[events[index].data.u64];
        if (events[index].events & EPOLLOUT) flush(connection);
        if (events[index].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(connection);
    }
}

static void plan(double rate, unsigned seed)
{
    unsigned short state[3] = {(unsigned short)seed, (unsigned short)(seed >> 16), 0x330E};
    double due = 0;
    for (size_t index = 0; index < mail_count; index++) {
        due += -log(1 - erand48(state)) / rate;
        mails[index].due = due;
    }
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (timer < 0) die("timerfd_create");
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = UINT64_MAX};
    if (epoll_ctl(loop, EPOLL_CTL_ADD, timer, &event)) die("epoll_ctl");
}

static int ascending(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return a < b ? -1 : a > b;
}

static void print_figures(double elapsed)
{
    double *times = must(calloc(mail_count, sizeof *times));
    for (size_t index = 0; index < mail_count; index++) {
        double from = timer >= 0 ? start + mails[index].due : mails[index].sent;
        times[index] = (mails[index].answered - from) * 1000;
    }
    qsort(times, mail_count, sizeof *times, ascending);
#define SHARE(part) times[(size_t)((double)(mail_count - 1) * (part))]
    for (char *c = first_refusal; *c; c++) if (*c == '"' || *c == '\\' || (unsigned char)*c < 32) *c = ' ';
    printf("{\"messages\":%zu,\"accepted\":%zu,\"refused\":%zu,\"first_refusal\":\"%s\",\"seconds\":%.6f,"
           "\"p50\":%.4f,\"p90\":%.4f,\"p99\":%.4f,\"max\":%.4f}\n",
           mail_count, accepted, refused, first_refusal, elapsed, SHARE(0.5), SHARE(0.9), SHARE(0.99),
           times[mail_count - 1]);
}

int main(int argc, char **argv)
{
    if (argc < 6 || argc > 8) {
        fprintf(stderr, "usage: load SOCKET MAILS FIRST COUNT CONNECTIONS [RATE [SEED]]\n");
        return 64;
    }
    size_t first = (size_t)atol(argv[3]);
    mail_count = (size_t)atol(argv[4]);
    connection_count = (size_t)atol(argv[5]);
    struct mail *read = read_mails(argv[2], first, &mail_count);
    if (mail_count == 0 || connection_count == 0) { fprintf(stderr, "load: nothing to send\n"); return 1; }
    mails = must(calloc(mail_count, sizeof *mails));
    for (size_t index = 0; index < mail_count; index++) make_wire(&read[index], &mails[index]);
    connections = must(calloc(connection_count, sizeof *connections));
    idle = must(calloc(connection_count, sizeof *idle));
    loop = epoll_create1(EPOLL_CLOEXEC);
    if (loop < 0) die("epoll_create1");
    open_connections(argv[1]);
    while (ready < connection_count) turn();
    if (argc > 6) plan(atof(argv[6]), argc > 7 ? (unsigned)atol(argv[7]) : 1);
    start = now();
    while (answered < mail_count) {
        schedule();
        turn();
    }
    print_figures(now() - start);
    return accepted == mail_count ? 0 : 1;
}
