using QualityIngest.Api.Http;
using QualityIngest.Domain;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Files;

/// <summary>Which files to read again; every member that is set narrows it, and at least one must be.</summary>
/// <param name="ConnectorId">Those of one connector.</param>
/// <param name="Status">Those of one status: <c>failed</c>, <c>partially_ingested</c> or <c>ingested</c>.</param>
/// <param name="Code">Those that failed with this code, or any row of which was refused with it.</param>
public sealed record RetryFilesInput(Guid? ConnectorId = null, FileStatus? Status = null, string? Code = null);

/// <summary>Files: what became of every object of a source.</summary>
public static class FileEndpoints
{
    /// <summary>Maps the tag Files.</summary>
    public static void MapFiles(this IEndpointRouteBuilder v1)
    {
        var files = v1.MapGroup("/files").WithTag("Files", "What became of every object of a source, and of every row that was refused.").RequireScope(Scopes.ConversationsRead);
        files.MapGet("", ListFiles);
        files.MapGet("/{id:guid}", GetFile);
        files.MapGet("/{id:guid}/events", ListFileEvents);
        files.MapPost("/{id:guid}/retry", RetryFile).RequireScope(Scopes.ConversationsWrite).Refuses("not_retryable", "file_of_batch");
        files.MapPost("/retry", RetryFiles).RequireScope(Scopes.ConversationsWrite);
    }

    /// <summary>Lists the files, latest discovered first.</summary>
    /// <param name="connectorId">Only those that this connector saw.</param>
    /// <param name="status">Only those that stand here.</param>
    /// <param name="errorCode">Only those that failed, or were skipped, for this reason.</param>
    /// <param name="keyPrefix">Only those whose key begins so.</param>
    /// <param name="removed">Only those that are gone from the bucket, or only those that are not.</param>
    /// <param name="batchId">Only those of this batch, its marker included.</param>
    public static async Task<Ok<Listing<IngestedFile>>> ListFiles(
        Guid? connectorId, Word<FileStatus>? status, string? errorCode, string? keyPrefix, bool? removed, Guid? batchId,
        Paging<Guid> paging, Caller caller, FileDirectory files, CancellationToken cancel) =>
        (await files.List(caller, new(connectorId, status?.Value, errorCode, keyPrefix, removed, batchId), paging.Page, cancel)).Listing(paging);

    /// <summary>Gets a file.</summary>
    public static async Task<Ok<IngestedFile>> GetFile(Guid id, Caller caller, FileDirectory files, CancellationToken cancel) =>
        (await files.Get(caller, id, cancel)).Ok();

    /// <summary>Lists a file's events, oldest first: its audit trail.</summary>
    public static async Task<Ok<IReadOnlyList<RecordedEvent>>> ListFileEvents(
        Guid id, Caller caller, FileDirectory files, CancellationToken cancel) =>
        (await files.Events(caller, id, cancel)).Ok();

    /// <summary>Reads a file again from its first row. One of a batch is read again with its batch.</summary>
    public static async Task<Accepted<IngestedFile>> RetryFile(Guid id, Caller caller, FileDirectory files, CancellationToken cancel) =>
        (await files.Retry(caller, id, cancel)).Accepted();

    /// <summary>Reads files again, by a filter, soon after.</summary>
    public static async Task<Accepted<Acceptance>> RetryFiles(
        RetryFilesInput filter, Caller caller, RetryRequests retries, CancellationToken cancel) =>
        (await retries.Accept(
            caller,
            new(RetryTarget.Files, filter.ConnectorId, filter.Status is { } status ? DomainJson.Word(status) : null, filter.Code),
            cancel)).Map(_ => new Acceptance()).Accepted();
}
