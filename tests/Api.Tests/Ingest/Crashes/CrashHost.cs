using System.Security.Cryptography;
using QualityIngest.Api.Tests.Ingest.Faults;
using QualityIngest.Api.Tests.Ingest.Recordings;
using QualityIngest.Client;
using QualityIngest.TestKit;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Crashes;

/// <summary>A host that answers requests and does no work: processes of their own do it, which a test can kill.</summary>
public sealed class CrashHost : IngestHost
{
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
    {
        ["Secrets:Keys:0"] = _key,
        ["Ingest:Enabled"] = "false",
        ["Scheduling:Enabled"] = "false",
        ["Quota:BytesADay:quality-csv"] = "1000000000",
    };

    /// <summary>Starts a node of the same database, whose claims end a second after its death.</summary>
    /// <param name="maxAttempts">Claims after which it gives work up.</param>
    public Task<ApiProcess> StartNode(int maxAttempts = 5)
    {
        var settings = Settings.ToDictionary(s => s.Key, s => s.Value ?? "");
        settings["ConnectionStrings:Postgres"] = Database.ConnectionString;
        settings["Admin:ApiKey"] = AdminKey;
        settings["Ingest:Enabled"] = "true";
        settings["Ingest:BatchRows"] = "10";
        settings["Ingest:ListingPage"] = "20";
        settings["Work:Lease"] = "00:00:01";
        settings["Work:MaxAttempts"] = $"{maxAttempts}";
        settings["Logging:LogLevel:Default"] = "Warning";
        return ApiProcess.Start(settings.ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value));
    }

    /// <summary>A ready tenant whose connector reads through a proxy.</summary>
    public async Task<Faulty> ArrangeFaulty()
    {
        S3Server.RequireOrSkip();
        var proxy = await FaultProxy.Start((await S3Server.Shared()).Endpoint);
        return new(await ArrangeReady(input => FaultHost.Behind(proxy, input)), proxy);
    }
}

/// <summary>What is put into buckets whose ends are compared: a bit of everything.</summary>
public static class Material
{
    /// <summary>Rows of the file that is read when the node dies.</summary>
    public const int Rows = 60;

    /// <summary>Puts a first file, whose conversation the second one revises.</summary>
    public static Task PutFirst(this Arranged bucket) => bucket.PutChats("before.csv", "c-25");

    /// <summary>Puts the file that is read when the node dies, its transcripts, and files that are skipped.</summary>
    public static async Task PutSecond(this Arranged bucket)
    {
        await bucket.S3.Put(bucket.Bucket, "calls/empty.csv", "");
        await bucket.S3.Put(bucket.Bucket, "calls/test.csv", "conversationId\n");
        for (var i = 1; i <= Rows; i++)
        {
            if (i % 20 != 7)
                await bucket.PutScript($"c-{i}", $"This is number {i}.");
        }

        await bucket.PutSound("s-1", SoundFiles.Stereo);
        await bucket.PutPair("m-1");
        await bucket.PutCalls("sound.csv", Calls.Stereo("s-1"), Calls.AgentSide("m-1"), Calls.AgentSide("m-2"), Calls.CustomerSide("m-1"));
        await bucket.PutCsv("day.csv", Enumerable.Range(1, Rows).SelectMany<int, string>(i => (i % 15) switch
        {
            3 => [Arranged.Row($"c-{i}", start: "soon"), Arranged.Row($"c-{i}")],
            6 => [Arranged.Row($"c-{i}"), Arranged.Row($"c-{i}")],
            9 => [Arranged.Row($"c-{i}", queue: "unmapped")],
            10 => [Arranged.Row($"c-{i}", start: "2025-06-10T13:00:00Z")],
            11 => [Arranged.Row($"c-{i}"), Arranged.Row($"c-{i}", start: "2025-06-10T13:00:00Z")],
            _ => [Arranged.Row($"c-{i}")],
        }));
    }
}
