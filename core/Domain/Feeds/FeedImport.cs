using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds;

/// <summary>One reading of a sealed batch. What it brought is shown while it is current.</summary>
/// <param name="Id">Its id; every row that it brought has it.</param>
/// <param name="BatchId">The batch.</param>
/// <param name="FeedId">The feed: what a snapshot replaces.</param>
/// <param name="ConnectorId">The connector that reads it.</param>
/// <param name="Namespace">The namespace of the connector's conversations.</param>
/// <param name="Kind">What its rows are.</param>
/// <param name="Partition">What a later import of the same partition replaces.</param>
/// <param name="Snapshot">Whether it replaces the whole feed up to its date.</param>
/// <param name="Date">The day that it is about, or up to which it reaches; that of its sealing where the directory names none.</param>
/// <param name="Marker">The version of the marker that sealed it.</param>
/// <param name="SealedAt">When that marker was written.</param>
/// <param name="Settings">How the connector reads feeds.</param>
public sealed record FeedImport(
    Guid Id, Guid BatchId, Guid FeedId, Guid ConnectorId, string Namespace, FeedKind Kind, string Partition, bool Snapshot,
    DateOnly Date, string Marker, DateTimeOffset SealedAt, FeedSettings Settings);

/// <summary>A file of a batch while its rows are stored.</summary>
/// <param name="Id">The file's stream.</param>
/// <param name="Ordinal">Its place among the batch's files in the order of their keys, from 0.</param>
/// <param name="Key">The object's key.</param>
/// <param name="Etag">The version that is read.</param>
/// <param name="Size">Its stored bytes.</param>
/// <param name="LastModified">When the bucket says it was last modified.</param>
public sealed record BatchFile(Guid Id, int Ordinal, string Key, string Etag, long Size, DateTimeOffset LastModified);
