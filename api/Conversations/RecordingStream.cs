using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using QualityIngest.Api.Http;
using QualityIngest.Domain;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Api.Conversations;

/// <summary>
/// Answers with a recording's bytes as they come, or with the problem. An answer whose source ends early or grows beyond its
/// bound is cut off, so that nobody takes it for whole.
/// </summary>
public sealed partial class RecordingStream(Outcome<OpenedRecording> outcome) : IResult, IEndpointMetadataProvider
{
    private static readonly string[] MediaTypes = ["application/octet-stream", "audio/wav", "audio/mpeg"];

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (outcome.Failure is { } failure)
        {
            await Problems.Write(httpContext, Problems.Of(failure));
            return;
        }

        await using var recording = outcome.Value;
        var response = httpContext.Response;
        response.ContentType = recording.ContentType;
        response.ContentLength = recording.Object.Size;
        response.Headers.CacheControl = "no-store";
        response.Headers.AcceptRanges = "none";
        ForeignContent.Guard(response);
        try
        {
            await recording.Object.Body.CopyToAsync(response.Body, httpContext.RequestAborted);
        }
        catch (SourceException cut)
        {
            LogCut(httpContext.RequestServices.GetRequiredService<ILogger<RecordingStream>>(), cut.Failure.Code);
            httpContext.Abort();
        }
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), MediaTypes));

    [LoggerMessage(EventId = 3010, Level = LogLevel.Warning, Message = "A recording was cut off while it was passed on: {Code}.")]
    private static partial void LogCut(ILogger logger, string code);
}
