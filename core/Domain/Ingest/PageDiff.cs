using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Sources;
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
    /// <param name="format">What the source's files hold.</param>
    /// <param name="connector">The connector that looked; only objects modified since its <c>ingestFrom</c> are discovered.</param>
    public static PageDiff Decide(
        IReadOnlyList<Difference> differences, IReadOnlyDictionary<Guid, FileState> states, IFileFormat format, Connector connector)
    {
        var (source, ingestFrom) = (connector.SourceId, connector.Settings.Source.IngestFrom);
        var appends = new List<StreamAppend>();
        var work = new List<NewWorkItem>();
        var outdated = new List<Guid>();
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

            if (events.Count > 0 && format.SkipCode(listed.Key, listed.Size) is { } skip)
            {
                events.Add(new FileSkipped(listed.ETag, skip));
                skipped++;
            }
            else if (events.Count > 0 || state is { Status: FileStatus.Discovered or FileStatus.Processing })
            {
                work.Add(FileItem(id, listed.ETag, connector.Id, source));
            }

            if (events.Count > 0)
                appends.Add(Append(id, state, [.. events]));
        }

        return new(appends, work, outdated, discovered, changed, removed, skipped, ignored);
    }

    /// <summary>Whether a difference says that a file is not what the ledger has.</summary>
    public static bool Contradicts(Difference difference, FileState state) =>
        difference.Listed is { } listed ? state.Removed || state.Etag != listed.ETag : !state.Removed;

    /// <summary>The work of reading one file version.</summary>
    public static NewWorkItem FileItem(Guid file, string etag, Guid connector, Guid source) =>
        new(WorkKinds.File, $"{file:N}:{etag}", connector, DomainJson.Write(new FileWork(file, etag, connector, source)));

    private static StreamAppend Append(Guid id, FileState? state, params object[] events) =>
        new(id, FileState.StreamType, state?.Version ?? 0, events,
            events.Aggregate(state ?? new FileState { Id = id }, FileState.Apply));
}

/// <summary>A key that the store and the ledger disagree on; <see cref="Listed"/> is null where it is gone from the bucket.</summary>
/// <param name="Key">The key.</param>
/// <param name="Listed">The object as listed.</param>
/// <param name="Known">Whether the ledger has it.</param>
public sealed record Difference(string Key, ListedObject? Listed, bool Known);
