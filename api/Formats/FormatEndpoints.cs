using Microsoft.AspNetCore.Mvc;
using QualityIngest.Api.Http;
using QualityIngest.Api.Http.Repeats;
using QualityIngest.Domain;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Formats;

/// <summary>Formats: what a file is worth, before it is put into a bucket.</summary>
public static class FormatEndpoints
{
    private const string AnyBytes = "application/octet-stream";

    /// <summary>Maps the tag Formats.</summary>
    public static void MapFormats(this IEndpointRouteBuilder v1)
    {
        var formats = v1.MapGroup("/formats").WithTag("Formats", "What a file is worth before it is put into a bucket.").RequireScope(Scopes.ConnectorsRead)
            .WithMetadata(new RequestSizeLimitAttribute(ValidationReport.MaxBytes))
            .Repeatable();
        formats.MapPost("/quality-csv/validate", ValidateQualityCsv).Accepts<Stream>(Csv.MediaType);
        formats.MapPost("/conversation-json/validate", ValidateConversationJson).Accepts<Stream>(AnyBytes).Refuses("invalid");
        formats.MapPost("/feeds/validate", ValidateFeed).Accepts<Stream>(AnyBytes).Refuses("invalid");
    }

    /// <summary>
    /// Reads a quality-csv file as ingestion would and says what is wrong with it, located. Nothing of it is stored; mappings,
    /// agents and locators are not looked at.
    /// </summary>
    /// <param name="channel">The only channel that the file's path is for; absent: both.</param>
    /// <param name="body">The file as it would lie in the bucket: CSV in UTF-8, with its header.</param>
    public static async Task<Ok<ValidationReport>> ValidateQualityCsv(
        Word<Channel>? channel, Stream body, CancellationToken cancel) =>
        ((Outcome<ValidationReport>)await ValidationReport.Of(
            QualityCsv.Read(body, new() { ExpectedChannel = channel?.Value }, cancel), cancel)).Ok();

    /// <summary>
    /// Reads a conversation-json file as ingestion would and says what is wrong with it, located. Nothing of it is stored;
    /// agents are not looked at.
    /// </summary>
    /// <param name="name">The file's name, whose end says what it holds: <c>.json</c>, <c>.jsonl</c>, <c>.ndjson</c>, one of them with <c>.gz</c>, <c>.zip</c>, <c>.tar.gz</c> or <c>.tgz</c>.</param>
    /// <param name="body">The file as it would lie in the bucket, compressed if its name says so.</param>
    public static async Task<Ok<ValidationReport>> ValidateConversationJson(
        string name, Stream body, FileFormats formats, CancellationToken cancel)
    {
        var format = formats[FormatNames.ConversationJson];
        Outcome<ValidationReport> outcome = format.Judge(new(name, 1)) is Verdict.Read
            ? await ValidationReport.Of(format.Read(body, new(name, ExpectedChannel: null), cancel), cancel)
            : new Failure.Invalid("/name", "unknown_file", "The name must end with .json, .jsonl, .ndjson, one of them and .gz, .zip, .tar.gz or .tgz.");
        return outcome.Ok();
    }

    /// <summary>
    /// Reads a feed's file (ASAPP) as an import would and says what is wrong with it or its key, located. Nothing of it is
    /// stored; whether a marker seals it is not looked at.
    /// </summary>
    /// <param name="key">
    /// The file's key below the connector's path, which says how it is written and what day it is about:
    /// <c>FEED_NAME/version=1/format=FORMAT[/dt=YYYY-MM-DD[/hr=HH[/mi=MM]]]/FILE</c>.
    /// </param>
    /// <param name="kind">What the feed's rows are; absent: what its name says.</param>
    /// <param name="body">The file as it would lie in the bucket.</param>
    public static async Task<Ok<ValidationReport>> ValidateFeed(
        string key, Word<FeedKind>? kind, Stream body, CancellationToken cancel)
    {
        var file = FeedFile.Of(key, kind?.Value);
        Outcome<ValidationReport> outcome = file.Failure is { } failure
            ? failure
            : await ValidationReport.Of(file.Value.Read(body, cancel), cancel);
        return outcome.Ok();
    }
}
