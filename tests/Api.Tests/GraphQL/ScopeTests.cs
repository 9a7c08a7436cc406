using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace QualityIngest.Api.Tests.GraphQL;

/// <summary>A key asks for nothing here that it could not read elsewhere.</summary>
[Collection(nameof(GraphQLHost))]
public sealed class ScopeTests(GraphQLHost host)
{
    public static TheoryData<string, string> Guarded { get; } = new()
    {
        { "{ conversations { nodes { messages { nodes { text } } } } }", "transcripts:read" },
        { "{ conversations { nodes { members } } }", "transcripts:read" },
        { "{ callRecords { nodes { attributes } } }", "transcripts:read" },
        { "{ callRecords { nodes { lists } } }", "transcripts:read" },
        { "{ callRecords { nodes { dispositionNotes } } }", "transcripts:read" },
        { "{ callRecords { nodes { surveyAnswer } } }", "transcripts:read" },
        { "{ callRecords(filter: { surveyAnswer: { eq: \"a\" } }) { totalCount } }", "transcripts:read" },
        { "{ callRecordStats(filter: { not: { surveyAnswer: { isNull: true } } }) { count } }", "transcripts:read" },
        { "{ conversations { nodes { callRecords { dispositionNotes } } } }", "transcripts:read" },
        { "{ sales { nodes { attributes } } }", "transcripts:read" },
        { "{ conversations(filter: { search: \"a\" }) { totalCount } }", "transcripts:read" },
        { "{ conversations(filter: { not: { or: [{ attribute: \"a=b\" }] } }) { totalCount } }", "transcripts:read" },
        { "{ conversationStats(filter: { and: [{ search: \"a\" }] }) { count } }", "transcripts:read" },
        { "query($f: ConversationFilter = { search: \"a\" }) { conversations(filter: $f) { totalCount } }", "transcripts:read" },
        { "{ conversations { nodes { queue { name } } } }", "connectors:read" },
        { "{ conversations(filter: { agent: { email: { eq: \"a\" } } }) { totalCount } }", "connectors:read" },
        { "{ conversationStats(groupBy: [CONNECTOR]) { key { connector { name } } } }", "connectors:read" },
        { "{ conversations { nodes { ...f } } } fragment f on Conversation { file { key } }", "connectors:read" },
        { "{ files { totalCount } }", "connectors:read" },
        { "{ fileStats { count } }", "connectors:read" },
        { "{ scans { totalCount } }", "connectors:read" },
        { "{ batches { totalCount } }", "connectors:read" },
        { "{ connectors { totalCount } }", "connectors:read" },
        { "{ queues { totalCount } }", "connectors:read" },
        { "{ agents { totalCount } }", "connectors:read" },
        { "{ node(id: \"Agent:00000000-0000-7000-8000-000000000001\") { ... on Agent { email } } }", "connectors:read" },
        { "{ node(id: \"Agent:00000000-0000-7000-8000-000000000001\") { id } }", "connectors:read" },
        { "{ file(id: \"00000000-0000-7000-8000-000000000001\") { __typename } }", "connectors:read" },
        { "{ conversations { nodes { queue { id } } } }", "connectors:read" },
        { "{ conversationStats(groupBy: [AGENT]) { key { agent { id } } } }", "connectors:read" },
    };

    [SkippableTheory]
    [MemberData(nameof(Guarded))]
    public async Task What_needs_another_scope_is_refused_with_its_name(string query, string scope)
    {
        using var client = await host.Of("plan-1", [.. GraphQLHost.Everything.Where(s => s != scope)]);
        using var answer = await client.PostAsJsonAsync("graphql", new { query });
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("INSUFFICIENT_SCOPE", error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Contains(scope, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Conversations_and_their_figures_need_no_more_than_their_own()
    {
        using var client = await host.Of("plan-1", "conversations:read");

        await GraphQLHost.Data(client, """
            { __schema { types { name } } conversations(first: 1) { nodes { id status queueId metrics { durationMs } callRecords { id } sales { id } } } conversationStats(groupBy: [STATUS]) { count } node(id: "Conversation:00000000-0000-7000-8000-000000000001") { id } }
            """);
    }

    [SkippableFact]
    public async Task Without_the_scope_of_conversations_nothing_is_asked_at_all()
    {
        using var client = await host.Of("plan-1", "connectors:read", "transcripts:read");
        using var answer = await client.PostAsJsonAsync("graphql", new { query = "{ __typename }" });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
