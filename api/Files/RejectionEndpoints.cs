using System.Runtime.CompilerServices;
using QualityIngest.Api.Http;
using QualityIngest.Domain;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Files;

/// <summary>The quarantine of a file: every fault of every refused row, located.</summary>
public static class RejectionEndpoints
{
    /// <summary>Maps a file's rejections, as JSON and as CSV.</summary>
    public static void MapRejections(this IEndpointRouteBuilder v1)
    {
        var rejections = v1.MapGroup("/files/{id:guid}").WithTags("Files").RequireScope(Scopes.ConversationsRead);
        rejections.MapGet("/rejections", ListRejections);
        rejections.MapGet("/rejections.csv", ExportRejections).Produces<Stream>(StatusCodes.Status200OK, Csv.MediaType);
    }

    /// <summary>Lists what was refused of a file, by line.</summary>
    public static async Task<Ok<Listing<Rejection>>> ListRejections(
        Guid id, Paging<long> paging, Caller caller, FileDirectory files, CancellationToken cancel) =>
        (await files.Rejections(caller, id, paging.Page, cancel)).Map(page => new Listing<Rejection>(page.Items, paging.CursorAfter(page))).Ok();

    /// <summary>Streams what was refused of a file as CSV: line, externalId, field, code, message, member, memberLine, index.</summary>
    public static async Task<IResult> ExportRejections(Guid id, Caller caller, FileDirectory files, CancellationToken cancel) =>
        (await files.Get(caller, id, cancel)) is { Failure: not null } missing
            ? missing.Ok()
            : new Csv(["line", "externalId", "field", "code", "message", "member", "memberLine", "index"], Rows(id, caller, files, cancel), $"rejections-{id:N}.csv");

    private static async IAsyncEnumerable<IReadOnlyList<object?>> Rows(
        Guid id, Caller caller, FileDirectory files, [EnumeratorCancellation] CancellationToken cancel)
    {
        Position<long>? after = null;
        do
        {
            var page = (await files.Rejections(caller, id, new(1_000, after), cancel)).Value;
            foreach (var fault in page.Items)
                yield return
                [
                    fault.Line, fault.ExternalId, fault.Field, fault.Code, fault.Message, fault.Place?.Member, fault.Place?.Line, fault.Place?.Index,
                ];
            after = page.Next;
        }
        while (after is not null);
    }
}
