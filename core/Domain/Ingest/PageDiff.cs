using QualityIngest.Database;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Sources;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>What one listing page changes: the events of its files, the work that follows, and the scan's counts.</summary>
public sealed record PageDiff(
    IReadOnlyList<StreamAppend> Appends, IReadOnlyList<NewWorkItem> Work, long Discovered, long Changed, long Removed, long Skipped, long Ignored)
{
    /// <summary>Decides what a page's differences mean. Pure.</summary>
    /// <param name="differences">What the page and the ledger disagree on.</param>
    /// <param name="states">The file streams that stand already, locked.</param>
    /// <param name="source">The source whose ledger it is.</param>
    /// <param name="connector">The connector that scans.</param>
    /// <param name="ingestFrom">Only objects modified at this time or later are discovered.</param>
    public static PageDiff Decide(
        IReadOnlyList<Difference> differences, IReadOnlyDictionary<Guid, FileState> states,
        Guid source, Guid connector, DateTimeOffset? ingestFrom)
    {
        var appends = new List<StreamAppend>();
        var work = new List<NewWorkItem>();
        long discovered = 0, changed = 0, removed = 0, skipped = 0, ignored = 0;

        foreach (var difference in differences)
        {
            var id = Ids.File(source, difference.Key);
            var state = states.GetValueOrDefault(id);
            if (difference.Listed is not { } listed)
            {
                if (state is null or { Removed: true })
                    continue;
                appends.Add(Append(id, state, new FileRemoved()));
                removed++;
                continue;
            }

            if (state is null && listed.LastModified < ingestFrom)
            {
                ignored++;
                continue;
            }

            var events = new List<object>(2);
            if (state is null)
            {
                events.Add(new FileDiscovered(source, connector, listed.Key, listed.ETag, listed.Size, listed.LastModified));
                discovered++;
            }
            else if (state.Etag != listed.ETag || state.Removed)
            {
                events.Add(new FileChanged(connector, listed.ETag, listed.Size, listed.LastModified));
                changed++;
            }

            if (events.Count > 0 && Candidates.SkipCode(listed) is { } skip)
            {
                events.Add(new FileSkipped(listed.ETag, skip));
                skipped++;
            }
            else if (events.Count > 0 || state is { Status: FileStatus.Discovered or FileStatus.Processing })
            {
                work.Add(FileItem(id, listed.ETag, connector, source));
            }

            if (events.Count > 0)
                appends.Add(Append(id, state, [.. events]));
        }

        return new(appends, work, discovered, changed, removed, skipped, ignored);
    }

    /// <summary>The work of reading one file version.</summary>
    public static NewWorkItem FileItem(Guid file, string etag, Guid connector, Guid source) =>
        new(WorkKinds.File, $"{file:N}:{etag}", connector, DomainJson.Write(new FileWork(file, etag, connector, source)));

    private static StreamAppend Append(Guid id, FileState? state, params object[] events) =>
        new(id, FileState.StreamType, state?.Version ?? 0, events,
            events.Aggregate(state ?? new FileState { Id = id }, FileState.Apply));
}

/// <summary>A key that the listing and the ledger disagree on; <see cref="Listed"/> is null where it is gone from the bucket.</summary>
public sealed record Difference(string Key, ListedObject? Listed);

/// <summary>Which objects of a quality-csv path are files to ingest.</summary>
public static class Candidates
{
    /// <summary>Whether the key is a CSV; everything else in the folder is media, reached from rows.</summary>
    public static bool IsCandidate(string key) => key.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>Why a candidate is not ingested, or null.</summary>
    public static string? SkipCode(ListedObject listed)
    {
        var name = listed.Key[(listed.Key.LastIndexOf('/') + 1)..];
        return name == "test.csv" ? "test_file" : listed.Size == 0 ? "empty_file" : null;
    }
}
