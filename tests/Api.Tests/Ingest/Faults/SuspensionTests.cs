using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Faults;

/// <summary>What is the connector's own failure: it rests, keeps its work and its attempts, and goes on when it is repaired.</summary>
[Collection(FaultCollection.Name)]
public sealed class SuspensionTests(FaultHost host)
{
    [SkippableFact]
    public async Task A_wrong_secret_suspends_until_the_right_one_is_entered()
    {
        await using var faulty = await host.ArrangeFaulty(input => FaultHost.As(((AccessKeyCredentials)input.Source.Credentials).AccessKeyId, "wrong", input));
        await faulty.PutRows("day.csv", 3);
        var scan = await faulty.Start();
        Assert.Equal("secret_key_wrong", await faulty.Suspended());
        Assert.Equal((ScanStatus.Failed, "secret_key_wrong"), await Ended(faulty, scan));
        await Answer.Refused(409, "connector_suspended", faulty.Start);

        await faulty.Bucket.Client.ReplaceConnectorAsync(
            faulty.Bucket.Connector.Id, "*", FaultHost.Behind(faulty.Proxy, IngestHost.Input(faulty.Bucket.S3, faulty.Bucket.Bucket)));
        await faulty.Resumed();

        await Whole(faulty, 3);
    }

    [SkippableFact]
    public async Task A_missing_bucket_suspends_until_it_is_there()
    {
        var missing = "b-" + Guid.NewGuid().ToString("N")[..16];
        await using var faulty = await host.ArrangeFaulty(input =>
            input with { Source = input.Source with { Paths = new UnifiedPath { Path = $"s3://{missing}/calls/" } } });
        await faulty.Start();
        Assert.Equal("no_such_bucket", await faulty.Suspended());

        var there = faulty with { Bucket = faulty.Bucket with { Bucket = missing } };
        using (var owner = there.Bucket.S3.Client())
            await owner.PutBucketAsync(missing);
        await there.PutRows("day.csv", 3);
        await there.Resumed();

        // The scan that makes up for the failed one may have come before the file.
        await there.Bucket.Ingest();
        await Whole(there, 3);
    }

    [SkippableFact]
    public async Task A_listing_that_is_denied_suspends_until_it_is_allowed()
    {
        var user = await (await S3Server.Shared()).CreateUser("reader");
        await using var faulty = await host.ArrangeFaulty(input => FaultHost.As(user.AccessKey, user.SecretKey, input));
        await faulty.PutRows("day.csv", 3);
        await Allow(faulty, user, "s3:GetObject");
        await faulty.Start();
        Assert.Equal("list_denied", await faulty.Suspended());

        await Allow(faulty, user, "s3:GetObject", "s3:ListBucket");
        await faulty.Resumed();

        await Whole(faulty, 3);
        Assert.Equal(
            ["connector_suspended", "connector_resumed"],
            await Notices(faulty.Bucket.Connector.Id));
    }

    [SkippableFact]
    public async Task A_read_that_is_denied_suspends_with_all_attempts_and_is_made_when_it_is_allowed()
    {
        var user = await (await S3Server.Shared()).CreateUser("reader");
        await using var faulty = await host.ArrangeFaulty(input => FaultHost.As(user.AccessKey, user.SecretKey, input));
        await faulty.PutRows("day.csv", 3);
        await Allow(faulty, user, "s3:ListBucket");
        await faulty.Start();
        Assert.Equal("get_denied", await faulty.Suspended());
        await Arranged.Until(async () => await Waiting(faulty, "file") == (1, 0));
        Assert.Equal(FileStatus.Processing, (await faulty.Bucket.File("day.csv")).Status);

        await Allow(faulty, user, "s3:GetObject", "s3:ListBucket");
        await faulty.Resumed();

        await Whole(faulty, 3);
    }

    [SkippableFact]
    public async Task Transcripts_that_are_all_denied_suspend_until_they_are_allowed()
    {
        var user = await (await S3Server.Shared()).CreateUser("reader");
        await using var faulty = await host.ArrangeFaulty(input => FaultHost.As(user.AccessKey, user.SecretKey, input));
        await faulty.Bucket.PutChats("day.csv", "c-1", "c-2", "c-3");
        await Allow(faulty, user, "s3:GetObject", "s3:ListBucket");
        await Deny(faulty, user, "calls/chats/*");
        await faulty.Start();
        Assert.Equal("get_denied", await faulty.Suspended());
        await Arranged.Until(async () => await Waiting(faulty, "resolve") == (3, 0));
        (await faulty.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 3);

        await Allow(faulty, user, "s3:GetObject", "s3:ListBucket");
        await faulty.Resumed();

        await Whole(faulty, 3);
    }

    [SkippableFact]
    public async Task One_transcript_that_is_denied_fails_alone_and_suspends_nothing()
    {
        var user = await (await S3Server.Shared()).CreateUser("reader");
        await using var faulty = await host.ArrangeFaulty(input => FaultHost.As(user.AccessKey, user.SecretKey, input));
        await faulty.Bucket.PutChats("day.csv", "c-1", "c-2", "c-3");
        await Deny(faulty, user, "calls/chats/c-1.json");

        await faulty.Bucket.Ingest();

        var denied = await faulty.Bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Failed, "get_denied", true), (denied.Status, denied.ErrorCode, denied.Retryable));
        Assert.Equal(2, (await faulty.Bucket.Client.ListConversationsAsync(status: ConversationStatus.Completed)).Items.Count);
        Assert.Null((await faulty.Bucket.Client.GetConnectorAsync(faulty.Bucket.Connector.Id)).Suspension);
    }

    [SkippableFact]
    public async Task Work_taken_over_from_a_removed_connector_waits_while_the_other_one_rests()
    {
        var user = await (await S3Server.Shared()).CreateUser("reader");
        await using var faulty = await host.ArrangeFaulty();
        await faulty.PutRows("day.csv", 3);
        await faulty.Bucket.Ingest();
        await faulty.Bucket.Client.DisableConnectorAsync(faulty.Bucket.Connector.Id);
        await faulty.Bucket.Client.RetryFileAsync((await faulty.Bucket.File("day.csv")).Id);
        await Allow(faulty, user, "s3:ListBucket");
        var heir = faulty with
        {
            Bucket = faulty.Bucket with
            {
                Connector = await faulty.Bucket.Client.CreateConnectorAsync(
                    FaultHost.As(user.AccessKey, user.SecretKey, FaultHost.Behind(faulty.Proxy, IngestHost.Input(faulty.Bucket.S3, faulty.Bucket.Bucket)))
                        with
                    { Name = "Heir" }),
            },
        };

        await faulty.Bucket.Client.DeleteConnectorAsync(faulty.Bucket.Connector.Id, "*");

        Assert.Equal("get_denied", await heir.Suspended());
        await Arranged.Until(async () => await Waiting(faulty, "file", atLeast: TimeSpan.FromMilliseconds(90)) == (1, 0));
        await Allow(faulty, user, "s3:GetObject", "s3:ListBucket");
        await heir.Resumed();
        (await heir.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 3);
    }

    [SkippableFact]
    public async Task A_probe_that_breaks_ends_no_other_ones()
    {
        await using var broken = await host.ArrangeFaulty();
        await using var faulty = await host.ArrangeFaulty();
        foreach (var (either, rule) in new[] { broken, faulty }.Select(f => (f, f.Proxy.Inject(_ => true, Fault.ExpiredToken()))))
        {
            await either.Start();
            Assert.Equal("credentials_expired", await either.Suspended());
        }

        await using (var spoil = host.Database.Source.CreateCommand("update connectors set sealed_secret = '\\x00' where id = $1"))
        {
            spoil.Parameters.AddWithValue(broken.Bucket.Connector.Id);
            await spoil.ExecuteNonQueryAsync();
        }

        var before = await Probes(broken);
        await Arranged.Until(async () => await Probes(broken) >= before + 2);
        faulty.Proxy.Heal();
        await faulty.Resumed();

        Assert.NotNull((await broken.Bucket.Client.GetConnectorAsync(broken.Bucket.Connector.Id)).Suspension);
    }

    [SkippableFact]
    public async Task An_address_that_the_guard_refuses_is_never_dialled()
    {
        var bucket = await host.ArrangeReady(input => input with
        {
            Source = input.Source with { Endpoint = "http://10.0.0.1:9000", AllowedHosts = ["169.254.169.254"] },
        });
        await bucket.Client.StartScanAsync(bucket.Connector.Id);
        await using var faulty = new Faulty(bucket, await FaultProxy.Start(bucket.S3.Endpoint));

        Assert.Equal("outbound_refused", await faulty.Suspended());
    }

    [SkippableFact]
    public async Task A_row_that_points_into_the_private_network_fails_alone()
    {
        var bucket = await host.ArrangeReady(input => input with { Source = input.Source with { AllowedHosts = ["169.254.169.254"] } });
        await bucket.PutScript("c-2");
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1", script: "https://169.254.169.254/latest/meta-data"), Arranged.Row("c-2")]);

        await bucket.Ingest();

        var failed = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Failed, "outbound_refused"), (failed.Status, failed.ErrorCode));
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-2")).Status);
    }

    private static async Task Whole(Faulty faulty, int rows)
    {
        (await faulty.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: rows);
        Assert.Equal(rows, (await faulty.Bucket.Client.ListConversationsAsync(status: ConversationStatus.Completed)).Items.Count);
    }

    private static async Task<(ScanStatus, string?)> Ended(Faulty faulty, Scan scan)
    {
        var ended = await faulty.Bucket.Client.GetScanAsync(scan.Id);
        return (ended.Status, ended.ErrorCode);
    }

    /// <summary>How many items of a kind were told to wait so long, and the most attempts that one of them has used.</summary>
    private async Task<(long, int)> Waiting(Faulty faulty, string kind, TimeSpan atLeast = default)
    {
        await using var command = host.Database.Source.CreateCommand(
            """
            select count(*), coalesce(max(attempts), 0) from work_items
            where tenant_id = $1 and kind = $2 and state = 'available' and available_at >= updated_at + $3 - interval '1 ms'
            """);
        command.Parameters.AddWithValue(faulty.Bucket.Tenant.Id);
        command.Parameters.AddWithValue(kind);
        command.Parameters.AddWithValue(atLeast);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt32(1));
    }

    private async Task<int> Probes(Faulty faulty)
    {
        await using var command = host.Database.Source.CreateCommand("select probe_attempts from connectors where id = $1");
        command.Parameters.AddWithValue(faulty.Bucket.Connector.Id);
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private async Task<List<string>> Notices(Guid connector)
    {
        await using var command = host.Database.Source.CreateCommand("select type from events.mt_events where stream_id = $1 order by version");
        command.Parameters.AddWithValue(Domain.Ids.Notice(connector));
        await using var reader = await command.ExecuteReaderAsync();
        var types = new List<string>();
        while (await reader.ReadAsync())
            types.Add(reader.GetString(0));
        return types;
    }

    private static Task Allow(Faulty faulty, S3User user, params string[] actions) => faulty.Bucket.S3.PutPolicy(
        faulty.Bucket.Bucket, $$"""{"Version":"2012-10-17","Statement":[{{Statement(faulty, "Allow", user, actions, "*")}}]}""");

    private static Task Deny(Faulty faulty, S3User user, string key) => faulty.Bucket.S3.PutPolicy(
        faulty.Bucket.Bucket,
        $$"""
        {"Version":"2012-10-17","Statement":[{{Statement(faulty, "Allow", user, ["s3:GetObject", "s3:ListBucket"], "*")}},
        {{Statement(faulty, "Deny", user, ["s3:GetObject"], key)}}]}
        """);

    private static string Statement(Faulty faulty, string effect, S3User user, string[] actions, string key) =>
        $$"""
        {"Effect":"{{effect}}","Principal":{"AWS":["{{user.Arn}}"]},"Action":["{{string.Join("\",\"", actions)}}"],
         "Resource":["arn:aws:s3:::{{faulty.Bucket.Bucket}}","arn:aws:s3:::{{faulty.Bucket.Bucket}}/{{key}}"]}
        """;
}
