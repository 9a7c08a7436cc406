using System.Net.Http.Json;
using System.Text.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Security;

/// <summary>A stranger who knows the owner's ids, cursors and keys of calls gets nowhere with them.</summary>
public sealed class ForeignTests(MatrixHost host) : IClassFixture<MatrixHost>
{
    private Estate Estate => host.Estate;

    private QualityIngestClient Stranger => host.Client(host.Keys.Stranger);

    private QualityIngestClient Owner => host.Client(host.Keys.Owner);

    [SkippableFact]
    public async Task Anothers_queue_is_no_queue_to_map_to_or_to_fall_back_on()
    {
        _ = host.Services;
        var connector = await Stranger.CreateConnectorAsync(Estate.ConnectorInput("Mapped"));

        await Answer.Refused(422, "invalid", () => Stranger.ReplaceQueueMappingsAsync(connector.Id, "*", new() { Mappings = [new() { ExternalId = "Q1", QueueId = Estate.Queue }] }));
        var input = Estate.ConnectorInput("Falls back", "conversation-json") with { DefaultQueue = Estate.Queue };
        await Answer.Refused(422, "invalid", () => Stranger.CreateConnectorAsync(input));
    }

    [SkippableFact]
    public async Task Anothers_connector_is_no_connector_to_be_told_of()
    {
        _ = host.Services;
        await Answer.Refused(422, "invalid", () => Stranger.CreateWebhookEndpointAsync(new() { Url = "https://hooks.example.com/", ConnectorIds = [Estate.Connector] }));
        var own = (await Stranger.CreateWebhookEndpointAsync(new() { Url = "https://hooks.example.com/" })).Endpoint;
        await Answer.Refused(422, "invalid", () => Stranger.ReplaceWebhookEndpointAsync(own.Id, "*", new() { Url = "https://hooks.example.com/", ConnectorIds = [Estate.Connector] }));
    }

    [SkippableFact]
    public async Task Filters_by_what_is_anothers_find_nothing()
    {
        _ = host.Services;
        using var http = host.Http(host.Keys.Stranger);
        foreach (var query in new[]
        {
            $"files?connectorId={Estate.Connector}", $"files?batchId={Estate.Batch}", $"batches?connectorId={Estate.FeedConnector}",
            $"conversations?connectorId={Estate.Connector}", $"conversations?fileId={Estate.File}", $"conversations?externalId=call-1",
            $"call-records?batchId={Estate.Batch}", $"call-records?conversationId={Estate.Conversation}", $"sales?connectorId={Estate.FeedConnector}", $"sales?batchId={Estate.Batch}",
            $"webhooks/deliveries?endpointId={Estate.Endpoint}", $"events?connectorId={Estate.Connector}", "events?type=scan.completed", "agents?email=ann@example.com",
        })
        {
            var items = (await http.GetFromJsonAsync<JsonElement>("v1/" + query)).GetProperty("items");
            Assert.True(items.GetArrayLength() == 0, $"{query}: {items}");
        }

        using var owner = host.Http(host.Keys.Owner);
        Assert.NotEqual(0, (await owner.GetFromJsonAsync<JsonElement>($"v1/events?connectorId={Estate.Connector}")).GetProperty("items").GetArrayLength());
    }

    [SkippableFact]
    public async Task Anothers_cursor_leads_to_ones_own_alone()
    {
        _ = host.Services;
        using var owner = host.Http(host.Keys.Owner);
        using var stranger = host.Http(host.Keys.Stranger);
        foreach (var list in new[] { "connectors", "queues", "agents", "conversations", "batches", "webhooks/endpoints" })
        {
            var cursor = (await owner.GetFromJsonAsync<JsonElement>($"v1/{list}?limit=1")).GetProperty("nextCursor").GetString();
            var page = await stranger.GetStringAsync($"v1/{list}?limit=100&cursor={cursor}");
            Assert.DoesNotContain(Estate.Ids, id => page.Contains(id, StringComparison.OrdinalIgnoreCase));
        }
    }

    [SkippableFact]
    public async Task Anothers_idempotency_key_is_a_key_of_ones_own()
    {
        _ = host.Services;
        var (mine, theirs) = (await Create(host.Keys.Owner), await Create(host.Keys.Stranger));

        Assert.Equal((201, 201), (mine.Status, theirs.Status));
        Assert.NotEqual(mine.Id, theirs.Id);
        Assert.Equal(mine, await Create(host.Keys.Owner));
        Assert.Equal(403, (await Create(host.Keys.Lacking(host.Operations.Single(o => o.Id == "createQueue")).Secret!)).Status);

        async Task<(int Status, string? Id)> Create(string key)
        {
            using var http = host.Http(key);
            http.DefaultRequestHeaders.Add("Idempotency-Key", "the-same");
            using var answer = await http.PostAsJsonAsync("v1/queues", new { name = "Repeated" });
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return ((int)answer.StatusCode, body.TryGetProperty("id", out var id) ? id.GetString() : null);
        }
    }

    [SkippableFact]
    public async Task A_retry_by_anothers_connector_restarts_nothing_of_it()
    {
        _ = host.Services;
        await Stranger.RetryFilesAsync(new() { ConnectorId = Estate.Connector });

        Assert.Equal(FileStatus.Failed, (await Owner.GetFileAsync(Estate.File)).Status);
        await using var command = host.Database.Source.CreateCommand("select count(*) from work_items where kind = 'retry' and (tenant_id <> 'stranger' or lane is not null)");
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    [SkippableFact]
    public async Task Queries_find_nothing_of_anothers()
    {
        _ = host.Services;
        using var stranger = host.Http(host.Keys.Stranger);
        foreach (var (type, id) in new[]
        {
            ("Connector", Estate.Connector), ("Queue", Estate.Queue), ("Agent", Estate.Agent), ("File", Estate.File), ("Conversation", Estate.Conversation),
            ("Scan", Estate.Scan), ("Batch", Estate.Batch), ("CallRecord", Estate.CallRecord), ("Sale", Estate.Sale),
        })
        {
            using var answer = await stranger.PostAsJsonAsync("graphql", new { query = $"{{ node(id: \"{type}:{id}\") {{ id }} }}" });
            var found = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("node");
            Assert.True(found.ValueKind == JsonValueKind.Null, $"{type}: {found}");
        }

        using var search = await stranger.PostAsJsonAsync("graphql", new { query = "{ conversations(filter: { search: \"owner\" }) { totalCount } }" });
        Assert.Equal(0, (await search.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("conversations").GetProperty("totalCount").GetInt64());
    }

    [SkippableTheory]
    [InlineData(null, 401)]
    [InlineData("a revoked key", 401)]
    [InlineData("an expired key", 401)]
    [InlineData("a broken checksum", 401)]
    [InlineData("conversations:read", 403)]
    [InlineData("an administrator's", 403)]
    public async Task Queries_need_a_key_that_works_and_reads_conversations(string? kind, int status)
    {
        _ = host.Services;
        var list = host.Operations.Single(o => o.Id == "listConversations");
        var key = kind switch
        {
            null => null,
            "conversations:read" => host.Keys.Lacking(list).Secret,
            "an administrator's" => host.Keys.Administrator,
            _ => host.Keys.Useless[kind].Key(list).Secret,
        };
        using var http = host.Http(key);
        foreach (var answer in new[] { await http.PostAsJsonAsync("graphql", new { query = "{ __typename }" }), await http.GetAsync("graphql?query={__typename}") })
            Assert.Equal(status, (int)answer.StatusCode);
    }

    [SkippableFact]
    public async Task Metrics_are_for_administrators_who_read()
    {
        _ = host.Services;
        var list = host.Operations.Single(o => o.Id == "listTenants");
        (string? Key, int Status)[] cases = [(null, 401), (host.Keys.Owner, 403), (host.Keys.Lacking(list).Secret, 403), (host.Keys.Administrator, 200)];
        foreach (var (key, status) in cases)
        {
            using var http = host.Http(key);
            using var answer = await http.GetAsync("metrics");
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    [SkippableFact]
    public async Task A_notification_needs_its_secret_and_a_key_that_is_sent_along_has_to_fit()
    {
        _ = host.Services;
        var wrong = new Uri(Estate.Notifications.AbsoluteUri[..^4] + "AAAA");
        Assert.Equal(404, await Notify(null, wrong));
        Assert.Equal(404, await Notify(host.Keys.Owner, wrong));
        Assert.Equal(401, await Notify("qi_nothing", Estate.Notifications));
        Assert.Equal(403, await Notify(host.Keys.Administrator, Estate.Notifications));
        Assert.Equal(404, await Notify(host.Keys.Stranger, Estate.Notifications));

        async Task<int> Notify(string? key, Uri address)
        {
            using var http = host.Http(key);
            using var answer = await http.PostAsJsonAsync(address, new { Records = Array.Empty<object>() });
            return (int)answer.StatusCode;
        }
    }
}
