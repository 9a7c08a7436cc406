using QualityIngest.Api.Http;
using QualityIngest.Domain;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Formats;

/// <summary>Formats: what a file is worth, before it is put into a bucket.</summary>
public static class FormatEndpoints
{
    /// <summary>Maps the tag Formats.</summary>
    public static void MapFormats(this IEndpointRouteBuilder v1) =>
        v1.MapPost("/formats/quality-csv/validate", ValidateQualityCsv).WithTag("Formats", "What a file is worth before it is put into a bucket.").RequireScope(Scopes.ConnectorsRead)
            .Accepts<Stream>(Csv.MediaType)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(ValidationReport.MaxBytes));

    /// <summary>
    /// Reads a quality-csv file as ingestion would and says what is wrong with it, located. Nothing of it is stored; mappings,
    /// agents and locators are not looked at.
    /// </summary>
    /// <param name="channel">The only channel that the file's path is for; absent: both.</param>
    public static async Task<Ok<ValidationReport>> ValidateQualityCsv(
        Word<Channel>? channel, Stream body, CancellationToken cancel) =>
        ((Outcome<ValidationReport>)await ValidationReport.Of(
            QualityCsv.Read(body, new() { ExpectedChannel = channel?.Value }, cancel), cancel)).Ok();
}
