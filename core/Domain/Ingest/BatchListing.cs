using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Sources;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Lists a batch's whole directory into the ledger, so that what is decided of it depends neither on where a scan's page
/// ended nor on what a notification told.
/// </summary>
public sealed class BatchListing(Postgres postgres, Discovery discovery, IOptions<IngestOptions> options)
{
    private const int Looks = 3;

    /// <summary>Lists the directory, or looks at the file that is a batch of its own.</summary>
    /// <exception cref="SourceException">The bucket cannot be listed.</exception>
    public async Task List(string tenant, OpenConnector opened, string path, CancellationToken cancel)
    {
        var anyAge = await IsToIngest(opened, path, cancel);
        string? after = null;
        for (var more = true; more;)
            (more, after) = await Page(tenant, opened, path, anyAge, after, cancel);
    }

    /// <summary>Lists a page and records it; lists it again where another look was quicker than the recording.</summary>
    private async Task<(bool More, string? Last)> Page(
        string tenant, OpenConnector opened, string path, bool anyAge, string? after, CancellationToken cancel)
    {
        for (var look = 1; ; look++)
        {
            var at = await discovery.Now(tenant, cancel);
            var page = await opened.Source.List(opened.Source.Bucket, path, after, options.Value.ListingPage, cancel);
            var end = page.Objects.Count > 0 ? page.Objects[^1].Key : after;
            var sighting = new ListedPage(at, page.Objects, path, after, page.More ? end : null) { Batch = path, AnyAge = anyAge };
            if (await Record(tenant, opened.Connector, sighting, last: look == Looks, cancel))
                return (page.More, end);
        }
    }

    private async Task<bool> Record(string tenant, Connector connector, ListedPage page, bool last, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(tenant, cancel);
        try
        {
            var discovered = await discovery.Record(session, connector, page, cancel);
            if (discovered.Overtaken.Count > 0 && !last)
                return false;
            await session.Commit(cancel);
            return true;
        }
        catch (ConcurrencyException) when (!last)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether its marker is not older than what the connector ingests: then all that it seals is ingested, however old.
    /// </summary>
    private static async Task<bool> IsToIngest(OpenConnector opened, string path, CancellationToken cancel)
    {
        if (opened.Connector.Settings.Source.IngestFrom is not { } from || !path.EndsWith('/'))
            return false;
        var key = path + FeedDirectory.Marker;
        var found = await opened.Source.List(opened.Source.Bucket, key, startAfter: null, maxKeys: 1, cancel);
        return found.Objects is [{ Size: 0 } marker] && marker.Key == key && marker.LastModified >= from;
    }
}
