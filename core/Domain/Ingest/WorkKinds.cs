namespace QualityIngest.Domain.Ingest;

/// <summary>The kinds of work, in the order of the flow, and what their payloads hold.</summary>
public static class WorkKinds
{
    /// <summary>List a connector's paths and discover what is new.</summary>
    public const string Scan = "scan";

    /// <summary>Look at an object that a bucket has told of.</summary>
    public const string Notice = "notice";

    /// <summary>Read one file version into rows.</summary>
    public const string File = "file";

    /// <summary>Import a directory of a feed, once it is sealed.</summary>
    public const string Batch = "batch";

    /// <summary>Fetch one revision's transcript and measure it.</summary>
    public const string Resolve = "resolve";

    /// <summary>The same where there are recordings: fetch and measure them.</summary>
    public const string Measure = "measure";

    /// <summary>Look again at what is held.</summary>
    public const string Release = "release";

    /// <summary>Start files or conversations again, by a filter.</summary>
    public const string Retry = "retry";
}

/// <summary>The payload of <see cref="WorkKinds.Scan"/>.</summary>
public sealed record ScanWork(Guid ScanId, Guid ConnectorId);

/// <summary>The payload of <see cref="WorkKinds.Notice"/>: the exact key, and nothing else that the notification said.</summary>
public sealed record NoticeWork(Guid ConnectorId, string Key);

/// <summary>The payload of <see cref="WorkKinds.File"/>.</summary>
public sealed record FileWork(Guid FileId, string Etag, Guid ConnectorId, Guid SourceId);

/// <summary>How far a file version is read: the line of the last row that is stored, and what became of the rows so far.</summary>
public sealed record FileProgress(long Line, Files.FileCounts Counts);

/// <summary>The payload of <see cref="WorkKinds.Batch"/>.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="ConnectorId">The connector that saw it last.</param>
/// <param name="Path">The directory's key with its trailing slash; of a file that is a batch of its own, the file's key.</param>
public sealed record BatchWork(Guid SourceId, Guid ConnectorId, string Path);

/// <summary>How far a batch's work is: for its attempts, which count anew with every step; the import itself tells where it goes on.</summary>
public sealed record BatchPlace(Guid ImportId, Feeds.ImportProgress Progress);

/// <summary>The payload of <see cref="WorkKinds.Resolve"/> and <see cref="WorkKinds.Measure"/>.</summary>
public sealed record ResolveWork(Guid ConversationId, int Revision, Guid ConnectorId);

/// <summary>The payload of <see cref="WorkKinds.Release"/>: one connector's held conversations, or with null the tenant's.</summary>
public sealed record ReleaseWork(Guid? ConnectorId);
