using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using QualityIngest.Api.Http;
using QualityIngest.Domain;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Conversations.Pictures;

namespace QualityIngest.Api.Conversations;

/// <summary>The forms of a waveform.</summary>
public enum WaveformFormat
{
    /// <summary>Numbers.</summary>
    Json,

    /// <summary>A picture.</summary>
    Svg,
}

/// <summary>Answers with a waveform as JSON or as a picture, or with the problem.</summary>
public sealed class WaveformAnswer(Outcome<ConversationWaveform> outcome, WaveformFormat? format) : IResult, IEndpointMetadataProvider
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue Svg = new(WaveformSvg.MediaType);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.Vary = HeaderNames.Accept;
        if (outcome.Failure is not null || (format ?? Asked(httpContext.Request)) is WaveformFormat.Json)
        {
            await outcome.Ok().ExecuteAsync(httpContext);
            return;
        }

        if (EntityTag.Matches(httpContext, outcome.Value, "svg"))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = $"{WaveformSvg.MediaType}; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        ForeignContent.Guard(response, "style-src 'unsafe-inline'");
        await response.WriteAsync(outcome.Value.Draw(), httpContext.RequestAborted);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        Answers.Describe<ConversationWaveform>(builder, StatusCodes.Status200OK);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [WaveformSvg.MediaType]));
    }

    /// <summary>What the header Accept likes better; JSON where it likes both alike.</summary>
    private static WaveformFormat Asked(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return WaveformFormat.Json;
        return Quality(accepted, Svg) > Quality(accepted, Json) ? WaveformFormat.Svg : WaveformFormat.Json;
    }

    /// <summary>The most specific range that holds the type decides.</summary>
    private static double Quality(IEnumerable<MediaTypeHeaderValue> accepted, MediaTypeHeaderValue type) =>
        accepted.Where(type.IsSubsetOf)
            .OrderByDescending(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
}
