/* The floor of intake: what a program that does nothing else needs for the same mails and the same rows.
 *
 * usage: floor MAILS COUNT REFERENCE.db TARGET.db GROUP
 *
 * REFERENCE.db is what the daemon made of the first COUNT mails, TARGET.db a copy of the store it began with. Per mail:
 * GMime parses it (headers, addresses, texts decoded to UTF-8, files decoded), SHA-256 is taken wherever the daemon takes
 * one (raw bytes, texts, files, keys; HMAC of content rows), four look-ups by index find sender, earlier copy, thread and
 * ticket, and the daemon's own rows of every table, full-text index included, are inserted by prepared statements; an
 * answer also updates its ticket. GROUP mails share a transaction: WAL, synchronous=FULL, the daemon's cache and
 * checkpoint settings. One process, one thread. Nothing is decided, encoded, folded or answered here.
 *
 * A table's rows are spread over the mails in the order in which the daemon wrote them. Prints one JSON object.
 */
#include <gmime/gmime.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sqlite3.h>
#include "mails.h"

struct table {
    char *name;
    int columns;
    sqlite3_value **values; /* rows * columns */
    size_t rows, written;
    sqlite3_stmt *insert;
    int body, salt; /* columns of `contents` that are sealed, or -1 */
};

#define TABLES 64
static struct table tables[TABLES];
static size_t table_count;
static sqlite3 *target;
static sqlite3_stmt *by_identity, *by_intake_key, *by_thread_key, *by_ticket, *touch, *count_up, *add_words;
static EVP_MD_CTX *hash;
static EVP_MD *sha256;
static size_t rows_written;

static void check(sqlite3 *database, int code, const char *what)
{
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
    fprintf(stderr, "floor: %s: %s\n", what, sqlite3_errmsg(database));
    exit(1);
}

static void run(const char *sql) { check(target, sqlite3_exec(target, sql, 0, 0, 0), sql); }

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement = 0;
    check(database, sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, 0), sql);
    return statement;
}

static sqlite3_int64 number(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement = prepare(database, sql);
    sqlite3_int64 value = 0;
    int code = sqlite3_step(statement);
    check(database, code, sql);
    if (code == SQLITE_ROW) value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

/* What the daemon added to one table, into memory. */
static void load_table(sqlite3 *reference, const char *name)
{
    if (table_count == TABLES) { fprintf(stderr, "floor: more than %d tables\n", TABLES); exit(1); }
    struct table *table = &tables[table_count];
    char sql[400];
    snprintf(sql, sizeof sql, "SELECT coalesce(max(rowid), 0) FROM %s", name);
    sqlite3_int64 before = number(target, sql);
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s WHERE rowid > %lld", name, before);
    size_t rows = (size_t)number(reference, sql);
    if (rows == 0) return;
    snprintf(sql, sizeof sql, "SELECT * FROM %s WHERE rowid > %lld ORDER BY rowid", name, before);
    sqlite3_stmt *statement = prepare(reference, sql);
    int columns = sqlite3_column_count(statement);
    table->name = must(strdup(name));
    table->columns = columns;
    table->body = table->salt = -1;
    for (int column = 0; column < columns && strcmp(name, "contents") == 0; column++) {
        if (strcmp(sqlite3_column_name(statement, column), "body") == 0) table->body = column;
        if (strcmp(sqlite3_column_name(statement, column), "salt") == 0) table->salt = column;
    }
    table->values = must(calloc(rows * (size_t)columns, sizeof *table->values));
    while (table->rows < rows && sqlite3_step(statement) == SQLITE_ROW) {
        for (int column = 0; column < columns; column++)
            table->values[table->rows * (size_t)columns + (size_t)column] =
                must(sqlite3_value_dup(sqlite3_column_value(statement, column)));
        table->rows++;
    }
    sqlite3_finalize(statement);
    size_t length = (size_t)snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", name);
    for (int column = 1; column < columns && length + 4 < sizeof sql; column++)
        length += (size_t)snprintf(sql + length, sizeof sql - length, ",?");
    snprintf(sql + length, sizeof sql - length, ")");
    table->insert = prepare(target, sql);
    table_count++;
}

static void load_tables(sqlite3 *reference)
{
    sqlite3_stmt *names = prepare(
        target,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'search_index%' AND name NOT IN ('meta', 'counters') ORDER BY rowid");
    while (sqlite3_step(names) == SQLITE_ROW) load_table(reference, (const char *)sqlite3_column_text(names, 0));
    sqlite3_finalize(names);
}

static void bind(sqlite3_stmt *statement, int place, sqlite3_value *value)
{
    int length = sqlite3_value_bytes(value);
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: sqlite3_bind_int64(statement, place, sqlite3_value_int64(value)); break;
    case SQLITE_TEXT:
        sqlite3_bind_text(statement, place, (const char *)sqlite3_value_text(value), length, SQLITE_STATIC);
        break;
    case SQLITE_BLOB:
        if (length == 0) sqlite3_bind_zeroblob(statement, place, 0);
        else sqlite3_bind_blob(statement, place, sqlite3_value_blob(value), length, SQLITE_STATIC);
        break;
    default: sqlite3_bind_null(statement, place);
    }
}

static void step(sqlite3_stmt *statement)
{
    int code;
    do code = sqlite3_step(statement); while (code == SQLITE_ROW);
    if (code != SQLITE_DONE) check(target, code, sqlite3_sql(statement));
    sqlite3_reset(statement);
}

static void digest(const void *bytes, size_t length, unsigned char out[32])
{
    EVP_DigestInit_ex(hash, sha256, 0);
    EVP_DigestUpdate(hash, bytes, length);
    EVP_DigestFinal_ex(hash, out, 0);
}

struct parsed {
    char sender[256];
    unsigned char id_key[32], fingerprint[32], parent_key[32];
    int has_parent;
};

static void read_part(GMimeObject *object, EVP_MD_CTX *fingerprint)
{
    unsigned char sum[32];
    if (GMIME_IS_TEXT_PART(object) && !g_mime_part_is_attachment(GMIME_PART(object))) {
        char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
        if (text) EVP_DigestUpdate(fingerprint, text, strlen(text));
        g_free(text);
    } else if (GMIME_IS_PART(object)) {
        GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));
        if (!content) return;
        GMimeStream *decoded = g_mime_stream_mem_new();
        g_mime_data_wrapper_write_to_stream(content, decoded);
        GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(decoded));
        digest(bytes->data, bytes->len, sum);
        EVP_DigestUpdate(fingerprint, sum, sizeof sum);
        g_object_unref(decoded);
    }
}

static void read_headers(GMimeMessage *message, struct parsed *parsed)
{
    InternetAddressList *from = g_mime_message_get_from(message);
    parsed->sender[0] = 0;
    if (from && internet_address_list_length(from) > 0) {
        InternetAddress *first = internet_address_list_get_address(from, 0);
        if (INTERNET_ADDRESS_IS_MAILBOX(first))
            snprintf(parsed->sender, sizeof parsed->sender, "%s",
                     internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first)));
    }
    (void)g_mime_message_get_to(message);
    (void)g_mime_message_get_subject(message);
    (void)g_mime_message_get_date(message);
    const char *id = g_mime_message_get_message_id(message);
    digest(id ? id : "", id ? strlen(id) : 0, parsed->id_key);
    const char *text = g_mime_object_get_header(GMIME_OBJECT(message), "References");
    GMimeReferences *references = text ? g_mime_references_parse(0, text) : 0;
    int length = references ? g_mime_references_length(references) : 0;
    parsed->has_parent = length > 0;
    if (length > 0) {
        const char *parent = g_mime_references_get_message_id(references, length - 1);
        digest(parent, strlen(parent), parsed->parent_key);
    }
    if (references) g_mime_references_free(references);
}

static void parse(const struct mail *mail, struct parsed *parsed)
{
    static EVP_MD_CTX *fingerprint;
    unsigned char raw[32];
    if (!fingerprint) fingerprint = EVP_MD_CTX_new();
    EVP_DigestInit_ex(fingerprint, sha256, 0);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)mail->bytes, mail->length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, 0);
    if (!message) { fprintf(stderr, "floor: a mail did not parse\n"); exit(1); }
    read_headers(message, parsed);
    GMimePartIter *parts = g_mime_part_iter_new(GMIME_OBJECT(message));
    do {
        GMimeObject *part = g_mime_part_iter_get_current(parts);
        if (part) read_part(part, fingerprint);
    } while (g_mime_part_iter_next(parts));
    g_mime_part_iter_free(parts);
    EVP_DigestFinal_ex(fingerprint, parsed->fingerprint, 0);
    digest(mail->bytes, mail->length, raw);
    g_object_unref(message);
    g_object_unref(parser);
    g_object_unref(stream);
}

static void look_up(const struct parsed *parsed, sqlite3_int64 now)
{
    sqlite3_bind_text(by_identity, 1, parsed->sender, -1, SQLITE_STATIC);
    step(by_identity);
    sqlite3_bind_blob(by_intake_key, 1, parsed->id_key, 16, SQLITE_STATIC);
    sqlite3_bind_blob(by_intake_key, 2, parsed->fingerprint, 16, SQLITE_STATIC);
    step(by_intake_key);
    if (!parsed->has_parent) return;
    sqlite3_int64 ticket = 0;
    sqlite3_bind_blob(by_thread_key, 1, parsed->parent_key, 16, SQLITE_STATIC);
    while (sqlite3_step(by_thread_key) == SQLITE_ROW) ticket = sqlite3_column_int64(by_thread_key, 0);
    sqlite3_reset(by_thread_key);
    if (ticket == 0) return;
    sqlite3_bind_int64(by_ticket, 1, ticket);
    step(by_ticket);
    sqlite3_bind_int64(touch, 1, now);
    sqlite3_bind_int64(touch, 2, ticket);
    step(touch);
}

static void insert_row(struct table *table)
{
    sqlite3_value **row = table->values + table->written * (size_t)table->columns;
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    if (table->body >= 0 && table->salt >= 0)
        HMAC(sha256, sqlite3_value_blob(row[table->salt]), sqlite3_value_bytes(row[table->salt]),
             sqlite3_value_blob(row[table->body]), (size_t)sqlite3_value_bytes(row[table->body]), sum, &length);
    for (int column = 0; column < table->columns; column++) bind(table->insert, column + 1, row[column]);
    step(table->insert);
    if (strcmp(table->name, "search_docs") == 0) {
        bind(add_words, 1, row[0]);
        bind(add_words, 2, row[table->columns - 1]);
        step(add_words);
    }
    table->written++;
    rows_written++;
}

/* The share of every table that falls to the mail `index`. */
static void insert_rows(size_t index, size_t count)
{
    for (size_t place = 0; place < table_count; place++) {
        struct table *table = &tables[place];
        size_t until = table->rows * (index + 1) / count;
        while (table->written < until) insert_row(table);
    }
}

static void prepare_all(void)
{
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("PRAGMA cache_size = -16384");
    run("PRAGMA wal_autocheckpoint = 4000");
    by_identity = prepare(target, "SELECT id, customer FROM identities WHERE kind = 'email' AND value = ?1 AND scope = ''");
    by_intake_key = prepare(
        target, "SELECT message FROM intake_keys WHERE inbox = 'support-mail' AND key = ?1 AND fingerprint = ?2");
    by_thread_key = prepare(target, "SELECT ticket FROM thread_keys WHERE key = ?1");
    by_ticket = prepare(target, "SELECT * FROM tickets WHERE number = ?1");
    touch = prepare(
        target, "UPDATE tickets SET updated_at = ?1, spoken_at = ?1, customer_spoke_at = ?1, unread = 1,"
                " version = version + 1 WHERE number = ?2");
    count_up = prepare(target, "UPDATE counters SET position = position + ?1, message = message + ?2 WHERE id = 1");
    add_words = prepare(target, "INSERT INTO search_index (rowid, text) VALUES (?1, ?2)");
}

int main(int argc, char **argv)
{
    if (argc != 6) { fprintf(stderr, "usage: floor MAILS COUNT REFERENCE.db TARGET.db GROUP\n"); return 64; }
    size_t count = (size_t)atol(argv[2]);
    size_t group = (size_t)atol(argv[5]);
    if (group == 0) group = 1;
    struct mail *mails = read_mails(argv[1], 0, &count);
    g_mime_init();
    hash = EVP_MD_CTX_new();
    sha256 = EVP_MD_fetch(0, "SHA256", 0);
    sqlite3 *reference = 0;
    check(reference, sqlite3_open_v2(argv[3], &reference, SQLITE_OPEN_READWRITE, 0), argv[3]);
    check(target, sqlite3_open_v2(argv[4], &target, SQLITE_OPEN_READWRITE, 0), argv[4]);
    load_tables(reference);
    sqlite3_close(reference);
    prepare_all();
    sqlite3_stmt *begin = prepare(target, "BEGIN IMMEDIATE"), *commit = prepare(target, "COMMIT");

    double parsing = 0, rows = 0, committing = 0;
    double cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID), start = seconds_of(CLOCK_MONOTONIC), at = start;
    for (size_t index = 0; index < count;) {
        size_t end = index + group < count ? index + group : count;
        step(begin);
        sqlite3_bind_int64(count_up, 1, (sqlite3_int64)(end - index) * 4);
        sqlite3_bind_int64(count_up, 2, (sqlite3_int64)(end - index));
        for (; index < end; index++) {
            struct parsed parsed;
            double before = at;
            parse(&mails[index], &parsed);
            at = seconds_of(CLOCK_MONOTONIC);
            parsing += at - before;
            before = at;
            look_up(&parsed, (sqlite3_int64)(at * 1000));
            insert_rows(index, count);
            at = seconds_of(CLOCK_MONOTONIC);
            rows += at - before;
        }
        double before = at;
        step(count_up);
        step(commit);
        at = seconds_of(CLOCK_MONOTONIC);
        committing += at - before;
    }
    double elapsed = seconds_of(CLOCK_MONOTONIC) - start;
    cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    printf("{\"messages\":%zu,\"seconds\":%.6f,\"cpu_seconds\":%.6f,\"rows\":%zu,\"group\":%zu,"
           "\"parse_seconds\":%.6f,\"rows_seconds\":%.6f,\"commit_seconds\":%.6f}\n",
           count, elapsed, cpu, rows_written, group, parsing, rows, committing);
    sqlite3_close(target);
    return 0;
}
