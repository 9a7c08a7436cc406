using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// What a listing page, or a look at single keys, changes: the events of its files, the work that follows, the files whose
/// last version is no longer in the bucket, and the scan's counts.
/// </summary>
public sealed record PageDiff(
    IReadOnlyList<StreamAppend> Appends, IReadOnlyList<NewWorkItem> Work, IReadOnlyList<Guid> Outdated,
    long Discovered, long Changed, long Removed, long Skipped, long Ignored)
{
    /// <summary>Decides what differences mean. Pure.</summary>
    /// <param name="differences">What the store and the ledger disagree on.</param>
    /// <param name="states">The file streams that stand already, locked.</param>
    /// <param name="connector">The connector that looked.</param>
    /// <param name="ingestFrom">Only objects modified since then are discovered; null: all.</param>
    public static PageDiff Decide(
        IReadOnlyList<Difference> differences, IReadOnlyDictionary<Guid, FileState> states, Connector connector, DateTimeOffset? ingestFrom)
    {
        var source = connector.SourceId;
        var appends = new List<StreamAppend>();
        var work = new List<NewWorkItem>();
        var outdated = new List<Guid>();
        var batches = new HashSet<string>(StringComparer.Ordinal);
        long discovered = 0, changed = 0, removed = 0, skipped = 0, ignored = 0;

        foreach (var difference in differences)
        {
            var id = Ids.File(source, difference.Key);
            var state = states.GetValueOrDefault(id);
            if (difference.Seen is not { Object: var listed, Verdict: var verdict })
            {
                if (state is null or { Removed: true })
                    continue;
                appends.Add(Append(id, state, new FileRemoved()));
                outdated.Add(id);
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
                events.Add(new FileDiscovered(source, connector.Id, listed.Key, listed.ETag, listed.Size, listed.LastModified));
                discovered++;
            }
            else if (Contradicts(difference, state))
            {
                events.Add(new FileChanged(connector.Id, listed.ETag, listed.Size, listed.LastModified));
                outdated.Add(id);
                changed++;
            }

            var isNew = events.Count > 0;
            switch (verdict)
            {
                case Verdict.Skip skip when isNew:
                    events.Add(new FileSkipped(listed.ETag, skip.Code, skip.Detail));
                    skipped++;
                    break;
                case Verdict.Read when isNew || state is { Status: FileStatus.Discovered or FileStatus.Processing }:
                    work.Add(FileItem(id, listed.ETag, connector.Id, source));
                    break;
                case Verdict.Await:
                    if (isNew)
                        events.Add(new FileAwaitingMarker(listed.ETag, Ids.Batch(source, difference.Batch!)));
                    batches.Add(difference.Batch!);
                    break;
                case Verdict.Seal marker:
                    if (isNew)
                    {
                        events.Add(new FileSkipped(listed.ETag, marker.Code, BatchId: Ids.Batch(source, difference.Batch!)));
                        skipped++;
                    }

                    batches.Add(difference.Batch!);
                    break;
            }

            if (events.Count > 0)
                appends.Add(Append(id, state, [.. events]));
        }

        work.AddRange(batches.Select(path => BatchItem(source, connector.Id, path)));
        return new(appends, work, outdated, discovered, changed, removed, skipped, ignored);
    }

    /// <summary>Whether a difference says that a file is not what the ledger has.</summary>
    public static bool Contradicts(Difference difference, FileState state) =>
        difference.Seen is { Object: var listed } ? state.Removed || state.Etag != listed.ETag : !state.Removed;

    /// <summary>The work of reading one file version.</summary>
    public static NewWorkItem FileItem(Guid file, string etag, Guid connector, Guid source) =>
        new(WorkKinds.File, $"{file:N}:{etag}", connector, DomainJson.Write(new FileWork(file, etag, connector, source)));

    /// <summary>The work of looking at a batch and importing it, once it is sealed.</summary>
    public static NewWorkItem BatchItem(Guid source, Guid connector, string path) =>
        new(WorkKinds.Batch, $"{Ids.Batch(source, path):N}", connector, DomainJson.Write(new BatchWork(source, connector, path)));

    private static StreamAppend Append(Guid id, FileState? state, params object[] events) =>
        new(id, FileState.StreamType, state?.Version ?? 0, events,
            events.Aggregate(state ?? new FileState { Id = id }, FileState.Apply));
}

/// <summary>A key that the store and the ledger disagree on.</summary>
/// <param name="Key">The key.</param>
/// <param name="Seen">The object as listed; null: it is gone from the bucket.</param>
/// <param name="Batch">The path of the batch that it belongs to, or whose marker it is; null: none.</param>
/// <param name="Known">Whether the ledger has it.</param>
public sealed record Difference(string Key, Judged? Seen, string? Batch, bool Known);
