namespace QualityIngest.Api.Tests.Ingest.Nodes;

/// <summary>Two nodes on one database.</summary>
public sealed class Cluster<TNode> : IAsyncLifetime where TNode : ApiHost, new()
{
    /// <summary>The node that has made the database.</summary>
    public TNode First { get; } = new();

    /// <summary>The node that joined it.</summary>
    public TNode Second { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await First.InitializeAsync();
        Second = new() { On = First.Database };
        await Second.InitializeAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Second.DisposeAsync();
        await First.DisposeAsync();
    }
}
