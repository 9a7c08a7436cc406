using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Retention;

/// <summary>Rows as old as a test wants them.</summary>
public static class OldRows
{
    private const string Source =
        """
        insert into sources (id, tenant_id, endpoint, bucket, format) values (:source, :tenant, '', 'bucket', 'quality-csv');
        insert into connectors (id, tenant_id, source_id, name, format, namespace, settings, enabled) values
            (:connector, :tenant, :source, 'Calls', 'quality-csv', 'n',
             '{"source":{"region":"us-east-1","paths":{"kind":"unified","path":"s3://bucket/p/"},"credentials":{"kind":"service"}},"revisionPolicy":"revise"}', false);
        insert into files (id, tenant_id, source_id, connector_id, key, etag, size, last_modified, status, version, discovered_at, updated_at) values
            (:file, :tenant, :source, :connector, 'p/a.csv', 'e', 1, now(), 'ingested', 1, now(), now());
        """;

    /// <summary>Rows of a file that were refused 120 days ago, a minute apart.</summary>
    public static Task Reject(this TestDatabase database, string tenant, int rows) => Execute(
        database,
        $"""
        {Source}
        insert into file_rejections (tenant_id, file_id, line, ordinal, code, message, at)
        select '{tenant}', md5('{tenant}f')::uuid, n, 0, 'x', 'x', now() - interval '120 days' + n * interval '1 minute' from generate_series(1, {rows}) n;
        """, tenant);

    /// <summary>Something of every kind that is old and done, old and not done, and young.</summary>
    public static Task Fill(this TestDatabase database, string tenant) => Execute(
        database,
        $"""
        {Source}
        insert into file_rejections (tenant_id, file_id, line, ordinal, code, message, at) values
            (:tenant, :file, 1, 0, 'x', 'x', now() - interval '91 days'), (:tenant, :file, 2, 0, 'x', 'x', now() - interval '89 days');
        insert into webhook_endpoints (id, tenant_id, url, sealed_secret) values (:endpoint, :tenant, 'https://example.com', '');
        insert into webhook_deliveries (tenant_id, endpoint_id, seq, event_id, stream_id, type, state, next_at, created_at) values
            (:tenant, :endpoint, 1, :endpoint, :file, 'delivered old', 'delivered', null, now() - interval '31 days'),
            (:tenant, :endpoint, 2, :endpoint, :file, 'failed old', 'failed', null, now() - interval '31 days'),
            (:tenant, :endpoint, 3, :endpoint, :file, 'pending old', 'pending', null, now() - interval '31 days'),
            (:tenant, :endpoint, 4, :endpoint, :file, 'retrying old', 'retrying', now() + interval '1 day', now() - interval '31 days'),
            (:tenant, :endpoint, 5, :endpoint, :file, 'delivered young', 'delivered', null, now() - interval '29 days');
        insert into webhook_attempts (tenant_id, delivery_id, number, at, duration_ms)
        select tenant_id, id, 1, created_at, 1 from webhook_deliveries where tenant_id = :tenant and type in ('delivered old', 'failed old');
        insert into scans (id, tenant_id, connector_id, trigger, due_at, status, started_at, finished_at) values
            (gen_random_uuid(), :tenant, :connector, 'manual', now() - interval '91 days', 'failed', now() - interval '91 days', now() - interval '91 days'),
            (gen_random_uuid(), :tenant, :connector, 'manual', now() - interval '92 days', 'running', now() - interval '92 days', null),
            (gen_random_uuid(), :tenant, :connector, 'manual', now() - interval '89 days', 'completed', now() - interval '91 days', now() - interval '89 days');
        insert into work_items (tenant_id, kind, key, payload, state, error_code, updated_at) values
            (:tenant, 'nobody', 'dead old', '1', 'dead', 'x', now() - interval '91 days'),
            (:tenant, 'nobody', 'dead young', '1', 'dead', 'x', now() - interval '89 days'),
            (:tenant, 'nobody', 'waiting old', '1', 'available', null, now() - interval '91 days');
        insert into idempotency_keys (tenant_id, key_hash, fingerprint, claim, status, expires_at) values
            (:tenant, decode(repeat('01', 32), 'hex'), decode(repeat('00', 32), 'hex'), gen_random_uuid(), 200, now() - interval '1 minute'),
            (:tenant, decode(repeat('02', 32), 'hex'), decode(repeat('00', 32), 'hex'), gen_random_uuid(), 200, now() + interval '1 minute');
        """, tenant);

    private static async Task Execute(TestDatabase database, string sql, string tenant)
    {
        foreach (var (name, salt) in new[] { (":source", "s"), (":connector", "c"), (":file", "f"), (":endpoint", "e") })
            sql = sql.Replace(name, $"md5('{tenant}{salt}')::uuid", StringComparison.Ordinal);
        await using var command = database.Source.CreateCommand(sql.Replace(":tenant", $"'{tenant}'", StringComparison.Ordinal));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What is left of a table.</summary>
    public static async Task<string> Left(this TestDatabase database, string tenant, string table, string what)
    {
        await using var command = database.Source.CreateCommand($"select coalesce(string_agg({what}, ', ' order by {what}), '') from {table} where tenant_id = '{tenant}'");
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
