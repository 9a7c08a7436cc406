using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Json;

/// <summary>A host for connectors of conversation-json.</summary>
public class JsonHost : IngestHost
{
    /// <summary>A tenant with a bucket and a connector of conversation-json that reads the bucket's <c>calls/</c>.</summary>
    public Task<Arranged> ArrangeJson(Func<ConnectorInput, ConnectorInput>? change = null) =>
        Arrange(input => (change ?? (i => i))(input with { Format = "conversation-json" }));

    /// <summary>The same, with the agent of <see cref="Chat"/> known: what arrives is not held.</summary>
    public async Task<Arranged> ArrangeJsonReady(Func<ConnectorInput, ConnectorInput>? change = null)
    {
        var bucket = await ArrangeJson(change);
        await bucket.Client.CreateAgentAsync(new() { Name = "Ana", ExternalId = Chat.Agent });
        return bucket;
    }
}

/// <summary>One host for the classes that need no settings of their own: every test has a tenant of its own.</summary>
[CollectionDefinition(Name)]
public sealed class JsonCollection : ICollectionFixture<JsonHost>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "conversation-json";
}
