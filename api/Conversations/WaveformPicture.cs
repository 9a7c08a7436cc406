using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using QualityIngest.Api.Http;
using QualityIngest.Domain;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Conversations.Pictures;

namespace QualityIngest.Api.Conversations;

/// <summary>Answers with a waveform as a picture, or with the problem.</summary>
public sealed class WaveformPicture(Outcome<ConversationWaveform> outcome) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (outcome.Failure is { } failure)
            return Problems.Write(httpContext, Problems.Of(failure));
        if (EntityTag.Matches(httpContext, outcome.Value, "svg"))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = $"{WaveformSvg.MediaType}; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        ForeignContent.Guard(response, "style-src 'unsafe-inline'");
        return response.WriteAsync(outcome.Value.Draw(), httpContext.RequestAborted);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), [WaveformSvg.MediaType]));
        builder.Metadata.Add(new EntityTagMetadata());
    }
}
