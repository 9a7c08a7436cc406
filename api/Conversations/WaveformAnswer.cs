using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using QualityIngest.Api.Http;
using QualityIngest.Domain;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Conversations.Pictures;

namespace QualityIngest.Api.Conversations;

/// <summary>Answers with a waveform, as a picture where the header Accept likes that better than JSON, or with the problem.</summary>
public sealed class WaveformAnswer(Outcome<ConversationWaveform> outcome) : IResult, IEndpointMetadataProvider
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue Svg = new(WaveformSvg.MediaType);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Vary = HeaderNames.Accept;
        return WantsPicture(httpContext.Request) ? new WaveformPicture(outcome).ExecuteAsync(httpContext) : outcome.Ok().ExecuteAsync(httpContext);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(
            StatusCodes.Status200OK, typeof(ConversationWaveform), ["application/json", WaveformSvg.MediaType]));
        builder.Metadata.Add(new EntityTagMetadata());
    }

    private static bool WantsPicture(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && Quality(accepted, Svg) > Quality(accepted, Json);

    /// <summary>The most specific range that holds the type decides.</summary>
    private static double Quality(IEnumerable<MediaTypeHeaderValue> accepted, MediaTypeHeaderValue type) =>
        accepted.Where(type.IsSubsetOf)
            .OrderByDescending(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
}
