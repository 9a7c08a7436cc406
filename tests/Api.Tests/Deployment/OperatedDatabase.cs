using System.Globalization;
using Npgsql;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Pages;
using QualityIngest.Client;
using QualityIngest.TestKit;
using QualityIngest.TestKit.Processes;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Deployment;

/// <summary>A server, and a terminal of somebody who operates a database on it, by the page of operating.</summary>
internal sealed class OperatedDatabase : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly Page Operating = Page.Of("docs/operating.md");

    private readonly TestPostgres _server;

    private OperatedDatabase(TestPostgres server, Terminal terminal) => (_server, Terminal) = (server, terminal);

    /// <summary>The operator's terminal, whose <c>psql</c> reaches the server.</summary>
    public Terminal Terminal { get; }

    /// <summary>The server's superuser, in the nodes' database.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = "ingest" }.ConnectionString;

    /// <summary>Skips where something is missing that the page works with.</summary>
    public static void Require()
    {
        TestDatabase.Require();
        S3Server.RequireOrSkip();
        Terminal.Require("curl", "setsid", "psql", "pg_dump", "pg_restore");
    }

    /// <summary>Starts an empty server.</summary>
    /// <param name="environment">What the operator has set besides.</param>
    public static async Task<OperatedDatabase> Start(IReadOnlyDictionary<string, string>? environment = null)
    {
        var server = await TestPostgres.Start();
        var reached = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        var terminal = new Terminal(new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
        {
            ["PGHOST"] = reached.Host!,
            ["PGPORT"] = reached.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = reached.Username!,
            ["PGPASSWORD"] = reached.Password!,
        });
        return new(server, terminal);
    }

    /// <summary>Runs the blocks of a section.</summary>
    public Task Follow(string section) => Terminal.Run(Operating.Section(section).Shell(), Patience);

    /// <summary>Runs some of the blocks of a section.</summary>
    public Task Follow(string section, Range blocks) => Terminal.Run([.. Operating.Section(section).Shell().Take(blocks)], Patience);

    /// <summary>What the file for nodes has.</summary>
    public Dictionary<string, string> NodeSettings() => File.ReadLines(Path.Combine(Terminal.Directory, "quality-ingest.env"))
        .Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1].Trim('\''));

    /// <summary>Starts a node as that file says.</summary>
    /// <param name="change">Changes its settings.</param>
    public Task<ApiProcess> StartNode(Action<Dictionary<string, string>>? change = null)
    {
        var settings = NodeSettings();
        settings["Outbound__Allow__0"] = "127.0.0.1";
        settings["Ingest__Poll"] = "00:00:00.050";
        settings["Scheduling__PollInterval"] = "00:00:01";
        change?.Invoke(settings);
        return ApiProcess.Start(settings);
    }

    /// <summary>The administrator's client of a node.</summary>
    public QualityIngestClient Admin(ApiProcess node) => QualityIngestClient.Connect(node.Address, NodeSettings()["Admin__ApiKey"]);

    /// <summary>Runs a statement as the superuser.</summary>
    public async Task<object?> Run(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, SearchPath = "qi" }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Terminal.Dispose();
        await _server.DisposeAsync();
    }
}

/// <summary>What a tenant has in an operated database, and asks for again after whatever was done with it.</summary>
/// <param name="Key">The tenant's key.</param>
/// <param name="Connector">Its connector, with a stored secret and a schedule.</param>
/// <param name="Words">What was said in its conversation.</param>
internal sealed record Kept(string Key, Guid Connector, IReadOnlyList<string> Words)
{
    private const string Conversation = "c-1";

    /// <summary>Makes a tenant that has ingested a conversation, on a schedule of one day that begins tomorrow.</summary>
    public static async Task<Kept> Make(OperatedDatabase database, ApiProcess node)
    {
        var admin = database.Admin(node);
        await admin.CreateTenantAsync(new() { Id = "acme", Name = "Acme" });
        var key = await admin.CreateApiKeyAsync(new()
        {
            Name = "Acme",
            Tenant = "acme",
            Scopes = ["connectors:read", "connectors:write", "conversations:read", "transcripts:read", "webhooks:read", "webhooks:write"],
        });
        var client = QualityIngestClient.Connect(node.Address, key.Secret);
        var s3 = await S3Server.Shared();
        var bucket = await s3.NewBucket();
        await client.CreateAgentAsync(new() { Name = "Ana", Email = Arranged.Agent });
        var queue = await client.CreateQueueAsync(new() { Name = "Orders" });
        var connector = await client.CreateConnectorAsync(IngestHost.Input(s3, bucket));
        await client.ReplaceQueueMappingsAsync(connector.Id, "*", new() { Mappings = [new() { ExternalId = "Q1", QueueId = queue.Id }] });
        await client.SetScheduleAsync(connector.Id, "*", new IntervalSchedule { Every = 1, Unit = IntervalUnit.Days, StartAt = DateTimeOffset.UtcNow.AddDays(1) });
        await client.CreateWebhookEndpointAsync(new() { Url = "https://127.0.0.1:1/", EventTypes = ["conversation.completed"] });
        await s3.Put(bucket, "calls/test.csv", $"{Arranged.Header}\n{Arranged.Row(Conversation)}\n");
        await s3.Put(bucket, "calls/day.csv", $"{Arranged.Header}\n{Arranged.Row(Conversation)}\n");
        await s3.Put(bucket, $"calls/chats/{Conversation}.json", """{"1":{"type":"USER","text":"Good morning.","timestamp":1749562200000,"userId":"c"}}""");
        await client.StartScanAsync(connector.Id);
        await Eventually.Holds(async () => (await client.ListConversationsAsync(status: ConversationStatus.Completed)).Items.Count == 1, TimeSpan.FromSeconds(60));
        return new(key.Secret, connector.Id, await WordsOf(client));
    }

    /// <summary>A node answers as the first one did: the conversation's words, a secret that opens, a schedule that is set.</summary>
    public async Task IsThere(ApiProcess node)
    {
        var client = QualityIngestClient.Connect(node.Address, Key);
        Assert.Equal(Words, await WordsOf(client));
        var report = await client.TestConnectorAsync(Connector);
        Assert.True(report.Passed, string.Join('\n', report.Checks.Select(check => check.Message)));
        Assert.NotNull((await client.GetScheduleAsync(Connector)).Schedule);
    }

    /// <summary>The schedule fires when it is due.</summary>
    public async Task IsScanned(ApiProcess node)
    {
        var client = QualityIngestClient.Connect(node.Address, Key);
        await Eventually.Holds(async () => (await client.ListScansAsync(Connector)).Items.Count == 2, TimeSpan.FromSeconds(60));
    }

    private static async Task<IReadOnlyList<string>> WordsOf(QualityIngestClient client)
    {
        var conversation = Assert.Single((await client.ListConversationsAsync(externalId: Conversation)).Items);
        return [.. (await client.GetTranscriptAsync(conversation.Id)).Utterances.Select(utterance => utterance.Text)];
    }
}
