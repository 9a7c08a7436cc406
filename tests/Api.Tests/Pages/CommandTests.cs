using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;
using QualityIngest.TestKit;
using static QualityIngest.Api.Tests.Answer;

namespace QualityIngest.Api.Tests.Pages;

/// <summary>Commands and queries that stand by themselves on the pages, run over one conversation.</summary>
[Collection(IngestCollection.Name)]
public sealed partial class CommandTests(IngestHost host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [SkippableFact]
    public async Task The_commands_of_the_pages_of_notifications_webhooks_erasure_and_graphql_do_what_they_say()
    {
        TestDatabase.Require();
        Terminal.Require("curl", "setsid");
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("a.csv", "c-1");
        await bucket.Ingest();
        var conversation = await bucket.Conversation("c-1");
        var cursor = await Before(bucket.Client, "conversation.completed");
        using var terminal = new Terminal(new Dictionary<string, string>
        {
            ["api"] = host.Address.AbsoluteUri.TrimEnd('/'),
            ["key"] = bucket.Tenant.Secret,
            ["connector"] = conversation.ConnectorId.ToString(),
            ["conversation"] = conversation.Id.ToString(),
            ["version"] = conversation.Version.ToString(CultureInfo.InvariantCulture),
            ["cursor"] = cursor,
        });

        var address = await Said("docs/notifications.md");
        Assert.Equal(address.GetProperty("topicArn").GetString(), (await bucket.Client.GetNotificationsAsync(conversation.ConnectorId)).TopicArn);

        var answers = await Answers("docs/webhooks.md");
        var endpoint = answers[0].GetProperty("endpoint").GetProperty("id").GetGuid();
        Assert.Equal("https://example.com/hooks", (await bucket.Client.GetWebhookEndpointAsync(endpoint)).Url.ToString());
        await bucket.Client.DeleteWebhookEndpointAsync(endpoint, "*");
        var told = Assert.Single(answers[1].GetProperty("items").EnumerateArray());
        Assert.Equal(conversation.Id, told.GetProperty("data").GetProperty("conversationId").GetGuid());

        Assert.Equal(JsonValueKind.Array, (await Said("docs/graphql.md")).GetProperty("data").GetProperty("conversations").GetProperty("nodes").ValueKind);

        Assert.Equal([""], await terminal.Run(Page.Of("docs/erasure.md").Shell(), Patience));
        await Refused(410, "conversation_erased", () => bucket.Client.GetConversationAsync(conversation.Id));

        async Task<JsonElement> Said(string page) => Assert.Single(await Answers(page));

        async Task<IReadOnlyList<JsonElement>> Answers(string page) =>
            [.. (await terminal.Run(Page.Of(page).Shell(), Patience)).Select(printed => JsonDocument.Parse(printed).RootElement)];
    }

    [SkippableFact]
    public async Task The_queries_of_the_page_of_graphql_are_answered()
    {
        var tenant = await host.NewTenant();
        using var http = host.Http(tenant.Secret);
        var queries = Query().Matches(Page.Of("docs/graphql.md").Text).Select(match => match.Groups["query"].Value).ToList();

        Assert.NotEmpty(queries);
        foreach (var query in queries)
        {
            using var answer = await http.GetAsync(new Uri("graphql?query=" + Uri.EscapeDataString(query), UriKind.Relative));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.False(JsonDocument.Parse(text).RootElement.TryGetProperty("errors", out _), $"{query}\n{text}");
        }
    }

    // Where a reader of the feed stands whose next page has an event of this type: it comes once nothing older is being written.
    private static async Task<string> Before(QualityIngestClient client, string type)
    {
        var cursor = "ev0";
        await Eventually.Holds(
            async () =>
            {
                var page = await client.ListEventsAsync(cursor, [type]);
                cursor = page.Items.Count == 0 ? page.Next : cursor;
                return page.Items.Count > 0;
            },
            Patience);
        return cursor;
    }

    [GeneratedRegex("^```graphql\n(?<query>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Query();
}
